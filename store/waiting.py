"""Which departments a window still waits for: one rule, for whoever asks."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import and_, col, exists, or_, select

from domain.deadlines import DeadlineKind
from domain.states import PhaseState, RegistrationState, SubmissionState, WindowState
from domain.submissions import AWAITED
from store.tables import Phase, Registration, Submission, Window


def awaited(kind: str) -> Any:
    """Select the windows of one kind that somebody still owes something to.

    A registration is owed until the window closes, by who has registered nobody, nor
    itself. A list is owed until then too; a late one until the lists are posted.
    """
    query = (
        select(Window)
        .join(Phase, col(Phase.id) == col(Window.phase))
        .join(
            Submission,
            (col(Submission.phase) == col(Window.phase))
            & (col(Submission.department) == col(Window.department)),
        )
        .where(Window.kind == kind)
    )
    return query.where(_AWAITED[DeadlineKind(kind)])


_STANDS = exists().where(
    col(Registration.campaign) == col(Phase.campaign),
    col(Registration.department) == col(Window.department),
    col(Registration.state) != RegistrationState.WITHDRAWN,
)
_NOT_CLOSED = col(Window.state) != WindowState.CLOSED
_AWAITED: dict[DeadlineKind, Any] = {
    DeadlineKind.REGISTRATION: and_(_NOT_CLOSED, ~_STANDS),
    DeadlineKind.SUBMISSION: or_(
        and_(_NOT_CLOSED, col(Submission.state).in_(AWAITED)),
        and_(
            col(Submission.state) == SubmissionState.OVERDUE,
            col(Phase.state) == PhaseState.APPRAISAL,
        ),
    ),
}


@dataclass(frozen=True)
class Windows:
    """The windows of one kind in a phase: the common ones, or a department's own."""

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

    def awaited(self) -> Any:
        """Select the departments that these windows still wait for."""
        found = awaited(self.kind).where(*self.which())
        return found.with_only_columns(col(Window.department))
