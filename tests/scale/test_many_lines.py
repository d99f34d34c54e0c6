"""A thousand lines in secret, over HTTP: four sheets a member, and one count."""

from collections import Counter

import pytest
from sqlmodel import func, select

from domain.council.boards import faults
from intake.downloads.boards import read_board
from rehearsal.cast.company import call_together
from store.database import Database
from store.tables import BoardEntry, Nomination, SealedSheet
from tests.office import sample_office
from tests.scale.office import enlarged
from tests.scale.phase import YEAR, Phase
from tests.scale.statements import at_work, nominees

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]

DEPARTMENTS, EACH, MEMBERS = 20, 50, 9
LINES = DEPARTMENTS * EACH


async def test_a_thousand_lines_are_voted_on_counted_attested_and_awarded(
    database: Database,
) -> None:
    office = enlarged(sample_office(YEAR), DEPARTMENTS, EACH - 1)
    async with at_work(database, office) as running:
        people = dict(nominees(office, EACH - 1))
        phase = Phase(running, call_together(office), people)
        for _, step in phase.steps:
            await step()
            await running.conductor.settle()
        reader = running.person(phase.company.secretariat)
        rounds = await reader.pages(f"{phase.session}/rounds")
        boards = [
            (
                await reader.look(f"{phase.session}/rounds/{each['number']}/board")
            ).content
            for each in rounds
        ]

    # Six departments of 49 a sheet; the last one's two, with the departments' own.
    assert [len(each["lines"]) for each in rounds] == [294, 294, 294, 118]
    assert [len(each["cast"]) for each in rounds] == [MEMBERS] * 4
    assert [faults(read_board(board)) for board in boards] == [[]] * 4
    with database.read() as session:
        states = Counter(session.exec(select(Nomination.state)))
        entries = session.exec(select(func.count()).select_from(BoardEntry)).one()
        assert states == {"awarded": LINES}
        assert entries == LINES * MEMBERS
        assert session.exec(select(SealedSheet)).all() == []
