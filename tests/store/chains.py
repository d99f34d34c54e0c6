"""A record in the rows, checked link by link, or whole."""

from sqlmodel import Session

from domain.record import Break, Walk
from domain.record.checking import Checked, LinksCheck
from domain.record.entries import ended
from domain.record.flaws import Flaw
from store.record.exporting import exported


def breaks(session: Session, campaign: str) -> list[Break]:
    """Say where a chain is not whole."""
    check = LinksCheck(Walk())
    found = [x for entry in exported(session, campaign) for x in check.take(entry)]
    return [Break(x.seq or 0, x.code) for x in (*found, *check.end())]


def flaws(session: Session, campaign: str) -> list[Flaw]:
    """Say all that is wrong with a record."""
    return list(Checked().flaws(ended(exported(session, campaign))))
