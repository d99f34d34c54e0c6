"""The office's own record: who gave or took what, when, and what stood before."""

from typing import Any

from api.campaigns.record import ActOut, act_out
from api.deps import Reading
from api.headers import Router
from api.identity import Asking
from api.paging import Cursor, Limit, Page, page, read_cursor
from domain.record import OFFICE
from domain.roles import Role
from store.office import people
from store.office.histories import HISTORIES
from store.office.master import today
from store.record import Linked, acts_after

router = Router(prefix="/api/v1/office", tags=["office"])

_PRIVATE = {about for about, kind in HISTORIES.items() if kind.private}
_READ_ALL = frozenset({Role.SECRETARIAT, Role.DIRECTOR})


@router.get("/acts")
def office_acts(
    session: Reading, person: Asking, limit: Limit = 100, cursor: Cursor = None
) -> Page[ActOut]:
    """Read the office's record; of disciplines and leaves, others read no words."""
    (after,) = read_cursor(cursor, int) or [0]
    rows = acts_after(session, OFFICE, after, limit + 1)
    roles = people.roles_of(session, person.id, today(session))
    reader = None if roles & _READ_ALL else person.id
    return page(rows, limit, lambda row: [row[0].seq], lambda row: _shown(row, reader))


def _shown(row: Linked, reader: str | None) -> ActOut:
    act, said, target = row
    words = said.payload if said and _may_read(said.payload, reader) else None
    return act_out(act, words, target)


def _may_read(said: dict[str, Any], reader: str | None) -> bool:
    """Say whether *reader* may read it, None being whoever reads everything."""
    if reader is None or said.get("about") not in _PRIVATE:
        return True
    return any(
        (said.get(each) or {}).get("person") == reader for each in ("old", "new")
    )
