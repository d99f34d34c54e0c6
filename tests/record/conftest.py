"""The phase that went every way: played once, and its record as it was exported."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from ballots.box import BallotBox
from ballots.keys import Keys
from store.database import Database
from store.tables import PastAward
from tests.activities.paper import Paper
from tests.databases import Databases
from tests.office import DIRECTOR
from tests.record.played import EveryWay, Record, export, parsed
from tests.scale.story import prepare_many

GRANTED_BEFORE: Mapping[str, Any] = {
    "person": "ctqh-02",
    "title": "LDTT",
    "called": "Lao động tiên tiến",
    "year": 2020,
    "number": "07/QĐ-VP",
    "decided_on": date(2021, 1, 5),
    "decided_by": "Chánh Văn phòng",
}


@dataclass(frozen=True)
class Played:
    """Where it stands, its file, and the file that was exported halfway."""

    database: Database
    lines: list[bytes]
    earlier: list[bytes]


@pytest.fixture(scope="session")
def played(
    sqlite_databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Played]:
    """Play it, with one act in the end that is refused."""
    database = sqlite_databases.fresh()
    prepare_many(database)
    box = BallotBox(Keys(tmp_path_factory.mktemp("keys")))
    story = EveryWay(database, box=box)
    with database.write() as session:
        session.add(PastAward(**GRANTED_BEFORE))
    moments = {moment: export(database, "2022") for moment in story.whole()}
    Paper.act(story, DIRECTOR, "suspend", "campaign:2022", {"reason": "Bão lụt."})
    yield Played(database, export(database, "2022"), moments["issued"])
    sqlite_databases.drop(database)


@pytest.fixture
def record(played: Played) -> Record:
    """Its entries, to be changed."""
    return parsed(played.lines)
