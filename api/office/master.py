"""What the routes of master data share: their keys and their editor."""

from typing import Annotated

from fastapi import Depends, Path, Query
from sqlmodel import Session

from api.deps import Writing
from api.identity import Asking
from api.paging import MOST
from domain.refusals import refuse
from domain.roles import Role
from intake.fields import Body, Day
from store import record
from store.office import master, people

Key = Annotated[int, Path(ge=1, lt=MOST)]
On = Annotated[Day | None, Query(description="Chỉ những gì có hiệu lực vào ngày này.")]


class EndDate(Body):
    """The first day on which something no longer holds."""

    ends: Day


def editing(session: Writing, person: Asking) -> Session:
    """Hand out the transaction to write in. Refused unless of the secretariat.

    One at a time: what an act on the office's rows has read must stand until its end.
    """
    record.hold_office(session)
    roles = people.roles_of(session, person.id, master.today(session))
    if Role.SECRETARIAT not in roles:
        raise refuse(
            "not_allowed",
            "Chỉ phòng thường trực thi đua được sửa dữ liệu này.",
        )
    return session


Editing = Annotated[Session, Depends(editing, scope="function")]
