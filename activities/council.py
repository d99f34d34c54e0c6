"""The council's session: who sits in it, which lines it sees, what follows."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from activities.deadlines import close_deadlines, set_deadline
from activities.deed import Deed
from domain.eligibility import Stage, Verdict
from domain.quota import over_cap
from domain.refusals import Refused
from domain.rulepack import RulePack
from domain.states import LineState, SessionState
from domain.thresholds import Ballot, passes
from engine import ids
from store import people
from store.database import lock
from store.judging import (
    awarded_in,
    call_the_roll,
    in_order,
    judge_lines,
    titles_of,
)
from store.plans import pack_of
from store.tables import (
    CouncilSession,
    Nomination,
    Phase,
    SessionLine,
    SessionMember,
    SubjectKind,
)

_WAITING = (LineState.ELIGIBLE, LineState.DEFERRED, LineState.RETURNED_TO_COUNCIL)


def convene_session(
    deed: Deed, phase: Phase, meets_at: datetime, place: str
) -> CouncilSession:
    """Write a session on every line that waits; one not yet held is superseded."""
    _adjourn_unheld(deed, phase)
    number = len(_sessions(deed.session, phase.id)) + 1
    session = CouncilSession(
        id=ids.session_key(phase.id, number),
        campaign=phase.campaign,
        phase=phase.id,
        number=number,
        meets_at=meets_at,
        place=place,
    )
    deed.session.add(session)
    deed.session.flush()
    _seat(deed, session)
    _list_lines(deed, phase, session)
    owner = str(ids.council(session.id))
    set_deadline(deed, owner, "meeting", meets_at)
    close_deadlines(deed, str(ids.phase(phase.id)), "public_notice")
    _invite(deed, phase, session)
    deed.start.append(owner)
    return session


def _sessions(session: Session, phase: str) -> list[CouncilSession]:
    query = select(CouncilSession).where(CouncilSession.phase == phase)
    return list(session.exec(query))


def _adjourn_unheld(deed: Deed, phase: Phase) -> None:
    for session in _sessions(deed.session, phase.id):
        if session.state is SessionState.CONVENED:
            session.state = SessionState.ADJOURNED
            deed.session.add(session)
            owner = str(ids.council(session.id))
            close_deadlines(deed, owner, "meeting")
            deed.wake.append(owner)


def _seat(deed: Deed, session: CouncilSession) -> None:
    deed.session.add_all(
        SessionMember(session=session.id, person=seat.person, seat=seat.seat)
        for seat in people.seats(deed.session, deed.day)
    )


def _list_lines(deed: Deed, phase: Phase, session: CouncilSession) -> None:
    waiting = lock(
        deed.session,
        Nomination,
        Nomination.phase == phase.id,
        col(Nomination.state).in_(_WAITING),
    )
    ordered = in_order(pack_of(deed.session, phase), waiting)
    deed.session.add_all(
        SessionLine(session=session.id, line=line.id, position=place)
        for place, line in enumerate(ordered, 1)
    )
    deed.lines += [str(line.id) for line in ordered]


def _invite(deed: Deed, phase: Phase, session: CouncilSession) -> None:
    deed.notify(
        f"council/{session.id}",
        "convened",
        [seat.person for seat in people.seats(deed.session, deed.day)],
        phase=phase.name,
        at=session.meets_at,
        place=session.place,
    )


def members_of(session: Session, key: str) -> list[SessionMember]:
    """List a session's members."""
    query = select(SessionMember).where(SessionMember.session == key)
    return list(session.exec(query.order_by(SessionMember.person)))


def lines_of(session: Session, key: str) -> list[tuple[SessionLine, Nomination]]:
    """List a session's lines as they are voted on, locked; withdrawn ones are out."""
    held = lock(
        session,
        Nomination,
        col(Nomination.id).in_(
            select(SessionLine.line).where(SessionLine.session == key)
        ),
        Nomination.state != LineState.WITHDRAWN,
    )
    by_id = {line.id: line for line in held}
    rows = session.exec(
        select(SessionLine)
        .where(SessionLine.session == key)
        .order_by(col(SessionLine.position))
    )
    return [(row, by_id[row.line]) for row in rows if row.line in by_id]


def voters(
    pack: RulePack, members: Sequence[SessionMember], line: Nomination
) -> list[SessionMember]:
    """List who votes on a line: a nominee does not, where the rule says so (E5)."""
    if (
        line.kind is not SubjectKind.INDIVIDUAL
        or pack.title(line.title).vote.nominee_votes
    ):
        return list(members)
    return [member for member in members if member.person != line.subject]


def conclude(
    deed: Deed, phase: Phase, rows: Sequence[tuple[SessionLine, Nomination]], key: str
) -> None:
    """Say of each counted line whether it passes, in the order of dependence.

    A line that passes by votes still needs what it rests on: awarded already, or
    passing beside it. Raises Refused when more pass than a quota allows.
    """
    pack = pack_of(deed.session, phase)
    roll = call_the_roll(deed.session, phase)
    members = members_of(deed.session, key)
    earlier = _standing(deed, phase, {line.id for _, line in rows})
    passed: list[Nomination] = []
    for row, line in rows:
        titles = titles_of([*earlier, *passed])
        verdict = judge_lines(pack, roll, [line], titles, Stage.BALLOT)[line.id]
        row.outcome, row.reason = _outcome(pack, members, row, line, verdict)
        if row.outcome is LineState.COUNCIL_PASSED:
            passed.append(line)
        deed.session.add(row)
    _require_quota(pack, [*earlier, *passed])


def _standing(deed: Deed, phase: Phase, voted: set[UUID]) -> list[Nomination]:
    """List the lines of the year that stand already, awarded or on their way."""
    on_the_way = deed.session.exec(
        select(Nomination).where(
            Nomination.phase == phase.id,
            col(Nomination.state).in_(
                (LineState.COUNCIL_PASSED, LineState.DIRECTOR_APPROVED)
            ),
        )
    )
    found = [*awarded_in(deed.session, phase.period_end.year), *on_the_way]
    return [line for line in found if line.id not in voted]


def _outcome(
    pack: RulePack,
    members: Sequence[SessionMember],
    row: SessionLine,
    line: Nomination,
    verdict: Verdict,
) -> tuple[LineState, str | None]:
    total = len(voters(pack, members, line))
    threshold = pack.title(line.title).vote.threshold
    yes = row.yes or 0
    if not passes(yes, total, threshold, Ballot.OPEN, row.chair_yes):
        needed = threshold.needed(total)
        said = f"{yes}/{total} thành viên đồng ý; cần ít nhất {needed}."
        return LineState.COUNCIL_FAILED, said
    if not verdict.eligible:
        said = " ".join(refusal.detail for refusal in verdict.refusals)
        return LineState.COUNCIL_FAILED, said
    return LineState.COUNCIL_PASSED, None


def _require_quota(pack: RulePack, standing: Sequence[Nomination]) -> None:
    counts: dict[str, int] = {}
    for line in standing:
        counts[line.title] = counts.get(line.title, 0) + 1
    for title in pack.titles:
        base = title.quota.base if title.quota else None
        passing = counts.get(title.code, 0)
        refusal = over_cap(pack, title.code, passing, counts.get(base or "", 0))
        if refusal:
            raise Refused(refusal)
