"""What was granted before: what its year and the day of its decision may be."""

from datetime import date

from domain.calendar import day_vi
from domain.refusals import refuse

FIRST = 2000


def wrong_year(year: int, today: date) -> str | None:
    """Say which years there may be, where this is none of them."""
    if FIRST <= year < today.year:
        return None
    return f"một năm đã qua, từ {FIRST} đến {today.year - 1}"


def wrong_day(decided_on: date, year: int, today: date) -> str | None:
    """Say on which days what is of a year may have been decided, unless on this one."""
    first = date(year, 1, 1)
    if first <= decided_on <= today:
        return None
    return f"ngày từ {day_vi(first)} đến hôm nay ({day_vi(today)})"


def require_past(year: int, decided_on: date, today: date) -> None:
    """Raise Refused (`bad_document`) unless both have passed, in their order."""
    if said := wrong_year(year, today):
        raise refuse("bad_document", f"Năm được tặng ({year}) phải là {said}.")
    if said := wrong_day(decided_on, year, today):
        day = day_vi(decided_on)
        raise refuse("bad_document", f"Ngày quyết định ({day}) phải là {said}.")
