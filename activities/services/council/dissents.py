"""Dissents: kept by name at a member's own wish, with the count that they belong to."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import delete
from sqlmodel import Session, col

from domain.refusals import refuse
from intake.acts.council import Hands
from store.database import insert_or_update, one_of
from store.tables import Dissent, Nomination, RoundLine, VotingRound


def require_voters(
    voting: VotingRound, row: RoundLine, line: Nomination, hands: Hands
) -> None:
    """Raise Refused unless each dissent is of somebody who voted on the line."""
    for dissent in hands.dissents:
        if dissent.person not in voting.present:
            raise refuse(
                "not_a_member", f"{dissent.person} không có mặt trong phiên họp."
            )
        if dissent.person in row.recused:
            raise refuse(
                "recused",
                f"{dissent.person} không biểu quyết đề nghị {line.subject} - "
                f"{line.title} nên không có ý kiến bảo lưu về đề nghị đó.",
            )


def keep_dissents(session: Session, key: str, said: Sequence[Hands]) -> None:
    """Write down what members of a session wish to be kept."""
    rows = [
        {"session": key, "line": hands.line, **dissent.model_dump()}
        for hands in said
        for dissent in hands.dissents
    ]
    insert_or_update(session, Dissent, rows)


def forget_dissents(session: Session, key: str, lines: Iterable[UUID]) -> None:
    """Let dissents go with a count that does not stand; the record has them."""
    if gone := list(lines):
        theirs = (col(Dissent.session) == key, one_of(col(Dissent.line), gone))
        session.connection().execute(delete(Dissent).where(*theirs))
