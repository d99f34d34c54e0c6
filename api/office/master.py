"""What the routes of master data share: their keys and their editor."""

from functools import partial
from typing import Annotated

from fastapi import Path, Query
from sqlmodel import Session

from api.paging import MOST
from api.writing import writes
from domain.policy import EDITS
from domain.refusals import refuse
from intake.fields import Body, Day
from store import record
from store.office import master, people
from store.tables import Person

Key = Annotated[int, Path(ge=1, lt=MOST)]
On = Annotated[Day | None, Query(description="Chỉ những gì có hiệu lực vào ngày này.")]


class EndDate(Body):
    """The first day on which something no longer holds."""

    ends: Day


def _require_editor(session: Session, person: Person) -> None:
    """Take the office's rows to write. Refused unless of the secretariat.

    One at a time: what an act on the office's rows has read must stand until its end.
    """
    record.hold_office(session)
    require_editor(session, person)


def require_editor(session: Session, person: Person) -> None:
    """Raise Refused (`not_allowed`) unless somebody writes the office's rows."""
    roles = people.roles_of(session, person.id, master.today(session))
    if not roles & EDITS["master_data"].who:
        raise refuse(
            "not_allowed",
            "Chỉ phòng thường trực thi đua được sửa dữ liệu này.",
        )


# Makes the route of a function that writes master data.
edits = partial(writes, check=_require_editor)
