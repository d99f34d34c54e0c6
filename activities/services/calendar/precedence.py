"""No deadline overtakes another: asked before one is set, moved or planned."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session, col, func, or_, select

from activities.deed import Deed
from domain import ids
from domain.acts import DEADLINES, kind_of
from domain.precedence import Overtaking, overtakings
from domain.refusals import Refusal, Refused
from papers.wording import due
from store.plans import ends_in
from store.tables import Deadline

Ends = Mapping[str, datetime]


def require_room(deed: Deed, phase: str, kind: str, end: datetime) -> None:
    """Refuse (`overtakes`) an end behind one of the phase that it leads to."""
    ends = ends_in(deed.session, phase)
    _refuse({kind: end}, overtakings({kind: end}, ends, deed.at))


def require_order(deed: Deed, phase: str) -> None:
    """Refuse (`overtakes`) deadlines of a phase, and of its departments, out of order.

    Asked once they have been moved.
    """
    deed.session.flush()
    latest = _latest_in(deed.session, phase)
    _refuse(latest, overtakings(latest, ends_in(deed.session, phase), deed.at))


def _latest_in(session: Session, phase: str) -> dict[str, datetime]:
    """Read when the last of each kind ends, a single department's own among them."""
    of_departments = str(ids.department(phase, ""))
    rows = session.exec(
        select(Deadline.name, func.max(Deadline.due_at))
        .where(
            or_(
                col(Deadline.owner) == str(ids.phase(phase)),
                col(Deadline.owner).startswith(of_departments, autoescape=True),
            ),
            col(Deadline.closed_at).is_(None),
        )
        .group_by(Deadline.name)
    )
    return {kind_of(name): due_at for name, due_at in rows}


def _refuse(ends: Ends, found: Iterable[Overtaking[datetime]]) -> None:
    if refusals := overtaking_refusals(ends, found):
        raise Refused(*refusals)


def overtaking_refusals(
    ends: Ends, found: Iterable[Overtaking[datetime]], where: str = ""
) -> list[Refusal]:
    """Say of each overtaking by which deadline it is refused."""
    return [
        Refusal(
            "overtakes",
            f"{where}Hạn «{DEADLINES[each.kind].name_vi}» ({due(ends[each.kind])}) "
            f"không được sau hạn «{DEADLINES[each.overtaken].name_vi}» "
            f"({due(each.end)}): phải dời hạn ấy trước, bằng gia hạn hoặc sửa đổi kế "
            "hoạch.",
        )
        for each in found
    ]
