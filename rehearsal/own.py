"""An office of one's own on the stage: who is in it today stays so for the year."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import case
from sqlmodel import Session, col, delete, not_, select, update

from domain.calendar import local_day
from domain.rules.criteria import RatingLevel
from intake.casts import Cast, DepartmentPart, Scene, SpecialDay
from intake.plans import Plan
from papers.archive.office import OfficeFile
from rehearsal.cast.company import Company, Uncast
from rehearsal.cast.rows import company_in
from store.database import insert_all
from store.moving.rows import roster
from store.moving.settling import settle
from store.office.in_force import in_force
from store.tables import (
    Appointment,
    CalendarOverride,
    CouncilSeat,
    Department,
    Rating,
    ServiceSpan,
    SubjectKind,
)

# Who was never rated did well.
_WELL = RatingLevel.GOOD_COMPLETION
_SILENT = DepartmentPart(registers="never", sends="never")
# Without these no year can be played.
_PARTS = {
    "director": "người đứng đầu cơ quan",
    "union": "Chủ tịch Công đoàn",
    "secretariat": "Trưởng phòng hay thư ký của phòng thường trực thi đua",
    "clerk": "văn thư",
    "chair": "Chủ tịch Hội đồng",
    "council_secretary": "Thư ký Hội đồng",
}


def move_in(session: Session, rows: OfficeFile) -> None:
    """Put an office's rows into an empty database. Raises NotARow, NotAnArchive."""
    lines = rows.lines()
    settle(session, {table.name: lines[table.name] for table in roster()})


def stay(session: Session, rows: OfficeFile, plan: Plan, begins: date) -> None:
    """Let everybody who was there when the file was written be there all the year."""
    today = local_day(datetime.fromisoformat(rows.head.made_at))
    for table in (Appointment, CouncilSeat):
        session.exec(delete(table).where(not_(in_force(table, today))))
    # A service that had ended by then counts as it was.
    after = (col(ServiceSpan.ends) > begins) | (col(ServiceSpan.starts) > today)
    session.exec(delete(ServiceSpan).where(not_(in_force(ServiceSpan, today)), after))
    every: Sequence[Any] = (Department, ServiceSpan, Appointment, CouncilSeat)
    for dated in every:
        starts = col(dated.starts)
        earlier = case((starts > begins, begins), else_=starts)
        there = update(dated).where(in_force(dated, today))
        session.exec(
            there.values(starts=earlier, ends=None).execution_options(
                synchronize_session=False
            )
        )
    insert_all(session, Rating, [*_supposed(session, plan.year)])


def _supposed(session: Session, year: int) -> Iterable[dict[str, object]]:
    """Rate everybody for a year as they were last, unless they are rated for it."""
    last: dict[tuple[SubjectKind, str], Rating] = {}
    order = select(Rating).where(Rating.year <= year).order_by(col(Rating.year))
    for rating in session.exec(order):
        last[rating.kind, rating.subject] = rating
    people = session.exec(select(ServiceSpan.person).distinct())
    leaders = session.exec(select(Appointment.person).distinct())
    departments = session.exec(select(Department.code))
    for kind, subject in [
        *((SubjectKind.INDIVIDUAL, each) for each in sorted({*people, *leaders})),
        *((SubjectKind.COLLECTIVE, each) for each in departments),
    ]:
        known = last.get((kind, subject))
        if known is None or known.year < year:
            level = known.level if known else _WELL.value
            key = {"kind": kind, "subject": subject, "year": year}
            yield {**key, "level": level, "version": 1}


def company_of(session: Session, plan: Plan) -> Company:
    """Find who plays each part. Raises Uncast for those that nobody can play."""
    found = company_in(session, plan.year)
    missing = [name for part, name in _PARTS.items() if not getattr(found, part)]
    if missing:
        raise Uncast(
            f"Cơ quan chưa có: {', '.join(missing)}. Hãy ghi ở trang Quản trị rồi diễn "
            "tập lại."
        )
    return replace(found, office=replace(found.office, name=plan.issuer))


def well_behaved(session: Session, company: Company) -> Cast:
    """Let everybody do all in time; a department that nobody heads is silent."""
    codes = (department.code for department in company.office.departments)
    silent = {code: _SILENT for code in codes if code not in company.heads}
    scene = Scene.model_construct(departments=silent)
    days = (
        SpecialDay(day=x.day, working=x.working, reason=x.reason, source=x.source)
        for x in session.exec(
            select(CalendarOverride).order_by(col(CalendarOverride.day))
        )
    )
    return Cast.model_construct(days=(*days,), interim=scene, final=scene)
