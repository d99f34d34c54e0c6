"""Registering for titles: by people for themselves, by the desk for its department."""

from collections.abc import Sequence
from uuid import uuid4

from sqlmodel import col

from activities.effects.registry import Answer, Call, effect
from activities.stages import begin, reach
from domain.refusals import Refused, refuse
from domain.roles import Role
from domain.rules.subjects import require_for
from domain.states import STANDING_REGISTRATIONS, RegistrationState
from intake.acts.department import Aim, Register
from intake.fields import Empty
from intake.office.contradictions import not_of_department
from store.database import insert_all, lock, one_of
from store.office import people
from store.office.posts import of_department
from store.plans import pack_of, plan_of, titles_of
from store.tables import Phase, Registration, SubjectKind

_DESK = {Role.DEPARTMENT_HEAD, Role.DEPARTMENT_SECRETARY}


@effect("launch_department")
def launch_department(call: Call, _body: Empty) -> Answer:
    """Launch the campaign within the department (section III.3 of the plan)."""
    submission = call.submission()
    if submission.launched_at is not None:
        raise refuse("already_launched", "Phòng đã phát động rồi.")
    submission.launched_at = call.deed.at
    call.session.add(submission)
    return {"launched_at": call.deed.at.isoformat()}


@effect("register")
def register(call: Call, body: Register) -> Answer:
    """Register new aims, each once for a subject and title."""
    _require_allowed(call, body)
    _require_fitting(call, body)
    live = {_key(row): row for row in _live(call, body)}
    again = [aim for aim in body.aims if _key(aim) in live]
    if again:
        names = "; ".join(f"{aim.subject} - {aim.title}" for aim in again)
        raise refuse("already_registered", f"Đã đăng ký rồi: {names}.")
    return {"registered": _write(call, body.aims, RegistrationState.REGISTERED)}


@effect("amend_registration")
def amend_registration(call: Call, body: Register) -> Answer:
    """Replace all aims of the subjects that are named."""
    _require_allowed(call, body)
    _require_fitting(call, body)
    subjects = {(aim.kind, aim.subject) for aim in body.aims}
    wanted = {_key(aim) for aim in body.aims}
    live = [row for row in _live(call, body) if (row.kind, row.subject) in subjects]
    gone = [row for row in live if _key(row) not in wanted]
    for row in gone:
        reach(call.deed, row, RegistrationState.WITHDRAWN)
    call.session.flush()
    known = {_key(row) for row in live}
    new = [aim for aim in body.aims if _key(aim) not in known]
    registered = _write(call, new, RegistrationState.AMENDED)
    return {"registered": registered, "withdrawn": len(gone)}


@effect("withdraw_registration")
def withdraw_registration(call: Call, body: Register) -> Answer:
    """Withdraw aims; those not registered are refused by name."""
    _require_allowed(call, body)
    live = {_key(row): row for row in _live(call, body)}
    unknown = [aim for aim in body.aims if _key(aim) not in live]
    if unknown:
        names = "; ".join(f"{aim.subject} - {aim.title}" for aim in unknown)
        raise refuse("not_registered", f"Chưa đăng ký: {names}.")
    for aim in body.aims:
        reach(call.deed, live[_key(aim)], RegistrationState.WITHDRAWN)
    return {"withdrawn": len(body.aims)}


def _key(row: Aim | Registration) -> tuple[str, str, str]:
    return str(row.kind), row.subject, row.title


def _require_allowed(call: Call, body: Register) -> None:
    call.require_campaign()
    call.require_in_time()
    _require_own(call, body)
    require_ours(call, body.aims)
    titles = plan_of(call.session, call.deed.campaign).titles
    strange = sorted({aim.title for aim in body.aims} - set(titles))
    if strange:
        raise refuse(
            "title_not_in_plan",
            f"Kế hoạch không có danh hiệu {', '.join(strange)}; "
            f"được đăng ký: {', '.join(titles)}.",
        )


def _require_fitting(call: Call, body: Register) -> None:
    # Not of what is withdrawn: what does not fit may stand from before.
    offered = plan_of(call.session, call.deed.campaign).titles
    require_for(titles_of(call.require_campaign()), body.aims, offered)


def _require_own(call: Call, body: Register) -> None:
    roles = people.roles_of(
        call.session, call.deed.actor, call.deed.day, call.department
    )
    others = {aim.subject for aim in body.aims} - {call.deed.actor}
    if others and not roles & _DESK:
        raise refuse(
            "not_allowed",
            "Mỗi người chỉ đăng ký cho mình; trưởng phòng hoặc người được phòng giao "
            "việc thi đua đăng ký cho người khác và cho phòng.",
        )


def require_ours(call: Call, aims: Sequence[Aim], phase: Phase | None = None) -> None:
    """Raise Refused (`not_of_department`) for subjects of another department.

    The list of a *phase* is of those who are there on its period's last day, wherever
    they are now, and where the rules consider them of those who left before; without
    a phase they are the people of today.
    """
    code, on = call.department or "", phase.period_end if phase else call.deed.day
    leavers = phase and pack_of(call.session, phase).policies.consider_leavers
    named = {aim.subject for aim in aims}
    ours = of_department(call.session, code, named, on, leavers=bool(leavers))
    strange = [
        aim.subject
        for aim in aims
        if (aim.subject != code)
        if aim.kind == "collective" or aim.subject not in ours
    ]
    if strange:
        raise Refused(not_of_department(strange, on, code))


def _live(call: Call, body: Register) -> list[Registration]:
    """Lock what stands for these subjects: who moved here brings it along."""
    return lock(
        call.session,
        Registration,
        Registration.campaign == call.deed.campaign,
        one_of(col(Registration.subject), [aim.subject for aim in body.aims]),
        col(Registration.state).in_(STANDING_REGISTRATIONS),
    )


def _write(
    call: Call, aims: tuple[Aim, ...] | list[Aim], state: RegistrationState
) -> int:
    rows = [
        {
            "id": uuid4(),
            "campaign": call.deed.campaign,
            "department": call.department or "",
            "kind": SubjectKind(aim.kind),
            "subject": aim.subject,
            "title": aim.title,
            "state": state,
            "at": call.received_at,
        }
        for aim in aims
    ]
    insert_all(call.session, Registration, rows)
    begin(call.deed, state, *(str(row["id"]) for row in rows))
    return len(aims)
