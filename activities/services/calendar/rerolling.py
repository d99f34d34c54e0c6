"""Running deadlines follow the office's calendar when that has changed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from operator import itemgetter
from uuid import UUID

from sqlalchemy import bindparam
from sqlmodel import col, select, update

from activities.addressing import resolve, secretariat_desk
from activities.deed import Deed
from activities.services.calendar.deadlines import move_deadlines, steps_of
from activities.services.progress.campaigns import phases_of, tell_all, wake_all
from domain import ids
from domain.acts import kind_of, rule_of
from domain.calendar import day_vi, local_day
from domain.cases.procedures import PROCEDURES
from domain.deadlines import DeadlineKind
from domain.ids import Kind
from domain.ladder import Addressee, Step
from domain.states import SessionState, WindowState
from duties.subjects import name_of
from papers.wording import due, moment, some
from store.calendars import office_calendar, own_days
from store.database import lock, one_of
from store.findings.rerolls import Reroll, is_of_a_matter, rerolls
from store.knowing.decisions import secret_decisions
from store.tables import (
    Campaign,
    Case,
    CouncilSession,
    Deadline,
    LadderStep,
    Window,
)

_WINDOWS = (DeadlineKind.REGISTRATION, DeadlineKind.SUBMISSION)


def reroll(deed: Deed, campaign: Campaign, reason: str) -> list[Reroll]:
    """Move what rolls and its windows, plan the reminders anew, and tell what moved.

    Twice is as good as once: the campaign keeps by which days it was rolled.
    """
    days = own_days(deed.session)
    changed = _differing(days, campaign.own_days)
    if not changed:
        return []
    phases_of(deed.session, campaign.id)  # held, so that their windows stand
    found = _find(deed, campaign)
    moved = [(each, each.deadline.due_at) for each in found if each.moves]
    move_deadlines(deed, [(each.deadline, each.due_at) for each in found])
    _move_windows(deed, moved)
    campaign.own_days = days
    deed.session.add(campaign)
    secret = secret_decisions(deed.session, deed.campaign)
    said = [*_said(moved, secret), *_meetings_on(deed, changed)]
    deed.facts |= {"days": {day: days.get(day) for day in changed}, "moved": said}
    _tell_of_matters(deed, moved, reason)
    _tell_of_secrets(deed, moved, secret, reason)
    if said:
        named = [_day(day, days.get(day)) for day in changed]
        moves = some(list(dict.fromkeys(said)), "hạn")
        facts = {"days": named, "moves": moves, "reason": reason}
        tell_all(deed, campaign, "deadlines_rolled", **facts)
    wake_all(deed)
    return [each for each, _ in moved]


def _differing(one: Mapping[str, bool], other: Mapping[str, bool]) -> list[str]:
    every = sorted(one.keys() | other.keys())
    return [day for day in every if one.get(day) != other.get(day)]


def _find(deed: Deed, campaign: Campaign) -> list[Reroll]:
    """Find the running deadlines that move, or of which a reminder does."""
    rows = lock(
        deed.session,
        Deadline,
        Deadline.campaign == campaign.id,
        col(Deadline.closed_at).is_(None),
    )
    found = rerolls(deed.session, campaign, rows, office_calendar(deed.session))
    to_come = _to_come(deed)
    # One that has none left, because they were passed over, gets none again.
    turned = {
        _key(row)
        for row, steps in steps_of(deed, rows)
        if to_come.get(_key(row), set()) not in (set(), _moments(steps))
    }
    return [each for each in found if each.moves or _key(each.deadline) in turned]


def _moments(steps: Iterable[Step]) -> set[tuple[str, datetime]]:
    return {(step.code, step.at) for step in steps}


def _key(row: Deadline | LadderStep) -> str:
    return row.owner + row.name


def _to_come(deed: Deed) -> dict[str, set[tuple[str, datetime]]]:
    rows = deed.session.exec(
        select(LadderStep)
        .join(
            Deadline,
            (col(Deadline.owner) == col(LadderStep.owner))
            & (col(Deadline.name) == col(LadderStep.name))
            & (col(Deadline.version) == col(LadderStep.version)),
        )
        .where(
            Deadline.campaign == deed.campaign,
            col(Deadline.closed_at).is_(None),
            col(LadderStep.ended_at).is_(None),
            col(LadderStep.at) >= deed.at,
        )
    )
    found: dict[str, set[tuple[str, datetime]]] = defaultdict(set)
    for row in rows:
        found[_key(row)].add((row.code, row.at))
    return found


def _move_windows(deed: Deed, moved: Sequence[tuple[Reroll, datetime]]) -> None:
    """Let windows end with their deadlines."""
    ends = {
        (_phase_of(each.deadline), each.deadline.name, was, each.due_at)
        for each, was in moved
        if kind_of(each.deadline.name) in _WINDOWS
    }
    # The last first: none may move to where another has still to move from.
    values = [
        {"of": phase, "for": kind, "was": was, "will_be": will_be}
        for phase, kind, was, will_be in sorted(ends, key=itemgetter(2), reverse=True)
    ]
    if values:
        theirs = update(Window).where(
            col(Window.phase) == bindparam("of"),
            col(Window.kind) == bindparam("for"),
            col(Window.due_at) == bindparam("was"),
            col(Window.state) != WindowState.CLOSED,
        )
        deed.session.connection().execute(
            theirs.values(due_at=bindparam("will_be")), values
        )


def _phase_of(row: Deadline) -> str:
    owner = ids.read(row.owner)
    return owner.key if owner.kind is Kind.PHASE else ids.department_key(owner)[0]


def _said(
    moved: Sequence[tuple[Reroll, datetime]], secret: Collection[str]
) -> list[str]:
    """Say to everybody what moves of what everybody may know of."""
    return [
        f"{rule_of(each.deadline.name).name_vi}: {due(was)} → {due(each.due_at)}"
        for each, was in moved
        if not is_of_a_matter(each.deadline) and each.deadline.owner not in secret
    ]


def _tell_of_secrets(
    deed: Deed,
    moved: Sequence[tuple[Reroll, datetime]],
    secret: Collection[str],
    reason: str,
) -> None:
    """Tell director and desk of the deadline of a decision on a state secret."""
    for each, was in moved:
        if each.deadline.owner in secret:
            deed.notify(
                f"move/{each.deadline.owner}/{each.deadline.name}",
                "deadline_moved",
                [*resolve(deed, Addressee.DIRECTOR), *secretariat_desk(deed)],
                again=True,
                what=rule_of(each.deadline.name).name_vi,
                on=f"quyết định {ids.read(each.deadline.owner).key}",
                was=was,
                until=each.due_at,
                reason=reason,
            )


def _tell_of_matters(
    deed: Deed, moved: Sequence[tuple[Reroll, datetime]], reason: str
) -> None:
    """Tell of a matter's deadline whoever wrote that down, and who may read of it."""
    ours = [pair for pair in moved if is_of_a_matter(pair[0].deadline)]
    if not ours:
        return
    keys = [UUID(ids.read(each.deadline.owner).key) for each, _ in ours]
    rows = deed.session.exec(select(Case).where(one_of(col(Case.id), keys)))
    cases = {str(ids.case(row.id)): row for row in rows}
    director, desk = resolve(deed, Addressee.DIRECTOR), secretariat_desk(deed)
    for each, was in ours:
        case = cases[each.deadline.owner]
        open_to = [] if PROCEDURES[case.kind].restricted else desk
        deed.notify(
            f"move/{each.deadline.owner}/{each.deadline.name}",
            "deadline_moved",
            [case.recorded_by, *director, *open_to],
            again=True,
            what=rule_of(each.deadline.name).name_vi,
            on=name_of(case),
            was=was,
            until=each.due_at,
            reason=reason,
        )


def _meetings_on(deed: Deed, days: Sequence[str]) -> Iterator[str]:
    """Say which meetings stand on one of these days, though nobody works on it."""
    calendar = office_calendar(deed.session)
    ahead = select(CouncilSession).where(
        CouncilSession.campaign == deed.campaign,
        CouncilSession.state == SessionState.CONVENED,
    )
    for meeting in deed.session.exec(ahead.order_by(CouncilSession.id)):
        day = local_day(meeting.meets_at)
        if day.isoformat() in days and not calendar.is_working(day):
            yield (
                f"phiên họp Hội đồng lúc {moment(meeting.meets_at)} rơi vào ngày nghỉ "
                "và chưa dời, cần triệu tập lại"
            )


def _day(day: str, working: bool | None) -> str:
    named = day_vi(date.fromisoformat(day))
    if working is None:
        return f"{named} theo lịch chung"
    return f"{named} {'làm việc' if working else 'nghỉ'}"
