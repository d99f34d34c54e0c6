"""How a campaign's calendar reads: why a day, until when, and who hears of it."""

from datetime import date, datetime

from domain.acts import ACTS, rule_of
from domain.acts.moving import Moving
from domain.calendar import SATURDAY, VIETNAM, day_vi, due_day, local_day, moment
from domain.ladder import MORNING, OUR_OWN, Addressee
from domain.roles import DESK, ROLE_NAMES, Role
from papers.wording import due

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_OUR_OWN = dict(
    zip(
        OUR_OWN,
        (
            "thư mời",
            "ngày làm việc cuối trước khi hết kỳ",
            "ngày cuối của kỳ",
            "một giờ trước khi họp",
        ),
        strict=True,
    )
)
_BOTH_SIDES = "người giao và người nhận ủy quyền"


def weekday(day: date) -> str:
    """Name the day of the week."""
    return _WEEKDAYS[day.weekday()]


def why(planned: date | None, first: datetime, due_at: datetime) -> str:
    """Say why something is due on that day: by the plan, rolled, or moved by an act."""
    if first != due_at:
        return f"dời từ {due(first)}"
    if planned is None:
        return "tính từ khi việc phát sinh"
    if planned == due_day(due_at):
        return "ngày ghi trong kế hoạch"
    off = weekday(planned) if planned.weekday() >= SATURDAY else "ngày nghỉ"
    return f"kế hoạch ghi {day_vi(planned)} là {off}, dời sang ngày làm việc"


def ending(name: str) -> str:
    """Say what ends a deadline of that name; without a ladder, the day itself does."""
    rule = rule_of(name)
    if rule.ladder is None or rule.ended_by is None:
        return "hết hạn thì tự sang bước sau"
    return f"xong khi có việc «{ACTS[rule.ended_by].summary}»"


def movable(moving: Moving) -> str:
    """Say by which act a deadline is given another day, and by whom; or why by none."""
    if moving.act is None:
        return f"không dời được: {moving.why}"
    act = ACTS[moving.act]
    who = "; ".join(ROLE_NAMES[role] for role in sorted(moving.who or act.who))
    return f"dời bằng việc «{act.summary}» ({who})"


def step(code: str, at: datetime, left: int, due_at: datetime) -> str:
    """Say which reminder it is, and when: so many working days before, or after."""
    day = local_day(at)
    hour = "" if moment(day, MORNING) == at else f"{at.astimezone(VIETNAM):%H:%M} "
    return f"{hour}{on(day)}, {which(code, at, left, due_at)}"


def which(code: str, at: datetime, left: int, due_at: datetime) -> str:
    """Say which of a deadline's reminders it is."""
    if code in _OUR_OWN:
        return _OUR_OWN[code]
    if at >= due_at:
        return f"quá hạn {-left} ngày làm việc"
    return f"trước hạn {left} ngày làm việc" if left else "ngày làm việc cuối của hạn"


def on(day: date) -> str:
    """Write a day with its name: thứ Năm 30/6/2022."""
    return f"{weekday(day)} {day_vi(day)}"


def reached(name: str, to: tuple[Addressee, ...]) -> str:
    """Name whom a reminder is written to, if the thing is then still owed."""
    roles = rule_of(name).written_to(to)
    if roles == DESK:
        return "phòng còn nợ"
    named = [ROLE_NAMES[role] for role in Role if role in roles]
    return "; ".join(named) or _BOTH_SIDES
