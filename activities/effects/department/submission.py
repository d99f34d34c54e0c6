"""A department's list: sent, recalled, supplemented, a line withdrawn."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import col, select

from activities.addressing import department_name, secretariat_desk
from activities.effects.department.registration import require_ours
from activities.effects.registry import Answer, Call, effect
from activities.lines import NewLine, create, move
from activities.services.decision.double_awards import require_unrewarded
from activities.services.decision.emptied_lists import go_on_without
from activities.stages import reach
from domain import ids
from domain.refusals import Refused, refuse
from domain.rules.criteria import CommendationType
from domain.rules.subjects import require_for
from domain.states import SPENT_LINES, LineState, SubmissionState
from intake.acts.department import (
    Aim,
    Line,
    Submit,
    Supplement,
    SupplementedLine,
    WithdrawLine,
)
from intake.fields import Empty, Reason
from intake.office.contradictions import already_nominated, title_not_in_phase
from store.database import lock, locking, made_once, one_of, update_all
from store.plans import is_yearly, pack_of, period_of
from store.tables import Campaign, Nomination, Phase, SubjectKind, Submission

_S = SubmissionState


def tell(
    call: Call,
    task: str,
    kind: str,
    to: Iterable[str],
    version: int | None = None,
    **facts: Any,
) -> None:
    """Tell people of a department's list: again by each act, or once a *version*."""
    code = call.department or ""
    facts["phase"] = call.session.get_one(Phase, call.phase_id).name
    facts["department"] = department_name(call.session, code)
    tell_of(call, code, task, kind, to, version, **facts)


def tell_of(
    call: Call,
    code: str,
    task: str,
    kind: str,
    to: Iterable[str],
    version: int | None = None,
    **facts: Any,
) -> None:
    """Tell people of the list of any department; *facts* name it, and its phase."""
    told = {"again": True} if version is None else {"version": version}
    task = f"{task}/{call.phase_id}/{code}"
    call.deed.notify(task, kind, to, **told, **facts)


def tell_secretariat(call: Call, kind: str, **facts: Any) -> None:
    """Tell the standing secretariat what a department has just done."""
    tell(call, kind, kind, secretariat_desk(call.deed), **facts)


@effect("submit")
def submit(call: Call, body: Submit) -> Answer:
    """Send the whole list; it replaces one that was recalled."""
    submission = call.submission()
    if submission.peer_review is None:
        raise refuse(
            "peer_review_missing", "Phòng phải bình xét trước khi gửi đề nghị."
        )
    phase = call.session.get_one(Phase, call.phase_id)
    _require_lines(call, phase, body.lines)
    lines = _replace_lines(call, phase, body.lines)
    _sent(call, submission, _S.SUBMITTED)
    tell_secretariat(call, "submitted", count=len(lines), at=call.received_at)
    return {"lines": [str(line) for line in lines]}


def _sent(call: Call, submission: Submission, state: SubmissionState) -> None:
    submission.submitted_at = call.received_at
    submission.submitted_by = call.deed.actor
    reach(call.deed, submission, state)


def _require_lines(call: Call, phase: Phase, lines: Sequence[Line]) -> None:
    require_ours(call, lines, phase)
    require_titles(call, phase, lines)


def require_titles(call: Call, phase: Phase, aims: Sequence[Aim]) -> None:
    """Raise Refused for what the phase does not grant, or not to such a subject.

    Codes: `title_not_in_phase`, `wrong_subject`.
    """
    strange = sorted({aim.title for aim in aims} - set(phase.titles))
    if strange:
        raise Refused(title_not_in_phase(phase.name, strange, phase.titles))
    require_for(pack_of(call.session, phase).titles, aims, phase.titles)


def _replace_lines(call: Call, phase: Phase, lines: Sequence[Line]) -> list[UUID]:
    before = {(row.subject, row.title): row for row in _live_lines(call)}
    wanted = {(line.subject, line.title) for line in lines}
    gone = [row for key, row in before.items() if key not in wanted]
    move(call.deed, gone, LineState.WITHDRAWN, "không còn trong danh sách gửi lại")
    kept, new = [], []
    for line in lines:
        known = before.get((line.subject, line.title))
        if known is not None:
            known.evidence, known.secret = _evidence(line), line.secret
            kept.append(known)
        else:
            new.append(line)
    update_all(call.session, kept, "evidence", "secret")
    nominated = _nominated(call, phase, new)
    _require_free(call, nominated)
    require_unrewarded(call.session, pack_of(call.session, phase), nominated)
    create(call.deed, nominated)
    return [*(line.id for line in kept), *(line["id"] for line in nominated)]


