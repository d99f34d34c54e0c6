"""*Bảng vàng*: who was granted what; to strangers, what an act has posted.

Law: Luật 10/2022/QH15 Điều 46, 47, 48.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from sqlmodel import Session, col, select

from api.admission import open_to, reads
from api.deps import Reading
from api.identity import Shown, meet, who_asks
from api.paging import page, read_cursor
from api.web.visiting import pages
from api.web.words import gettext
from api.web.year.current import current_campaign, no_campaign
from api.web.year.showing import show
from domain import ids
from domain.deadlines import DeadlineKind
from domain.names import as_awarded
from domain.numbering import numbered
from domain.refusals import Refused, unknown
from domain.rules.limits import Publication
from store.database import one_of
from store.knowing.honours import (
    Granted,
    granted,
    granted_by_title,
    last_with_honours,
)
from store.office.posthumous import posthumous
from store.plans import pack_of, titles_of
from store.tables import Campaign, Deadline, Decision, Person, Phase, Posting

router = pages()

_MANY = 200
Further = Annotated[str | None, Query(max_length=500)]


@dataclass(frozen=True)
class Honour:
    """Somebody, or a collective, who was granted something, and by which decision."""

    name: str
    department: str | None
    decision: str


@dataclass(frozen=True)
class HonoursOfTitle:
    """All who are shown of a title; *many* is how many there are."""

    title: str
    many: int
    honours: Sequence[Honour]


@dataclass(frozen=True)
class Hanging:
    """Where results of a decision hang, since when, and until when at least."""

    decision: str
    posting: Posting


@dataclass(frozen=True)
class Commenting:
    """A list that is posted before the council meets, and until when for comments."""

    phase: str
    name: str
    since: datetime | None
    due_at: datetime


@router.get("/bang-vang", dependencies=[reads("results")])
def last(session: Reading, shown: Shown, sau: Further = None) -> Response:
    """Show the results that came last."""
    visitor = _visitor(session, shown)
    found = last_with_honours(session, posted=visitor is None)
    if found is None:
        known = who_asks(session, shown).person
        if (found := current_campaign(session)) is None:
            return no_campaign(known, gettext("Bảng vàng"))
    return _page(session, visitor, found, sau)


@router.get("/bang-vang/{code}", dependencies=[reads("results")])
def one(code: str, session: Reading, shown: Shown, sau: Further = None) -> Response:
    """Show the results of one campaign."""
    visitor = _visitor(session, shown)
    campaign = session.get(Campaign, code)
    if visitor is None and not granted_by_title(session, code, posted=True):
        who_asks(session, shown)  # a stranger does not learn what there is
    if campaign is None:
        raise unknown("campaign", code)
    return _page(session, visitor, campaign, sau)


def _visitor(session: Session, shown: Shown) -> Person | None:
    """Find who looks; None is a stranger, who sees what is posted alone."""
    try:
        return meet(session, shown, who_asks(session, shown).person)
    except Refused:
        return None


def _page(
    session: Session, visitor: Person | None, campaign: Campaign, cursor: str | None
) -> Response:
    posted = visitor is None
    counts = granted_by_title(session, campaign.id, posted=posted)
    after = read_cursor(cursor, str, str, UUID)
    rows = granted(session, campaign.id, after, _MANY + 1, posted=posted)
    numbers = _numbers(session, {row.decision for row in rows})
    late = posthumous(session, [row.line for row in rows])
    shown = page(
        rows,
        _MANY,
        lambda row: [row.line.title, row.name, row.line.id],
        lambda row: (row.line.title, _honour(row, numbers, late)),
    )
    names = {title.code: title.name_vi for title in titles_of(campaign)}
    of_office = visitor and open_to(session, visitor.id, "comments")
    return show(
        session,
        visitor,
        campaign,
        "year/honours.html",
        issuer=campaign.plan["issuer"],
        groups=list(_by_title(shown.items, names, counts)),
        hanging=_hanging(session, numbers),
        commenting=list(_commenting(session, campaign)) if of_office else [],
        law=_law(session, campaign),
        following=shown.next,
    )


def _honour(row: Granted, numbers: dict[str, str], late: frozenset[UUID]) -> Honour:
    if row.person is None:
        return Honour(row.department, None, numbers[row.decision])
    name = as_awarded(row.person, posthumous=row.line.id in late)
    return Honour(name, row.department, numbers[row.decision])


def _by_title(
    found: Iterable[tuple[str, Honour]], names: dict[str, str], counts: dict[str, int]
) -> Iterator[HonoursOfTitle]:
    for title, group in groupby(found, key=lambda each: each[0]):
        honours = [honour for _, honour in group]
        yield HonoursOfTitle(names.get(title, title), counts[title], honours)


def _numbers(session: Session, keys: set[str]) -> dict[str, str]:
    """Call each decision by its number, as papers do."""
    rows = session.exec(select(Decision).where(one_of(col(Decision.id), keys)))
    return {row.id: numbered(row.number, row.series or "") for row in rows}


def _hanging(session: Session, numbers: dict[str, str]) -> list[Hanging]:
    query = select(Posting).where(one_of(col(Posting.decision), numbers))
    rows = session.exec(query.order_by(col(Posting.posted_on), col(Posting.number)))
    return [Hanging(numbers[row.decision], row) for row in rows]


def _commenting(session: Session, campaign: Campaign) -> Iterator[Commenting]:
    """List what is posted for comments now, before a council meets."""
    phases = select(Phase).where(Phase.campaign == campaign.id)
    named = {str(ids.phase(row.id)): row for row in session.exec(phases)}
    rows = session.exec(
        select(Deadline).where(
            one_of(col(Deadline.owner), named),
            Deadline.name == DeadlineKind.PUBLIC_NOTICE,
            col(Deadline.closed_at).is_(None),
        )
    )
    for row in rows:
        phase = named[row.owner]
        yield Commenting(phase.id, phase.name, row.opens_at, row.due_at)


def _law(session: Session, campaign: Campaign) -> Publication | None:
    """Find the rule on posting results, as the campaign's last phase has it."""
    query = select(Phase).where(Phase.campaign == campaign.id)
    phase = session.exec(query.order_by(col(Phase.number).desc()).limit(1)).first()
    return pack_of(session, phase).publication if phase else None
