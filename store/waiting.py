"""Which departments a window still waits for, as queries of one shape."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from domain.states import SubmissionState
from store.registrations import registered_departments
from store.tables import Submission, Window


@dataclass(frozen=True)
class Windows:
    """The windows of one kind in a phase: the common ones, or a department's own."""

    campaign: str
    phase: str
    kind: str
    department: str | None = None

    def which(self) -> list[Any]:
        """Conditions that a window is one of these."""
        where: list[Any] = [
            Window.phase == self.phase,
            Window.kind == self.kind,
            col(Window.own).is_(self.department is not None),
        ]
        if self.department is not None:
            where.append(Window.department == self.department)
        return where

    def unsent(self, states: Collection[SubmissionState]) -> Any:
        """Select whose envelope is in one of *states*."""
        return (
            select(Submission.department)
            .join(
                Window,
                (col(Window.phase) == col(Submission.phase))
                & (col(Window.department) == col(Submission.department)),
            )
            .where(*self.which(), col(Submission.state).in_(states))
        )

    def unregistered(self) -> Any:
        """Select who has registered nobody, nor itself."""
        registered = registered_departments(self.campaign)
        return select(Window.department).where(
            *self.which(), col(Window.department).not_in(registered)
        )
