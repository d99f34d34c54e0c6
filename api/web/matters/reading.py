"""The matters that somebody may read, one of them, and the recognised initiatives."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Query, Response
from sqlmodel import Session, col, select

from api.admission import reads
from api.cases.initiatives import initiatives
from api.cases.matters import CaseKey, cases
from api.cases.views import CaseOut, reader_of
from api.deps import Reading, find
from api.files.attachments import files_of_case
from api.identity import Asking
from api.paging import Cursor
from api.web.naming import called, in_words
from api.web.offered import Offer
from api.web.papers import papers_of_matter
from api.web.rendering import render
from api.web.visiting import pages
from domain import ids
from domain.acts import ACTS
from domain.cases.procedures import PROCEDURES, WRITTEN
from domain.states import CampaignState, CaseKind
from store.knowing.matters import matter_for
from store.office.master import today
from store.office.people import department_of
from store.office.standing import roles_today, standing_of
from store.plans import titles_of
from store.tables import Campaign, Case

router = pages()

_MANY = 50
KINDS = {kind.value: PROCEDURES[kind].name_vi for kind in CaseKind}
_LIVE = (CampaignState.RUNNING, CampaignState.SUSPENDED, CampaignState.CLOSED)


def campaigns(session: Session) -> list[Campaign]:
    """List the campaigns in which matters are written down, the newest first."""
    query = select(Campaign).where(col(Campaign.state).in_(_LIVE))
    latest = col(Campaign.launched_at).desc()
    regular = (col(Campaign.kind) == "regular").desc()
    return [*session.exec(query.order_by(regular, latest, Campaign.id).limit(_MANY))]


@router.get("/vu-viec", dependencies=[reads("matters")])
def matters(
    session: Reading,
    visitor: Asking,
    phong_trao: Annotated[str, Query(max_length=64)] = "",
    sau: Cursor = None,
) -> Response:
    """List the matters of a campaign that the visitor may read."""
    known = campaigns(session)
    shown = find(session, Campaign, "campaign", phong_trao) if phong_trao else None
    chosen = shown or (known[0] if known else None)
    found = cases(chosen, session, visitor, _MANY, sau) if chosen else None
    items = found.items if found else []
    return render(
        "matters/list.html",
        visitor=visitor,
        campaigns=known,
        chosen=chosen,
        items=items,
        following=found.next if found else None,
        kinds=KINDS,
        may=_may_begin(session, visitor.id),
        names=called(session, [each.recorded_by for each in items]),
        in_words=in_words,
    )


def _may_begin(session: Session, person: str) -> list[CaseKind]:
    """List the kinds of matters that somebody may file."""
    roles = standing_of(session, person).roles
    filers = {kind: each.steps["file_case"].who for kind, each in PROCEDURES.items()}
    return [kind for kind in CaseKind if roles & filers[kind]]


@router.get("/sang-kien", dependencies=[reads("initiatives")])
def recognised(session: Reading, visitor: Asking, sau: Cursor = None) -> Response:
    """List the recognised initiatives of the office, for everybody to use."""
    found = initiatives(session, _MANY, sau)
    authors = [x.person for each in found.items for x in each.authors]
    return render(
        "matters/initiatives.html",
        visitor=visitor,
        items=found.items,
        following=found.next,
        names=called(session, authors),
    )


@router.get("/vu-viec/{key}", dependencies=[reads("matter")])
def matter(key: CaseKey, session: Reading, visitor: Asking) -> Response:
    """Show one matter, how it stands, and what the visitor may do about it."""
    row = matter_for(session, key, visitor.id)
    shown = reader_of(session, visitor.id, [row]).show(row)
    campaign = session.get_one(Campaign, row.campaign)
    return render(
        "matters/matter.html",
        visitor=visitor,
        matter=shown,
        kind=PROCEDURES[row.kind],
        state=in_words(row.state),
        campaign=campaign,
        titles={each.code: each.name_vi for each in titles_of(campaign)},
        names=called(session, _named(shown)),
        files=_files(session, key, visitor),
        papers=papers_of_matter(session, row),
        offers=[*_offers(session, row, visitor.id)],
        edits=row.state in WRITTEN and row.recorded_by == visitor.id,
    )


def _files(session: Session, key: CaseKey, visitor: Asking) -> list[object]:
    found = files_of_case(key, session, visitor, _MANY, None).items
    return [each for each in found if each.voided_at is None]


def _named(shown: CaseOut) -> Iterator[str | None]:
    yield shown.recorded_by
    yield shown.subject
    yield from (each.person for each in shown.authors)
    yield from (each.person for each in shown.opinions)


def _offers(session: Session, row: Case, person: str) -> Iterator[Offer]:
    """List the acts that somebody may do about a matter as it stands."""
    of = department_of(session, row.subject_kind, row.subject, today(session))
    roles = roles_today(session, person, of)
    own = row.recorded_by == person
    signs = standing_of(session, person).signs
    for kind, step in PROCEDURES[row.kind].steps.items():
        theirs = kind not in ("file_case", "withdraw_case") or own
        may = bool(step.who & roles) or (row.campaign, kind) in signs
        if row.state in step.comes_from and theirs and may:
            back = f"/vu-viec/{row.id}"
            yield Offer(kind, ACTS[kind].summary, ids.case(row.id), back)
