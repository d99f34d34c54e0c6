"""The sample year: played up to the present, and then left to the living."""

from datetime import datetime

from domain.calendar import local_day
from domain.roles import HEAD
from papers.plans import plan_template
from rehearsal.play import play
from rehearsal.playbill import Playbill, read_playbill_of
from rehearsal.rehearse import an_engine, staged
from store.clock import go_on
from store.database import Database

_AGENCY = "Văn phòng Đoàn ĐBQH và HĐND Tỉnh"
# Until a campaign is under way, the one of the year before is what people work on.
_UNDER_WAY = (1, 20)


async def play_up_to(database: Database, moment: datetime) -> None:
    """Play the sample year into an empty database, up to a moment.

    From then on the database goes by its own clock. Nothing that fell due before is
    left to be sent.
    """
    async with (
        an_engine() as engine,
        staged(database, engine, sample_year(moment)) as script,
    ):
        await play(script, until=moment)
    with database.write() as session:
        go_on(session)


def sample_year(moment: datetime) -> Playbill:
    """Give the sample office's plan of the year that is under way at a moment."""
    today = local_day(moment)
    year = today.year - ((today.month, today.day) < _UNDER_WAY)
    written = plan_template(year, _AGENCY, HEAD)
    return read_playbill_of(written, f"mau-{year}.yaml")
