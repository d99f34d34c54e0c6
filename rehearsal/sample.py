"""The sample year: played up to the present, and then left to the living."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime

from domain.calendar import local_day, moment
from domain.roles import HEAD
from intake.calendar import vietnamese_calendar
from papers.plans import plan_template
from rehearsal.cast.cues import Cue
from rehearsal.cast.ensemble import Ensemble, daily
from rehearsal.cast.leadership import drafting
from rehearsal.cast.matters import commended, returned_initiative
from rehearsal.cast.script import MORNING, Script
from rehearsal.play import Moments, play
from rehearsal.playbill import Playbill, read_playbill_of
from rehearsal.rehearse import an_engine, staged
from rehearsal.theatre import first_morning
from rehearsal.thematic import Theme, read_thematic, read_thematic_cast
from store.clock import go_on
from store.database import Database

_AGENCY = "Văn phòng Đoàn ĐBQH và HĐND Tỉnh"
# Until a campaign is under way, the one of the year before is what people work on.
_UNDER_WAY = (1, 20)
# The short campaigns beside it: how many working days ago each was launched, and what
# is left to whoever tries the office. So there is something for everybody on any day.
_LEFT: Mapping[Theme, tuple[int, frozenset[str]]] = {
    Theme("khong-giay", "Văn phòng không giấy", "04"): (
        4,
        frozenset({"submit", "number"}),
    ),
    Theme("don-thu", "Xử lý đơn thư đúng hạn", "05"): (
        20,
        frozenset({"cast", "record_show_of_hands", "close_voting"}),
    ),
    Theme("ky-hop", "Phục vụ kỳ họp chu đáo", "06"): (20, frozenset({"decide"})),
}
# Whoever comes need not say so: that is not what is to be tried.
_UNSAID = frozenset({"confirm_attendance"})


async def play_up_to(database: Database, at: datetime) -> None:
    """Play the sample year into an empty database, up to a moment.

    From then on the database goes by its own clock. Nothing that fell due before is
    left to be sent.
    """
    first_days = _first_days(local_day(at))
    year = sample_year(at)
    begins = first_morning(year.plan, vietnamese_calendar())
    since = min(begins, moment(min(first_days.values()), MORNING))
    async with an_engine() as engine, staged(database, engine, year, since) as script:
        scripts = [_of(script, theme, day) for theme, day in first_days.items()]
        await play(script, until=at, beside=_beside(database, scripts))
    with database.write() as session:
        go_on(session)


def _first_days(today: date) -> dict[Theme, date]:
    shift = vietnamese_calendar().shift
    return {theme: shift(today, -days) for theme, (days, _) in _LEFT.items()}


def _of(year: Script, theme: Theme, first: date) -> Script:
    """Make the script of a short campaign in the year's office."""
    plan = read_thematic(theme, first, year.packs)
    cast = read_thematic_cast(theme, year.company.office, plan)
    return replace(year, plan=plan, cast=cast, begins=moment(first, MORNING))


def _beside(database: Database, scripts: list[Script]) -> Iterator[Moments]:
    """Play the short campaigns, each up to what is left of it."""
    left = {theme.code: acts for theme, (_, acts) in _LEFT.items()}

    def is_left(cue: Cue) -> bool:
        return cue.duty.act in left[cue.duty.campaign] | _UNSAID

    first = min(scripts, key=lambda script: script.begins)
    casts = {script.plan.code: script.cast for script in scripts}
    ensemble = Ensemble(
        database, first.house, first.company, first.packs, casts, casts, is_left
    )
    for script in scripts:
        yield drafting(script)
    yield daily(ensemble, first.begins)
    last = max(scripts, key=lambda script: script.begins)
    yield returned_initiative(last, "cthdnd-02")
    yield commended(last, "hctcqt-08", "Chữa cháy kho lưu trữ")


def sample_year(moment: datetime) -> Playbill:
    """Give the sample office's plan of the year that is under way at a moment."""
    today = local_day(moment)
    year = today.year - ((today.month, today.day) < _UNDER_WAY)
    written = plan_template(year, _AGENCY, HEAD)
    return read_playbill_of(written, f"mau-{year}.yaml")
