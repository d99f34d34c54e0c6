"""What somebody may read of a campaign's record, by the policy table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session

from domain import ids
from domain.ids import Kind
from domain.policy import READINGS
from domain.policy.restricted import KNOWN_TO, Restricted
from domain.refusals import unknown
from domain.states import SET_ASIDE, CommandState
from store import commands
from store.knowing.lines import knows_all
from store.knowing.matters import closed_among, not_yet_counted
from store.office.standing import roles_today, standing_of
from store.record import Linked
from store.tables import Command


@dataclass(frozen=True)
class View:
    """What of some acts is closed to one reader.

    *judges* read of every line why it went as it did, others what their *desks* know
    and what is on no line. *hidden* are matters of which they may not even know.
    """

    person: str
    judges: bool
    desks: frozenset[str]
    hidden: frozenset[str]
    untold: frozenset[UUID]

    def hides(self, row: Linked) -> bool:
        """Say whether nothing of an act may be known, but that there was one."""
        return row[2] in self.hidden

    def knows(self, row: Linked) -> bool:
        """Say whether the reader may know what an act said, and on which lines."""
        act, _, target = row
        if self.hides(row) or act.command in self.untold:
            return False
        if self.judges or self.person in (act.actor, act.behalf):
            return True
        if target is None:  # time's own doing is on whatever it finds
            return False
        named = ids.read(target)
        if named.kind is Kind.DEPARTMENT:
            return ids.department_key(named)[1] in self.desks
        return not act.many


def command_for(session: Session, command_id: UUID, person: str) -> Command:
    """Find an act that *person* may follow. Raises Refused (`unknown_command`)."""
    found = commands.find(session, command_id)
    if person in (found.actor, found.behalf):
        return found
    follows = roles_today(session, person) & READINGS["act"].who
    if not follows or found.target in closed_to(session, [found], person):
        raise unknown("command", command_id)
    return found


def closed_to(session: Session, acts: Iterable[Any], person: str) -> frozenset[str]:
    """Find on which targets of some acts *person* may know of none.

    A matter that a fault has kept from being filed counts as filed: whoever tends that
    has to know of it. Of an act its *kind*, *target* and *state* are asked for.
    """
    acts = list(acts)
    waits = (CommandState.RECEIVED, *SET_ASIDE)
    filing = {x.target for x in acts if x.kind == "file_case" and x.state in waits}
    return closed_among(session, [each.target for each in acts], person, filing)


def view_of(
    session: Session, campaign: str, person: str, rows: Iterable[Linked]
) -> View:
    """Find what of some acts of a campaign is closed to somebody."""
    judges = knows_all(session, person, KNOWN_TO[Restricted.REASONS])
    return View(
        person,
        judges,
        frozenset(() if judges else standing_of(session, person).desks),
        closed_among(session, (target for *_, target in rows), person),
        not_yet_counted(session, campaign, person),
    )
