"""Which workflows should be running, as the rows have it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import String, and_, bindparam, cast, literal, not_, or_, union_all
from sqlmodel import Session, col, select

from domain import ids
from domain.cases.procedures import OVER as CASE_OVER
from domain.deadlines import DeadlineKind
from domain.grouping import grouped
from domain.ids import Kind, WorkflowId
from domain.states import (
    CampaignState,
    CaseState,
    CommandState,
    DecisionState,
    LineState,
    PhaseState,
    SessionState,
)
from store.database import made_once, one_of
from store.tables import (
    Campaign,
    Case,
    Command,
    CouncilSession,
    Deadline,
    Decision,
    DecisionLine,
    Nomination,
    Phase,
    Submission,
)

# A superior has still to answer.
_AWAITED = (
    select(DecisionLine.line)
    .join(Nomination, col(Nomination.id) == col(DecisionLine.line))
    .where(
        DecisionLine.decision == Decision.id,
        col(Nomination.state).in_(
            (
                LineState.DIRECTOR_APPROVED,
                LineState.FORWARDED_UPWARD,
                LineState.SUPERIOR_RETURNED,
            )
        ),
    )
    .exists()
)


def _taken_up_again(kind: Kind, key: Any, *acts: str) -> Any:
    """Say that one of *acts* waits, and opens again what was over."""
    return (
        select(Command.seq)
        .where(
            Command.target == literal(f"{kind}:") + col(key),
            Command.state == CommandState.RECEIVED,
            col(Command.kind).in_(acts),
        )
        .exists()
    )


# What may come years after a decision was issued, and concern it.
_ANSWERED = _taken_up_again(
    Kind.DECISION,
    Decision.id,
    "correct",
    "decline_award",
    "record_signed_paper",
    "record_superior_answer",
    "take_down_results",
)
# Minutes that were signed on paper come back when the meeting is long over.
_MINUTES_CAME = _taken_up_again(
    Kind.COUNCIL, CouncilSession.id, "record_signed_minutes"
)
# What was set aside in a campaign may have been set aside after its end.
_TENDED = _taken_up_again(Kind.CAMPAIGN, Campaign.id, "try_again", "discard")


def _keeps(kind: Kind, key: Any, deadline: str) -> Any:
    """Say that a deadline runs that outlasts what it is about."""
    return (
        select(Deadline.owner)
        .where(
            Deadline.owner == literal(f"{kind}:") + col(key),
            Deadline.name == deadline,
            col(Deadline.closed_at).is_(None),
        )
        .exists()
    )


# Its results have still to be posted, its files to be archived.
_UNPOSTED = _keeps(Kind.DECISION, Decision.id, DeadlineKind.PUBLICATION)
# It was signed on paper that says otherwise, and nobody has said which is wrong.
_UNSETTLED = _keeps(Kind.DECISION, Decision.id, "settle_signed_paper")
_MINUTES_UNSETTLED = _keeps(Kind.COUNCIL, CouncilSession.id, "settle_signed_minutes")
UNARCHIVED = _keeps(Kind.CAMPAIGN, Campaign.id, DeadlineKind.ARCHIVE)

_STATE = col(Decision.state)
_SETTLED = _STATE.in_((DecisionState.ISSUED, DecisionState.RESCINDED))
_IN_HAND = and_(
    _STATE != DecisionState.RETURNED,
    or_(not_(_SETTLED), _AWAITED, _UNPOSTED, _UNSETTLED),
)

# When each takes more acts, and has something to wait for.
GOES_ON: Mapping[Kind, Any] = {
    Kind.CAMPAIGN: or_(
        _TENDED,
        UNARCHIVED,
        col(Campaign.state).not_in((CampaignState.CLOSED, CampaignState.CANCELLED)),
    ),
    Kind.PHASE: col(Phase.state).not_in((PhaseState.CLOSED, PhaseState.CANCELLED)),
    Kind.COUNCIL: or_(
        _MINUTES_CAME,
        _MINUTES_UNSETTLED,
        col(CouncilSession.state).not_in(
            (SessionState.CONCLUDED, SessionState.ADJOURNED)
        ),
    ),
    Kind.DECISION: or_(_ANSWERED, _IN_HAND),
    Kind.CASE: col(Case.state).not_in(CASE_OVER),
}


def _going_on(kind: Kind, table: Any, *where: Any, named: Kind | None = None) -> Any:
    """Select what is going on, of campaigns that are not cancelled."""
    cancelled = select(Campaign.id).where(Campaign.state == CampaignState.CANCELLED)
    whole = col(table.campaign).not_in(cancelled)
    return _keys(named or kind, table.campaign, table.id, whole, GOES_ON[kind], *where)


def _keys(kind: Kind, campaign: Any, key: Any, *where: Any) -> Any:
    place: Any = literal(_ORDER.index(kind)).label("place")
    text = cast(key, String).label("key")
    return select(place, campaign.label("campaign"), text).where(*where)


_CAMPAIGN = col(Campaign.id)
# In the order of their coming.
_ORDER = tuple(Kind)
# All that is open. Made once: a rehearsal asks after every act, and to make it takes as
# long again.
_OPEN = union_all(
    _keys(Kind.CAMPAIGN, _CAMPAIGN, _CAMPAIGN, GOES_ON[Kind.CAMPAIGN]),
    _going_on(Kind.PHASE, Phase),
    _going_on(Kind.PHASE, Phase, named=Kind.DEPARTMENT),
    _going_on(Kind.COUNCIL, CouncilSession),
    _going_on(Kind.DECISION, Decision),
    _going_on(Kind.CASE, Case, Case.state != CaseState.DRAFT),
).subquery()
_EVERYWHERE: Any = select(_OPEN.c.place, _OPEN.c.key).order_by(
    _OPEN.c.place, _OPEN.c.key
)
_IN_ONE: Any = _EVERYWHERE.where(_OPEN.c.campaign == bindparam("campaign"))


def open_targets(session: Session) -> list[str]:
    """List every workflow that should be running."""
    return each_of(session, open_in(session))


def open_in(session: Session, campaign: str | None = None) -> list[str]:
    """List what is open, of one campaign or of all.

    The departments of a phase stand there by the one name of them all.
    """
    query = _EVERYWHERE if campaign is None else _IN_ONE
    found = session.exec(query, params={"campaign": campaign})
    return [str(_target(_ORDER[place], key)) for place, key in found]


def _target(kind: Kind, key: str) -> WorkflowId:
    match kind:
        case Kind.DEPARTMENT:
            return ids.departments(key)
        case Kind.CASE:
            return WorkflowId(kind, str(UUID(key)))  # each database writes it its way
    return WorkflowId(kind, key)


def each_of(session: Session, targets: Iterable[str]) -> list[str]:
    """List workflow ids one by one: `ids.departments` stands for many of them."""
    read = {target: ids.read(target) for target in targets}
    phases = {
        target: ids.department_key(each)[0]
        for target, each in read.items()
        if ids.names_many(each)
    }
    theirs = _departments(session, phases.values()) if phases else {}
    return [
        each
        for target in read
        for each in (theirs[phases[target]] if target in phases else [target])
    ]


def _departments(
    session: Session, phases: Collection[str]
) -> defaultdict[str, list[str]]:
    rows = _submissions(session, phases=phases)
    return grouped((phase, str(ids.department(phase, code))) for phase, code in rows)


@made_once
def _submissions(phases: Any) -> Any:
    theirs = select(Submission.phase, Submission.department)
    theirs = theirs.where(one_of(col(Submission.phase), phases))
    return theirs.order_by(Submission.phase, Submission.department)
