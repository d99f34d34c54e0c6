"""Many lists of a phase, received or appraised by one act of the secretariat."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sqlmodel import col

from activities.addressing import department_names
from activities.effects.department.appraisal import (
    appraise_each,
    nominated,
    receive_each,
    require_going_on,
)
from activities.effects.registry import Answer, Call, effect
from domain.acts import ACTS
from domain.council.appraisers import require_farthest
from domain.refusals import Refusal, Refused, refuse
from domain.states import SubmissionState
from intake.acts.phase import Lists
from papers.terms import wrong_state
from store.database import lock, one_of
from store.office import people
from store.tables import Submission


@effect("receive_lists")
def receive_lists(call: Call, body: Lists) -> Answer:
    """Receive the lists of some departments, or all that have come."""
    lists = _waiting(call, "receive", body.departments)
    receive_each(call, lists)
    call.deed.facts["departments"] = _codes(lists)
    return {"departments": _codes(lists)}


@effect("appraise_lists")
def appraise_lists(call: Call, body: Lists) -> Answer:
    """Appraise the lists of some departments, or all received ones, by the rules.

    Of all, those are left to others that are one's own (`own_list`).
    """
    phase = require_going_on(call)
    lists = _waiting(call, "appraise", body.departments)
    own = _own(call, lists)
    if own and (body.departments or len(own) == len(lists)):
        raise Refused(*_named(call, own))
    lists = [each for each in lists if each.department not in own]
    came = appraise_each(call, phase, lists, nominated(call, *lists))
    call.deed.facts["departments"] = came
    return {"departments": came, "left": sorted(own)}


def _waiting(call: Call, act: str, named: Sequence[str]) -> list[Submission]:
    """Lock the lists that wait for an act, all or the *named*, which have to.

    Raises Refused (`unknown_department`, `wrong_state`, `nothing_waits`).
    """
    call.require_campaign()
    allowed = ACTS[act].allowed(SubmissionState) or frozenset()
    column = col(Submission.department if named else Submission.state)
    which = Submission.phase == call.phase_id, one_of(column, named or allowed)
    lists = lock(call.session, Submission, *which)
    if strange := sorted(set(named) - set(_codes(lists))):
        raise refuse(
            "unknown_department",
            f"Giai đoạn này không có phòng: {', '.join(strange)}.",
        )
    found = {x.department: x.state for x in lists if x.state not in allowed}
    if found:
        wrong = {x: wrong_state(state, allowed) for x, state in found.items()}
        raise Refused(*_named(call, wrong))
    if not lists:
        raise refuse("nothing_waits", f"Không có hồ sơ nào chờ «{ACTS[act].summary}».")
    return sorted(lists, key=lambda each: each.department)


def _own(call: Call, lists: Sequence[Submission]) -> dict[str, Refused]:
    """Find the lists that somebody stands less near to than whoever acts."""
    homes = people.homes_of_secretariat(call.session, call.day)
    found: dict[str, Refused] = {}
    for each in lists:
        try:
            sender, code = each.submitted_by, each.department
            require_farthest(call.deed.actor, homes, code, sender)
        except Refused as refused:
            found[code] = refused
    return found


def _named(call: Call, against: Mapping[str, Refused]) -> Iterator[Refusal]:
    """Say of which department each refusal is."""
    names = department_names(call.session, against)
    for code in sorted(against):
        for refusal in against[code].refusals:
            yield replace(refusal, detail=f"{names[code]}: {refusal.detail}")


def _codes(lists: Sequence[Submission]) -> list[str]:
    return [each.department for each in lists]
