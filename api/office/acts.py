"""The office's own record: who gave or took what, when, and what stood before."""

from typing import Any

from api.admission import reads
from api.campaigns.record import ActOut, act_out, said_long
from api.deps import Reading
from api.headers import Router
from api.identity import Asking
from api.paging import Cursor, Limit, Page, page, read_cursor, within
from domain.policy.restricted import KNOWN_TO, Restricted
from domain.record import OFFICE
from store.office.histories import HISTORIES
from store.office.standing import roles_today
from store.record import Linked, acts_after

router = Router(prefix="/api/v1/office", tags=["office"])

_PRIVATE = {about for about, kind in HISTORIES.items() if kind.private}


@router.get("/acts", dependencies=[reads("office_record")])
def office_acts(
    session: Reading, person: Asking, limit: Limit = 100, cursor: Cursor = None
) -> Page[ActOut]:
    """Read the office's record; of disciplines and leaves, others read no words.

    A page ends early where much was said.
    """
    (after,) = read_cursor(cursor, int) or [0]
    rows, most = within(acts_after(session, OFFICE, after, limit + 1), limit, said_long)
    known = roles_today(session, person.id) & KNOWN_TO[Restricted.PRIVATE]
    reader = None if known else person.id
    return page(rows, most, lambda row: [row[0].seq], lambda row: _shown(row, reader))


def _shown(row: Linked, reader: str | None) -> ActOut:
    act, said, target = row
    words = said.payload if said and _may_read(said.payload, reader) else None
    return act_out(act, words, target, act.many)


def _may_read(said: dict[str, Any], reader: str | None) -> bool:
    """Say whether *reader* may read it, None being whoever reads everything."""
    if reader is None or said.get("about") not in _PRIVATE:
        return True
    return any(
        (said.get(each) or {}).get("person") == reader for each in ("old", "new")
    )
