"""What people and departments have registered for in a campaign."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Query
from sqlalchemy import tuple_
from sqlmodel import col, select

from api.admission import reads
from api.answers import Answer
from api.deps import Reading, TheCampaign
from api.headers import Router
from api.paging import Cursor, Limit, Page, page, read_cursor
from domain.states import RegistrationState
from intake.fields import DepartmentCode
from store.tables import Registration, SubjectKind

router = Router(prefix="/api/v1", tags=["reading"])

OfDepartment = Annotated[DepartmentCode | None, Query(description="Chỉ của một phòng.")]

_ORDER = (
    col(Registration.department),
    col(Registration.subject),
    col(Registration.title),
    col(Registration.at),
    col(Registration.id),
)


class RegistrationOut(Answer):
    """What a subject aims for, and how that stands."""

    department: str
    kind: SubjectKind
    subject: str
    title: str
    state: RegistrationState
    at: datetime


@router.get("/campaigns/{code}/registrations", dependencies=[reads("registrations")])
def registrations(
    campaign: TheCampaign,
    session: Reading,
    limit: Limit = 100,
    cursor: Cursor = None,
    department: OfDepartment = None,
) -> Page[RegistrationOut]:
    """List a campaign's registrations by department, subject and title."""
    query = select(Registration).where(Registration.campaign == campaign.id)
    if department is not None:
        query = query.where(Registration.department == department)
    if after := read_cursor(cursor, str, str, str, datetime, UUID):
        query = query.where(tuple_(*_ORDER) > after)
    rows = session.exec(query.order_by(*_ORDER).limit(limit + 1)).all()
    return page(rows, limit, _key, RegistrationOut.model_validate)


def _key(row: Registration) -> tuple[str, str, str, datetime, UUID]:
    return row.department, row.subject, row.title, row.at, row.id
