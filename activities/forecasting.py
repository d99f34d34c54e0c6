"""Tells chair and secretary of what a session cannot do, while it can be mended."""

from typing import Any

from activities.addressing import line_name, resolve
from activities.deed import Deed
from domain.ladder import Addressee
from store.forecasts import forecast
from store.plans import pack_of
from store.tables import CouncilSession, Phase

_TO = (Addressee.COUNCIL_CHAIR, Addressee.COUNCIL_SECRETARY)


def warn(deed: Deed, council: CouncilSession, step: str = "") -> None:
    """Say that too few will come, or which lines cannot pass with those who will.

    Said once for so many, and once more at each *step* of the session's reminders.
    """
    deed.session.flush()
    seen = forecast(deed.session, council)
    phase = deed.session.get_one(Phase, council.phase)
    told = [person for to in _TO for person in resolve(deed, to)]
    facts: dict[str, Any] = {"phase": phase.name, "at": council.meets_at}
    task = f"forecast/{council.id}"
    if seen.short is not None:
        coming = len(seen.members) - len(seen.absent)
        reason = seen.short.detail
        said = f"{step}/{coming}"
        deed.notify(task, "quorum_at_risk", told, step=said, reason=reason, **facts)
    if seen.lost:
        pack = pack_of(deed.session, phase)
        names = [
            f"{line_name(deed.session, line)} ({pack.title(line.title).name_vi})"
            for line in seen.lost
        ]
        said = f"{step}/{len(names)}"
        deed.notify(task, "cannot_pass", told, step=said, lines=names, **facts)
