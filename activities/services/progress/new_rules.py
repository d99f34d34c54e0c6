"""A phase goes by another rule pack: what is judged again, and what stays (E33)."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlmodel import col

from activities.deed import Deed
from activities.lines import Way, move_each
from activities.services.decision.outcomes import News, tell_lines
from activities.services.progress.phase_progress import settle
from domain.refusals import refuse
from domain.rules.rulepack import RulePack
from domain.states import LineState, SessionState
from papers.terms import LINE_STATES
from papers.wording import listing
from store.database import count_by, lock
from store.findings.judging import appraise_lines, live_beside
from store.findings.roll import call_the_roll
from store.tables import CouncilSession, Nomination, Phase

# Nobody has judged these, or nobody will any more.
_UNJUDGED = (LineState.NOMINATED, LineState.ELIGIBLE, LineState.WITHDRAWN)


def require_no_vote(deed: Deed, phase: str) -> None:
    """Hold the sessions of a phase. Refused (`vote_open`) while one is voting.

    Nor may the rules change between a count and its minutes: they would change what
    the council has come to.
    """
    rows = lock(deed.session, CouncilSession, CouncilSession.phase == phase)
    if any(row.state in (SessionState.VOTING, SessionState.COUNTED) for row in rows):
        raise refuse(
            "vote_open",
            "Hội đồng đang biểu quyết hoặc chưa ký xong biên bản theo bộ quy định cũ; "
            "ký biên bản xong mới chuyển được bộ quy định.",
        )


def require_titles(pack: RulePack, phase: Phase) -> None:
    """Refuse (`titles_missing`) a pack that does not know what a phase may grant."""
    known = {title.code for title in pack.titles}
    if missing := [title for title in phase.titles if title not in known]:
        raise refuse(
            "titles_missing",
            f"Bộ quy định «{pack.code}» không có danh hiệu: {', '.join(missing)}.",
        )


class Judged(NamedTuple):
    """How many lines were judged again and ended with it; how many stay, by state."""

    again: int
    ended: int
    stays: Mapping[LineState, int]

    def said(self) -> str:
        """Say it to people."""
        kept = [f"{n} {LINE_STATES[state]}" for state, n in sorted(self.stays.items())]
        return (
            f"xét lại {self.again} đề nghị đã thẩm định, {self.ended} không đủ điều "
            f"kiện; giữ nguyên kết quả cũ: {listing(kept) or 'không có'}"
        )


def judge_anew(deed: Deed, phase: Phase, pack: RulePack) -> Judged:
    """Judge by new rules what the council has not voted on; everything else stays.

    A line that the new rules refuse ends; one that only waits goes on waiting.
    """
    stays = _staying(deed, phase)
    held = (Nomination.phase == phase.id, col(Nomination.state) == LineState.ELIGIBLE)
    lines = lock(deed.session, Nomination, *held)
    roll = call_the_roll(deed.session, phase, lines)
    beside = live_beside(deed.session, phase.period_end.year, roll, lines)
    verdicts = appraise_lines(pack, roll, lines, beside, ())
    ways = [
        Way(line, LineState.INELIGIBLE, " ".join(each.detail for each in why))
        for line in lines
        if (why := verdicts[line.id].refusals) and not verdicts[line.id].waiting
    ]
    move_each(deed, ways)
    news = [News(way.line, "line_ended", {"reason": way.reason}) for way in ways]
    tell_lines(deed, news)
    deed.lines += [str(line.id) for line in lines]
    deed.session.flush()
    settle(deed, phase)
    return Judged(len(lines), len(ways), stays)


def _staying(deed: Deed, phase: Phase) -> dict[LineState, int]:
    judged = col(Nomination.state).not_in(_UNJUDGED)
    here = Nomination.phase == phase.id
    states = count_by(deed.session, Nomination.state, here, judged)
    return {LineState(state): count for state, count in states.items()}
