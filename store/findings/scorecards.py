"""Scorecards as the rules see them, and the flag's file of a campaign's year."""

from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, select

from domain.reports.scorecard import BlocRank, FlagDossier, Score, flag_dossier, flag_of
from domain.rules.titles import Title
from store.plans import pack_of
from store.tables import BlocResult, Campaign, Phase, Scorecard


def scores_of(row: Scorecard) -> list[Score]:
    """Read the scores of a scorecard; points are kept as text, exact to the digit."""
    return [Score(**{**each, **_points(each)}) for each in row.criteria]


def _points(each: dict[str, Any]) -> dict[str, Decimal | None]:
    named = ("max_points", "self_score", "appraised_score")
    return {name: None if each[name] is None else Decimal(each[name]) for name in named}


def flag_dossier_of(session: Session, campaign: Campaign) -> tuple[Title, FlagDossier]:
    """Judge the flag's file by the rules of a campaign's last phase."""
    phases = select(Phase).where(Phase.campaign == campaign.id)
    last = session.exec(phases.order_by(col(Phase.number).desc())).first()
    assert last is not None  # noqa: S101 - a launched campaign has its phases
    pack = pack_of(session, last)
    card = session.get(Scorecard, campaign.year)
    result = session.get(BlocResult, campaign.year)
    return flag_of(pack), flag_dossier(
        pack,
        result.papers if result else {},
        BlocRank(result.rank, result.units) if result else None,
        confirmed=card is not None and card.confirmed_at is not None,
    )
