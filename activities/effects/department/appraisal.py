"""The secretariat's part: receive, return with a list of what is missing, appraise."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlmodel import col

from activities.addressing import department_names, desk, desks, line_names
from activities.effects.department.opinion import ask_for_opinions
from activities.effects.department.submission import tell, tell_of
from activities.effects.registry import Answer, Call, effect
from activities.lines import Way, move_each
from activities.services.calendar.deadlines import set_deadline
from activities.services.calendar.precedence import require_room
from activities.services.progress.phase_progress import appraised_late
from activities.stages import reach, reach_all
from domain.calendar import end_of
from domain.council.appraisers import require_farthest
from domain.deadlines import DeadlineKind
from domain.grouping import grouped
from domain.refusals import Refusal, in_words, refuse
from domain.rules.eligibility import Verdict
from domain.rules.rulepack import RulePack
from domain.states import LineState, PhaseState, SubmissionState
from intake.acts.department import Appraisal, Appraise, ReturnForSupplement
from intake.fields import Empty
from papers.terms import with_law
from store.database import lock, one_of
from store.findings.judging import appraise_lines, live_beside
from store.findings.roll import call_the_roll
from store.office import people
from store.plans import pack_of
from store.tables import Nomination, Phase, Submission

_S = SubmissionState


@effect("receive")
def receive(call: Call, _body: Empty) -> Answer:
    """Receive a list; from now on it cannot be recalled."""
    receive_each(call, [call.submission()])
    return {"state": _S.RECEIVED}


def receive_each(call: Call, lists: Sequence[Submission]) -> None:
    """Receive lists that are held, and tell each department."""
    _reach_each(call, lists, _S.RECEIVED, received_at=call.received_at)
    _tell_each(call, "received", lists, lambda _each: {"at": call.received_at})


def _reach_each(
    call: Call, lists: Sequence[Submission], state: SubmissionState, **more: Any
) -> None:
    theirs = one_of(col(Submission.department), [each.department for each in lists])
    here = Submission.phase == call.phase_id
    reach_all(call.deed, Submission, state, here, theirs, **more)


def _tell_each(
    call: Call,
    kind: str,
    lists: Sequence[Submission],
    facts: Callable[[Submission], dict[str, Any]],
) -> None:
    codes = [each.department for each in lists]
    at_desk, names = desks(call.deed, codes), department_names(call.session, codes)
    phase = call.session.get_one(Phase, call.phase_id).name
    for each in lists:
        code = each.department
        said = {"phase": phase, "department": names[code], **facts(each)}
        tell_of(call, code, kind, kind, at_desk[code], **said)


@effect("return_for_supplement")
def return_for_supplement(call: Call, body: ReturnForSupplement) -> Answer:
    """Return named lines with what is missing, why, and a new due date."""
    submission, until = call.submission(), end_of(body.until)
    _require_returnable(call, submission, until)
    require_among(nominated(call, submission), [str(x.line) for x in body.items])
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


def _require_returnable(call: Call, submission: Submission, until: datetime) -> None:
    phase = call.session.get_one(Phase, call.phase_id)
    most = pack_of(call.session, phase).policies.max_supplement_returns
    if submission.rounds >= most:
        raise refuse(
            "too_many_returns",
            f"Hồ sơ đã trả lại {submission.rounds} lần, tối đa {most}; hãy thẩm định.",
        )
    if until <= call.received_at:
        raise refuse("until_past", "Hạn bổ sung phải từ hôm nay trở đi.")
    require_room(call.deed, phase.id, DeadlineKind.SUPPLEMENT, until)


def require_among(lines: Sequence[Nomination], named: Sequence[str]) -> None:
    """Raise Refused (`unknown_line`) for lines that are not among those judged."""
    strange = sorted(set(named) - {str(line.id) for line in lines})
    if strange:
        raise refuse(
            "unknown_line", f"Hồ sơ không có đề nghị đang xét: {', '.join(strange)}."
        )


def nominated(call: Call, *lists: Submission) -> list[Nomination]:
    """Lock the lines of lists that nobody has found on yet."""
    return lock(
        call.session,
        Nomination,
        Nomination.phase == call.phase_id,
        one_of(col(Nomination.department), [each.department for each in lists]),
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
    phase = require_going_on(call)
    submission = call.submission()
    homes = people.homes_of_secretariat(call.session, call.day)
    require_farthest(
        call.deed.actor, homes, submission.department, submission.submitted_by
    )
    lines = nominated(call, submission)
    require_among(lines, [str(finding.line) for finding in body.findings])
    return appraise_each(call, phase, [submission], lines, body.findings)[
        submission.department
    ]


def require_going_on(call: Call) -> Phase:
    """Read the phase that lists are appraised in. Refused (`phase_over`) after it."""
    phase = call.session.get_one(Phase, call.phase_id)
    if phase.state is PhaseState.CLOSED:
        raise refuse("phase_over", "Giai đoạn đã kết thúc.")
    return phase


def appraise_each(
    call: Call,
    phase: Phase,
    lists: Sequence[Submission],
    lines: Sequence[Nomination],
    findings: Sequence[Appraisal] = (),
) -> dict[str, Answer]:
    """Appraise the lines of lists that are held; say what came of each list.

    What is appraised together is judged together, whatever department it is of.
    """
    pack = pack_of(call.session, phase)
    roll = call_the_roll(call.session, phase, lines)
    beside = live_beside(call.session, phase.period_end.year, roll, lines)
    refused = {finding.line for finding in findings if not finding.eligible}
    verdicts = appraise_lines(pack, roll, lines, beside, refused)
    waits = {key for key, verdict in verdicts.items() if verdict.waiting} - refused
    said = {finding.line: finding for finding in findings}
    ways = [
        _way(line, _against(verdicts[line.id], said.get(line.id)))
        for line in lines
        if line.id not in waits
    ]
    waiting = [line for line in lines if line.id in waits]
    for way in ways:
        verdict = {str(way.line.id): _said(way.against)}
        call.deed.facts.setdefault("verdicts", {}).update(verdict)
    move_each(call.deed, ways)
    unheard = [(line, roll.hearing.unheard(pack, line)) for line in waiting]
    ask_for_opinions(call.deed, phase, unheard)
    came = _came(lists, ways, [(line, verdicts[line.id]) for line in waiting])
    _end_each(call, pack, lists, ways, came)
    appraised_late(call.deed, phase)
    return came


def _way(line: Nomination, against: tuple[Refusal, ...]) -> Way:
    state = LineState.INELIGIBLE if against else LineState.ELIGIBLE
    return Way(line, state, _reason(against), against)


def _came(
    lists: Sequence[Submission],
    ways: Sequence[Way],
    waiting: Sequence[tuple[Nomination, Verdict]],
) -> dict[str, Answer]:
    """Say what came of each list: how many of either kind, and what waits, and why."""
    came: dict[str, Answer] = {
        each.department: {"eligible": 0, "ineligible": 0, "waiting": []}
        for each in lists
    }
    for way in ways:
        came[way.line.department][way.target] += 1
    for line, verdict in waiting:
        waits = {"line": str(line.id), "refusals": _said(verdict.refusals)}
        came[line.department]["waiting"].append(waits)
    for each in lists:
        waits = came[each.department]["waiting"]
        came[each.department]["state"] = each.state if waits else _S.APPRAISED
    return came


def _end_each(
    call: Call,
    pack: RulePack,
    lists: Sequence[Submission],
    ways: Sequence[Way],
    came: Mapping[str, Answer],
) -> None:
    """End the lists in which nothing waits, and tell their departments why not."""
    ended = [each for each in lists if came[each.department]["state"] is _S.APPRAISED]
    if not ended:
        return
    against = grouped((way.line.department, way) for way in ways if way.against)
    names = line_names(call.session, [way.line for way in ways if way.against])

    def said(each: Submission) -> dict[str, Any]:
        counts = came[each.department]
        why = _told(pack, names, against.get(each.department, ()))
        return {
            "version": each.rounds + 1,
            "eligible": counts["eligible"],
            "ineligible": counts["ineligible"],
            "why": why,
        }

    _reach_each(call, ended, _S.APPRAISED)
    _tell_each(call, "appraised", ended, said)


def _told(pack: RulePack, names: Mapping[UUID, str], ways: Sequence[Way]) -> str:
    """Say of whom, and of each reason by which law, how surely known."""
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