def _live_lines(call: Call) -> list[Nomination]:
    place = {"phase": call.phase_id, "department": call.department}
    return list(_live(call.session, **place))


@made_once
def _live(phase: Any, department: Any) -> Any:
    live = select(Nomination).where(
        Nomination.phase == phase,
        Nomination.department == department,
        Nomination.commendation_type != CommendationType.AD_HOC,
        col(Nomination.state).not_in(SPENT_LINES),
    )
    return locking(live)


def _evidence(line: Line | SupplementedLine) -> dict[str, object]:
    return {"achievement": line.achievement, "documents": list(line.documents)}


def _nominated(call: Call, phase: Phase, lines: Sequence[Line]) -> list[NewLine]:
    campaign = call.session.get_one(Campaign, phase.campaign)
    regular = campaign.kind == "regular"
    yearly = is_yearly(campaign, phase)
    period = period_of(campaign, phase)
    since = _begin(call, phase.campaign) if yearly else phase.period_start
    sort = CommendationType.MERIT if regular else CommendationType.THEMATIC
    return [
        NewLine(
            id=uuid4(),
            campaign=phase.campaign,
            phase=phase.id,
            department=call.department or "",
            kind=SubjectKind(line.kind),
            subject=line.subject,
            title=line.title,
            period=period,
            achieved_from=since,
            achieved_to=phase.period_end,
            evidence=_evidence(line),
            commendation_type=sort,
            secret=line.secret,
            state=LineState.NOMINATED,
            moves=1,
        )
        for line in lines
    ]


def _begin(call: Call, campaign: str) -> date:
    return call.session.get_one(Phase, ids.phase_key(campaign, 1)).period_start


def _require_free(call: Call, new: Sequence[NewLine]) -> None:
    """Once for a subject, a title and a period, in whatever campaign."""
    taken = set(_taken(call.session, subjects={line["subject"] for line in new}))
    again = [
        (line["subject"], line["title"])
        for line in new
        if (line["subject"], line["title"], line["period"]) in taken
    ]
    if again:
        raise Refused(already_nominated(again))


@made_once
def _taken(subjects: Any) -> Any:
    theirs = one_of(col(Nomination.subject), subjects)
    named = select(Nomination.subject, Nomination.title, Nomination.period)
    return named.where(theirs, col(Nomination.state).not_in(SPENT_LINES))


@effect("recall")
def recall(call: Call, _body: Empty) -> Answer:
    """Take the list back while nobody has received it."""
    submission = call.submission()
    reach(call.deed, submission, _S.RECALLED)
    tell_secretariat(call, "recalled")
    return {"state": submission.state}


@effect("file_nil_return")
def file_nil_return(call: Call, body: Reason) -> Answer:
    """Say that there is nothing to nominate: that is an answer, silence is not."""
    submission = call.submission()
    move(call.deed, _live_lines(call), LineState.WITHDRAWN, body.reason)
    _sent(call, submission, _S.NIL_RETURN)
    tell_secretariat(call, "nil_return")
    return {"state": submission.state}


@effect("supplement")
def supplement(call: Call, body: Supplement) -> Answer:
    """Answer a return: the flagged lines, and only those."""
    submission = call.submission()
    flagged = {item["line"] for item in submission.flagged or []}
    named = {str(line.line) for line in body.lines}
    if named != flagged:
        raise refuse(
            "not_flagged",
            "Phải bổ sung đúng các đề nghị bị trả lại, không thêm không bớt; "
            f"lệch: {', '.join(sorted(named ^ flagged))}.",
        )
    said = {line.line: _evidence(line) for line in body.lines}
    rows = lock(call.session, Nomination, one_of(col(Nomination.id), said))
    for row in rows:
        row.evidence = said[row.id]
    update_all(call.session, rows, "evidence")
    submission.flagged = None
    reach(call.deed, submission, _S.RESUBMITTED)
    call.deed.lines += sorted(named)
    tell_secretariat(call, "supplemented", at=call.received_at)
    return {"state": submission.state}


@effect("withdraw_line")
def withdraw_line(call: Call, body: WithdrawLine) -> Answer:
    """Take one line out; its neighbours go on."""
    call.submission()
    rows = [row for row in _live_lines(call) if row.id == body.line]
    if not rows:
        raise refuse("unknown_line", "Phòng không có đề nghị nào như vậy đang xét.")
    move(call.deed, rows, LineState.WITHDRAWN, body.reason)
    go_on_without(call.deed, rows[0])
    return {"line": str(body.line)}
