"""Whether a matter is filed in time, and how often its time is put off."""

from datetime import date

from domain.calendar import WorkingCalendar, day_vi
from domain.cases.procedures import PROCEDURES, Wait
from domain.refusals import Refusal, refuse
from domain.rules.limits import Sla
from domain.states import CaseKind

NOT_YET = Refusal("not_yet", "Ngày nêu trong vụ việc chưa đến.")


def extended_sla(wait: Wait, extended: int, *, very_complex: bool) -> str:
    """Name the time limit to which a matter may be put off once more.

    Only what is especially complex is put off twice. Raises Refused (`not_extended`).
    Law: Luật Tố cáo 2018 Điều 24 khoản 1, Điều 30; NĐ 31/2019/NĐ-CP Điều 3.
    """
    left = wait.extensions[extended:]
    if not left:
        most = len(wait.extensions)
        raise refuse("not_extended", f"Hạn này chỉ gia hạn được {most} lần.")
    if extended and not very_complex:
        raise refuse(
            "not_extended",
            "Chỉ vụ việc đặc biệt phức tạp mới được gia hạn lần thứ hai.",
        )
    return left[0]


def out_of_time(
    kind: CaseKind,
    sla: Sla | None,
    event_on: date,
    today: date,
    calendar: WorkingCalendar,
) -> Refusal | None:
    """Refuse what is filed before the day that it counts from, or too long after it.

    Of some kinds nobody is too late: they have no *sla*.
    Law: Luật Khiếu nại 2011 Điều 9; NĐ 13/2012/NĐ-CP Điều 5 (an initiative's first
    use); the office's own limit for an ad hoc commendation.
    """
    if event_on > today:
        return NOT_YET
    if sla is None:
        return None
    last = sla.last_day(event_on, calendar)
    if today <= last:
        return None
    return sla.refusal(
        f"Thời hạn gửi là {sla.words} kể từ ngày {PROCEDURES[kind].event_vi} "
        f"({day_vi(event_on)}), đã hết ngày {day_vi(last)}."
    )
