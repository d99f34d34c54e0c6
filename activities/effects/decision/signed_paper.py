"""A decision that was signed on paper: what the scan states, held against the record.

Neither is corrected by itself: whoever finds a difference says which of them is wrong.
"""

from collections.abc import Sequence

from activities.addressing import secretariat_desk
from activities.effects.registry import Answer, Call, effect
from activities.services.calendar.deadlines import in_working_days, set_deadline
from activities.services.decision.decisions import occasion_of
from domain.record.papers import Difference, PaperOutcome
from domain.record.signatures import FaultySignature
from domain.refusals import refuse
from intake.acts.decision import RecordSignedPaper, SettleSignedPaper
from papers.signed import differences_in_words
from store.files.attachments import Holder, standing
from store.signed import on_record, papers_of, signatures_on, to_settle
from store.tables import Decision, HolderKind, SignedPaper

_SETTLED_WITHIN = 5  # working days, the office's own habit


@effect("record_signed_paper")
def record_signed_paper(call: Call, body: RecordSignedPaper) -> Answer:
    """Write down what a signed paper states; what differs has to be settled."""
    decision = call.decision()
    _require_new_scan(call, decision, body)
    row = SignedPaper(
        decision=decision.id,
        recorded_by=call.deed.actor,
        recorded_at=call.deed.at,
        **body.model_dump(),
    )
    found = _differing(call, decision, [row])
    if not found:
        row.settled_at, row.settled_by = call.deed.at, call.deed.actor
    call.session.add(row)
    if found:
        _ask_to_settle(call, decision, found)
    return {"paper": str(row.id), "differences": [each.fact for each in found]}


def _require_new_scan(call: Call, decision: Decision, body: RecordSignedPaper) -> None:
    files = standing(call.session, Holder(HolderKind.DECISION, decision.id))
    if body.file not in {each.id for each in files}:
        raise refuse(
            "unknown_attachment",
            "Bản chụp phải là một tệp đang đính kèm với chính quyết định này.",
        )
    if body.file in {each.file for each in papers_of(call.session, decision.id)}:
        raise refuse("already_recorded", "Bản chụp này đã được ghi và đối chiếu rồi.")


def _differing(
    call: Call, decision: Decision, rows: Sequence[SignedPaper]
) -> list[Difference | FaultySignature]:
    """Hold papers against the record, and their signatures against what is trusted."""
    record = on_record(call.session, decision)
    signed = signatures_on(call.session, [row.file for row in rows])
    return [x for row in rows for x in to_settle(row, record, signed[row.file])]


def _ask_to_settle(
    call: Call, decision: Decision, found: Sequence[Difference | FaultySignature]
) -> None:
    until = in_working_days(call.deed, _SETTLED_WITHIN)
    set_deadline(call.deed, str(call.target), "settle_signed_paper", until)
    call.deed.notify(
        f"signed/{decision.id}",
        "paper_differs",
        secretariat_desk(call.deed),
        again=True,
        phase=occasion_of(call.session, decision),
        differences=differences_in_words(found),
        until=until,
    )


@effect("settle_signed_paper")
def settle_signed_paper(call: Call, body: SettleSignedPaper) -> Answer:
    """Say what is wrong, the papers or the record; then nobody owes it any more."""
    decision = call.decision()
    rows = papers_of(call.session, decision.id)
    waiting = [row for row in rows if row.settled_at is None]
    if not waiting:
        raise refuse(
            "nothing_to_settle", "Quyết định này không có bản giấy nào còn khác hồ sơ."
        )
    if body.outcome is PaperOutcome.RECORD_MENDED:
        _require_mended(call, decision, waiting)
    for row in waiting:
        row.settled_at, row.settled_by = call.deed.at, call.deed.actor
        row.outcome, row.reason = body.outcome, body.reason
        call.session.add(row)
    return {"papers": [str(row.id) for row in waiting]}


def _require_mended(
    call: Call, decision: Decision, waiting: Sequence[SignedPaper]
) -> None:
    """Refuse to say that the record was mended while it still says otherwise."""
    if still := _differing(call, decision, waiting):
        raise refuse(
            "still_differs",
            f"{differences_in_words(dict.fromkeys(still))} Hãy sửa hồ sơ bằng thao tác "
            "của nó (sửa số, sửa đổi, hủy bỏ; với chữ ký số: thêm chứng thư số tin "
            "cậy), hoặc ghi là giấy sai.",
        )
