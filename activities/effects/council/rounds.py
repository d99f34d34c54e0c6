"""More than one round: what was voted in secret again, and what was void."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from activities.effects.council.session import council_session
from activities.effects.registry import Answer, Call, effect
from activities.services.calendar.deadlines import close_deadlines
from activities.services.council.count import end_round
from activities.services.council.rounds import Council, open_round
from activities.services.council.sessions import conclude, lines_of, ties
from activities.stages import reach
from domain.council.ballots import Method
from domain.council.deciding import require_others
from domain.council.quota import Ranking
from domain.refusals import Refused, refuse
from domain.states import SessionState
from intake.acts.council import RepeatVote, SecondRound, SettleTie
from store.database import update_all
from store.tables import Nomination, RoundLine, SessionLine, VotingRound
from store.voting import (
    Rows,
    counted_rounds,
    lines_in,
    open_rounds,
    session_lines,
    standing_rows,
)

_S = SessionState


@effect("order_second_round")
def order_second_round(call: Call, body: SecondRound) -> Answer:
    """Vote once more on lines that were not carried in secret, or were too many.

    Both rounds stay; the last one decides.
    """
    session = council_session(call, _S.COUNTED)
    council = Council.of(call.deed, session)
    if session.signed_by_chair or session.signed_by_secretary:
        raise refuse("already_signed", "Biên bản đã có chữ ký: không mở vòng nữa.")
    lines = _for_second_round(call, council, body.lines)
    _forget_figures(call, [line.id for line in lines])
    voting = open_round(call.deed, call.box.keys, council, lines, body)
    reach(call.deed, session, _S.VOTING)
    close_deadlines(call.deed, str(call.target), "minutes")
    call.deed.lines += [str(line.id) for line in lines]
    return {"round": voting.number, "lines": len(lines)}


def _for_second_round(
    call: Call, council: Council, named: Sequence[UUID]
) -> list[Nomination]:
    key = council.session.id
    rows = lines_of(call.session, key)
    counted = standing_rows(call.session, key)
    tied = ties(call.deed, council.phase, rows, key)
    times = counted_rounds(call.session, key)
    by_id = {line.id: line for _, line in rows}
    for line_id in named:
        if line_id not in by_id:
            raise refuse("unknown_line", f"Phiên họp không xét đề nghị {line_id}.")
        line = by_id[line_id]
        _require_second(council, counted[line_id], line, tied, times[line_id])
    return [line for _, line in rows if line.id in set(named)]


def _require_second(
    council: Council,
    row: RoundLine,
    line: Nomination,
    tied: Mapping[str, Ranking],
    times: int,
) -> None:
    """Refuse what needs no second round; a tie for the last seats needs one (E6)."""
    if line.title in tied and str(line.id) in tied[line.title].tied:
        return
    rule = council.pack.council.second_secret_round
    what = f"Đề nghị {line.subject} - {line.title}"
    if not rule.allowed:
        raise Refused(rule.refusal("Quy chế không cho bỏ phiếu vòng hai."))
    if row.method is Method.HANDS:
        raise Refused(rule.refusal(f"{what} biểu quyết công khai, không có vòng hai."))
    if row.carried:
        raise Refused(rule.refusal(f"{what} đã đạt, không bỏ phiếu lại."))
    if times > 1:
        raise Refused(rule.refusal(f"{what} đã bỏ phiếu vòng hai."))


@effect("settle_tie")
def settle_tie(call: Call, body: SettleTie) -> Answer:
    """Let the chair say who of those still tied goes in, after a round among them."""
    session = council_session(call, _S.COUNTED)
    council = Council.of(call.deed, session)
    rows = lines_of(call.session, session.id)
    tied = ties(call.deed, council.phase, rows, session.id)
    by_id = {str(line.id): (row, line) for row, line in rows}
    named = [str(line) for line in body.lines]
    for title, ranking in tied.items():
        mine = [line for line in named if line in ranking.tied]
        if len(mine) != ranking.seats:
            name = council.pack.title(title).name_vi
            raise refuse(
                "seats_wrong",
                f"«{name}»: {len(ranking.tied)} đề nghị ngang nhau cho "
                f"{ranking.seats} suất; phải chọn đúng {ranking.seats}.",
            )
        _require_voted_again(call, council, [by_id[line] for line in ranking.tied])
    strange = sorted(set(named) - {x for r in tied.values() for x in r.tied})
    if strange or not tied:
        raise refuse("not_tied", "Chỉ chọn trong các đề nghị đang ngang nhau.")
    chosen = [by_id[line][0] for line in named]
    for row in chosen:
        row.chosen = True
    update_all(call.session, chosen, "chosen")
    conclude(call.deed, council.phase, rows, session.id)
    call.deed.lines += named
    return {"outcomes": {str(row.line): row.outcome for row, _ in rows}}


def _require_voted_again(
    call: Call, council: Council, tied: Sequence[tuple[SessionLine, Nomination]]
) -> None:
    own = [str(line.id) for _, line in tied if line.subject == call.deed.actor]
    require_others(len(tied), own, own)
    times = counted_rounds(call.session, council.session.id)
    once = [line for _, line in tied if times[line.id] < 2]
    if once and council.pack.council.second_secret_round.allowed:
        raise refuse(
            "second_round_first",
            "Những đề nghị ngang nhau phải được bỏ phiếu lại một vòng trước khi Chủ "
            "tịch Hội đồng cho ý kiến.",
        )


@effect("repeat_vote")
def repeat_vote(call: Call, body: RepeatVote) -> Answer:
    """Void the vote on lines before it is counted, and open another on them.

    For a council or a recusal that changed under the vote, or a box whose key is
    gone. What was cast on these lines is never opened.
    """
    session = council_session(call, _S.VOTING)
    council = Council.of(call.deed, session)
    rounds = open_rounds(call.session, session.id)
    found = {
        row.line: (row, line)
        for voting in rounds
        for row, line in lines_in(call.session, voting)
    }
    for line_id in body.lines:
        if line_id not in found:
            raise refuse(
                "unknown_line", f"Đề nghị {line_id} không đang được biểu quyết."
            )
    named: Rows = [found[line] for line in found if line in set(body.lines)]
    _void(call, [row for row, _ in named], body.reason)
    _end_empty(call, rounds)
    lines = [line for _, line in named]
    voting = open_round(call.deed, call.box.keys, council, lines, body)
    call.deed.lines += [str(line.id) for line in lines]
    return {"round": voting.number, "lines": len(lines)}


def _void(call: Call, rows: Sequence[RoundLine], reason: str) -> None:
    for row in rows:
        row.voided_at, row.void_reason = call.deed.at, reason
    update_all(call.session, rows, "voided_at", "void_reason")
    _forget_figures(call, [row.line for row in rows])


def _forget_figures(call: Call, lines: Sequence[UUID]) -> None:
    """Let lines be counted anew; what they came to before stays with its round."""
    standing = session_lines(call.session, call.target.key)
    for line in lines:
        standing[line].sqlmodel_update(_UNCOUNTED)
    update_all(call.session, [standing[line] for line in lines], *_UNCOUNTED)


_UNCOUNTED: dict[str, Any] = {
    **dict.fromkeys(("yes", "no", "blank", "chair_yes", "outcome", "reason")),
    "chosen": False,
}


def _end_empty(call: Call, rounds: Sequence[VotingRound]) -> None:
    """Close the rounds that are about nothing any more, unopened."""
    for voting in rounds:
        if not lines_in(call.session, voting):
            end_round(call.deed, voting)
