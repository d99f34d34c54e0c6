"""The same key gets the same answer, whatever became of the right to ask since."""

from collections.abc import Awaitable, Callable
from datetime import date

import pytest
from sqlmodel import col, select

from store.tables import Appointment, Office
from tests.databases import ON_BOTH
from tests.journeys.cast import HEADS, Cast, praise
from tests.office import DIRECTOR

HEAD, DEPUTY = HEADS["CTQH"], "ld-02"
TODAY = date(2022, 6, 20)
CAMPAIGN, PHASE = "/campaigns/2022", "/phases/2022-1"
LIST = {"lines": praise("ctqh-02")}
LONGER = {"deadline": "submission", "until": "2022-07-05", "reason": "Mưa bão."}
POWER = {
    "to": DEPUTY,
    "capacity": "signed_for",
    "acts": ["extend_deadline"],
    "starts": "2022-06-20",
    "until": "2022-07-20",
    "basis": "Giấy ủy quyền số 12/GUQ-VP",
}


async def delegate(june: Cast) -> None:
    """Let the deputy sign for the director."""
    await june.act(DIRECTOR, f"{CAMPAIGN}/delegate", POWER)


async def nothing(june: Cast) -> None:
    """Leave it to the right that somebody has."""


async def revoke(june: Cast) -> None:
    """Let the director take the power back."""
    body = {"delegation": "2022-uq1", "reason": "Chánh Văn phòng về sớm."}
    await june.act(DIRECTOR, f"{CAMPAIGN}/revoke-delegation", body)


async def leave(june: Cast) -> None:
    """Let the head hold no office any more."""
    with june.office.database.write() as session:
        held = select(Appointment).where(col(Appointment.person) == HEAD)
        for row in session.exec(held):
            row.ends = TODAY


async def succeed(june: Cast) -> None:
    """Let the deputy be the director, who signs for nobody."""
    with june.office.database.write() as session:
        place = {"person": DEPUTY, "office": Office.DIRECTOR, "starts": TODAY}
        session.add(Appointment(**place))


Change = Callable[[Cast], Awaitable[None]]


@ON_BOTH
@pytest.mark.parametrize(
    ("before", "who", "path", "body", "since", "anew"),
    [
        (nothing, HEAD, f"{PHASE}/departments/CTQH/submit", LIST, leave, 403),
        (delegate, DEPUTY, f"{PHASE}/extend-deadline", LONGER, revoke, 403),
        (delegate, DEPUTY, f"{PHASE}/extend-deadline", LONGER, succeed, 409),
    ],
    ids=["an office that ended", "a power taken back", "an office of one's own"],
)
async def test_a_key_is_answered_alike_after_the_right_has_changed(
    june: Cast,
    before: Change,
    who: str,
    path: str,
    body: object,
    since: Change,
    anew: int,
) -> None:
    person = june.office.person(who)
    await before(june)
    first = await person.post(path, body, "a-key")

    await since(june)
    again = await person.post(path, body, "a-key")
    other = await person.post(path, body, "another-key")

    assert first.status_code == 200
    assert (again.status_code, again.json()) == (200, first.json())
    assert other.status_code == anew
