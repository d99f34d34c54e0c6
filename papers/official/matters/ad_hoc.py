"""What papers of an ad hoc commendation say: who is proposed for what, and why."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from domain.calendar import local_day
from papers.official.letterhead import Letterhead, letterhead
from store.office.people import department_of, names_of
from store.plans import packs_of
from store.tables import Campaign, Case, Department, SubjectKind


@dataclass(frozen=True, kw_only=True)
class AdHocFacts:
    """What is proposed for whom, for what, and in which cases of the simple way."""

    by: Letterhead
    key: str
    subject: str
    collective: bool
    department: str
    award: str
    achieved_on: date | None
    achievement: str
    cases: tuple[str, ...]
    documents: tuple[str, ...]
    filed_on: date | None


def facts_of(session: Session, row: Case) -> AdHocFacts:
    """Read a proposal as it was filed, by names."""
    campaign = session.get_one(Campaign, row.campaign)
    filed_on = local_day(row.filed_at) if row.filed_at else None
    day = filed_on or row.event_on or date.max
    unit = department_of(session, row.subject_kind, row.subject, day)
    department = session.get(Department, unit) if unit else None
    names = names_of(session, [row.subject or ""])
    called = _called(campaign)
    collective = row.subject_kind is SubjectKind.COLLECTIVE
    where = department.name if department else ""
    return AdHocFacts(
        by=letterhead(session, campaign),
        key=f"dot-xuat/{str(row.id)[:8]}",
        subject=where if collective else names.get(row.subject or "", ""),
        collective=collective,
        department=where,
        award=called.get(row.award or "", row.award or ""),
        achieved_on=row.event_on,
        achievement=row.matter,
        cases=tuple(called.get(each, each) for each in row.basis or ()),
        documents=tuple(called.get(each, each) for each in row.documents),
        filed_on=filed_on,
    )


def _called(campaign: Campaign) -> dict[str, str]:
    """Name titles, cases and papers as the campaign's rules do."""
    named = list[Any]()
    for pack in packs_of(campaign):
        named += [*pack.titles, *pack.simplified.cases, *pack.document_kinds]
    return {each.code: each.name_vi for each in named}
