"""Where a workflow stands, read from the rows."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from domain.cases import OVER as CASE_OVER
from domain.refusals import refuse
from domain.states import (
    CampaignState,
    WindowState,
)
from engine import ids
from engine.going_on import (
    CAMPAIGN_OVER,
    DECISION_GOES_ON,
    PHASE_OVER,
    SESSION_OVER,
)
from engine.ids import Kind, Target
from engine.messages import Due, Rung, Situation
from store import record
from store.database import stepped_moment
from store.tables import (
    Campaign,
    Case,
    CouncilSession,
    Deadline,
    Decision,
    LadderStep,
    Phase,
    Submission,
    Window,
)

# Without its plan and its rules, which are long, until somebody asks for them.
_BRIEF = [defer(getattr(Campaign, name)) for name in ("plan", "packs")]


def situation(session: Session, owner: str) -> Situation:
    """Read where a workflow stands. Raises Refused (`unknown_target`)."""
    target = ids.read(owner)
    campaign = campaign_of(session, target)
    seq = record.head(session, campaign.id)  # first: the rest is then as new or newer
    stage, ended = _stage(session, target, campaign)
    return Situation(
        seq=seq,
        stage=stage,
        moment=stepped_moment(session),
        ended=ended,
        suspended=campaign.state is CampaignState.SUSPENDED,
        dues=_dues(session, target),
        rungs=() if ended else _rungs(session, owner),
    )


def is_over(session: Session, owner: str) -> bool:
    """Say whether a target takes no more acts. Raises Refused (`unknown_target`)."""
    target = ids.read(owner)
    return _stage(session, target, campaign_of(session, target))[1]


def _stage(session: Session, target: Target, campaign: Campaign) -> tuple[str, bool]:
    stage, ended = _STAGES[target.kind](session, target.key)
    return stage, ended or campaign.state is CampaignState.CANCELLED


def campaign_of(session: Session, target: Target) -> Campaign:
    """Find a target's campaign. Raises Refused (`unknown_target`) without one."""
    query = select(Campaign).where(Campaign.id == _campaign_code(target))
    campaign = session.exec(query.options(*_BRIEF)).first()
    if campaign is None:
        raise unknown(target)
    return campaign


def unknown(target: Target) -> Exception:
    """Say that nothing has this id."""
    if target.kind is Kind.DEPARTMENT:
        return refuse(
            "unknown_target",
            "Giai đoạn này chưa mở, hoặc không có phòng đó trong giai đoạn.",
        )
    return refuse("unknown_target", f"Không có đối tượng nào mang mã «{target}».")


def _campaign_code(target: Target) -> Any:
    """Select the code of a target's campaign."""
    key = target.key
    match target.kind:
        case Kind.CAMPAIGN:
            return key
        case Kind.COUNCIL:
            query = select(CouncilSession.campaign).where(CouncilSession.id == key)
        case Kind.DECISION:
            query = select(Decision.campaign).where(Decision.id == key)
        case Kind.CASE:
            query = select(Case.campaign).where(Case.id == _case(target))
        case Kind.DEPARTMENT:
            query = _of_department(target, Phase.campaign)
        case _:
            query = select(Phase.campaign).where(Phase.id == key)
    return query.scalar_subquery()


def _of_department(target: Target, *columns: Any) -> Any:
    """Select of what one department owes in one phase, and of that phase."""
    phase, code = ids.department_key(target)
    return (
        select(*columns)
        .join_from(Submission, Phase, col(Phase.id) == col(Submission.phase))
        .where(Submission.phase == phase, Submission.department == code)
    )


def _campaign_stage(session: Session, key: str) -> tuple[str, bool]:
    state = session.exec(select(Campaign.state).where(Campaign.id == key)).one()
    return state, state in CAMPAIGN_OVER


def _phase_stage(session: Session, key: str) -> tuple[str, bool]:
    state = session.exec(select(Phase.state).where(Phase.id == key)).one()
    return state, state in PHASE_OVER


def _department_stage(session: Session, key: str) -> tuple[str, bool]:
    target = Target(Kind.DEPARTMENT, key)
    states = _of_department(target, Submission.state, Phase.state)
    state, phase = session.exec(states).one()
    return state, phase in PHASE_OVER


def _council_stage(session: Session, key: str) -> tuple[str, bool]:
    state = session.exec(
        select(CouncilSession.state).where(CouncilSession.id == key)
    ).one()
    return state, state in SESSION_OVER


def _decision_stage(session: Session, key: str) -> tuple[str, bool]:
    query = select(Decision.state, DECISION_GOES_ON).where(Decision.id == key)
    state, going_on = session.exec(query).one()
    return state, not going_on


def _case_stage(session: Session, key: str) -> tuple[str, bool]:
    state = session.get_one(Case, UUID(key)).state
    return state, state in CASE_OVER


def _case(target: Target) -> UUID:
    try:
        return UUID(target.key)
    except ValueError:
        raise unknown(target) from None  # no id of ours


_STAGES: dict[Kind, Callable[[Session, str], tuple[str, bool]]] = {
    Kind.CAMPAIGN: _campaign_stage,
    Kind.PHASE: _phase_stage,
    Kind.DEPARTMENT: _department_stage,
    Kind.COUNCIL: _council_stage,
    Kind.DECISION: _decision_stage,
    Kind.CASE: _case_stage,
}


def _dues(session: Session, target: Target) -> dict[str, Due]:
    rows = session.exec(
        select(Deadline.name, Deadline.version, Deadline.opens_at, Deadline.due_at)
        .where(Deadline.owner == str(target), col(Deadline.closed_at).is_(None))
        .order_by(Deadline.name)
    )
    past = _closed_windows(session, target) if target.kind is Kind.DEPARTMENT else ()
    return {name: Due(*due) for name, *due in rows if name not in past}


def _closed_windows(session: Session, target: Target) -> Sequence[str]:
    """Find what a department need not wait for: only the ladder still runs."""
    phase, department = ids.department_key(target)
    query = select(Window.kind).where(
        Window.phase == phase,
        Window.department == department,
        Window.state == WindowState.CLOSED,
    )
    return session.exec(query).all()


# Made once: every look at a workflow asks it, and to make it takes as long again.
_RUNGS = (
    select(LadderStep.name, LadderStep.version, func.min(LadderStep.at))
    .join(
        Deadline,
        (col(Deadline.owner) == col(LadderStep.owner))
        & (col(Deadline.name) == col(LadderStep.name))
        & (col(Deadline.version) == col(LadderStep.version)),
    )
    .where(
        LadderStep.owner == bindparam("owner"),
        col(LadderStep.ended_at).is_(None),
        col(Deadline.closed_at).is_(None),
    )
    .group_by(col(LadderStep.name), col(LadderStep.version))
    .order_by(LadderStep.name)
)


def _rungs(session: Session, owner: str) -> tuple[Rung, ...]:
    rows = session.exec(_RUNGS, params={"owner": owner})
    return tuple(Rung(name, version, at) for name, version, at in rows)
