"""Which lines were appraised by those who had nominated them."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlmodel import Session, col, select

from domain.calendar import local_day
from domain.council.appraisers import nearness
from domain.rules.service import home
from store.database import one_of
from store.office.posts import posts_of
from store.tables import Act, Nomination, NominationMove, Submission

_APPRAISING = ("appraise", "appraise_lists")
# Not the whole act, which names all the lines that it was about.
_APPRAISED: Any = (
    NominationMove.line,
    Nomination.department,
    Submission.submitted_by,
    Act.actor,
    Act.at,
)


def self_appraised(session: Session, lines: Collection[UUID]) -> dict[UUID, str]:
    """Name who appraised each line and worked in its department, or had sent it."""
    rows = session.exec(
        select(*_APPRAISED)
        .join(Nomination, col(Nomination.id) == col(NominationMove.line))
        .join(Act, col(Act.id) == col(NominationMove.act))
        .join(
            Submission,
            (col(Submission.phase) == col(Nomination.phase))
            & (col(Submission.department) == col(Nomination.department)),
        )
        .where(one_of(col(NominationMove.line), lines), col(Act.kind).in_(_APPRAISING))
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
