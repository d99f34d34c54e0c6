"""A show of hands: what was counted of each line, and who wishes to be kept by name."""

from collections.abc import Sequence

from activities.effects.registry import Answer, Call, effect
from activities.services.council.dissents import (
    forget_dissents,
    keep_dissents,
    require_voters,
)
from activities.services.council.rounds import VotingSession
from domain.council.ballots import Method
from domain.refusals import Refused, refuse
from intake.acts.council import Hands, ShowOfHands
from store.database import update_all
from store.tables import CouncilSession, Nomination, RoundLine, VotingRound
from store.voting import session_lines, votes_of


@effect("record_show_of_hands")
def record_show_of_hands(call: Call, body: ShowOfHands) -> Answer:
    """Write down the counted hands; a line counted again is counted anew."""
    session = call.council()
    council = VotingSession.of(call.deed, session)
    open_to = votes_of(call.session, session.id).open_lines()
    found = {row.line: (voting, row, line) for voting, row, line in open_to}
    for hands in body.lines:
        if hands.line not in found:
            raise refuse("unknown_line", f"Phiên họp không xét đề nghị {hands.line}.")
        voting, row, line = found[hands.line]
        _require_open_vote(council, row, line)
        _require_count(voting, row, line, hands)
        require_voters(voting, row, line, hands)
    _write_hands(call, session, body.lines)
    keep_dissents(call.session, session.id, body.lines)
    call.deed.lines += [str(hands.line) for hands in body.lines]
    return {"counted": len(body.lines)}


def _require_open_vote(
    council: VotingSession, row: RoundLine, line: Nomination
) -> None:
    if row.method is not Method.HANDS:
        vote = council.pack.title(line.title).vote
        said = f"Đề nghị {line.subject} - {line.title} bỏ phiếu kín, không giơ tay."
        raise Refused(vote.refusal(said, "secret_vote"))


def _require_count(
    voting: VotingRound, row: RoundLine, line: Nomination, hands: Hands
) -> None:
    there = sum(person not in row.recused for person in voting.present)
    counted = hands.yes + hands.no + hands.blank
    if counted != there:
        raise refuse(
            "count_wrong",
            f"Đề nghị {line.subject} - {line.title}: đếm được {counted} người, phải "
            f"bằng {there} người có mặt được biểu quyết.",
        )


def _write_hands(call: Call, session: CouncilSession, said: Sequence[Hands]) -> None:
    rows = session_lines(call.session, session.id)
    again = [hands.line for hands in said if rows[hands.line].yes is not None]
    forget_dissents(call.session, session.id, again)
    for hands in said:
        row = rows[hands.line]
        row.yes, row.no, row.blank = hands.yes, hands.no, hands.blank
        row.chair_yes = hands.chair_yes
    counted = [rows[hands.line] for hands in said]
    update_all(call.session, counted, "yes", "no", "blank", "chair_yes")
