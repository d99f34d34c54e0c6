"""What of the process an act may name: departments, titles, deadlines, acts."""

from collections.abc import Iterator

from sqlmodel import col, select

from api.web.choosing.asked import Asked, Option, finds
from api.web.words import gettext
from domain.acts import ACTS, rule_of
from domain.calendar import day_vi
from domain.deadlines import number_of, plain
from domain.delegation import CAPACITIES, DELEGABLE
from domain.ids import Kind
from domain.names import text_key
from domain.rules.rulepack import RulePack
from domain.rules.titles import Subject
from domain.states import SET_ASIDE
from duties.subjects import subjects_in
from intake.acts.naming import Named
from papers.wording import moment
from store import delegations
from store.files.attachments import Holder, standing
from store.knowing.acts import closed_to
from store.knowing.matters import about_readable
from store.office.people import names_of
from store.plans import pack_of, plan_of, titles_of
from store.tables import (
    Command,
    Deadline,
    Department,
    HolderKind,
    Person,
    Phase,
    Submission,
)

_FOR = {
    Subject.INDIVIDUAL: gettext("Cá nhân"),
    Subject.COLLECTIVE: gettext("Tập thể"),
    Subject.BOTH: gettext("Cá nhân, tập thể"),
}
# More than anybody looks through.
_MOST = 200


@finds(Named.DEPARTMENT, "departments_in_phase")
def departments(asked: Asked) -> list[Option]:
    """Offer the departments that take part in the phase."""
    theirs = col(Submission.department) == col(Department.code)
    query = select(Department).join(Submission, theirs)
    found = asked.session.exec(query.where(Submission.phase == asked.target.key))
    ordered = sorted(found, key=lambda each: text_key(each.name))
    return [Option(each.code, each.name) for each in ordered]


@finds(Named.TITLE, "plan")
def titles(asked: Asked) -> Iterator[Option]:
    """Offer the titles of the plan, or those that the phase grants, by whom for."""
    session, phase = asked.session, asked.phase
    if ACTS[asked.kind].window == "registration" or phase is None:
        offered = [*plan_of(session, asked.campaign.id).titles]
        known = titles_of(asked.campaign)
    else:
        offered, known = phase.titles, [*pack_of(session, phase).titles]
    named = {each.code: each for each in known}
    for subject, group in _FOR.items():
        for code in offered:
            if named[code].subject is subject:
                yield Option(code, named[code].name_vi, group)


@finds(Named.DOCUMENT, "plan")
def documents(asked: Asked) -> Iterator[Option]:
    """Offer the kinds of paper that the rules know."""
    if (pack := _rules(asked)) is not None:
        yield from (Option(each.code, each.name_vi) for each in pack.document_kinds)


def _rules(asked: Asked) -> RulePack | None:
    """Find the rules of the phase, or those by which the campaign ends."""
    if asked.phase is not None:
        return pack_of(asked.session, asked.phase)
    phases = _phases(asked)
    return pack_of(asked.session, phases[-1]) if phases else None


@finds(Named.PHASE, "campaigns")
def phases(asked: Asked) -> list[Option]:
    """Offer the phases of the campaign."""
    return [Option(each.id, each.name) for each in _phases(asked)]


def _phases(asked: Asked) -> list[Phase]:
    query = select(Phase).where(Phase.campaign == asked.campaign.id)
    return list(asked.session.exec(query.order_by(col(Phase.number))))


@finds(Named.RULE_PACK, "plan")
def rule_packs(asked: Asked) -> list[Option]:
    """Offer the rule packs that the office has."""
    return [Option(each.code, each.name_vi) for each in asked.packs]


@finds(Named.DEADLINE, "calendar")
def deadlines(asked: Asked) -> list[Option]:
    """Offer the deadlines that run, by their names."""
    names = dict.fromkeys(each.name for each in _running(asked))
    return [Option(name, _deadline(name)) for name in names]


def _deadline(name: str) -> str:
    said = rule_of(name).name_vi
    if name == plain(name):
        return said
    return gettext("%(name)s (số %(n)s)", name=said, n=number_of(name))


@finds(Named.DEADLINE_OWNER, "calendar")
def deadline_owners(asked: Asked) -> list[Option]:
    """Offer what keeps a deadline that runs."""
    owners = dict.fromkeys(each.owner for each in _running(asked))
    named = subjects_in(asked.session, asked.campaign, owners)
    return [Option(owner, named[owner]) for owner in owners]


def _running(asked: Asked) -> list[Deadline]:
    code, person = asked.campaign.id, asked.person
    query = select(Deadline).where(
        Deadline.campaign == code,
        col(Deadline.closed_at).is_(None),
        about_readable(asked.session, code, person, Deadline.owner),
    )
    ordered = query.order_by(col(Deadline.due_at), col(Deadline.owner), Deadline.name)
    return list(asked.session.exec(ordered.limit(_MOST)))


@finds(Named.DELEGATION, "delegations")
def given(asked: Asked) -> list[Option]:
    """Offer the delegations of the campaign that nobody has revoked."""
    rows = delegations.of_campaign(asked.session, asked.campaign.id)
    standing = [row for row in rows if row.revoked_at is None]
    names = names_of(asked.session, [row.delegate for row in standing])
    return [
        Option(
            row.id,
            gettext(
                "%(who)s, %(as_what)s, từ %(day)s",
                who=names[row.delegate],
                as_what=CAPACITIES[row.capacity].name,
                day=day_vi(row.starts),
            ),
        )
        for row in standing
    ]


@finds(Named.DELEGABLE_ACT, "delegations")
def delegable(asked: Asked) -> list[Option]:
    """Offer the acts that the director may let somebody else sign."""
    return [Option(kind, ACTS[kind].summary) for kind in ACTS if kind in DELEGABLE]


@finds(Named.SET_ASIDE, "act")
def set_aside(asked: Asked) -> list[Option]:
    """Offer the acts of the campaign that a fault has set aside."""
    query = (
        select(Command, Person.name)
        .join(Person, col(Person.id) == col(Command.actor))
        .where(Command.campaign == asked.campaign.id, col(Command.state).in_(SET_ASIDE))
        .order_by(col(Command.seq))
        .limit(_MOST)
    )
    rows = asked.session.exec(query).all()
    closed = closed_to(asked.session, (row for row, _ in rows), asked.person)
    return [
        Option(
            str(row.id),
            f"{ACTS[row.kind].summary}, {name}, {moment(row.received_at)}",
        )
        for row, name in rows
        if row.target not in closed
    ]


@finds(Named.SIGNED_SCAN, "decisions")
def signed_scans(asked: Asked) -> list[Option]:
    """Offer the files that stand with the decision, or with the meeting."""
    if asked.target.kind is Kind.COUNCIL:
        if not asked.may("session_files"):
            return []
        holder = Holder(HolderKind.SESSION, asked.target.key)
    else:
        holder = Holder(HolderKind.DECISION, asked.target.key)
    files = standing(asked.session, holder)
    return [Option(str(row.id), f"{row.name}, {moment(row.added_at)}") for row in files]
