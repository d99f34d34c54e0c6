"""What the rows say of a review that was summed up, and of the years before it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from domain.reports.steps import TimedStep
from papers.official.letterhead import Letterhead, letterhead
from papers.official.writing import lowered
from store.findings.papers.steps import steps_of
from store.plans import titles_of
from store.tables import Campaign, Phase, Report

# How many years before stand beside the year.
_YEARS = 4


@dataclass(frozen=True, kw_only=True)
class ReportFacts:
    """A review as it was summed up, the steps of its phases, and years before it.

    *before* counts what was awarded by title, year by year, where those were summed up.
    """

    by: Letterhead
    key: str
    occasion: str
    version: int
    content: Mapping[str, Any]
    titles: Mapping[str, str]
    steps: tuple[tuple[str, tuple[TimedStep, ...]], ...]
    before: tuple[tuple[int, Mapping[str, int]], ...]


def interim_facts(session: Session, row: Phase) -> ReportFacts:
    """Read the last review of a phase."""
    campaign = session.get_one(Campaign, row.campaign)
    found = _last_report(session, campaign.id, row.id)
    name = f"{lowered(row.name)} năm {campaign.year}"
    return _facts(session, campaign, found, row.id, name, [row])


def final_facts(session: Session, row: Campaign) -> ReportFacts:
    """Read the last closing review of a campaign."""
    phases = session.exec(
        select(Phase).where(Phase.campaign == row.id).order_by(col(Phase.number))
    ).all()
    found = _last_report(session, row.id, None)
    return _facts(session, row, found, row.id, f"năm {row.year}", phases)


def _facts(
    session: Session,
    campaign: Campaign,
    found: Report | None,
    key: str,
    occasion: str,
    phases: Sequence[Phase],
) -> ReportFacts:
    final = found is not None and found.phase is None
    return ReportFacts(
        by=letterhead(session, campaign),
        key=key,
        occasion=occasion,
        version=found.version if found else 0,
        content=found.content if found else {},
        titles={title.code: title.name_vi for title in titles_of(campaign)},
        steps=tuple((each.name, tuple(steps_of(session, each))) for each in phases),
        before=tuple(_before(session, campaign)) if final else (),
    )


def _last_report(session: Session, campaign: str, phase: str | None) -> Report | None:
    query = select(Report).where(
        Report.campaign == campaign, col(Report.phase).is_not_distinct_from(phase)
    )
    return session.exec(query.order_by(col(Report.version).desc()).limit(1)).first()


def _before(
    session: Session, campaign: Campaign
) -> Iterable[tuple[int, Mapping[str, int]]]:
    """Read the years before, each by the last closing review of its campaign."""
    rows = session.exec(
        select(Campaign.year, Report.content)
        .join(Report, col(Report.campaign) == col(Campaign.id))
        .where(
            Campaign.kind == "regular",
            col(Campaign.year).between(campaign.year - _YEARS, campaign.year - 1),
            col(Report.phase).is_(None),
        )
        .order_by(col(Campaign.year), col(Report.version))
    )
    return sorted({year: awarded_in(content) for year, content in rows}.items())


def awarded_in(content: Mapping[str, Any]) -> dict[str, int]:
    """Count by title what a review lists as awarded."""
    return {title: len(people) for title, people in content["lists"].items()}


def is_summed_up(session: Session, row: Phase) -> bool:
    """Say whether a phase has a review."""
    return _last_report(session, row.campaign, row.id) is not None


def is_closed(session: Session, row: Campaign) -> bool:
    """Say whether a campaign has a closing review."""
    return _last_report(session, row.id, None) is not None
