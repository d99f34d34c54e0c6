"""What departments have said of people who left them: for those who judge."""

from datetime import datetime
from uuid import UUID

from sqlmodel import select

from api.admission import reads, require_known
from api.answers import Answer
from api.deps import Reading
from api.headers import Router
from api.identity import Asking
from api.paging import Cursor, Limit, Order, Page
from store.knowing.lines import line_for
from store.tables import Opinion

router = Router(prefix="/api/v1", tags=["reading"])


class OpinionOut(Answer):
    """What one department says of a line's person."""

    department: str
    author: str
    text: str
    at: datetime


_OLDEST_FIRST = Order(Opinion, ("at", "id"))


@router.get("/lines/{line}/opinions", dependencies=[reads("opinions")])
def opinions(
    line: UUID,
    session: Reading,
    person: Asking,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[OpinionOut]:
    """Read what was said of a line's person, the oldest first."""
    found = line_for(session, line, person.id)
    require_known(session, line, person.id, "opinions")
    query = select(Opinion).where(
        Opinion.phase == found.phase, Opinion.person == found.subject
    )
    return _OLDEST_FIRST.page(session, query, limit, cursor, OpinionOut.model_validate)
