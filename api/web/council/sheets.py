"""The ballot sheet: filled in, sent, and received; what it says is told to nobody.

The member's browser makes a code for each line. Where it runs no scripts the page
brings codes that the server has made, which the receipt shows, and no row keeps.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from random import SystemRandom
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response
from pydantic import ValidationError
from sqlmodel import Session, col, select
from starlette.concurrency import run_in_threadpool

from api.accounts.front import FrontDep
from api.admission import does, reads, require_open_to
from api.campaigns.ballots import (
    SessionKey,
    SheetIn,
    SheetLineOut,
    SheetOut,
    cast_ballot,
    on_sheet,
)
from api.deps import DatabaseDep, find
from api.identity import Credentials, Shown, who_asks
from api.statuses import status_of
from api.web.confirming import UNCONFIRMED, confirm
from api.web.council.agenda import TitleGroup, grouped_by_title
from api.web.naming import Called, called
from api.web.posted import Posted
from api.web.rendering import render
from api.web.visiting import pages
from api.web.words import gettext
from domain.council.ballots import new_code
from domain.refusals import Refusal, Refused
from duties.ballots import sheets_of
from store.database import Database, one_of
from store.knowing.lines import closed_lines
from store.plans import pack_of
from store.tables import CouncilSession, Nomination, Person, Phase, VotingRound
from store.voting import own_casts, sheet_lines

router = pages()

PATH = "/hoi-dong/{key}/phieu"
_ROUND, _CHOICE, _CODE, _MAKER = "vong", "chon.", "ma.", "_ma"
_BY_SERVER = "may-chu"
_CHANCE = SystemRandom()
Typed = Mapping[str, str]
Number = Annotated[int | None, Query(ge=1, le=1000)]


@dataclass(frozen=True)
class SheetEntry:
    """A line on the sheet: whose, what was marked, and the code that goes with it."""

    line: UUID
    name: str
    department: str
    choice: str
    code: str
    missing: bool


@dataclass(frozen=True)
class _Sent:
    """A sheet that came, and what became of it: taken at a moment, or not."""

    typed: Typed
    refusals: tuple[Refusal, ...] = ()
    taken_at: datetime | None = None

    @property
    def arrived(self) -> bool:
        """Say whether it is in the box, by now or by an earlier try."""
        again = any(each.code == "already_cast" for each in self.refusals)
        return again or self.taken_at is not None

    @property
    def missing(self) -> frozenset[str]:
        """Name the lines of which nothing was marked."""
        lines = {each[len(_CODE) :] for each in self.typed if each.startswith(_CODE)}
        return frozenset(x for x in lines if not self.typed.get(_CHOICE + x))

    def as_said(self) -> dict[str, object]:
        """Put together what the sheet says."""
        marks = [
            {"line": each[len(_CODE) :], "choice": choice, "code": code}
            for each, code in self.typed.items()
            if each.startswith(_CODE)
            and (choice := self.typed.get(_CHOICE + each[len(_CODE) :]))
        ]
        return {"round": self.typed.get(_ROUND), "marks": marks}


_NEW = _Sent({})


@router.get(PATH, dependencies=[reads("my_sheets")])
def ask(
    key: SessionKey, database: DatabaseDep, shown: Shown, vong: Number = None
) -> Response:
    """Show the sheet that waits, or say that none does."""
    return _answer(database, shown, key, _NEW, vong)


@router.post(PATH, dependencies=[does("cast")])
async def send(
    key: SessionKey,
    typed: Posted,
    database: DatabaseDep,
    shown: Shown,
    front: FrontDep,
) -> Response:
    """Take a sheet, once; whatever goes wrong, what was marked stays."""
    sent = _Sent(typed)
    try:
        sheet = None if sent.missing else SheetIn.model_validate(sent.as_said())
        if sheet:
            await confirm(front, typed)
            told = await cast_ballot(key, sheet, database, shown)
            sent = _Sent(typed, taken_at=told.cast_at)
    except ValidationError:
        sent = _Sent(typed, (_UNREADABLE,))
    except Refused as refused:
        sent = _Sent(typed, refused.refusals)
    number = _number(typed)
    return await run_in_threadpool(_answer, database, shown, key, sent, number)


_UNREADABLE = Refusal(
    "not_a_sheet",
    gettext("Không đọc được phiếu: hãy tải lại trang rồi chọn và gửi lại."),
)


def _number(typed: Typed) -> int | None:
    said = typed.get(_ROUND, "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 5 else None


def _answer(
    database: Database, shown: Credentials, key: str, sent: _Sent, number: int | None
) -> Response:
    with database.read() as session:
        asker = who_asks(session, shown)
        require_open_to(session, asker.person.id, "my_sheets")
        council = find(session, CouncilSession, "session", key)
        closed = closed_lines(session, council.campaign, asker.person.id)
        numbers = sheets_of(session, key, asker.person.id, closed)
        asked_for = {*numbers, *([number] if number else [])}
        cast_at = own_casts(session, key, asked_for, asker.person.id)
        sheets = {each: cast_at.get(each) for each in numbers}
        waiting = [each for each, at in sheets.items() if at is None]
        facts = {
            "visitor": asker.person,
            "council": council,
            "phase": session.get_one(Phase, council.phase),
            "sheets": sheets,
            "waiting": waiting,
        }
        if number and sent.arrived:
            first = cast_at.get(number)
            return _received(session, council, first, number, sent, facts)
        asked = number if number in waiting else next(iter(waiting), None)
        sheet = _sheet(session, key, asked, asker.person) if asked else None
        return _asked(session, council, sheet, sent, fresh=asker.fresh, facts=facts)


def _sheet(session: Session, key: str, number: int, person: Person) -> SheetOut:
    voting = session.get_one(VotingRound, (key, number))
    lines = sheet_lines(session, key, [number])[number]
    asked = on_sheet(voting, lines, person.id)
    return SheetOut(round=number, cast_at=None, lines=asked)


def _asked(
    session: Session,
    council: CouncilSession,
    sheet: SheetOut | None,
    sent: _Sent,
    *,
    fresh: bool,
    facts: Mapping[str, object],
) -> Response:
    """Show a sheet as it was marked; the password where none was given just now."""
    wrong = any(each.code in UNCONFIRMED for each in sent.refusals)
    return render(
        "council/sheet.html",
        _status(sent),
        **facts,
        sheet=sheet,
        titles=_titles(session, council, sheet, sent) if sheet else [],
        missing=len(sent.missing),
        refusals=sent.refusals,
        unconfirmed=wrong or not fresh,
    )


def _status(sent: _Sent) -> HTTPStatus:
    if sent.missing:
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return status_of(sent.refusals) if sent.refusals else HTTPStatus.OK


def _received(
    session: Session,
    council: CouncilSession,
    first: datetime | None,
    number: int,
    sent: _Sent,
    facts: Mapping[str, object],
) -> Response:
    """Say that a sheet was taken, and when; codes of ours are shown, this once."""
    return render(
        "council/cast.html",
        **facts,
        round=number,
        at=sent.taken_at or first,
        again=sent.taken_at is None,
        codes=_codes(session, council, number, sent),
    )


def _codes(
    session: Session, council: CouncilSession, number: int, sent: _Sent
) -> list[tuple[str, str]]:
    """List the codes that a sheet came with, if they were ours, by what they are of."""
    if sent.typed.get(_MAKER) != _BY_SERVER:
        return []
    lines = sheet_lines(session, council.id, [number])[number]
    names = called(session, (each.subject for each in lines))
    pack = pack_of(session, session.get_one(Phase, council.phase))
    return [
        (f"{names[each.subject]}: {pack.title(each.title).name_vi}", code)
        for each in lines
        if (code := sent.typed.get(f"{_CODE}{each.line}"))
    ]


def _titles(
    session: Session, council: CouncilSession, sheet: SheetOut, sent: _Sent
) -> list[TitleGroup[SheetEntry]]:
    pack = pack_of(session, session.get_one(Phase, council.phase))
    homes = _homes(session, [each.line for each in sheet.lines])
    names = called(session, [*homes.values(), *(x.subject for x in sheet.lines)])
    entries = [(each.title, _entry(each, homes, names, sent)) for each in sheet.lines]
    return grouped_by_title(pack, entries)


def _entry(
    one: SheetLineOut, homes: Mapping[UUID, str], names: Called, sent: _Sent
) -> SheetEntry:
    line = str(one.line)
    return SheetEntry(
        line=one.line,
        name=names[one.subject],
        department=names[homes[one.line]],
        choice=sent.typed.get(_CHOICE + line, ""),
        code=sent.typed.get(_CODE + line) or new_code(_CHANCE),
        missing=line in sent.missing,
    )


def _homes(session: Session, lines: Sequence[UUID]) -> dict[UUID, str]:
    """Find which department has nominated each line."""
    rows = session.exec(
        select(Nomination.id, Nomination.department).where(
            one_of(col(Nomination.id), lines)
        )
    )
    return dict(rows.all())
