"""Tells chair and secretary of what a session cannot do, while it can be mended."""

from collections.abc import Iterator, Sequence
from typing import Any

from activities.addressing import line_names, resolve
from activities.deed import Deed
from domain.council.forecast import Prospect
from domain.ladder import Addressee
from domain.rules.rulepack import RulePack
from store.findings.forecasts import forecast
from store.office import people
from store.plans import pack_of
from store.tables import CouncilSession, Nomination, Phase

Lost = tuple[Nomination, Prospect]
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
        lines = list(_said(deed, pack, seen.lost))
        said = f"{step}/{len(lines)}"
        deed.notify(task, "cannot_pass", told, step=said, lines=lines, **facts)


def _said(deed: Deed, pack: RulePack, lost: Sequence[Lost]) -> Iterator[str]:
    """Tell each line, how far its votes go, and who is not to vote or to be named."""
    subjects = line_names(deed.session, [line for line, _ in lost])
    near = {who for _, each in lost for who in (*each.stepping_out, *each.flagged)}
    names = people.names_of(deed.session, near)
    for line, prospect in lost:
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
                said = ", ".join(names[each] for each in persons)
                parts.append(f"{word}: {said}")
        yield f"{subjects[line.id]} ({'; '.join(parts)})"
