"""What departments have said of people who left them: for those who judge."""

from datetime import datetime
from uuid import UUID

from sqlmodel import select

from api.answers import Answer
from api.deps import Reading
from api.headers import Router
from api.identity import Asking
from api.paging import Cursor, Limit, Order, Page
from domain.refusals import refuse
from domain.roles import Role
from store.confidential import line_for
from store.office import people
from store.office.master import today
from store.tables import Opinion

router = Router(prefix="/api/v1", tags=["reading"])

_READERS = frozenset(
    {
        Role.DEPARTMENT_HEAD,
        Role.DEPARTMENT_SECRETARY,
        Role.SECRETARIAT,
        Role.COUNCIL_MEMBER,
        Role.DIRECTOR,
    }
)


class OpinionOut(Answer):
    """What one department says of a line's person."""

    department: str
    author: str
    text: str
    at: datetime


_OLDEST_FIRST = Order(Opinion, ("at", "id"))


@router.get("/lines/{line}/opinions", responses={403: {}})
def opinions(
    line: UUID,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[OpinionOut]:
    """Read what was said of a line's person, the oldest first."""
    found = line_for(session, line, person.id)
    roles = people.roles_of(session, person.id, today(session), found.department)
    if not roles & _READERS:
        raise refuse(
            "not_allowed",
            "Ý kiến về người được đề nghị chỉ dành cho phòng đề nghị, phòng thường "
            "trực thi đua, Hội đồng và Chánh Văn phòng.",
        )
    query = select(Opinion).where(
        Opinion.phase == found.phase, Opinion.person == found.subject
    )
    return _OLDEST_FIRST.page(session, query, limit, cursor, OpinionOut.model_validate)
