"""The secretariat's part: receive, return with a list of what is missing, appraise."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from sqlmodel import col

from activities.addressing import desk, line_names
from activities.effects.department.opinion import ask_for_opinions
from activities.effects.department.submission import tell
from activities.effects.registry import Answer, Call, effect
from activities.lines import Way, move_each
from activities.services.calendar.deadlines import set_deadline
from activities.services.calendar.precedence import require_room
from activities.services.progress.phase_progress import appraised_late
from activities.stages import reach
from domain.calendar import end_of
from domain.council.appraisers import require_farthest
from domain.deadlines import DeadlineKind
from domain.refusals import Refusal, in_words, refuse
from domain.rules.eligibility import Verdict
from domain.rules.rulepack import RulePack
from domain.states import LineState, PhaseState, SubmissionState
from intake.acts.department import Appraisal, Appraise, ReturnForSupplement
from intake.fields import Empty
from papers.terms import with_law
from store.database import lock
from store.findings.judging import appraise_lines, live_beside
from store.findings.roll import call_the_roll
from store.office import people
from store.plans import pack_of
from store.tables import Nomination, Phase

_S = SubmissionState


@effect("receive")
def receive(call: Call, _body: Empty) -> Answer:
    """Receive a list; from now on it cannot be recalled."""
    submission = call.submission()
    submission.received_at = call.received_at
    reach(call.deed, submission, _S.RECEIVED)
    at_desk = desk(call.deed, call.department or "")
    tell(call, "received", "received", at_desk, at=call.received_at)
    return {"state": submission.state}


@effect("return_for_supplement")
def return_for_supplement(call: Call, body: ReturnForSupplement) -> Answer:
    """Return named lines with what is missing, why, and a new due date."""
    submission = call.submission()
    phase = call.session.get_one(Phase, call.phase_id)
    policies = pack_of(call.session, phase).policies
    if submission.rounds >= policies.max_supplement_returns:
        raise refuse(
            "too_many_returns",
            f"Hồ sơ đã trả lại {submission.rounds} lần, tối đa "
            f"{policies.max_supplement_returns}; hãy thẩm định.",
        )
    until = end_of(body.until)
    if until <= call.received_at:
        raise refuse("until_past", "Hạn bổ sung phải từ hôm nay trở đi.")
    require_room(call.deed, phase.id, DeadlineKind.SUPPLEMENT, until)
    _require_ours(_nominated(call), [str(item.line) for item in body.items])
    submission.rounds += 1
    submission.flagged = [item.model_dump(mode="json") for item in body.items]
    reach(call.deed, submission, _S.RETURNED)
    set_deadline(call.deed, str(call.target), DeadlineKind.SUPPLEMENT, until)
    call.deed.lines += sorted(str(item.line) for item in body.items)
    tell(
        call,
        "returned",
        "returned_for_supplement",
        desk(call.deed, call.department or ""),
        submission.rounds,
        until=until,
        missing=[item.missing for item in body.items],
        reason=body.reason,
    )
    return {"state": submission.state, "due_at": until.isoformat()}


def _require_ours(lines: Sequence[Nomination], named: Iterable[str]) -> None:
    strange = sorted(set(named) - {str(line.id) for line in lines})
    if strange:
        raise refuse(
            "unknown_line", f"Hồ sơ không có đề nghị đang xét: {', '.join(strange)}."
        )


def _nominated(call: Call) -> list[Nomination]:
    return lock(
        call.session,
        Nomination,
        Nomination.phase == call.phase_id,
        Nomination.department == call.department,
        col(Nomination.state) == LineState.NOMINATED,
    )


@effect("appraise")
def appraise(call: Call, body: Appraise) -> Answer:
    """Find each line eligible or not, with the rule that says so.

    The secretariat may find against a line that the rules allow, with a reason;
    it cannot find for one that they refuse. Nobody finds on a list of their own while
    somebody else is there (`own_list`). A line that only waits, for a rating or
    an opinion, stays where it is, and the envelope stays open with it.
    """
    phase = call.session.get_one(Phase, call.phase_id)
    if phase.state is PhaseState.CLOSED:
        raise refuse("phase_over", "Giai đoạn đã kết thúc.")
    submission = call.submission()
    homes = people.homes_of_secretariat(call.session, call.day)
    sender, department = submission.submitted_by, call.department or ""
    require_farthest(call.deed.actor, homes, department, sender)
    lines = _nominated(call)
    findings = {str(finding.line): finding for finding in body.findings}
    _require_ours(lines, findings)
    pack = pack_of(call.session, phase)
    roll = call_the_roll(call.session, phase, lines)
    beside = live_beside(call.session, phase.period_end.year, roll, lines)
    found = {finding.line for finding in body.findings if not finding.eligible}
    verdicts = appraise_lines(pack, roll, lines, beside, found)
    waiting, ways, answer = [], [], {"eligible": 0, "ineligible": 0}
    for line in lines:
        verdict, finding = verdicts[line.id], findings.get(str(line.id))
        if verdict.waiting and line.id not in found:
            waiting.append(line)
            continue
        against = _against(verdict, finding)
        state = LineState.INELIGIBLE if against else LineState.ELIGIBLE
        ways.append(Way(line, state, _reason(against), against))
        answer[state] += 1
        call.deed.facts.setdefault("verdicts", {})[str(line.id)] = _said(against)
    move_each(call.deed, ways)
    unheard = [(line, roll.hearing.unheard(pack, line)) for line in waiting]
    ask_for_opinions(call.deed, phase, unheard)
    if not waiting:
        reach(call.deed, submission, _S.APPRAISED)
        at_desk = desk(call.deed, call.department or "")
        why = _told(call, pack, [way for way in ways if way.against])
        rounds = submission.rounds + 1
        tell(call, "appraised", "appraised", at_desk, rounds, **answer, why=why)
    call.session.flush()
    appraised_late(call.deed, phase)
    said = [
        {"line": str(line.id), "refusals": _said(verdicts[line.id].refusals)}
        for line in waiting
    ]
    return {**answer, "waiting": said, "state": submission.state}


def _told(call: Call, pack: RulePack, ways: Sequence[Way]) -> str:
    """Say of whom, and of each reason by which law, how surely known."""
    names = line_names(call.session, [way.line for way in ways])
    reasons = [
        f"{names[way.line.id]}, «{pack.title(way.line.title).name_vi}»: "
        + " ".join(map(with_law, way.against))
        for way in ways
    ]
    return "".join(f" {reason}" for reason in reasons)


def _against(verdict: Verdict, finding: Appraisal | None) -> tuple[Refusal, ...]:
    if finding is not None and not finding.eligible:
        if not finding.reason:
            raise refuse("reason_missing", "Không đủ điều kiện thì phải ghi lý do.")
        return (*verdict.refusals, Refusal("found_against", finding.reason))
    return verdict.refusals


def _reason(against: tuple[Refusal, ...]) -> str | None:
    return in_words(against) or None


def _said(refusals: Sequence[Refusal]) -> list[dict[str, object]]:
    return [asdict(refusal) for refusal in refusals]
