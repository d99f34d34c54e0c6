"""The first start: what a newcomer finds in an office that has just been made."""

from datetime import date
from pathlib import Path

from intake.office import read_office
from store.database import Database
from store.sample import load_office

_OFFICE = Path(__file__).parents[1] / "plans" / "office.yaml"


async def prepare(database: Database, today: date) -> None:
    """Fill a new database, whose tables are empty, with the sample office.

    It may be killed at any point: what is not finished is thrown away and made anew.
    """
    office = read_office(_OFFICE.read_bytes(), _OFFICE.name).in_year(today.year)
    with database.write() as session:
        load_office(session, office)
