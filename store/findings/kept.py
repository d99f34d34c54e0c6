"""What was judged is kept, as long as nothing has happened that it hangs on.

Whatever a rule judges by is written by an act (lines, registrations, people, ratings,
the plan and its rules), so the heads of all chains say whether it still stands: of
all, since the awards of other campaigns count, and the office's rows have a chain of
their own. What else an answer hangs on stands in its key, as *about* says.
"""

from collections.abc import Callable, Hashable
from enum import StrEnum
from typing import TypeVar

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
    FORMALITY = "formality"  # the phase
    MEETINGS = "meetings"  # the sessions
    BALLOTS = "ballots"  # the sessions; who has cast is asked each time
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
