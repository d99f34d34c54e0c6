"""*Báo cáo*: sơ kết and tổng kết as they were summed up, with charts and tables."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Annotated

from fastapi import Query, Response
from sqlmodel import Session, col, select

from api.admission import reads
from api.campaigns import campaigns as campaign_routes
from api.campaigns.campaigns import ReportOut, ReviewOut
from api.campaigns.targets import MeasuredTargetOut
from api.deps import Reading, TheCampaign
from api.identity import Asking
from api.web.naming import Called, called, in_words
from api.web.papers import PaperLink, papers_on
from api.web.visiting import pages
from api.web.words import gettext
from api.web.year.showing import show
from domain.states import AWARDED_LINES, SubmissionState
from papers.four_words import WORD_OF, ListWord
from papers.official.kinds import PaperOf
from papers.terms import DENOMINATORS
from store.plans import titles_of
from store.tables import Campaign, Person, Phase

router = pages()

_MOST = 500
_INTERIM = "interim"
# Names of a title, and departments that are behind, as many as somebody reads.
_READ = 100


@dataclass(frozen=True)
class Measured:
    """A target as a bar: what is reached, and where what is needed stands, in %."""

    title: str
    reached: int
    needed: int
    of: int
    whole: str
    met: bool
    note: str | None
    width: float
    tick: float


@dataclass(frozen=True)
class Outcomes:
    """What became of the lines of a title: as a bar those awarded, and all in words."""

    title: str
    many: int
    awarded: int
    width: float
    said: str


@dataclass(frozen=True)
class ReportShown:
    """A review in words; *behind* are departments that did not send in time.

    *key* tells it from others, and *versions* are all that there are of it.
    """

    key: str
    name: str
    version: int
    versions: Sequence[tuple[int, datetime]]
    at: datetime
    lists: Sequence[tuple[str, Sequence[str], int]]
    outcomes: Sequence[Outcomes]
    targets: Sequence[Measured]
    words: Mapping[ListWord, int]
    behind: Sequence[str]
    escalations: int
    warnings: Sequence[str]


@router.get("/bao-cao/{code}", dependencies=[reads("reports")])
def reports(
    campaign: TheCampaign,
    session: Reading,
    visitor: Asking,
    ban: Annotated[str, Query(max_length=120)] = "",
) -> Response:
    """Show each review in its last version, the newest first; or one as it was.

    That one is named by its key and number, as `interim/2022-1/1`.
    """
    every = campaign_routes.reports(campaign, session, _MOST).items
    found = _chosen(every, ban)
    phases = _phases(session, campaign)
    names = called(session, {x for each in found for x in _behind(each.content)})
    titles = {title.code: title.name_vi for title in titles_of(campaign)}
    return show(
        session,
        visitor,
        campaign,
        "year/reports.html",
        reports=[_shown(x, _versions(every, x), phases, titles, names) for x in found],
        words=list(ListWord),
        papers=_papers(session, visitor, campaign),
    )


def _papers(session: Session, visitor: Person, campaign: Campaign) -> list[PaperLink]:
    page = f"/bao-cao/{campaign.id}"
    query = select(Phase).where(Phase.campaign == campaign.id)
    phases = session.exec(query.order_by(col(Phase.number))).all()
    return [
        *papers_on(page, session, visitor, PaperOf.CAMPAIGN, campaign),
        *papers_on(page, session, visitor, PaperOf.PHASE, *phases),
    ]


def _key(report: ReportOut) -> str:
    return f"{report.kind}/{report.phase or ''}"


def _chosen(found: Iterable[ReportOut], wanted: str) -> list[ReportOut]:
    """Keep the last version of each, or the one that is wanted, the newest first."""
    kept: dict[str, ReportOut] = {}
    for each in found:
        there = kept.get(_key(each))
        if there is None or f"{_key(there)}/{there.version}" != wanted:
            kept[_key(each)] = each
    return sorted(kept.values(), key=lambda each: each.at, reverse=True)


def _versions(every: Iterable[ReportOut], of: ReportOut) -> list[tuple[int, datetime]]:
    """List the versions that there are of a review."""
    return [(each.version, each.at) for each in every if _key(each) == _key(of)]


def _phases(session: Session, campaign: Campaign) -> dict[str, str]:
    query = select(Phase).where(Phase.campaign == campaign.id)
    return {row.id: row.name for row in session.exec(query.order_by(col(Phase.number)))}


def _behind(content: ReviewOut) -> list[str]:
    """Name the departments that never sent theirs."""
    return [
        place.rpartition("/")[2]
        for place, state in content.departments.items()
        if state in (SubmissionState.OVERDUE, SubmissionState.LATE_REFUSED)
    ][:_READ]


def _shown(
    report: ReportOut,
    versions: Sequence[tuple[int, datetime]],
    phases: Mapping[str, str],
    titles: Mapping[str, str],
    names: Called,
) -> ReportShown:
    content = report.content
    of = phases.get(report.phase or "")
    name = gettext("Sơ kết") if report.kind == _INTERIM else gettext("Tổng kết")
    return ReportShown(
        _key(report),
        f"{name} {of[0].lower()}{of[1:]}" if of else name,
        report.version,
        versions,
        report.at,
        [
            (titles.get(title, title), people[:_READ], len(people))
            for title, people in content.lists.items()
        ],
        list(_outcomes(content, titles)),
        [_measured(each, titles) for each in content.targets],
        Counter(WORD_OF[state] for state in content.departments.values()),
        [names[code] for code in _behind(content)],
        content.escalations,
        content.warnings,
    )


def _outcomes(content: ReviewOut, titles: Mapping[str, str]) -> Iterator[Outcomes]:
    for title, states in content.outcomes.items():
        many = sum(states.values())
        awarded = sum(states.get(state, 0) for state in AWARDED_LINES)
        said = "; ".join(f"{in_words(state)}: {n}" for state, n in states.items())
        width = _percent(Fraction(awarded, many) if many else Fraction(0))
        yield Outcomes(titles.get(title, title), many, awarded, width, said)


def _measured(one: MeasuredTargetOut, titles: Mapping[str, str]) -> Measured:
    def of(part: int) -> float:
        return _percent(Fraction(part, one.of) if one.of else Fraction(0))

    return Measured(
        titles.get(one.title, one.title),
        one.reached,
        one.needed,
        one.of,
        DENOMINATORS[one.denominator],
        one.met,
        one.note,
        of(one.reached),
        of(one.needed),
    )


def _percent(share: Fraction) -> float:
    return round(100 * float(min(share, Fraction(1))), 2)
