"""The council's session: who sits in it, which lines it sees, what follows."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from sqlmodel import Session, col, select

from activities.deed import Deed
from activities.services.calendar.deadlines import close_deadlines, set_deadline
from activities.stages import reach
from domain import ids
from domain.council.ballots import Method
from domain.council.quota import Ranking, over_cap
from domain.council.thresholds import Threshold
from domain.refusals import Refusal, Refused
from domain.rules.eligibility import Stage, Verdict
from domain.rules.rulepack import RulePack
from domain.states import LineState, SessionState
from store.database import lock, update_all
from store.findings.judging import (
    call_the_roll,
    in_order,
    judge_lines,
    standing_in,
    titles_of,
)
from store.findings.ranking import rank_lines
from store.office import people
from store.plans import pack_of
from store.tables import (
    CouncilSession,
    Nomination,
    Phase,
    RoundLine,
    SessionLine,
    SessionMember,
)
from store.voting import standing_rows

_WAITING = (LineState.ELIGIBLE, LineState.DEFERRED, LineState.RETURNED_TO_COUNCIL)


def convene_session(
    deed: Deed, phase: Phase, meets_at: datetime, place: str
) -> CouncilSession:
    """Write a session on every line that waits; one not yet held is superseded."""
    adjourn_unheld(deed, phase)
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


def adjourn_unheld(deed: Deed, phase: Phase) -> None:
    """End the sessions of a phase that were convened and not held."""
    for session in _sessions(deed.session, phase.id):
        if session.state is SessionState.CONVENED:
            reach(deed, session, SessionState.ADJOURNED)
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


def lines_of(session: Session, key: str) -> list[tuple[SessionLine, Nomination]]:
    """List a session's lines as they are voted on, locked.

    What was withdrawn, is held or has turned out ineligible meanwhile is out.
    """
    held = lock(
        session,
        Nomination,
        col(Nomination.id).in_(
            select(SessionLine.line).where(SessionLine.session == key)
        ),
        col(Nomination.state).in_((*_WAITING, LineState.ON_BALLOT)),
    )
    by_id = {line.id: line for line in held}
    rows = session.exec(
        select(SessionLine)
        .where(SessionLine.session == key)
        .order_by(col(SessionLine.position))
    )
    return [(row, by_id[row.line]) for row in rows if row.line in by_id]


def conclude(
    deed: Deed, phase: Phase, rows: Sequence[tuple[SessionLine, Nomination]], key: str
) -> dict[str, Ranking]:
    """Say of each counted line whether it passes, in the order of dependence.

    A line that its votes carry still needs what it rests on: awarded already, or
    passing beside it. Of a title that more pass for than its quota allows, those who
    rank last are downgraded, before anything that rests on it is looked at (E6).
    Return the titles whose last seats are tied for, each with its ranking.
    """
    with deed.session.no_autoflush:  # until all is said: then it is written at once
        tied = _conclude(deed, phase, rows, key)
    update_all(deed.session, [row for row, _ in rows], "outcome", "reason")
    return tied


def _conclude(
    deed: Deed, phase: Phase, rows: Sequence[tuple[SessionLine, Nomination]], key: str
) -> dict[str, Ranking]:
    pack = pack_of(deed.session, phase)
    roll = call_the_roll(deed.session, phase)
    counted = standing_rows(deed.session, key)
    standing = standing_in(deed.session, phase, {line.id for _, line in rows})
    tied = {}
    for title, of_title in groupby(rows, lambda pair: pair[1].title):
        passing: list[Nomination] = []
        for row, line in of_title:
            titles = titles_of([*standing, *passing])
            verdict = judge_lines(pack, roll, [line], titles, Stage.BALLOT)[line.id]
            row.outcome, row.reason = _outcome(counted[line.id], row, verdict)
            if row.outcome is LineState.COUNCIL_PASSED:
                passing.append(line)
        ranking = rank_lines(deed.session, pack, roll, key, passing, standing)
        if ranking.tied:
            tied[title] = ranking
        beyond = set(ranking.beyond)
        for row, line in rows:
            if str(line.id) in beyond:
                row.outcome = LineState.COUNCIL_DOWNGRADED
                row.reason = _why_downgraded(pack, title, ranking)
        standing += [line for line in passing if str(line.id) not in beyond]
    return tied


def ties(
    deed: Deed, phase: Phase, rows: Sequence[tuple[SessionLine, Nomination]], key: str
) -> dict[str, Ranking]:
    """Find again, in a concluded vote, the titles whose last seats are tied for."""
    pack, roll = pack_of(deed.session, phase), call_the_roll(deed.session, phase)
    passing = [line for row, line in rows if row.outcome is LineState.COUNCIL_PASSED]
    standing = standing_in(deed.session, phase, {line.id for _, line in rows})
    found = {}
    for title, of_title in groupby(passing, lambda line: line.title):
        others = [*standing, *(line for line in passing if line.title != title)]
        ranking = rank_lines(deed.session, pack, roll, key, list(of_title), others)
        if ranking.tied:
            found[title] = ranking
    return found


def _why_downgraded(pack: RulePack, title: str, ranking: Ranking) -> str:
    quota = pack.title(title).quota
    assert quota is not None  # noqa: S101 - nothing else ranks
    kept = f"; giữ «{pack.title(quota.base).name_vi}»" if quota.base else ""
    most = len(ranking.within) + ranking.seats
    return (
        f"Đạt phiếu nhưng xếp sau {most} đề nghị được chọn ({quota.text_vi}; xếp theo "
        "số phiếu, sáng kiến, người trực tiếp làm việc, số năm đã đạt, vòng bỏ phiếu "
        f"lại, ý kiến của Chủ tịch Hội đồng){kept}."
    )


def require_quota(
    deed: Deed, phase: Phase, rows: Sequence[tuple[SessionLine, Nomination]]
) -> None:
    """Refuse a list on which more pass than a quota allows; the votes stay."""
    pack = pack_of(deed.session, phase)
    refusals = _over_quota(deed, pack, phase, rows)
    if refusals:
        raise Refused(*refusals.values())


def _outcome(
    counted: RoundLine, row: SessionLine, verdict: Verdict
) -> tuple[LineState, str | None]:
    if not counted.carried:
        return LineState.COUNCIL_FAILED, _why_not(counted)
    if not verdict.eligible:
        said = " ".join(refusal.detail for refusal in verdict.refusals)
        return LineState.COUNCIL_FAILED, said
    return LineState.COUNCIL_PASSED, _by_the_chair(counted)


def _why_not(counted: RoundLine) -> str:
    if counted.masked:
        return "Không đạt tỷ lệ phiếu cần thiết (số phiếu không công bố)."
    yes, total = counted.yes or 0, counted.electors
    needed = Threshold.parse(counted.threshold).needed(total)
    said = f"{yes}/{total} thành viên đồng ý; cần ít nhất {needed}."
    return f"Ngang phiếu: {said}" if 2 * yes == total else said


def _by_the_chair(counted: RoundLine) -> str | None:
    """Say for the minutes that an open vote stood at half, and the chair decided."""
    if counted.yes is None or counted.method is not Method.HANDS:
        return None
    if Threshold.parse(counted.threshold).reached(counted.yes, counted.electors):
        return None
    return (
        f"Ngang phiếu: {counted.yes}/{counted.electors} thành viên đồng ý; "
        "theo ý kiến của chủ tọa."
    )


def _over_quota(
    deed: Deed,
    pack: RulePack,
    phase: Phase,
    rows: Sequence[tuple[SessionLine, Nomination]],
) -> dict[str, Refusal]:
    """Find, by title, why more pass than its quota allows."""
    standing = standing_in(deed.session, phase, {line.id for _, line in rows})
    standing += [line for row, line in rows if row.outcome is LineState.COUNCIL_PASSED]
    counts = Counter(line.title for line in standing)
    found = {}
    for title in pack.titles:
        base = title.quota.base if title.quota else None
        refusal = over_cap(pack, title.code, counts[title.code], counts[base or ""])
        if refusal:
            found[title.code] = refusal
    return found
