"""Leases: who alone may do a thing, for a while, by the database's own clock."""

from datetime import timedelta

from store.clock import real_now
from store.database import Database, insert_missing, lock
from store.tables import Lease


def take(database: Database, name: str, holder: str, time: timedelta) -> bool:
    """Take or renew the lease *name*; False while somebody else holds it."""
    with database.write() as session:
        present = real_now(session)
        free = {"name": name, "holder": holder, "until": present}
        insert_missing(session, Lease, [free])
        lease = lock(session, Lease, Lease.name == name)[0]
        if lease.holder != holder and lease.until > present:
            return False
        lease.holder, lease.until = holder, present + time
        return True
