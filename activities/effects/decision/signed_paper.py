"""What was signed on paper: what the scan states, held against the record.

Neither is corrected by itself: whoever finds a difference says which of them is wrong.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from activities.addressing import secretariat_desk
from activities.effects.registry import Answer, Call, effect
from activities.services.calendar.deadlines import in_working_days, set_deadline
from activities.services.decision.decisions import occasion_of
from domain.record.papers import Difference, PaperOutcome
from domain.record.signatures import FaultySignature
from domain.refusals import refuse
from intake.acts.council import RecordSignedMinutes, SettleSignedMinutes
from intake.acts.decision import RecordSignedPaper, SettleSignedPaper
from papers.signed import differences_in_words
from store.files.attachments import Holder, standing
from store.signed import (
    FIGURES,
    Signable,
    lines_stated,
    on_record,
    papers_of,
    signatures_on,
    to_settle,
)
from store.tables import CouncilSession, Decision, HolderKind, Phase, SignedPaper

_SETTLED_WITHIN = 5  # working days, the office's own habit
Found = Sequence[Difference | FaultySignature]


class _Kind(NamedTuple):
    """Where a paper's scan stands, which act settles it, and what tells of it."""

    holder: HolderKind
    column: str
    settles: str
    tells: str


_KINDS: Mapping[type[Signable], _Kind] = {
    Decision: _Kind(
        HolderKind.DECISION, "decision", "settle_signed_paper", "paper_differs"
    ),
    CouncilSession: _Kind(
        HolderKind.SESSION, "session", "settle_signed_minutes", "minutes_differ"
    ),
}


@effect("record_signed_paper")
def record_signed_paper(call: Call, body: RecordSignedPaper) -> Answer:
    """Write down what a signed decision states; what differs has to be settled."""
    return _record(call, call.decision(), body.model_dump())


@effect("record_signed_minutes")
def record_signed_minutes(call: Call, body: RecordSignedMinutes) -> Answer:
    """Write down what signed minutes state; what differs has to be settled."""
    council = call.council()
    lines = [each.line for each in body.figures]
    record = on_record(call.session, council, lines)
    if any(line not in record.names for line in lines):
        raise refuse("unknown_line", "Phiên họp không xét một đề nghị được ghi ở đây.")
    if any((FIGURES, line) not in record.facts for line in lines):
        raise refuse(
            "masked_line",
            "Có đề nghị chưa kiểm phiếu hoặc không công bố số phiếu: đừng ghi số phiếu "
            "của đề nghị đó.",
        )
    call.deed.lines.extend(map(str, lines))
    figures = {str(x.line): [x.yes, x.no, x.blank] for x in body.figures}
    return _record(call, council, body.model_dump() | {"figures": figures or None})


def _record(call: Call, thing: Signable, stated: Mapping[str, Any]) -> Answer:
    kind = _KINDS[type(thing)]
    row = SignedPaper(
        **{**stated, kind.column: thing.id},
        recorded_by=call.deed.actor,
        recorded_at=call.deed.at,
    )
    _require_new_scan(call, thing, row)
    found = _differing(call, thing, [row])
    if not found:
        row.settled_at, row.settled_by = call.deed.at, call.deed.actor
    call.session.add(row)
    if found:
        _ask_to_settle(call, thing, found)
    return {"paper": str(row.id), "differences": [each.fact for each in found]}


def _require_new_scan(call: Call, thing: Signable, row: SignedPaper) -> None:
    files = standing(call.session, Holder(_KINDS[type(thing)].holder, thing.id))
    if row.file not in {each.id for each in files}:
        raise refuse(
            "unknown_attachment",
            "Bản chụp phải là một tệp đang đính kèm với chính quyết định hoặc phiên "
            "họp này.",
        )
    if row.file in {each.file for each in papers_of(call.session, thing)}:
        raise refuse("already_recorded", "Bản chụp này đã được ghi và đối chiếu rồi.")


def _differing(call: Call, thing: Signable, rows: Sequence[SignedPaper]) -> Found:
    """Hold papers against the record, and their signatures against what is trusted."""
    record = on_record(call.session, thing, lines_stated(rows))
    signed = signatures_on(call.session, [row.file for row in rows])
    return [x for row in rows for x in to_settle(row, record, signed[row.file])]


def _ask_to_settle(call: Call, thing: Signable, found: Found) -> None:
    kind, until = _KINDS[type(thing)], in_working_days(call.deed, _SETTLED_WITHIN)
    set_deadline(call.deed, str(call.target), kind.settles, until)
    call.deed.notify(
        f"signed/{thing.id}",
        kind.tells,
        secretariat_desk(call.deed),
        again=True,
        phase=_about(call, thing),
        differences=differences_in_words(found),
        until=until,
    )


def _about(call: Call, thing: Signable) -> str:
    if isinstance(thing, Decision):
        return occasion_of(call.session, thing)
    return call.session.get_one(Phase, thing.phase).name


@effect("settle_signed_paper")
def settle_signed_paper(call: Call, body: SettleSignedPaper) -> Answer:
    """Say what is wrong, the papers or the record; then nobody owes it any more."""
    return _settle(call, call.decision(), body.outcome, body.reason)


@effect("settle_signed_minutes")
def settle_signed_minutes(call: Call, body: SettleSignedMinutes) -> Answer:
    """Say what is wrong, the minutes or the record; then nobody owes it any more."""
    return _settle(call, call.council(), body.outcome, body.reason)


def _settle(call: Call, thing: Signable, outcome: PaperOutcome, reason: str) -> Answer:
    rows = papers_of(call.session, thing)
    waiting = [row for row in rows if row.settled_at is None]
    if not waiting:
        raise refuse("nothing_to_settle", "Không có bản giấy nào còn khác hồ sơ.")
    if outcome is PaperOutcome.RECORD_MENDED:
        _require_mended(call, thing, waiting)
    for row in waiting:
        row.settled_at, row.settled_by = call.deed.at, call.deed.actor
        row.outcome, row.reason = outcome, reason
        call.session.add(row)
    return {"papers": [str(row.id) for row in waiting]}


def _require_mended(
    call: Call, thing: Signable, waiting: Sequence[SignedPaper]
) -> None:
    """Refuse to say that the record was mended while it still says otherwise."""
    if still := _differing(call, thing, waiting):
        raise refuse(
            "still_differs",
            f"{differences_in_words(dict.fromkeys(still))} Hãy sửa hồ sơ bằng thao tác "
            "của nó (sửa số, sửa đổi, hủy bỏ; với chữ ký số: thêm chứng thư số tin "
            "cậy), hoặc ghi là giấy sai.",
        )
