"""What a notice reads like in a letter, with what stands beside it and its date."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from domain import ids
from domain.acts import rule_of
from domain.deadlines import plain
from duties.outgoing.applying import deadlines_of
from duties.outgoing.contexts import beside
from duties.subjects import subjects
from papers import calendar as words
from papers.ics import Entered, calendar_file, uid_of
from papers.mail.letters import Attached, LetterPart
from store.tables import Deadline, Notice

_FILE = "han.ics"


@dataclass(frozen=True)
class Written:
    """A notice as it stands in a letter; *entered* is its day in a calendar."""

    part: LetterPart
    entered: Entered | None = None


def write(
    session: Session, notices: Sequence[Notice], now: datetime
) -> Mapping[int, Written]:
    """Write notices as they stand in letters, by their ids, in so many statements."""
    stands = beside(session, notices, now)
    about = deadlines_of(session, notices)
    running = {
        key: row
        for key, (_, row) in about.items()
        if row is not None and row.closed_at is None
    }
    named = subjects(session, [ids.read(row.owner) for row in running.values()])
    return {
        key: Written(
            LetterPart(row.subject, row.body, stands[key].facts()),
            entry_of(running[key], named) if key in running else None,
        )
        for row in notices
        if (key := row.id or 0)
    }


def entry_of(row: Deadline, named: Mapping[str, str]) -> Entered:
    """Write a deadline as it stands in a calendar; *named* is what owners are about."""
    return entered(
        row.owner, row.name, row.version, row.due_at, named.get(row.owner, "")
    )


def entered(
    owner: str, name: str, version: int, due_at: datetime, about: str
) -> Entered:
    """Write a deadline as it stands in a calendar."""
    called = rule_of(plain(name)).name_vi
    title = f"{called[0].upper()}{called[1:]}"
    return Entered(
        key=uid_of(owner, name),
        version=version,
        due_at=due_at,
        title=f"{title}: {about}" if about else title,
        text=words.ending(name),
    )


def dates_of(written: Sequence[Written], at: datetime, link: str) -> list[Attached]:
    """Make the calendar file of what is due, where anything is; each once."""
    entries = {x.entered.key: x.entered for x in written if x.entered is not None}
    if not entries:
        return []
    return [Attached(_FILE, calendar_file(entries.values(), at, link=link))]
