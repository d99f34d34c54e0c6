"""A reminder out of turn, to one who still owes: at most one a day."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from domain import ids
from domain.acts import kind_of, rule_of
from domain.calendar import day_vi, end_of, local_day, start_of
from domain.deadlines import DeadlineKind
from domain.ladder import Ladder
from domain.outgoing.concerns import concern_of
from domain.record.traces import digest_words
from domain.refusals import Refused, refuse
from duties.agenda import SILENT
from duties.duty import Until
from duties.reminders import departments_owing, owing_at
from duties.subjects import about
from papers.notices import Advice, render
from store import record
from store.clock import now
from store.database import insert_all
from store.office.in_force import in_force
from store.office.people import DESK_OFFICES
from store.plans import head_of
from store.tables import Appointment, Campaign, Deadline, Department, Notice, Person


def nudge(
    session: Session, campaign: Campaign, owner: str, name: str, person: str, by: str
) -> Notice:
    """Remind one who owes something by a deadline, now, and say who wanted it.

    Raises Refused (`unknown_deadline`, `not_owed`, `nudged_today`).
    """
    deadline = session.get(Deadline, (owner, name))
    if deadline is None or deadline.campaign != campaign.id or deadline.closed_at:
        raise refuse("unknown_deadline", f"Không có hạn «{name}» nào đang chạy ở đó.")
    moment = now(session)
    department = _owed_in(session, deadline, person, moment)
    if campaign.state in SILENT or department is None:
        called = rule_of(name).name_vi
        raise refuse("not_owed", f"Người này không còn nợ việc «{called}».")
    if (told := _told_today(session, deadline, person, moment)) is not None:
        raise told
    row = _notice(session, campaign, deadline, person, department, by, moment)
    insert_all(session, Notice, [row])
    words = digest_words(row["subject"], row["body"], row["at"])
    told_of = {name: row[name] for name in ("task", "kind", "step", "version")}
    record.hold_told(session, campaign.id, [[*told_of.values(), words, [person]]])
    return session.exec(select(Notice).filter_by(**told_of, recipient=person)).one()


def _owed_in(
    session: Session, deadline: Deadline, person: str, moment: datetime
) -> str | None:
    """Find for which department somebody owes; empty: for none. None: they do not."""
    if kind_of(deadline.name) == DeadlineKind.DELEGATION:
        return None
    if rule_of(deadline.name).ladder is not Ladder.DEPARTMENT:
        until = Until(deadline.owner, deadline.name)
        owing = owing_at(session, deadline.campaign, until)
        return "" if person in owing.people else None
    at_desk = select(Appointment.department).where(
        Appointment.person == person,
        col(Appointment.office).in_(DESK_OFFICES),
        in_force(Appointment, local_day(moment)),
        col(Appointment.department).in_(departments_owing(deadline)),
    )
    return session.exec(at_desk.order_by(Appointment.department)).first()


def _told_today(
    session: Session, deadline: Deadline, person: str, moment: datetime
) -> Refused | None:
    """Refuse when they were reminded of it today already, by us or by anybody."""
    day = local_day(moment)
    rows = session.exec(
        select(Notice).where(
            Notice.recipient == person,
            col(Notice.at) >= start_of(day),
            col(Notice.at) < end_of(day),
        )
    )
    for row in rows:
        concern = concern_of(row.kind, row.task)
        if concern and (concern.owner, concern.name) == (deadline.owner, deadline.name):
            return refuse(
                "nudged_today",
                f"Hôm nay, {day_vi(day)}, người này đã được nhắc việc này rồi.",
            )
    return None


def _notice(
    session: Session,
    campaign: Campaign,
    deadline: Deadline,
    person: str,
    department: str,
    by: str,
    moment: datetime,
) -> dict[str, Any]:
    target = ids.read(deadline.owner)
    facts = {
        "until": deadline.due_at,
        "period_end": deadline.period_end,
        **about(session, target),
        **dict(_department(session, department)),
    }
    late = deadline.due_at <= moment
    advice, kind = Advice.LATE if late else Advice.SOON, f"{deadline.name}_due"
    subject, body = render(kind, facts, advice=advice, head=head_of(campaign.plan))
    task = f"{deadline.name}/{deadline.owner}"
    return {
        "campaign": campaign.id,
        "task": f"{task}/{department}" if department else task,
        "kind": kind,
        "step": f"nudge/{local_day(moment)}",
        "version": deadline.version,
        "recipient": person,
        "subject": subject,
        "body": f"{body} Người nhắc: {session.get_one(Person, by).name}.",
        "at": moment,
    }


def _department(session: Session, code: str) -> Iterator[tuple[str, str]]:
    if code:
        yield "department", session.get_one(Department, code).name
