"""Which function carries out which act, and what it is handed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from activities.deed import Deed
from ballots.box import BallotBox
from domain.ids import Target
from domain.refusals import Refused, refuse
from domain.rules.rulepack import RulePack
from domain.states import CampaignState, PhaseState
from papers.terms import CAMPAIGN_STATES, PHASE_STATES
from store.database import lock
from store.tables import Campaign, CouncilSession, Decision, Phase, Submission, Window

Answer = dict[str, Any]


@dataclass
class Call:
    """One act being carried out: its deed, its target, its moment of receipt.

    *packs* are the rules that the office has; a campaign that runs has its own.
    """

    deed: Deed
    box: BallotBox
    target: Target
    received_at: datetime
    phase_id: str | None
    department: str | None
    packs: tuple[RulePack, ...]

    @property
    def session(self) -> Session:
        """The transaction of the deed."""
        return self.deed.session

    def campaign(self, *states: CampaignState) -> Campaign:
        """Lock the campaign; Refused (`wrong_state`) unless in one of *states*."""
        code = self.deed.campaign
        row = lock(self.session, Campaign, Campaign.id == code)[0]
        if states and row.state not in states:
            raise wrong_state(
                f"phong trào đang ở trạng thái «{CAMPAIGN_STATES[row.state]}»",
                (CAMPAIGN_STATES[state] for state in states),
            )
        return row

    def running(self) -> Campaign:
        """Read the campaign; Refused (`wrong_state`) unless it runs."""
        row = self.session.get_one(Campaign, self.deed.campaign)
        if row.state is not CampaignState.RUNNING:
            raise wrong_state(
                f"phong trào đang ở trạng thái «{CAMPAIGN_STATES[row.state]}»",
                (CAMPAIGN_STATES[CampaignState.RUNNING],),
            )
        return row

    def not_resting(self) -> None:
        """Refuse (`wrong_state`) while the campaign is suspended, or once cancelled."""
        row = self.session.get_one(Campaign, self.deed.campaign)
        if row.state in (CampaignState.SUSPENDED, CampaignState.CANCELLED):
            raise wrong_state(
                f"phong trào đang ở trạng thái «{CAMPAIGN_STATES[row.state]}»",
                (CAMPAIGN_STATES[CampaignState.RUNNING],),
            )

    def phase(self, *states: PhaseState) -> Phase:
        """Lock the phase; Refused (`wrong_state`) unless it is in one of *states*."""
        self.running()
        row = lock(self.session, Phase, Phase.id == self.phase_id)[0]
        if states and row.state not in states:
            raise wrong_state(
                f"giai đoạn đang ở trạng thái «{PHASE_STATES[row.state]}»",
                (PHASE_STATES[state] for state in states),
            )
        return row

    def submission(self) -> Submission:
        """Lock the department's envelope."""
        self.running()
        return lock(
            self.session,
            Submission,
            Submission.phase == self.phase_id,
            Submission.department == self.department,
        )[0]

    def window(self, kind: str) -> Window:
        """Read the department's window. Refused (`no_window`) when there is none.

        Not locked: a closing may hold it while it waits for an act still being
        written down, and must not keep the others from being applied.
        """
        key = (self.phase_id, kind, self.department)
        window = self.session.get(Window, key)
        if window is None:
            raise refuse("no_window", "Giai đoạn này không nhận việc đó của phòng này.")
        return window

    def window_to_change(self, kind: str) -> Window:
        """Lock the department's window, to move its end."""
        where = (
            Window.phase == self.phase_id,
            Window.kind == kind,
            Window.department == self.department,
        )
        return lock(self.session, Window, *where)[0]

    def council(self) -> CouncilSession:
        """Lock the council session."""
        self.running()
        key = self.target.key
        return lock(self.session, CouncilSession, CouncilSession.id == key)[0]

    def decision(self) -> Decision:
        """Lock the decision."""
        return lock(self.session, Decision, Decision.id == self.target.key)[0]


Effect = Callable[[Call, Any], Answer | None]
EFFECTS: dict[str, Effect] = {}


def effect(kind: str) -> Callable[[Effect], Effect]:
    """Register the function that carries out acts of *kind*."""

    def register(function: Effect) -> Effect:
        EFFECTS[kind] = function
        return function

    return register


def wrong_state(found: str, allowed: Any) -> Refused:
    """Say in which state something is, and in which the act is allowed."""
    return refuse(
        "wrong_state",
        f"Không làm được lúc này: {found}; chỉ làm được khi: {'; '.join(allowed)}.",
    )
