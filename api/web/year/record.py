"""*Nhật ký*: who did what, when, and what it brought from which state to which."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Query, Response
from sqlmodel import Session

from api.admission import open_to, reads
from api.campaigns.record import said_long
from api.deps import Reading, TheCampaign
from api.identity import Asking
from api.paging import page, read_cursor, within
from api.web.naming import Called, called, in_words
from api.web.visiting import pages
from api.web.words import gettext
from api.web.year.showing import show
from domain import ids
from domain.acts import RULES
from domain.calendar import end_of, start_of
from domain.record import PROCESS
from domain.record.traces import ANY, KINDS
from duties.subjects import subjects
from intake.fields import Words
from papers.fields import CHOICES, LABELS
from papers.record import KIND_NAMES, act_name
from store.knowing.acts import View, view_of
from store.knowing.chronicle import Chronicled, Move, Wanted, chronicle
from store.office.master import find_people
from store.tables import Campaign, Person

router = pages()

_MANY, _LONGEST = 50, 300
_KEY = 40  # bytes that one of many keys takes
# So many are named who are called as somebody typed.
_NAMED = 12
# What is known of a line is known by line; a page tells of lines to who judges all.
_OF_LINES = ("line", "registration")
Typed = Annotated[str, Query(max_length=64)]


@dataclass(frozen=True)
class RecordFilter:
    """What is looked for, as it was typed: by whom, what, from and to which day."""

    ai: Words = ""
    viec: Typed = ""
    tu: Typed = ""
    den: Typed = ""

    @property
    def wanted(self) -> Wanted:
        """Read it; a day that is none asks for nothing."""
        first, last = _day(self.tu), _day(self.den)
        return Wanted(
            self.ai or None,
            self.viec or None,
            start_of(first) if first else None,
            end_of(last) if last else None,
        )

    @property
    def query(self) -> str:
        """Write it into an address."""
        return self.by(self.ai)

    def by(self, who: str) -> str:
        """Write it into an address, for the acts of somebody."""
        said = {"ai": who, "viec": self.viec, "tu": self.tu, "den": self.den}
        return urlencode({name: typed for name, typed in said.items() if typed})


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


@dataclass(frozen=True)
class ActShown:
    """An act in words; of one that is closed to the reader its place and time alone."""

    seq: int
    at: datetime
    name: str | None
    who: str | None
    code: str
    behalf: str | None
    about: str | None
    moves: list[str]
    said: list[tuple[str, str]]
    lines: int


@router.get("/nhat-ky/{code}", dependencies=[reads("record")])
def record(
    campaign: TheCampaign,
    session: Reading,
    visitor: Asking,
    sought: Annotated[RecordFilter, Depends()],
    sau: Annotated[str | None, Query(max_length=500)] = None,
) -> Response:
    """Show the record of a campaign, the newest act first.

    A page ends early where much was said.
    """
    (before,) = read_cursor(sau, int) or (None,)
    asked = session, campaign.id, visitor.id, sought.wanted, before, _MANY + 1
    rows, most = within(chronicle(*asked), _MANY, _long)
    shown = page(rows, most, lambda row: [row.linked[0].seq], lambda row: row)
    named = find_people(session, sought.ai, None, None, _NAMED + 1) if sought.ai else []
    return show(
        session,
        visitor,
        campaign,
        "year/record.html",
        sought=sought,
        named=named[:_NAMED],
        more=len(named) > _NAMED,
        kinds=sorted((rule.summary, kind) for kind, rule in RULES.items()),
        acts=list(_shown(session, visitor, campaign, shown.items)),
        following=shown.next,
        may_export=open_to(session, visitor.id, "record_export"),
        may_archive=open_to(session, visitor.id, "campaign_archive"),
    )


def _long(row: Chronicled) -> int:
    return said_long(row.linked) + sum(_KEY * len(keys) for *_, keys in row.moves)


def _shown(
    session: Session, visitor: Person, campaign: Campaign, rows: list[Chronicled]
) -> Iterator[ActShown]:
    view = view_of(session, campaign.id, visitor.id, [row.linked for row in rows])
    seen = [row for row in rows if not view.hides(row.linked)]
    targets = {ids.read(row.linked[2]) for row in seen if row.linked[2]}
    about = subjects(session, targets)
    acts = [row.linked[0] for row in seen]
    names = called(session, {who for act in acts for who in (act.actor, act.behalf)})
    for row in rows:
        act = row.linked[0]
        if view.hides(row.linked):
            yield ActShown(act.seq, act.at, None, None, "", None, None, [], [], 0)
        else:
            yield _act(row, view, names, about)


def _act(
    row: Chronicled, view: View, names: Called, about: Mapping[str, str]
) -> ActShown:
    act, said, target = row.linked
    knows = view.knows(row.linked)
    moves = (move for move in row.moves if view.judges or move[0] not in _OF_LINES)
    return ActShown(
        act.seq,
        act.at,
        act_name(act.kind),
        None if act.actor == PROCESS else names[act.actor],
        act.actor,
        names[act.behalf] if act.behalf else None,
        about.get(target) if target else None,
        [_move(move) for move in moves] if knows else [],
        list(_said(said.payload)) if knows and said else [],
        act.many if knows else 0,
    )


def _move(move: Move) -> str:
    """Say how many of what came from which state to which."""
    kind, before, after, keys = move
    what = KIND_NAMES[kind]
    many = f"{len(keys)} {what}" if len(keys) > 1 else what[0].upper() + what[1:]
    to = in_words(KINDS[kind](after))
    if before is None or before == ANY:
        return f"{many} → {to}"
    return f"{many}: {in_words(KINDS[kind](before))} → {to}"


def _said(payload: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """List what an act said in single words and sentences; lists are long."""
    for name, value in payload.items():
        if name in LABELS and isinstance(value, str | int) and value != "":
            text = CHOICES.get(str(value), str(value))
            if isinstance(value, bool):
                text = gettext("có") if value else gettext("không")
            yield LABELS[name], text[:_LONGEST]
