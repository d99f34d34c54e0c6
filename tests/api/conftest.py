"""An office in which there is one of everything that has a key."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from ballots.box import BallotBox
from ballots.keys import Keys
from store import clock
from store.database import Database
from store.office.sample import load_office
from store.tables import Case, Command, Nomination
from tests.databases import Databases
from tests.journeys.cast import HEADS, at
from tests.office import sample_office
from tests.scale.lists import APPROVED, Lists
from tests.scale.office import enlarged
from tests.scale.test_statements import one

_FEW = 3  # who may be nominated in each department


@dataclass
class Issued:
    """The office once the first decision is issued."""

    database: Database

    @property
    def keys(self) -> dict[str, str]:
        """Name what stands in paths, by a path's first word where that matters."""
        story = Lists(self.database, each=1, sessions=1)
        return {
            "key": "1",
            "code": story.code,
            "campaigns/key": story.code,
            "phases/key": story.phase,
            "council-sessions/key": story.session,
            "decisions/key": f"{story.phase}-qd1",
            "cases/key": str(one(self.database, Case)),
            "departments/code": APPROVED,
            "people/code": "ctqh-05",
            "department": APPROVED,
            "part": "notices",
            "line": str(one(self.database, Nomination)),
            "command_id": str(one(self.database, Command)),
            "kind": "individual",
            "subject": "ctqh-05",
            "year": "2022",
            "day": "2022-05-02",
            "number": "1",
            "layout": "paper",
            "fingerprint": "0" * 64,
            "secret": "A" * 43,
        }


@pytest.fixture
def issued(
    databases: Databases, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Issued]:
    """A copy of the office that was carried there once."""
    if not databases.prepared("issued"):
        made = databases.fresh()
        with made.write() as session:
            load_office(session, enlarged(sample_office(2022), len(HEADS), _FEW))
            clock.stand_still(session, at("2022-01-03", "08:00"))
        box = BallotBox(Keys(tmp_path_factory.mktemp("keys")))
        story = Lists(made, box=box, each=1).whole()
        assert "issued" in story
        databases.keep(made, "issued")
    database = databases.fresh("issued")
    yield Issued(database)
    databases.drop(database)
