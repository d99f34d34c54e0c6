"""More than one round: what was voted in secret again, and what was void."""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from uuid import UUID

from activities.addressing import line_names, resolve
from activities.effects.council.session import write_recusal
from activities.effects.registry import Answer, Call, effect
from activities.services.calendar.deadlines import close_deadlines
from activities.services.council.boxes import end_rounds
from activities.services.council.count import FIGURES
from activities.services.council.dissents import forget_dissents
from activities.services.council.rounds import VotingSession, numbers, open_vote
from activities.services.council.sessions import (
    OUTCOME,
    Counted,
    Rows,
    conclude,
    course_in,
    lines_of,
    outcomes_of,
)
from activities.stages import reach
from domain.council.ballots import Method
from domain.council.course import Fate
from domain.council.deciding import require_others
from domain.council.quota import Ranking
from domain.council.rounds import may_order, why_no_second
from domain.deadlines import DeadlineKind
from domain.ladder import Addressee
from domain.refusals import Refusal, Refused, refuse
from domain.states import SessionState
from intake.acts.council import Recuse, RepeatVote, SecondRound, SettleTie
from store.database import put, update_all
from store.tables import Nomination, RoundLine
from store.voting import Votes, counted_rounds, session_lines, votes_of

_S = SessionState


@effect("order_second_round")
def order_second_round(call: Call, body: SecondRound) -> Answer:
    """Vote once more on lines that were not carried in secret, or that tie.

    Both rounds stay. The last one decides what the first has not carried; of what it
    has, the last one says only who comes first.
    """
    session = call.council()
    council = VotingSession.of(call.deed, session)
    rows = lines_of(call.session, session.id)
    lines = _for_second_round(call, council, rows, body.lines)
    rounds = open_vote(call.deed, call.box, council, lines, body, call.day)
    _forget_figures(call, [line.id for line in lines])
    _forget_the_chair(call, rows, {line.title for line in lines})
    reach(call.deed, session, _S.VOTING)
    close_deadlines(call.deed, str(call.target), DeadlineKind.MINUTES)
    call.deed.lines += [str(line.id) for line in lines]
    return {**numbers(rounds), "lines": len(lines)}


def _for_second_round(
    call: Call, council: VotingSession, rows: Rows, named: Sequence[UUID]
) -> list[Nomination]:
    """Find the named lines; Refused unless each may be voted on once more.

    Those who tie are voted on together, or who is left out would come last.
    """
    rule = council.pack.council.second_secret_round
    counted = counted_rounds(call.session, council.session.id)
    course = course_in(call.deed, council, rows, counted)
    among, by_id = set(named), {line.id: line for _, line in rows}
    apart = {
        title: _why_no_order(council, title, ranking.tied, among, counted)
        for title, ranking in course.ties.items()
    }
    for line_id in named:
        if line_id not in by_id:
            raise refuse("unknown_line", f"Phiên họp không xét đề nghị {line_id}.")
        line = by_id[line_id]
        if course.fates[str(line_id)] is Fate.TIED:
            why = apart[line.title]
        elif council.session.signed_by_chair or council.session.signed_by_secretary:
            raise refuse("already_signed", "Biên bản đã có chữ ký: không mở vòng nữa.")
        else:
            what = f"Đề nghị {line.subject} - {line.title}"
            by_hands = counted[line_id][-1].method is Method.HANDS
            why = why_no_second(rule, what, counted[line_id], open_vote=by_hands)
        if why:
            raise Refused(why)
    return [line for _, line in rows if line.id in among]


def _why_no_order(
    council: VotingSession,
    title: str,
    tied: Sequence[str],
    named: AbstractSet[UUID],
    counted: Counted,
) -> Refusal | None:
    """Refuse a round on some only of those who tie, and a third one (E6)."""
    rule = council.pack.council.second_secret_round
    name, lines = council.pack.title(title).name_vi, [UUID(each) for each in tied]
    if not may_order(rule, (counted[line] for line in lines)):
        return rule.refusal(
            f"«{name}»: các đề nghị ngang nhau không được bỏ phiếu thêm vòng nào nữa; "
            "Chủ tịch Hội đồng cho ý kiến."
        )
    if named >= set(lines):
        return None
    return rule.refusal(
        f"«{name}»: {len(tied)} đề nghị ngang nhau phải được bỏ phiếu lại cùng nhau.",
        "tied_apart",
    )


@effect("settle_tie")
def settle_tie(call: Call, body: SettleTie) -> Answer:
    """Let the chair say who of those still tied goes in, after a round among them."""
    session = call.council()
    council = VotingSession.of(call.deed, session)
    rows = lines_of(call.session, session.id)
    counted = counted_rounds(call.session, session.id)
    tied = course_in(call.deed, council, rows, counted).ties
    by_id = {str(line.id): (row, line) for row, line in rows}
    named = {str(line) for line in body.lines}
    for title, ranking in tied.items():
        _require_all_seats(council.pack.title(title).name_vi, ranking, named)
        ties = [by_id[line] for line in ranking.tied]
        _require_voted_again(call, council, ties, counted)
    strange = named - {x for ranking in tied.values() for x in ranking.tied}
    if strange or not tied:
        raise refuse("not_tied", "Chỉ chọn trong các đề nghị đang ngang nhau.")
    chosen = [by_id[str(line)][0] for line in body.lines]
    for row in chosen:
        put(row, chosen=True)
    update_all(call.session, chosen, "chosen")
    conclude(call.deed, council, rows)
    call.deed.lines += [str(line) for line in body.lines]
    return {"outcomes": outcomes_of(rows)}


