"""Where a workflow stands, read from the rows."""

from collections.abc import Sequence
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, func
from sqlmodel import Session, col, select

from domain import ids
from domain.ids import Kind, Target
from domain.refusals import refuse
from domain.states import CampaignState, WindowState
from engine.messages import Due, Rung, Situation
from engine.open_workflows import GOES_ON
from store.database import stepped_moment
from store.tables import (
    Campaign,
    Case,
    Chain,
    CouncilSession,
    Deadline,
    Decision,
    LadderStep,
    Phase,
    Submission,
    Window,
)


class _Stand(NamedTuple):
    """A target's own stage, and how its campaign stands."""

    campaign: str
    state: CampaignState
    seq: int
    stage: str
    going_on: bool


def situation(session: Session, owner: str) -> Situation:
    """Read where a workflow stands. Raises Refused (`unknown_target`)."""
    target = ids.read(owner)
    stand = _stand(session, target)  # first: the rest is then as new or newer
    over = _is_over(stand)
    return Situation(
        seq=stand.seq,
        stage=stand.stage,
        moment=stepped_moment(session),
        ended=over,
        suspended=stand.state is CampaignState.SUSPENDED,
        dues=_dues(session, target),
        rungs=() if over else _rungs(session, owner),
    )


def is_over(session: Session, owner: str) -> bool:
    """Say whether a target takes no more acts. Raises Refused (`unknown_target`)."""
    return _is_over(_stand(session, ids.read(owner)))


def campaign_of(session: Session, target: Target) -> str:
    """Find a target's campaign. Raises Refused (`unknown_target`) without one."""
    return _stand(session, target).campaign


def _is_over(stand: _Stand) -> bool:
    return stand.state is CampaignState.CANCELLED or not stand.going_on


def _stand(session: Session, target: Target) -> _Stand:
    row = session.exec(_STANDS[target.kind], params=_key(target)).first()
    if row is None:
        raise unknown(target)
    return _Stand(*row)


def _key(target: Target) -> dict[str, Any]:
    match target.kind:
        case Kind.DEPARTMENT:
            phase, department = ids.department_key(target)
            return {"key": phase, "department": department}
        case Kind.CASE:
            try:
                return {"key": UUID(target.key)}
            except ValueError:
                raise unknown(target) from None  # no id of ours
    return {"key": target.key}


def unknown(target: Target) -> Exception:
    """Say that nothing has this id."""
    if target.kind is Kind.DEPARTMENT:
        return refuse(
            "unknown_target",
            "Giai đoạn này chưa mở, hoặc không có phòng đó trong giai đoạn.",
        )
    return refuse("unknown_target", f"Không có đối tượng nào mang mã «{target}».")


def _stands(kind: Kind, stage: Any, *path: tuple[Any, Any]) -> Any:
    """Select where one of *kind* stands, that the *path* from its campaign leads to."""
    columns: Any = (Campaign.id, Campaign.state, Chain.seq, stage, GOES_ON[kind])
    query = select(*columns).join_from(
        Campaign, Chain, col(Chain.campaign) == col(Campaign.id)
    )
    for table, link in path:
        query = query.join(table, link)
    return query


def _stands_of(table: Any, kind: Kind) -> Any:
    query = _stands(kind, table.state, (table, table.campaign == Campaign.id))
    return query.where(table.id == _KEY)


_KEY: Any = bindparam("key")
# Made once: they are asked before and after every act, and to make them takes longer.
_STANDS: dict[Kind, Any] = {
    Kind.CAMPAIGN: _stands(Kind.CAMPAIGN, Campaign.state).where(Campaign.id == _KEY),
    Kind.PHASE: _stands_of(Phase, Kind.PHASE),
    Kind.DEPARTMENT: _stands(
        Kind.PHASE,
        Submission.state,
        (Phase, col(Phase.campaign) == col(Campaign.id)),
        (Submission, col(Submission.phase) == col(Phase.id)),
    ).where(Phase.id == _KEY, Submission.department == bindparam("department")),
    Kind.COUNCIL: _stands_of(CouncilSession, Kind.COUNCIL),
    Kind.DECISION: _stands_of(Decision, Kind.DECISION),
    Kind.CASE: _stands_of(Case, Kind.CASE),
}


_DUES = (
    select(Deadline.name, Deadline.version, Deadline.opens_at, Deadline.due_at)
    .where(Deadline.owner == bindparam("owner"), col(Deadline.closed_at).is_(None))
    .order_by(Deadline.name)
)


def _dues(session: Session, target: Target) -> dict[str, Due]:
    rows = session.exec(_DUES, params={"owner": str(target)})
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
