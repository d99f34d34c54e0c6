"""Which lines were appraised by those who had nominated them."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from domain.calendar import local_day
from domain.council.appraisers import nearness
from domain.rules.service import home
from store.office.posts import posts_of
from store.tables import Act, Nomination, NominationMove, Submission

_APPRAISING = ("appraise", "appraise_lists")


def self_appraised(session: Session, lines: Collection[UUID]) -> dict[UUID, str]:
    """Name who appraised each line and worked in its department, or had sent it."""
    rows = session.execute(
        # Not the act itself: it would come with its whole list for each of its lines.
        select(
            col(NominationMove.line),
            col(Nomination.department),
            col(Submission.submitted_by),
            col(Act.actor),
            col(Act.at),
        )
        .join(Nomination, col(Nomination.id) == col(NominationMove.line))
        .join(Act, col(Act.id) == col(NominationMove.act))
        .join(
            Submission,
            (col(Submission.phase) == col(Nomination.phase))
            & (col(Submission.department) == col(Nomination.department)),
        )
        .where(col(NominationMove.line).in_(lines), col(Act.kind).in_(_APPRAISING))
        .order_by(col(NominationMove.n))
    ).all()
    posts = posts_of(session, {actor for *_, actor, _ in rows})
    found: dict[UUID, str] = {}
    for line, department, sender, actor, at in rows:
        here = home(posts.get(actor, ()), local_day(at))
        found.pop(line, None)  # what counts is the last word on it
        if nearness(actor, here.unit if here else None, department, sender):
            found[line] = actor
    return found
