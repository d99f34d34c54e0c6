"""Leases: who alone may do a thing, for a while, by the database's own clock."""

from datetime import timedelta

from sqlmodel import col

from store.clock import real_now
from store.database import Database, insert_or_take_over
from store.tables import Lease


def take(database: Database, name: str, holder: str, time: timedelta) -> bool:
    """Take or renew the lease *name*; False while somebody else holds it."""
    with database.write() as session:
        present = real_now(session)
        wanted = {"name": name, "holder": holder, "until": present + time}
        free = (col(Lease.holder) == holder) | (col(Lease.until) <= present)
        return insert_or_take_over(session, Lease, wanted, free)
