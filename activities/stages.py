"""`reach`: the only writer of the stage of a campaign and of a phase."""

from activities.deed import Deed
from domain import ids
from domain.states import CampaignState, PhaseState
from store.tables import Campaign, Phase


def reach(deed: Deed, row: Campaign | Phase, stage: CampaignState | PhaseState) -> None:
    """Bring a campaign or a phase to *stage*; the record of the act says so."""
    row.state = stage
    deed.session.add(row)
    kind = ids.campaign if isinstance(row, Campaign) else ids.phase
    deed.facts.setdefault("stages", []).append([str(kind(row.id)), stage])
