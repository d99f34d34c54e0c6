"""Who sits on the day: nobody who is dead or gone, and nobody twice."""

from typing import Any

from sqlmodel import col, select

from store.tables import Notice, Person, SessionMember, VotingRound
from tests.council.day import OPEN
from tests.council.test_forecast import MEETS, ahead
from tests.council.votes import COUNCIL, TELLERS, convened
from tests.journeys.cast import Cast
from tests.office import SECRETARIAT

DEAD = "ld-03"


async def died(cast: Cast, person: str, day: str) -> None:
    """Let a death be written down, and confirmed where a post hangs on it."""
    desk = cast.office.person(SECRETARIAT)
    known = (await desk.look(f"/people/{person}")).json()
    body: dict[str, Any] = {"name": known["name"], "died_on": day}
    answer = await desk.write("PUT", f"/people/{person}", body, known["version"])
    assert answer.status_code == 202, answer.text
    await cast.confirmed(answer.json()["id"])


def told(cast: Cast) -> list[str]:
    """List of what kinds the dead member's notices are."""
    with cast.office.database.read() as session:
        query = select(Notice.kind).where(Notice.recipient == DEAD)
        return list(session.exec(query.order_by(col(Notice.id))))


async def test_who_died_before_the_meeting_is_in_no_roll_and_votes_on_nothing(
    council: Cast,
) -> None:
    vote = await convened(council, MEETS)
    before = told(council)
    await died(council, DEAD, "2022-07-13")
    await council.until(MEETS)
    living = [person for person in COUNCIL if person != DEAD]
    path = f"{vote.path}/open-voting"

    forecast = (await ahead(vote))[OPEN]
    there = {"present": COUNCIL, "tellers": TELLERS}
    refused = await council.refused("ld-01", path, there)
    await vote.open(absent=[DEAD])

    assert forecast == [[], 8, 8, 5, True]
    assert refused == (409, "not_a_member")
    with council.office.database.read() as session:
        members = session.exec(select(SessionMember.person)).all()
        (voting,) = session.exec(select(VotingRound)).all()
        assert sorted(members) == voting.roll == voting.present == living
    assert told(council) == before


async def test_no_vote_is_opened_before_two_members_who_may_be_one(
    council: Cast,
) -> None:
    vote = await convened(council, MEETS)
    await council.until(MEETS)
    with council.office.database.write() as session:
        for person in ("ctqh-01", "ttdn-01"):
            session.get_one(Person, person).email = "mot@vp.example"
    there = {"present": COUNCIL, "tellers": TELLERS}

    refused = await council.refused("ld-01", f"{vote.path}/open-voting", there)

    assert refused == (409, "same_human")
