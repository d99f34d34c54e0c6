"""Proposals of the office: whose task each is, who is reminded, and how it lapses."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from domain.calendar import local_day
from domain.ladder import Step
from domain.posts import POSTS, PostCode, confirmers_among
from domain.proposals import LAPSE, answer_by, next_step, steps
from domain.record import PROCESS
from duties.office_deed import OfficeDeed, name_of
from store import record
from store.calendars import office_calendar
from store.clock import now
from store.database import Database
from store.office.holding import holders_of
from store.office.proposals import end, waiting, who_confirms
from store.tables import Proposal, ProposalEnd

_LEADERS = (PostCode.DIRECTOR, PostCode.DEPUTY_DIRECTOR, PostCode.UNION_CHAIR)


def awaiting(session: Session, person: str) -> list[Proposal]:
    """List the proposals that somebody may confirm now, in so many statements."""
    rows = waiting(session)
    posts = {PostCode(post) for row in rows for post in row.posts}
    above = {e for post in posts for group in POSTS[post].confirmed_by for e in group}
    day = local_day(now(session))
    held = {post: holders_of(session, post, day) for post in sorted(above)}
    return [row for row in rows if person in _asked(row, held)]


def _asked(row: Proposal, held: Mapping[PostCode, frozenset[str]]) -> frozenset[str]:
    posts = [PostCode(post) for post in row.posts]
    return confirmers_among(posts, held, (row.proposed_by, row.person))


def remind_of_proposals(database: Database) -> None:
    """Remind of every proposal whose next step is due, and let lapse what has none.

    Each is a transaction of its own, and looked at once more inside it.
    """
    with database.read() as session:
        due = select(Proposal.id).where(_is_due(now(session)))
        keys = session.exec(due.order_by(col(Proposal.next_at))).all()
    for key in keys:
        with database.write() as session:
            record.hold_office(session)
            deed = OfficeDeed.begin(session, PROCESS)
            which = (Proposal.id == key, _is_due(deed.at))
            if row := session.exec(select(Proposal).where(*which)).first():
                _go_on(deed, row)


def _is_due(at: datetime) -> Any:
    return col(Proposal.outcome).is_(None) & (col(Proposal.next_at) <= at)


def _go_on(deed: OfficeDeed, row: Proposal) -> None:
    """Take the latest step that is due: the older ones say nothing that it does not."""
    calendar = office_calendar(deed.session)
    if row.due_at is None:  # from before proposals had a day
        row.due_at = answer_by(deed.at, calendar)
    passed = [step for step in steps(row.due_at, calendar) if step.at <= deed.at]
    following = next_step(row.due_at, deed.at, calendar)
    row.next_at = following.at if following else None
    deed.session.add(row)
    if passed and passed[-1].code == LAPSE:
        _lapse(deed, row)
    elif passed:
        _remind(deed, row, passed[-1])


def _remind(deed: OfficeDeed, row: Proposal, step: Step) -> None:
    day = local_day(deed.at)
    asked = who_confirms(deed.session, row, day)
    deed.tell("proposal_due", asked, **_said(deed, row))
    if step.to or not asked:
        above = {
            who for post in _LEADERS for who in holders_of(deed.session, post, day)
        }
        told = {*above, row.proposed_by} - {*asked, row.person}
        deed.tell("proposal_late", told, **_said(deed, row))
    deed.remind()


def _lapse(deed: OfficeDeed, row: Proposal) -> None:
    told = {row.proposed_by, row.person}
    told |= who_confirms(deed.session, row, local_day(deed.at))
    end(deed.session, row, None, deed.at, ProposalEnd.LAPSED)
    deed.tell("proposal_lapsed", told, **_said(deed, row))
    deed.close("lapse", {"proposal": row.id, "posts": row.posts})


def _said(deed: OfficeDeed, row: Proposal) -> dict[str, Any]:
    return {
        "task": f"proposal/{row.id}/{deed.id}",
        "what": name_of(row.about),
        "person": deed.name_of(row.person),
        "proposal": row.id,
        "by": deed.name_of(row.proposed_by),
        "until": row.due_at,
    }
