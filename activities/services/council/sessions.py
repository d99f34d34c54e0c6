"""The council's session: which lines it sees, and what becomes of each."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from activities.deed import Deed
from activities.services.council.rounds import VotingSession
from domain.council.ballots import Method
from domain.council.course import Course, Fate, course_of
from domain.council.quota import over_cap
from domain.council.rounds import deciding
from domain.council.thresholds import Threshold
from domain.refusals import Refused, in_words
from domain.rules.rulepack import RulePack
from domain.states import LineState
from store.database import lock, put, update_all
from store.findings.judging import judge_of, standing_in, titles_of
from store.findings.ranking import contenders
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
Counted = Mapping[UUID, Sequence[RoundLine]]  # by line: its rounds that were counted
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
    """Write down of each counted line what becomes of it, where that has changed."""
    counted = counted_rounds(deed.session, council.session.id)
    course = course_in(deed, council, rows, counted)
    before = {row.line: (row.outcome, row.reason) for row, _ in rows}
    settle_outcomes(deed, council, rows, course, counted)
    changed = [row for row, _ in rows if before[row.line] != (row.outcome, row.reason)]
    update_all(deed.session, changed, *OUTCOME)
    return course


OUTCOME = ("outcome", "reason")


def settle_outcomes(
    deed: Deed, council: VotingSession, rows: Rows, course: Course, counted: Counted
) -> None:
    """Say of each counted line what becomes of it (`course_of`); nothing is written.

    Whoever has signed that it becomes something else has to sign again.
    """
    session = council.session
    before = {row.line: row.outcome for row, _ in rows}
    for row, line in rows:
        fate = course.fates[str(line.id)]
        why = _why(council.pack, deciding(counted[line.id]), course, line)
        put(row, outcome=_OUTCOMES[fate], reason=why)
    found = {row.line: row.outcome for row, _ in rows}
    if found != before:
        session.signed_by_chair = session.signed_by_secretary = None
        deed.facts["outcomes"] = outcomes_of(rows)


def outcomes_of(rows: Rows) -> dict[str, LineState | None]:
    """Name what becomes of each line."""
    return {str(row.line): row.outcome for row, _ in rows}


def course_in(
    deed: Deed, council: VotingSession, rows: Rows, counted: Counted
) -> Course:
    """Find what becomes of each line of a session, by all of its rounds."""
    session, phase, lines = deed.session, council.phase, [line for _, line in rows]
    roll = call_the_roll(session, phase, lines)
    chosen = {x.line for x, _ in rows if x.chosen}
    return course_of(
        council.pack,
        contenders(session, roll, lines, counted, chosen),
        titles_of(standing_in(session, phase, {line.id for line in lines})),
        judge_of(council.pack, roll, lines),
    )


def _why_downgraded(pack: RulePack, title: str, course: Course) -> str:
    quota, ranking = pack.title(title).quota, course.rankings[title]
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


def _why(
    pack: RulePack, counted: RoundLine, course: Course, line: Nomination
) -> str | None:
    if course.fates[str(line.id)] is Fate.DOWNGRADED:
        return _why_downgraded(pack, line.title, course)
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
