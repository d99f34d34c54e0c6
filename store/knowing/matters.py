"""Which matters somebody may read, by the policy table, and what is said of them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import Text as Written
from sqlalchemy import and_, cast, func, not_, or_
from sqlmodel import Session, col, select

from domain import ids
from domain.acts.case import CASE_ACTS
from domain.cases.procedures import CONFIDENTIAL
from domain.ids import Kind
from domain.policy.restricted import KNOWN_TO, Restricted, known_of_matter
from domain.refusals import unknown
from domain.states import CaseKind, CaseState
from store.database import one_of
from store.knowing.decisions import known_decisions
from store.office.standing import Standing, roles_today, standing_of
from store.tables import Case, CaseAuthor, Command, Decision, Notice

_ACTS = frozenset(act.kind for act in CASE_ACTS)
_MATTERS = f"{Kind.CASE}:%"


def visible(session: Session, person: str, filing: Iterable[UUID] = ()) -> Any:
    """Make the condition that a matter is theirs to read.

    It is its recorder's and its authors', and once filed theirs who are named for its
    kind, or may sign for one of them; *filing* are some that count as filed.
    """
    standing = standing_of(session, person)
    filed = or_(col(Case.state) != CaseState.DRAFT, one_of(col(Case.id), filing))
    authored = select(CaseAuthor.case).where(CaseAuthor.person == person)
    of_kinds = (
        and_(_secret(value=each), col(Case.kind).in_(_open(standing, secret=each)))
        for each in (False, True)
    )
    known = or_(*of_kinds, _signed_for(standing))
    return or_(
        col(Case.recorded_by) == person,
        col(Case.id).in_(authored),
        and_(filed, known),
    )


def _open(standing: Standing, *, secret: bool) -> list[CaseKind]:
    roles = standing.roles
    return [kind for kind in CaseKind if roles & known_of_matter(kind, secret=secret)]


def _signed_for(standing: Standing) -> Any:
    """Make the condition that they may sign an act on a matter, for the director."""
    theirs = {campaign for campaign, kind in standing.signs if kind in _ACTS}
    return col(Case.campaign).in_(theirs)


def _secret(*, value: bool) -> Any:
    """Make the condition of resting on a state secret, or not."""
    found = cast(col(Case.basis), Written).like(f'%"{CONFIDENTIAL}"%')
    return found if value else or_(col(Case.basis).is_(None), not_(found))


def matter_for(session: Session, key: UUID, person: str) -> Case:
    """Find a matter that *person* may read. Raises Refused (`unknown_case`)."""
    found = session.exec(
        select(Case).where(Case.id == key, visible(session, person))
    ).first()
    if found is None:
        raise unknown("case", key)
    return found


def about_readable(session: Session, campaign: str, person: str, column: Any) -> Any:
    """Make the condition that a *column* names nothing closed to *person*.

    That is a matter, or a decision.
    """
    kept = select(Decision.id).where(
        Decision.campaign == campaign, not_(known_decisions(session, person))
    )
    decisions = [str(ids.decision(key)) for key in session.exec(kept)]
    open_to = not_(one_of(column, decisions))
    if roles_today(session, person) & KNOWN_TO[Restricted.MATTER]:
        closed = _targets(session, campaign, not_(visible(session, person)))
        return and_(open_to, not_(one_of(column, closed)))
    theirs = _targets(session, campaign, visible(session, person))
    return and_(open_to, or_(column.not_like(_MATTERS), one_of(column, theirs)))


def _targets(session: Session, campaign: str, where: Any) -> list[str]:
    cases = session.exec(select(Case.id).where(Case.campaign == campaign, where))
    return [str(ids.case(case)) for case in cases]


def notices_for(session: Session, campaign: str, person: str) -> Any:
    """Make the condition that a notice is theirs to read: their own, or all but few.

    A task names the matter that it is on.
    """
    own = col(Notice.recipient) == person
    if not roles_today(session, person) & KNOWN_TO[Restricted.NOTICES]:
        return own
    named = _digits(col(Notice.task)).contains(_digits(cast(col(Case.id), Written)))
    hidden = Case.campaign == campaign, not_(visible(session, person))
    return or_(own, not_(select(Case.id).where(*hidden, named).exists()))


def _digits(key: Any) -> Any:
    """Write a key as either database has it: with dashes, or without."""
    return func.replace(key, "-", "")


def closed_among(
    session: Session,
    targets: Iterable[str | None],
    person: str,
    filing: Iterable[str] = (),
) -> frozenset[str]:
    """Find which targets of acts *person* may not know of, or are not there.

    Those are matters, of which some *filing* count as filed, and decisions. Raises
    ValueError for what is no id of ours.
    """
    named = [ids.read(each) for each in set(targets) if each]
    matters = {UUID(each.key): str(each) for each in named if each.kind is Kind.CASE}
    cases = select(Case.id).where(one_of(col(Case.id), matters))
    counting = [UUID(ids.read(each).key) for each in filing]
    theirs = cases.where(visible(session, person, counting))
    seen = {matters[key] for key in session.exec(theirs)}
    decided = {each.key: str(each) for each in named if each.kind is Kind.DECISION}
    decisions = select(Decision.id).where(
        one_of(col(Decision.id), decided), known_decisions(session, person)
    )
    seen |= {decided[key] for key in session.exec(decisions)}
    return frozenset({*matters.values(), *decided.values()} - seen)


def not_yet_counted(session: Session, campaign: str, person: str) -> frozenset[UUID]:
    """Members score an initiative apart from each other, until all is said."""
    open_still = session.exec(
        select(Case.id).where(
            Case.campaign == campaign,
            Case.kind == CaseKind.INITIATIVE,
            Case.state == CaseState.ACCEPTED,
        )
    ).all()
    said = select(Command.id).where(
        one_of(col(Command.target), [str(ids.case(case)) for case in open_still]),
        Command.kind == "assess_case",
        Command.actor != person,
    )
    return frozenset(session.exec(said))