def _require_all_seats(title: str, ranking: Ranking, named: set[str]) -> None:
    if len(named.intersection(ranking.tied)) != ranking.seats:
        raise refuse(
            "seats_wrong",
            f"«{title}»: {len(ranking.tied)} đề nghị ngang nhau cho {ranking.seats} "
            f"suất; phải chọn đúng {ranking.seats}.",
        )


def _require_voted_again(
    call: Call, council: VotingSession, tied: Rows, counted: Counted
) -> None:
    own = [str(line.id) for _, line in tied if line.subject == call.deed.actor]
    require_others(len(tied), own, own)
    rule = council.pack.council.second_secret_round
    if may_order(rule, (counted[line.id] for _, line in tied)):
        raise refuse(
            "second_round_first",
            "Những đề nghị ngang nhau phải được bỏ phiếu lại một vòng trước khi Chủ "
            "tịch Hội đồng cho ý kiến.",
        )


@effect("repeat_vote")
def repeat_vote(call: Call, body: RepeatVote) -> Answer:
    """Void the vote on lines before it is counted, and open another on them.

    For a council or a recusal that changed under the vote, or a box whose key is
    gone. What was cast on these lines is never opened. A line whose vote is void
    already only waits for the other.
    """
    session = call.council()
    council = VotingSession.of(call.deed, session)
    votes = votes_of(call.session, session.id)
    rows = {row.line: (row, line) for _, row, line in votes.open_lines()}
    found = {line: pair[1] for line, pair in rows.items()}
    found |= {line.id: line for line in votes.unvoted()}
    for line_id in body.lines:
        if line_id not in found:
            raise refuse(
                "unknown_line", f"Đề nghị {line_id} không đang được biểu quyết."
            )
    named = set(body.lines)
    lines = [line for key, line in found.items() if key in named]
    rounds = open_vote(call.deed, call.box, council, lines, body, call.day)
    _void(call, votes, [rows[x.id][0] for x in lines if x.id in rows], body.reason)
    call.deed.lines += [str(line.id) for line in lines]
    return {**numbers(rounds), "lines": len(lines)}


@effect("declare_conflict")
def declare_conflict(call: Call, body: Recuse) -> Answer:
    """Step out of a line that is being voted on: its vote is void (E5).

    Those who remain vote on it again, once whoever leads the session opens that.
    """
    session = call.council()
    key, votes = session.id, votes_of(call.session, session.id)
    mine = [(row, line) for _, row, line in votes.open_lines() if row.line == body.line]
    if not mine:
        raise refuse("unknown_line", f"Đề nghị {body.line} không đang được biểu quyết.")
    [(row, line)] = mine
    if call.deed.actor in row.recused:
        raise refuse("already_recused", "Bạn đã không biểu quyết đề nghị này.")
    write_recusal(call, body)
    _void(call, votes, [row], body.reason)
    call.deed.lines.append(str(line.id))
    council = VotingSession.of(call.deed, session)
    call.deed.notify(
        f"void/{key}/{row.round}/{line.id}",
        "vote_void",
        [person for to in _LEADING for person in resolve(call.deed, to)],
        phase=council.phase.name,
        subject=line_names(call.session, [line])[line.id],
        award=council.pack.title(line.title).name_vi,
    )
    return {"line": str(line.id)}


_LEADING = (Addressee.COUNCIL_CHAIR, Addressee.COUNCIL_SECRETARY)


def _void(call: Call, votes: Votes, rows: Sequence[RoundLine], reason: str) -> None:
    """Void what was cast on lines; rounds about nothing any more end, unopened."""
    for row in rows:
        put(row, voided_at=call.deed.at, void_reason=reason)
    update_all(call.session, rows, "voided_at", "void_reason")
    lines = [row.line for row in rows]
    _forget_figures(call, lines)
    forget_dissents(call.session, call.target.key, lines)
    end_rounds(call.deed, [each for each in votes.open if not votes.about(each)])


def _forget_figures(call: Call, lines: Sequence[UUID]) -> None:
    """Let lines be counted anew; what they came to before stays with its round."""
    standing = session_lines(call.session, call.target.key)
    again = [standing[line] for line in lines]
    for row in again:
        put(row, yes=None, no=None, blank=None, chair_yes=None)
        put(row, outcome=None, reason=None)
    update_all(call.session, again, *FIGURES, "chair_yes", *OUTCOME)


def _forget_the_chair(call: Call, rows: Rows, titles: Collection[str]) -> None:
    """Let the chair's word on a tie fall where the tie may have become another."""
    again = [row for row, line in rows if line.title in titles]
    for row in again:
        put(row, chosen=False)
    update_all(call.session, again, "chosen")
