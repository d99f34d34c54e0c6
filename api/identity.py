"""Who is asking. A sample office goes by a header; nothing else may."""

from typing import Annotated

from fastapi import Depends, Header
from sqlmodel import Session

from api.deps import DatabaseDep
from domain.refusals import Refusal, Refused
from store.tables import Person

PersonHeader = Annotated[
    str,
    Header(
        alias="X-Thidua-Person",
        description="Mã của người đang thao tác (chỉ có ở văn phòng mẫu).",
    ),
]

UNKNOWN_PERSON = Refusal(
    "unknown_person",
    "Phải cho biết ai đang thao tác: tiêu đề X-Thidua-Person mang mã của một "
    "người có trong danh bạ.",
)


def asking(database: DatabaseDep, person: PersonHeader = "") -> Person:
    """Find the sample person whom the header names. Refused (`unknown_person`)."""
    with database.read() as session:
        return who_asks(session, person)


def who_asks(session: Session, person: str) -> Person:
    """Find the sample person whom the header named. Refused (`unknown_person`)."""
    found = session.get(Person, person) if person else None
    if found is None:
        raise Refused(UNKNOWN_PERSON)
    return found


Asking = Annotated[Person, Depends(asking)]
# Of a router whose every route is for people whom the office knows.
SIGNED_IN = (Depends(asking),)
