"""What the Ministry counts of a year: movements, and what was granted to whom."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlmodel import Session, col, select

from domain.calendar import ONE_DAY
from domain.rules.criteria import CommendationType
from domain.states import CampaignState
from store.knowing.honours import is_granted
from store.office.in_force import in_force
from store.office.people import managers
from store.plans import titles_of
from store.tables import (
    Appointment,
    Campaign,
    Decision,
    DecisionLine,
    Nomination,
    Office,
    Phase,
    SubjectKind,
)


class Movement(NamedTuple):
    """A movement that was launched: yearly or thematic, and from when until when."""

    regular: bool
    starts: date
    ends: date  # exclusive


class Awardee(NamedTuple):
    """Of what kind whoever was granted something is, and for what it was."""

    title: str
    collective: bool
    leads_office: bool
    leads: bool
    for_what: CommendationType


@dataclass(frozen=True)
class YearCounted:
    """A year as statistics tell it; titles by their codes and names."""

    year: int
    movements: list[Movement]
    awarded: Counter[Awardee]
    titles: Mapping[str, str]


def counted(session: Session, year: int) -> YearCounted:
    """Count a year: what was launched in it, and what was granted for it."""
    launched = session.exec(
        select(Campaign).where(
            Campaign.year == year,
            col(Campaign.launched_at).is_not(None),
            Campaign.state != CampaignState.CANCELLED,
        )
    ).all()
    titles = [title for campaign in launched for title in titles_of(campaign)]
    return YearCounted(
        year,
        _movements(session, {each.id: each.kind == "regular" for each in launched}),
        _awarded(session, year),
        {title.code: title.name_vi for title in titles},
    )


def _movements(session: Session, regular: Mapping[str, bool]) -> list[Movement]:
    phases = session.exec(select(Phase).where(col(Phase.campaign).in_(regular))).all()
    return [
        Movement(
            regular[campaign],
            min(each.period_start for each in phases if each.campaign == campaign),
            max(each.period_end for each in phases if each.campaign == campaign)
            + ONE_DAY,
        )
        for campaign in sorted({each.campaign for each in phases})
    ]


def _awarded(session: Session, year: int) -> Counter[Awardee]:
    last = date(year, 12, 31)
    leading, heads = managers(session, last), _heads(session, last)
    of_year = select(Campaign.id).where(Campaign.year == year)
    rows = session.exec(
        select(Nomination)
        .join(DecisionLine, col(DecisionLine.line) == col(Nomination.id))
        .join(Decision, col(Decision.id) == col(DecisionLine.decision))
        .where(
            col(Nomination.campaign).in_(of_year),
            *is_granted(posted=False),
        )
    )
    return Counter(
        Awardee(
            row.title,
            row.kind is SubjectKind.COLLECTIVE,
            row.subject in heads,
            row.subject in leading,
            row.commendation_type,
        )
        for row in rows
    )


def _heads(session: Session, day: date) -> frozenset[str]:
    held = select(Appointment.person).where(
        col(Appointment.office).in_((Office.DIRECTOR, Office.DEPUTY_DIRECTOR)),
        in_force(Appointment, day),
    )
    return frozenset(session.exec(held))
