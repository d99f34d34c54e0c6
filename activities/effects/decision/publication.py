"""Results made public: posted in time after the decision, and on view long enough."""

from collections.abc import Iterable
from datetime import date, datetime

from activities.effects.registry import Answer, Call, effect
from activities.services.calendar.deadlines import (
    running,
    set_deadline,
)
from activities.services.decision.decisions import decided_on
from domain.calendar import day_vi, end_of, local_day
from domain.deadlines import DeadlineKind
from domain.refusals import Refused, refuse
from domain.rules.limits import Publication
from domain.states import LineState
from intake.acts.decision import PostResults, TakeDownResults
from store.calendars import office_calendar
from store.database import lock
from store.plans import pack_of
from store.tables import Decision, Nomination, Phase, Posting


def date_the_posting(
    call: Call, decision: Decision, lines: Iterable[Nomination]
) -> datetime | None:
    """Set by when what a decision has granted is to be posted, if anything is.

    What is a state secret is not posted. Law: Luật 10/2022/QH15 Điều 46, 47.
    """
    rule, decided = _rule(call, decision), decided_on(decision)
    public = any(x.state is LineState.AWARDED and not x.secret for x in lines)
    if rule is None or not rule.binds(decided) or not public:
        return None
    calendar = office_calendar(call.session)
    post_by = end_of(calendar.shift(decided, rule.working_days))
    set_deadline(call.deed, str(call.target), DeadlineKind.PUBLICATION, post_by)
    return post_by


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
    _require_between(call, body.posted_on, decided_on(decision))
    row = Posting(
        decision=decision.id,
        on_view_until=rule.on_view_until(body.posted_on),
        **body.model_dump(),
    )
    call.session.add(row)
    return {"on_view_until": row.on_view_until.isoformat()}


@effect("take_down_results")
def take_down_results(call: Call, body: TakeDownResults) -> Answer:
    """Write down that the results hang no longer. Law: Luật 10/2022/QH15 Điều 48."""
    decision = call.decision()
    rows = lock(call.session, Posting, Posting.decision == decision.id)
    if not rows or rows[0].taken_down_on:
        raise refuse("not_posted", "Kết quả của quyết định này không được niêm yết.")
    row, rule = rows[0], _rule(call, decision)
    _require_between(call, body.taken_down_on, row.posted_on)
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
    return {"taken_down_on": body.taken_down_on.isoformat()}


def _rule(call: Call, decision: Decision) -> Publication | None:
    phase = call.session.get_one(Phase, decision.phase)
    return pack_of(call.session, phase).publication


def _require_between(call: Call, day: date, since: date) -> None:
    today = local_day(call.received_at)
    if not since <= day <= today:
        raise refuse(
            "wrong_day",
            f"Ngày {day_vi(day)} không đúng: phải từ {day_vi(since)} đến hôm nay, "
            f"{day_vi(today)}.",
        )
