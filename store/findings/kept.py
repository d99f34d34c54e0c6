"""What was judged is kept, as long as nothing has happened that it hangs on.

Whatever a rule judges by is written by an act (lines, registrations, people, ratings,
the plan and its rules), so the heads of all chains say whether it still stands: of
all, since the awards of other campaigns count, and the office's rows have a chain of
their own. What else an answer hangs on stands in its key, as *about* says.
"""

from collections.abc import Callable, Hashable
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import and_, not_
from sqlmodel import Session, col, select

from store.database import SHELF
from store.database.shelf import Shelf
from store.tables import Act, Chain

Found = TypeVar("Found")
_MOMENT = "moment of the chains"


class Kept(StrEnum):
    """All that is kept, and what each hangs on beside the chains.

    None hangs on the day: people are judged as of the end of a phase's period.
    """

    YARDSTICK = "yardstick"  # the phase
    STAGES = "stages"  # the campaign, and whether it is for who may know all
    COURSE = "course"  # the phase, and what is supposed
    FORESEEN = "foreseen"  # the phase, and the lines
    FORMALITY = "formality"  # the phase
    BALLOTS = "ballots"  # the sessions, what is closed; who has cast is asked each time
    ASKED = "asked"  # the phases
    BY_HAND = "by_hand"  # the sessions


def kept(
    session: Session,
    what: Kept,
    about: Hashable,
    find: Callable[[], Found],
    size: Callable[[Found], int] = lambda _: 1,
) -> Found:
    """Give what was found *about* the same at this moment of the chains, or find it.

    A transaction that writes keeps nothing and is given nothing: its rows change
    before the link is there that says so.
    """
    shelf: Shelf | None = session.info.get(SHELF)
    if shelf is None:
        return find()
    return shelf.get((what, about), _moment(session), find, size)


# They change nothing that lines are judged by but votes, which are judged as they are
# counted; nor does a signature, unless the list is frozen by it.
_OF_THE_COUNT = ("cast", "close_voting", "count_ballots", "attest_count")
_SIGNED_ONLY = and_(col(Act.kind) == "sign_minutes", col(Act.many) == 0)
_JUDGED_BY: Any = (
    select(Act.seq)
    .where(
        Act.campaign == Chain.campaign,
        col(Act.kind).not_in(_OF_THE_COUNT),
        not_(_SIGNED_ONLY),
    )
    .order_by(col(Act.seq).desc())
    .limit(1)
    .scalar_subquery()
)


def judged_by(session: Session) -> dict[str, int | None]:
    """Say, for each chain, which act was the last that a count may be judged by.

    Asked before it is judged, it stays the same as long as the judgement stands.
    """
    last = select(Chain.campaign, _JUDGED_BY).order_by(Chain.campaign)
    return dict(session.exec(last).all())


# A sealed sheet says nothing until the count, and members cast one after the other.
_SAYS_NOTHING = ("cast",)
_LAST = (
    select(Act.digest)
    .where(Act.campaign == Chain.campaign, col(Act.kind).not_in(_SAYS_NOTHING))
    .order_by(col(Act.seq).desc())
    .limit(1)
    .scalar_subquery()
)


def _moment(session: Session) -> Hashable:
    """Read where all chains stand: the same for the length of a transaction."""
    if _MOMENT not in session.info:
        last = select(Chain.campaign, _LAST).order_by(Chain.campaign)
        session.info[_MOMENT] = tuple(session.exec(last).all())
    moment: Hashable = session.info[_MOMENT]
    return moment
