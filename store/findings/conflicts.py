"""How the members of a session stand to its lines: near to one, or in the chair."""

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, select

from domain.council.conflicts import Conflict, conflict
from domain.council.presiding import who_presides
from domain.grouping import grouped
from domain.rules.rulepack import RulePack
from store.database import one_of, only_read
from store.office.holding import at_desks
from store.tables import (
    CouncilSeat,
    Nomination,
    Office,
    Recusal,
    Seat,
    SessionLine,
    SessionMember,
    SubjectKind,
)
from store.voting import StandingRows

_PRESIDING = (Seat.CHAIR, Seat.VICE_CHAIR)


def conflicts(
    session: Session,
    key: str,
    pack: RulePack,
    lines: Collection[Nomination],
    day: date,
) -> dict[UUID, Conflict]:
    """Find, for each line of a session, who steps out and who is flagged on *day*."""
    theirs = {line.department for line in lines}
    heads = at_desks(session, theirs, day, [Office.DEPARTMENT_HEAD])
    stepped_out = session.exec(select(Recusal).where(Recusal.session == key))
    recused = grouped((row.line, row.person) for row in stepped_out)
    return {
        line.id: conflict(
            pack, line.title, nominee(line), heads[line.department], recused[line.id]
        )
        for line in lines
    }


def nominee(line: Nomination) -> list[str]:
    """Name the person whom a line is on, if it is on one."""
    return [line.subject] if line.kind is SubjectKind.INDIVIDUAL else []


def in_the_chair(seats: Iterable[CouncilSeat | SessionMember]) -> list[str]:
    """List the chair and the vice-chairs among some members, in that order."""
    leading = [seat for seat in seats if seat.seat in _PRESIDING]
    leading.sort(key=lambda seat: (_PRESIDING.index(seat.seat), seat.person))
    return [seat.person for seat in leading]


def presiders_of(
    session: Session, rows: Collection[SessionLine], standing: StandingRows
) -> dict[tuple[str, UUID], str | None]:
    """Name who presides over some lines of sessions, of those who are there."""
    there = select(SessionMember).where(
        col(SessionMember.session).in_(standing), col(SessionMember.present).is_(True)
    )
    members = grouped((member.session, member) for member in session.exec(there))
    chairs = {key: in_the_chair(members[key]) for key in standing}
    asked = one_of(col(Nomination.id), [row.line for row in rows])
    lines = {x.id: x for x in only_read(session, select(Nomination).where(asked))}
    found: dict[tuple[str, UUID], str | None] = {}
    for row in rows:
        counted = standing[row.session].get(row.line)
        aside = {*(counted.recused if counted else ()), *nominee(lines[row.line])}
        found[row.session, row.line] = who_presides(chairs[row.session], aside)
    return found
