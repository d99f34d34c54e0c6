"""The council's session: which lines it sees, and what becomes of each."""

from collections.abc import Iterable, Mapping, Sequence

from sqlmodel import Session, col, select

from activities.deed import Deed
from activities.services.council.rounds import VotingSession
from domain.council.ballots import Method
from domain.council.course import Course, Fate, course_of
from domain.council.quota import Ranking, over_cap
from domain.council.rounds import deciding
from domain.council.thresholds import Threshold
from domain.refusals import Refused, in_words
from domain.rules.rulepack import RulePack
from domain.states import LineState
from store.database import lock, update_all
from store.findings.judging import judge_of, standing_in, titles_of
from store.findings.ranking import chosen_in, contenders
from store.findings.roll import call_the_roll
from store.tables import (
    Nomination,
    RoundLine,
    SessionLine,
)
from store.voting import counted_rounds


def lines_of(
    session: Session, key: str, states: Iterable[LineState] = (LineState.ON_BALLOT,)
) -> list[tuple[SessionLine, Nomination]]:
    """List a session's lines in the order in which they are voted on, locked.

    What was withdrawn, or held when the vote opened, is out: it is not on the ballot.
    """
    held = lock(
        session,
        Nomination,
        col(Nomination.id).in_(
            select(SessionLine.line).where(SessionLine.session == key)
        ),
        col(Nomination.state).in_(states),
    )
    by_id = {line.id: line for line in held}
    rows = session.exec(
        select(SessionLine)
        .where(SessionLine.session == key)
        .order_by(col(SessionLine.position))
    )
    return [(row, by_id[row.line]) for row in rows if row.line in by_id]


Rows = Sequence[tuple[SessionLine, Nomination]]
# Of lines that tie, and of what rests on them, nothing is said until that is settled:
# they stand as passed, and the minutes are not signed (`require_settled`).
_OUTCOMES: Mapping[Fate, LineState] = {
    Fate.PASSES: LineState.COUNCIL_PASSED,
    Fate.FAILS: LineState.COUNCIL_FAILED,
    Fate.DOWNGRADED: LineState.COUNCIL_DOWNGRADED,
    Fate.TIED: LineState.COUNCIL_PASSED,
    Fate.OPEN: LineState.COUNCIL_PASSED,
}


def conclude(deed: Deed, council: VotingSession, rows: Rows) -> Course:
    """Write down of each counted line what becomes of it (`course_of`).

    Whoever has signed that it becomes something else has to sign again.
    """
    course, session = course_in(deed, council, rows), council.session
    rounds = counted_rounds(deed.session, session.id)
    before = {str(row.line): row.outcome for row, _ in rows}
    for row, line in rows:
        fate = course.fates[str(line.id)]
        row.outcome = _OUTCOMES[fate]
        if fate is Fate.DOWNGRADED:
            ranking = course.rankings[line.title]
            row.reason = _why_downgraded(council.pack, line.title, ranking)
        else:
            row.reason = _why(deciding(rounds[line.id]), course, line)
    update_all(deed.session, [row for row, _ in rows], "outcome", "reason")
    found = {str(row.line): row.outcome for row, _ in rows}
    if found != before:
        session.signed_by_chair = session.signed_by_secretary = None
        deed.facts["outcomes"] = found
    return course


def course_in(deed: Deed, council: VotingSession, rows: Rows) -> Course:
    """Find what becomes of each line of a session, by all of its rounds."""
    session, phase, lines = deed.session, council.phase, [line for _, line in rows]
    roll, key = call_the_roll(session, phase, lines), council.session.id
    rounds, chosen = counted_rounds(session, key), chosen_in(session, key)
    return course_of(
        council.pack,
        contenders(session, roll, lines, rounds, chosen),
        titles_of(standing_in(session, phase, {line.id for line in lines})),
        judge_of(council.pack, roll, lines),
    )


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


def require_settled(pack: RulePack, course: Course) -> None:
    """Refuse a list on which more pass than a quota allows; the votes stay."""
    for title, ranking in course.ties.items():
        passing = course.granted[title] - ranking.seats + len(ranking.tied)
        quota = pack.title(title).quota
        base = course.granted[quota.base or ""] if quota else 0
        if refusal := over_cap(pack, title, passing, base):
            raise Refused(refusal)


def _why(counted: RoundLine, course: Course, line: Nomination) -> str | None:
    if not counted.carried:
        return _why_not(counted)
    if course.fates[str(line.id)] is Fate.FAILS:
        return in_words(course.verdicts[str(line.id)].refusals)
    return _by_the_chair(counted)


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
