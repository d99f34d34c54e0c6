"""Results made public: posted in time after the decision, and on view long enough."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import col, select

from activities.effects.registry import Answer, Call, effect
from activities.services.calendar.deadlines import (
    running,
    set_deadline,
)
from activities.services.decision.decisions import decided_on
from domain.calendar import day_vi, due_day, end_of
from domain.deadlines import DeadlineKind
from domain.refusals import Refused, refuse
from domain.rules.limits import Publication
from domain.states import AWARDED_LINES, LineState
from intake.acts.decision import PostResults, TakeDownResults
from store.calendars import office_calendar
from store.database import lock, update_all
from store.plans import pack_of
from store.tables import Decision, DecisionLine, Nomination, Phase, Posting


def date_the_posting(call: Call, decision: Decision, known: date) -> Answer:
    """Set, and answer, by when what has been granted is to be posted, if anything is.

    The days count from the one on which the office decided, or came to *know* what a
    superior has decided; what is owed already is not put off by what comes later.
    What is a state secret is not posted. Law: Luật 10/2022/QH15 Điều 46, 47.
    """
    rule = _rule(call, decision)
    if rule is None or not _unposted(call, decision, rule):
        return {}
    if owed := running(call.session, str(call.target)).get(DeadlineKind.PUBLICATION):
        post_by = owed.due_at
    else:
        post_by = end_of(office_calendar(call.session).shift(known, rule.working_days))
        set_deadline(call.deed, str(call.target), DeadlineKind.PUBLICATION, post_by)
    return {"post_by": due_day(post_by).isoformat()}


@effect("post_results")
def post_results(call: Call, body: PostResults) -> Answer:
    """Write down where the results hang; from now on they stay on view."""
    decision = call.decision()
    rule = _rule(call, decision)
    owed = DeadlineKind.PUBLICATION in running(call.session, str(call.target))
    if rule is None or not owed:
        raise refuse(
            "nothing_to_post",
            "Quyết định này không có kết quả phải công khai, hoặc đã công khai rồi.",
        )
    lines = _unposted(call, decision, rule)
    days = [_granted_on(decision, line) for line in lines]
    call.require_between(body.posted_on, max(days, default=decided_on(decision)))
    row = Posting(
        decision=decision.id,
        number=len(_postings(call, decision)) + 1,
        on_view_until=rule.on_view_until(body.posted_on),
        **body.model_dump(),
    )
    call.session.add(row)
    for line in lines:
        line.posting = row.number
    update_all(call.session, lines, "posting")
    return {"number": row.number, "on_view_until": row.on_view_until.isoformat()}


@effect("take_down_results")
def take_down_results(call: Call, body: TakeDownResults) -> Answer:
    """Write down that what has hung longest of a decision's results hangs no longer.

    Law: Luật 10/2022/QH15 Điều 48.
    """
    decision = call.decision()
    hanging = [x for x in _postings(call, decision) if x.taken_down_on is None]
    if not hanging:
        raise refuse("not_posted", "Kết quả của quyết định này không được niêm yết.")
    row, rule = hanging[0], _rule(call, decision)
    call.require_between(body.taken_down_on, row.posted_on)
    if rule and body.taken_down_on <= row.on_view_until:
        raise Refused(
            rule.refusal(
                f"Kết quả phải công khai ít nhất {rule.days_on_view} ngày liên tục, "
                f"đến hết ngày {day_vi(row.on_view_until)}.",
                "still_on_view",
            )
        )
    row.taken_down_on = body.taken_down_on
    call.session.add(row)
    return {"number": row.number, "taken_down_on": body.taken_down_on.isoformat()}


def _rule(call: Call, decision: Decision) -> Publication | None:
    phase = call.session.get_one(Phase, decision.phase)
    return pack_of(call.session, phase).publication


def _postings(call: Call, decision: Decision) -> Sequence[Posting]:
    rows = lock(call.session, Posting, Posting.decision == decision.id)
    return sorted(rows, key=lambda row: row.number)


def _unposted(call: Call, decision: Decision, rule: Publication) -> list[DecisionLine]:
    """List what was granted, by the office or above it, and hangs nowhere yet."""
    rows = call.session.exec(
        select(DecisionLine)
        .join(Nomination, col(Nomination.id) == col(DecisionLine.line))
        .where(
            DecisionLine.decision == decision.id,
            DecisionLine.outcome == LineState.DIRECTOR_APPROVED,
            col(DecisionLine.posting).is_(None),
            col(Nomination.state).in_(AWARDED_LINES),
            col(Nomination.secret).is_(False),
        )
    )
    return [row for row in rows if rule.binds(_granted_on(decision, row))]


def _granted_on(decision: Decision, line: DecisionLine) -> date:
    return line.answered_on or decided_on(decision)
