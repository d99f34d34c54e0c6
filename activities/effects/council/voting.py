"""The vote of a session: opened, and closed."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from activities.addressing import resolve
from activities.effects.registry import Answer, Call, effect
from activities.lines import move
from activities.services.calendar.deadlines import (
    close_deadlines,
    in_working_days,
    set_deadline,
)
from activities.services.council.convening import WAITING
from activities.services.council.count import (
    FIGURES,
    Count,
    count_rounds,
    publish,
    write_count,
)
from activities.services.council.rounds import VotingSession, open_vote
from activities.services.council.sessions import (
    OUTCOME,
    Rows,
    course_in,
    lines_of,
    outcomes_of,
    settle_outcomes,
)
from activities.stages import reach
from domain.council.ballots import Method
from domain.council.quota import Ranking
from domain.deadlines import DeadlineKind
from domain.ladder import Addressee
from domain.refusals import Refused, refuse
from domain.states import LineState, SessionState
from intake.acts.council import CloseVoting, OpenVoting
from store import record
from store.database import update_all
from store.findings.appraisers import self_appraised
from store.findings.kept import judged_by
from store.office import people
from store.tables import (
    SessionLine,
    VotingRound,
)
from store.voting import (
    Casts,
    Votes,
    casts_of,
    session_lines,
    votes_of,
)

_S = SessionState
_MINUTES_DAYS = 2  # working days to sign, the office's own habit


@effect("open_voting")
def open_voting(call: Call, body: OpenVoting) -> Answer:
    """Freeze the roll as it is today, ask for the quorum, put the lines to the vote."""
    session = call.council()
    council = VotingSession.of(call.deed, session)
    lines = [line for _, line in lines_of(call.session, session.id, WAITING)]
    rounds = open_vote(call.deed, call.box, council, lines, body, call.day)
    move(call.deed, lines, LineState.ON_BALLOT)
    session.opened_at = call.received_at
    reach(call.deed, session, _S.VOTING)
    close_deadlines(call.deed, str(call.target), DeadlineKind.MEETING)
    [first, *more] = rounds
    counted = {"present": len(first.present), "members": len(first.roll)}
    return {**counted, **({"rounds": len(rounds)} if more else {})}


@effect("close_voting")
def close_voting(call: Call, body: CloseVoting) -> Answer:
    """End the vote: what each line came to, and the minutes for signing.

    The session's row is held, so no sheet comes in any more. What the votes came to
    never refuses the closing: it would have told what they were.
    """
    session = call.council()
    council = VotingSession.of(call.deed, session)
    rows = lines_of(call.session, session.id)
    votes = votes_of(call.session, session.id)
    cast, standing = casts_of(call.session, session.id), _standing(call)
    rounds = votes.open
    _require_same_council(call, rounds)
    _require_voted(votes)
    _require_hands(votes, standing)
    _require_cast(votes, cast, body)
    _require_answers(council, votes, cast)
    judged = judged_by(call.session)
    found = count_rounds(call.deed, call.box, council, votes, cast, standing)
    counted = votes.counted()
    course = course_in(call.deed, council, rows, counted)
    settle_outcomes(call.deed, council, rows, course, counted)
    answer = _answer(call, rows, votes, course.ties)
    # All is judged; from here on it is written.
    write_count(call.deed, found, rounds)
    update_all(call.session, list(standing.values()), *FIGURES, *OUTCOME)
    session.counted_at, session.minutes = call.received_at, body.minutes
    session.judged_by = None if course.ties else judged
    reach(call.deed, session, _S.COUNTED)
    close_deadlines(call.deed, str(call.target), DeadlineKind.BALLOTS)
    _ask_to_sign(call, council)
    _publish(call, council, found, rounds)
    return answer


def _standing(call: Call) -> dict[UUID, SessionLine]:
    return session_lines(call.session, call.target.key)


def _require_same_council(call: Call, rounds: list[VotingRound]) -> None:
    """A council that was formed anew has not voted: its members have to (E32)."""
    today = {seat.person for seat in people.seats(call.session, call.deed.day)}
    if any(set(voting.roll) != today for voting in rounds):
        raise refuse(
            "roll_changed",
            "Thành viên Hội đồng đã thay đổi từ khi mở biểu quyết; các đề nghị phải "
            "được biểu quyết lại.",
        )


def _require_voted(votes: Votes) -> None:
    """Refuse to end a vote that was void on a line, and has not been held again."""
    if left := votes.unvoted():
        named = "; ".join(f"{line.subject} - {line.title}" for line in left)
        raise refuse(
            "not_voted", f"Phải biểu quyết lại vì lần trước không có giá trị: {named}."
        )


def _require_hands(votes: Votes, standing: Mapping[UUID, SessionLine]) -> None:
    uncounted = [
        f"{line.subject} - {line.title}"
        for _, row, line in votes.open_lines()
        if row.method is Method.HANDS and standing[row.line].yes is None
    ]
    if uncounted:
        raise refuse("not_counted", f"Chưa biểu quyết: {'; '.join(uncounted)}.")


def _require_cast(votes: Votes, cast: Casts, body: CloseVoting) -> None:
    """Who has not cast counts as not agreeing, so they are named on purpose (E4).

    Of several sheets each is waited for.
    """
    awaited, named = set(votes.awaited(cast)), {*body.without}
    if not named <= awaited:
        _require_silent(votes, cast, named - awaited)
    if left := sorted(awaited - named):
        raise refuse(
            "not_cast",
            f"Chưa bỏ phiếu: {', '.join(left)}. Không chờ nữa thì nêu tên; phiếu "
            "không gửi tính là không đồng ý.",
        )


def _require_silent(votes: Votes, cast: Casts, named: set[str]) -> None:
    """Raise Refused (`not_awaited`) for who does not sit here, or has cast."""
    seated = {person for voting in votes.open for person in voting.roll}
    have_cast = {person for voting in votes.open for person in cast[voting.number]}
    if strange := sorted(named & have_cast | named - seated):
        raise refuse(
            "not_awaited",
            f"Không thuộc Hội đồng hoặc đã bỏ phiếu: {', '.join(strange)}.",
        )


def _require_answers(council: VotingSession, votes: Votes, cast: Casts) -> None:
    """A poll in writing counts once as many have answered as a meeting would need.

    On each of its sheets; one that is about nothing any more takes no answers.
    """
    for voting in votes.open:
        quorum = council.pack.council.quorum
        short = quorum.missing(len(cast[voting.number]), len(voting.roll))
        if short and not voting.present and votes.about(voting):
            raise Refused(short)


def _answer(
    call: Call, rows: Rows, votes: Votes, tied: Mapping[str, Ranking]
) -> Answer:
    call.deed.facts["flagged"] = _flagged(rows, votes)
    own = self_appraised(call.session, [line.id for _, line in rows])
    call.deed.facts["self_appraised"] = {str(line): who for line, who in own.items()}
    said = {
        title: {"lines": [*ranking.tied], "seats": ranking.seats}
        for title, ranking in tied.items()
    }
    return {"outcomes": outcomes_of(rows), **({"tied": said} if said else {})}


def _flagged(rows: Rows, votes: Votes) -> dict[str, list[str]]:
    """Name, for the minutes, who voted on a line though they stand near to it (E5)."""
    counted = votes.standing()
    near = {str(line.id): counted[line.id].flagged for _, line in rows}
    return {line: people for line, people in near.items() if people}


def _ask_to_sign(call: Call, council: VotingSession) -> None:
    due_at = in_working_days(call.deed, _MINUTES_DAYS)
    set_deadline(call.deed, str(call.target), DeadlineKind.MINUTES, due_at)
    signers = [
        person
        for to in (Addressee.COUNCIL_CHAIR, Addressee.COUNCIL_SECRETARY)
        for person in resolve(call.deed, to)
    ]
    call.deed.notify(
        f"minutes/{call.target.key}",
        "minutes_wait",
        signers,
        again=True,
        phase=council.phase.name,
        until=due_at,
    )


def _publish(
    call: Call, council: VotingSession, found: Count, rounds: Sequence[VotingRound]
) -> None:
    """Publish the boards of the secret rounds, and tell the council once of all."""
    boxes = [voting for voting in rounds if voting.number in found.boards]
    if not boxes:
        return
    call.deed.notify(
        f"board/{call.target.key}/{boxes[0].number}",
        "ballots_counted",
        {person for voting in boxes for person in voting.roll},
        phase=council.phase.name,
    )
    boards = [publish(call.deed, found, voting) for voting in boxes]
    record.append_all(call.session, boards)
