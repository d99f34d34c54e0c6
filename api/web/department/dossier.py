"""A person's titles over the years, and what is missing for the next."""

from collections.abc import Sequence

from fastapi import Response
from fastapi.responses import RedirectResponse
from sqlmodel import Session, col, select

from api.admission import reads
from api.campaigns.drafts import DraftedLine
from api.deps import Reading, find
from api.identity import Asking
from api.office.directory import OnePerson
from api.paging import Cursor, Order, page
from api.web.naming import in_words
from api.web.rendering import render
from api.web.visiting import pages
from domain.policy.declaring import relations_of
from domain.policy.restricted import KNOWN_TO, Restricted
from domain.roles import DESK
from domain.rules.eligibility import Verdict
from domain.rules.titles import Subject, Title
from domain.states import CampaignState
from papers.terms import CERTAINTIES
from store.findings.drafted import judge_drafted
from store.knowing.lines import as_told, known_among, readable
from store.office.past_awards import granted_before
from store.office.people import home_of
from store.office.standing import roles_today
from store.plans import pack_of, titles_of
from store.tables import Campaign, Nomination, Person, Phase, SubjectKind

router = pages()

_MANY = 50
_LATEST_FIRST = Order(Nomination, ("period", "id"), last_first=True)
# Whoever may hear what stands against a title that nobody has nominated for yet.
_MAY_HEAR = KNOWN_TO[Restricted.PRIVATE] | DESK


@router.get("/ho-so", dependencies=[reads("lines")])
def own(visitor: Asking) -> Response:
    """Lead to one's own titles."""
    return RedirectResponse(f"/ho-so/{visitor.id}", 303)


@router.get("/ho-so/{who}", dependencies=[reads("lines")])
def dossier(
    who: OnePerson,
    session: Reading,
    visitor: Asking,
    sau: Cursor = None,
) -> Response:
    """Show what somebody was nominated for, year by year, and what comes next."""
    found = find(session, Person, "subject", who)
    query = select(Nomination).where(
        Nomination.subject == who,
        Nomination.kind == SubjectKind.INDIVIDUAL,
        readable(session, visitor.id),
    )
    rows = _LATEST_FIRST.rows(session, query, _MANY, sau)
    shown = page(rows, _MANY, _LATEST_FIRST.place, lambda row: row)
    phase = _coming(session)
    return render(
        "department/dossier.html",
        visitor=visitor,
        person=found,
        lines=_told(session, shown.items, visitor.id),
        following=shown.next,
        titles=_titles(session, {row.campaign for row in shown.items}),
        before=granted_before(session, [who]),
        phase=phase,
        coming=_next(session, phase, who, visitor.id) if phase else None,
        certainties=CERTAINTIES,
    )


def _told(
    session: Session, rows: Sequence[Nomination], person: str
) -> list[tuple[Nomination, str]]:
    """Say of each line how it stands, as far as somebody may know."""
    known = known_among(session, [row.id for row in rows], person)
    states = (row.state if row.id in known else as_told(row) for row in rows)
    return [*zip(rows, map(in_words, states), strict=True)]


def _titles(session: Session, campaigns: set[str]) -> dict[str, str]:
    """Name titles as the rules of these campaigns do, which are few."""
    rows = session.exec(select(Campaign).where(col(Campaign.id).in_(campaigns)))
    return {title.code: title.name_vi for row in rows for title in titles_of(row)}


def _coming(session: Session) -> Phase | None:
    """Find the phase that ends the year which is on."""
    return session.exec(
        select(Phase)
        .join(Campaign, col(Campaign.id) == col(Phase.campaign))
        .where(
            Campaign.state == CampaignState.RUNNING,
            Campaign.kind == "regular",
            col(Phase.final),
        )
        .order_by(col(Phase.period_end).desc(), Phase.id)
        .limit(1)
    ).first()


def _next(
    session: Session, phase: Phase, person: str, visitor: str
) -> list[tuple[Title, Verdict]] | None:
    """Judge somebody for each title of the year, for who may hear it; None for others.

    As if those below it were nominated too.
    """
    home = home_of(session, person, phase.period_end)
    roles = roles_today(session, visitor, home)
    if visitor != person and not relations_of(roles) & _MAY_HEAR:
        return None
    pack = pack_of(session, phase)
    titles = [
        each
        for each in pack.titles
        if each.code in phase.titles and each.subject is not Subject.COLLECTIVE
    ]
    lines = [
        DraftedLine(kind="individual", subject=person, title=each.code)
        for each in titles
    ]
    verdicts = judge_drafted(session, phase, home or "", lines)
    return [*zip(titles, verdicts, strict=True)]
