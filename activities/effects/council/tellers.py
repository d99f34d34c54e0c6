"""The tellers' acts: what they counted on paper, and that a count was right."""

from collections.abc import Container, Sequence

from sqlmodel import select

from activities.effects.registry import Answer, Call, effect
from activities.services.council.count import fewest
from activities.services.council.paper import agreed, paper_counts
from activities.services.council.rounds import VotingSession
from domain.council.ballots import Method, is_masked
from domain.refusals import Refused, refuse
from domain.states import SessionState
from intake.acts.council import PaperCounts, PaperLine
from intake.fields import Empty
from store.database import insert_or_update
from store.tables import Nomination, PaperCount, RoundLine, Teller
from store.voting import rounds_of, votes_of

_S = SessionState


@effect("record_paper_count")
def record_paper_count(call: Call, body: PaperCounts) -> Answer:
    """Write down what one teller counted; two who agree count a line.

    A teller who counts again replaces the own figures only.
    """
    session = call.council()
    council = VotingSession.of(call.deed, session)
    open_to = votes_of(call.session, session.id).open_lines()
    found = {row.line: (row, line) for _, row, line in open_to}
    told = _told_by(call)
    for counted in body.lines:
        if counted.line not in found:
            raise refuse("unknown_line", f"Phiên họp không xét đề nghị {counted.line}.")
        row, line = found[counted.line]
        _require_teller(row, told)
        _require_paper(council, row, line)
        _require_sums(council, row, line, counted)
    rows = [found[counted.line][0] for counted in body.lines]
    _write(call, rows, body.lines)
    call.deed.lines += [str(counted.line) for counted in body.lines]
    return _compared(call, rows)


def _require_teller(row: RoundLine, told: Container[int]) -> None:
    if row.round not in told:
        raise refuse("not_a_teller", "Bạn không phải người kiểm phiếu của vòng này.")


def _compared(call: Call, rows: Sequence[RoundLine]) -> Answer:
    """Say of how many lines two tellers agree, and of which they do not."""
    known = paper_counts(call.session, call.target.key)
    counts = {row.line: known[row.round, row.line] for row in rows}
    differing = (
        x for x, each in counts.items() if len(each) > 1 and agreed(each) is None
    )
    return {
        "agreed": sum(agreed(each) is not None for each in counts.values()),
        "differ": [str(line) for line in differing],
    }


def _told_by(call: Call) -> dict[int, Teller]:
    """Find the rounds of the session of which the actor is a teller."""
    mine = select(Teller).where(
        Teller.session == call.target.key, Teller.person == call.deed.actor
    )
    return {row.round: row for row in call.session.exec(mine)}


def _write(call: Call, rows: Sequence[RoundLine], said: Sequence[PaperLine]) -> None:
    counts = [
        {
            "session": row.session,
            "round": row.round,
            "teller": call.deed.actor,
            **counted.model_dump(),
        }
        for row, counted in zip(rows, said, strict=True)
    ]
    insert_or_update(call.session, PaperCount, counts)


def _require_paper(council: VotingSession, row: RoundLine, line: Nomination) -> None:
    if row.method is not Method.PAPER:
        vote = council.pack.title(line.title).vote
        said = f"Đề nghị {line.subject} - {line.title} không bỏ phiếu giấy."
        raise Refused(vote.refusal(said, "not_on_paper"))


def _require_sums(
    council: VotingSession, row: RoundLine, line: Nomination, counted: PaperLine
) -> None:
    what = f"Đề nghị {line.subject} - {line.title}"
    if counted.issued > row.electors or counted.collected > counted.issued:
        raise refuse(
            "count_wrong",
            f"{what}: phát ra không quá {row.electors} phiếu, thu về không quá số "
            "phát ra.",
        )
    if counted.valid + counted.invalid != counted.collected:
        raise refuse(
            "count_wrong", f"{what}: phiếu hợp lệ và không hợp lệ phải đủ số thu về."
        )
    if is_masked(counted.collected, fewest(council)):
        _require_outcome(council, what, counted)
    elif _figures(counted) != counted.valid:
        raise refuse(
            "count_wrong",
            f"{what}: đồng ý, không đồng ý và phiếu trắng phải đủ số hợp lệ.",
        )


def _require_outcome(council: VotingSession, what: str, counted: PaperLine) -> None:
    """Few ballots are told as carried or not: figures would tell each choice."""
    figures = (counted.yes, counted.no, counted.blank)
    if counted.carried is None or figures != (None, None, None):
        rule = council.pack.council.masked_ballots
        assert rule is not None  # noqa: S101 - it has just masked the line
        raise Refused(
            rule.refusal(
                f"{what}: thu về không quá {rule.ballots} phiếu thì chỉ ghi đạt hay "
                "không đạt."
            )
        )


def _figures(counted: PaperLine) -> int | None:
    figures = (counted.yes, counted.no, counted.blank)
    if counted.carried is not None or None in figures:
        return None
    return sum(figure or 0 for figure in figures)


@effect("attest_count")
def attest_count(call: Call, _body: Empty) -> Answer:
    """Say as a teller that the count was right, before the minutes are signed."""
    session = call.council()
    told = _told_by(call)
    mine = [
        told[voting.number]
        for voting in rounds_of(call.session, session.id)
        if voting.counted_by is not None and voting.number in told
    ]
    if not mine:
        raise refuse("not_a_teller", "Bạn không phải người kiểm phiếu của phiên này.")
    if all(teller.attested_at is not None for teller in mine):
        raise refuse("already_attested", "Bạn đã xác nhận kết quả kiểm phiếu.")
    for teller in mine:
        teller.attested_at = teller.attested_at or call.received_at
        call.session.add(teller)
    return {"rounds": len(mine)}
