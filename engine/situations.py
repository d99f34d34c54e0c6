"""Where a workflow stands, read from the rows."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, func, null, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from domain import ids
from domain.ids import Kind, WorkflowId
from domain.refusals import refuse
from domain.states import CampaignState, WindowState
from engine.messages import Due, NextReminder, Situation
from engine.open_workflows import GOES_ON
from store.clock import NOW, STANDS_AT
from store.tables import (
    Campaign,
    Case,
    Chain,
    Command,
    CouncilSession,
    Deadline,
    Decision,
    LadderStep,
    Phase,
    Submission,
    Window,
)


class Stand(NamedTuple):
    """A target's own stage, how its campaign stands, and the phase that both are in.

    *moment* is set in a rehearsal only: where it stands. *at* is the time by either
    clock.
    """

    campaign: str
    state: CampaignState
    seq: int
    moment: datetime | None
    at: datetime
    phase: str | None
    stage: str
    going_on: bool

    @property
    def over(self) -> bool:
        """Say whether the workflow is over, or its campaign cancelled: no more acts."""
        return self.state is CampaignState.CANCELLED or not self.going_on


def situation(session: Session, owner: str) -> Situation:
    """Read where a workflow stands. Raises Refused (`unknown_target`)."""
    stand, running = _look(session, ids.read(owner))
    climbing = () if stand.over else running
    return Situation(
        seq=stand.seq,
        stage=stand.stage,
        moment=stand.moment,
        ended=stand.over,
        suspended=stand.state is CampaignState.SUSPENDED,
        dues={
            each.name: Due(each.version, each.opens_at, each.due_at)
            for each in running
            if not each.past
        },
        rungs=tuple(
            NextReminder(each.name, each.version, each.climbs_at)
            for each in climbing
            if each.climbs_at is not None
        ),
    )


def is_over(session: Session, owner: str) -> bool:
    """Say whether a target takes no more acts. Raises Refused (`unknown_target`)."""
    return stand_of(session, ids.read(owner)).over


def stand_of(session: Session, target: WorkflowId) -> Stand:
    """Read how a target and its campaign stand. Raises Refused (`unknown_target`)."""
    row = session.exec(_STANDS[target.kind], params=_key(target)).first()
    if row is None:
        raise unknown(target)
    return Stand(*row)


def stand_and_sent(
    session: Session, target: WorkflowId, actor: str, key: str
) -> tuple[Stand, Command | None]:
    """Read how a target stands, and what somebody has sent before with a key.

    Raises Refused (`unknown_target`).
    """
    asked = _key(target) | {"actor": actor, "sent": key}
    row = session.exec(_STANDS_AND_SENT[target.kind], params=asked).first()
    if row is None:
        raise unknown(target)
    *stand, sent = row
    return Stand(*stand), sent


def _key(target: WorkflowId) -> dict[str, Any]:
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


def unknown(target: WorkflowId) -> Exception:
    """Say that nothing has this id."""
    if target.kind is Kind.DEPARTMENT:
        return refuse(
            "unknown_target",
            "Giai đoạn này chưa mở, hoặc không có phòng đó trong giai đoạn.",
        )
    return refuse("unknown_target", f"Không có đối tượng nào mang mã «{target}».")


def _stands(kind: Kind, phase: Any, stage: Any, *path: tuple[Any, Any]) -> Any:
    """Select where one of *kind* stands, that the *path* from its campaign leads to."""
    own: Any = (phase, stage, GOES_ON[kind])
    of_campaign: Any = (Campaign.id, Campaign.state, Chain.seq, STANDS_AT, NOW)
    query = select(*of_campaign, *own).join_from(
        Campaign, Chain, col(Chain.campaign) == col(Campaign.id)
    )
    for table, link in path:
        query = query.join(table, link)
    return query


def _stands_of(table: Any, kind: Kind, phase: Any) -> Any:
    query = _stands(kind, phase, table.state, (table, table.campaign == Campaign.id))
    return query.where(table.id == _KEY)


_KEY: Any = bindparam("key")
# Made once: they are asked before and after every act, and to make them takes longer.
_STANDS: dict[Kind, Any] = {
    Kind.CAMPAIGN: _stands(Kind.CAMPAIGN, null(), Campaign.state).where(
        Campaign.id == _KEY
    ),
    Kind.PHASE: _stands_of(Phase, Kind.PHASE, Phase.id),
    Kind.DEPARTMENT: _stands(
        Kind.PHASE,
        Phase.id,
        Submission.state,
        (Phase, col(Phase.campaign) == col(Campaign.id)),
        (Submission, col(Submission.phase) == col(Phase.id)),
    ).where(Phase.id == _KEY, Submission.department == bindparam("department")),
    Kind.COUNCIL: _stands_of(CouncilSession, Kind.COUNCIL, CouncilSession.phase),
    Kind.DECISION: _stands_of(Decision, Kind.DECISION, Decision.phase),
    Kind.CASE: _stands_of(Case, Kind.CASE, null()),
}
# Apart from the commands that something may still wait for.
_SENT = aliased(Command)
_STANDS_AND_SENT: dict[Kind, Any] = {
    kind: stands.add_columns(_SENT).outerjoin(
        _SENT,
        (col(_SENT.actor) == bindparam("actor"))
        & (col(_SENT.idempotency_key) == bindparam("sent")),
    )
    for kind, stands in _STANDS.items()
}


class _Running(NamedTuple):
    """A deadline that runs, and when its ladder next climbs.

    *past* is one whose window is closed: only the ladder still runs.
    """

    name: str
    version: int
    opens_at: datetime | None
    due_at: datetime
    climbs_at: datetime | None
    past: bool


_PAST = (
    select(Window.kind)
    .where(
        Window.phase == bindparam("phase"),
        Window.kind == Deadline.name,
        Window.department == bindparam("of_department"),
        Window.state == WindowState.CLOSED,
    )
    .exists()
)
_OF_DEADLINE: Any = (
    Deadline.name,
    Deadline.version,
    Deadline.opens_at,
    Deadline.due_at,
    func.min(LadderStep.at).label("climbs_at"),
    _PAST.label("past"),
)
_RUNNING = (
    select(*_OF_DEADLINE)
    .outerjoin(
        LadderStep,
        (col(LadderStep.owner) == col(Deadline.owner))
        & (col(LadderStep.name) == col(Deadline.name))
        & (col(LadderStep.version) == col(Deadline.version))
        & col(LadderStep.ended_at).is_(None),
    )
    .where(Deadline.owner == bindparam("owner"), col(Deadline.closed_at).is_(None))
    .group_by(col(Deadline.owner), col(Deadline.name))
    .subquery()
)


def _situations(stands: Any) -> Any:
    """Select where one of a kind stands beside each deadline that it keeps."""
    stand = stands.subquery()
    beside = stand.outerjoin(_RUNNING, true())
    return select(stand, _RUNNING).select_from(beside).order_by(_RUNNING.c.name)


_SITUATIONS = {kind: _situations(stands) for kind, stands in _STANDS.items()}


def _look(session: Session, target: WorkflowId) -> tuple[Stand, list[_Running]]:
    """Read how a target stands and what runs for it, both as of one moment."""
    department = target.kind is Kind.DEPARTMENT
    place = ids.department_key(target) if department else (None, None)
    asked = {"owner": str(target), "phase": place[0], "of_department": place[1]}
    rows = session.exec(_SITUATIONS[target.kind], params=_key(target) | asked).all()
    if not rows:
        raise unknown(target)
    width = len(Stand._fields)
    running = [_Running(*row[width:]) for row in rows if row[width] is not None]
    return Stand(*rows[0][:width]), running
