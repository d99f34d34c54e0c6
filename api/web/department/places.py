"""A department's part in a phase, read once for whatever page shows it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from fastapi import Depends, Path
from sqlmodel import Session, col, select

from api.deps import Reading, ThePhase
from api.identity import Asking
from domain import ids
from domain.acts.declaring import ActRule
from domain.acts.offering import offered
from domain.deadlines import DeadlineKind
from domain.ids import WorkflowId
from domain.policy.restricted import KNOWN_TO, Restricted
from domain.roles import DESK, Role
from domain.rules.titles import Title
from domain.states import WindowState
from intake.fields import DepartmentCode
from store.clock import now
from store.office.master import require_department
from store.office.standing import roles_today
from store.plans import titles_of
from store.tables import Campaign, Deadline, Department, Phase, Submission, Window

_K = DeadlineKind
_TAKING = (WindowState.OPEN, WindowState.CLOSING)


@dataclass(frozen=True)
class PartInPhase:
    """What one department has to do with one phase, and how the reader stands to it.

    *dues* are the deadlines that run: those of the windows, and of its own.
    """

    campaign: Campaign
    phase: Phase
    department: Department
    envelope: Submission | None
    windows: Mapping[str, Window]
    dues: Mapping[str, Deadline]
    roles: frozenset[Role]
    at: datetime

    @property
    def target(self) -> WorkflowId:
        """What the acts on it are aimed at."""
        return ids.department(self.phase.id, self.department.code)

    @property
    def path(self) -> str:
        """Where its page is."""
        return f"/phong/{self.phase.id}/{self.department.code}"

    @property
    def drafts(self) -> bool:
        """Say whether the reader writes what the department sends."""
        return bool(self.roles & DESK)

    @property
    def knows_draft(self) -> bool:
        """Say whether the reader is to know what the department is writing."""
        return bool(self.roles & KNOWN_TO[Restricted.DRAFT])

    @property
    def hears(self) -> bool:
        """Say whether the reader is to hear what the rules have against somebody."""
        return bool(self.roles & KNOWN_TO[Restricted.REASONS])

    @cached_property
    def titles(self) -> dict[str, Title]:
        """Give the titles of the campaign's rules by their codes."""
        if not self.campaign.packs:
            return {}
        return {title.code: title for title in titles_of(self.campaign)}

    @property
    def granted(self) -> list[Title]:
        """List the titles that the phase considers."""
        return [self.titles[code] for code in self.phase.titles if code in self.titles]

    def offered(self) -> list[ActRule]:
        """List the acts that the reader may do now, by the table of acts."""
        states: list[StrEnum] = [self.campaign.state, self.phase.state]
        if self.envelope is None:
            return []
        states.append(self.envelope.state)
        return [*offered("department", self.roles, states, [*self._open()])]

    def _open(self) -> Iterator[str]:
        for kind, window in self.windows.items():
            if window.state in _TAKING and window.opens_at <= self.at < window.due_at:
                yield kind
        review, sending = self.dues.get(_K.PEER_REVIEW), self.windows.get(_K.SUBMISSION)
        begins = review.opens_at if review else None
        if begins and sending and begins <= self.at < sending.due_at:
            yield _K.PEER_REVIEW


OfPath = Annotated[DepartmentCode, Path(max_length=32)]


def the_part(
    phase: ThePhase, department: OfPath, session: Reading, person: Asking
) -> PartInPhase:
    """Read a department's part. Refused (`unknown_phase`, `unknown_department`)."""
    return part_of(session, phase, department, person.id)


def part_of(
    session: Session, phase: Phase, department: str, person: str
) -> PartInPhase:
    """Read a department's part in a phase. Raises Refused (`unknown_department`)."""
    found = require_department(session, department)
    windows = session.exec(
        select(Window).where(Window.phase == phase.id, Window.department == department)
    )
    own = str(ids.department(phase.id, department))
    keepers = [str(ids.phase(phase.id)), own]
    dues = session.exec(
        select(Deadline)
        .where(col(Deadline.owner).in_(keepers), col(Deadline.closed_at).is_(None))
        .order_by((col(Deadline.owner) == own).asc())
    )
    return PartInPhase(
        campaign=session.get_one(Campaign, phase.campaign),
        phase=phase,
        department=found,
        envelope=session.get(Submission, (phase.id, department)),
        windows={row.kind: row for row in windows},
        dues={row.name: row for row in dues},
        roles=roles_today(session, person, department),
        at=now(session),
    )


ThePart = Annotated[PartInPhase, Depends(the_part)]
