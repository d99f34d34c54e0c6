"""Tells chair and secretary of what a session cannot do, while it can be mended."""

from typing import Any

from activities.addressing import line_name, person_name, resolve
from activities.deed import Deed
from domain.council.forecast import Prospect
from domain.ladder import Addressee
from domain.rules.rulepack import RulePack
from store.findings.forecasts import forecast
from store.plans import pack_of
from store.tables import CouncilSession, Nomination, Phase

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
        lines = [_said(deed, pack, line, prospect) for line, prospect in seen.lost]
        said = f"{step}/{len(lines)}"
        deed.notify(task, "cannot_pass", told, step=said, lines=lines, **facts)


def _said(deed: Deed, pack: RulePack, line: Nomination, prospect: Prospect) -> str:
    """Tell a line, how far its votes go, and who is not to vote or to be named."""
    parts = [
        pack.title(line.title).name_vi,
        f"có thể đồng ý {prospect.voters}/{prospect.electors}, cần "
        f"{prospect.needed}, còn thiếu {prospect.missing}",
    ]
    for word, persons in (
        ("không biểu quyết", prospect.stepping_out),
        ("có liên quan, vẫn biểu quyết", prospect.flagged),
    ):
        if persons:
            names = (person_name(deed.session, each) for each in persons)
            parts.append(f"{word}: {', '.join(names)}")
    return f"{line_name(deed.session, line)} ({'; '.join(parts)})"
