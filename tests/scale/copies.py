"""An office in which there is so much of everything: what is there once is copied."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import inspect, true
from sqlmodel import Session, SQLModel, col, select

from domain.outgoing.deliveries import Channel
from domain.record import OFFICE
from domain.states import CampaignState, CaseKind, CommandState
from store.database import insert_all
from store.tables import (
    Act,
    Appointment,
    Attachment,
    CalendarOverride,
    Campaign,
    Case,
    Command,
    Comment,
    CouncilSession,
    Decision,
    Delegation,
    Delivery,
    Department,
    HolderKind,
    Leave,
    Nomination,
    Notice,
    Office,
    Opinion,
    PastAward,
    Proposal,
    Recognition,
    Report,
    Submission,
)
from tests.office import SECRETARIAT
from tests.scale.crowd import Multiplied, Row

Fresh = Callable[[int], Any]
_ANY = true()
_FIRST = date(2010, 1, 1)
_NOBODYS, _CODE = "x{:03}".format, "X{:03}".format
# Whose leave and recognitions there are many of.
WHO = "ctqh-05"


def _key(_n: int) -> UUID:
    return uuid4()


def _digest(_n: int) -> str:
    return uuid4().hex


def _number(n: int) -> int:
    return 1_000 + n


def _day(n: int) -> date:
    return _FIRST + timedelta(n)


def _none(_n: int) -> None:
    return None


_ENDED = dict.fromkeys(("ended_at", "refusals"), _none)
# What no two rows share, by table, and which of its rows is copied; a number that the
# database gives is left to it.
FRESH: tuple[tuple[type[SQLModel], dict[str, Fresh], Any], ...] = (
    (Department, {"code": _CODE, "secretariat": lambda _: False}, _ANY),
    (Submission, {"department": _CODE}, _ANY),
    (Comment, {"id": _key}, _ANY),
    (Opinion, {"id": _key}, _ANY),
    (Proposal, {}, _ANY),
    (Report, {"id": _key, "version": _number}, _ANY),
    (Delegation, {"id": _NOBODYS, "number": _number}, _ANY),
    (CalendarOverride, {"day": _day}, _ANY),
    (Leave, {"starts": _day, "ends": lambda n: _day(n + 1)}, Leave.person == WHO),
    (Recognition, {"year": lambda n: 1700 + n}, Recognition.person == WHO),
    (PastAward, {"year": lambda n: 1700 + n}, PastAward.person == WHO),
    (
        Attachment,
        {"id": _key, "sha256": "1{:063}".format},
        Attachment.holder == HolderKind.LINE,
    ),
    (CouncilSession, {"id": _NOBODYS, "number": _number}, _ANY),
    (Decision, {"id": _NOBODYS, "ordinal": _number, "number": _number}, _ANY),
    # Of those that run there are a few, and each is asked what a day would move.
    (
        Campaign,
        {"id": _NOBODYS, "draft_key": _none, "state": lambda _: CampaignState.CLOSED},
        _ANY,
    ),
    (Case, {"id": _key}, Case.kind == CaseKind.COMPLAINT),
    (Case, {"id": _key, "certificate": _number}, Case.kind == CaseKind.INITIATIVE),
    (Notice, {"task": "x/{}".format, "recipient": lambda _: SECRETARIAT}, _ANY),
    (
        Command,
        {"id": _key, "idempotency_key": _digest, "state": lambda _: CommandState.STUCK}
        | _ENDED,
        _ANY,
    ),
    (
        Act,
        {"id": _key, "seq": _number, "previous": _digest, "command": _none},
        Act.campaign != OFFICE,
    ),
)


@dataclass(frozen=True)
class Copied(Multiplied):
    """Copies lines into the rounds in which the old ones are, at places behind."""

    places: Iterator[int] = field(default_factory=lambda: count(1_000))

    def of(self, line: UUID, many: int) -> None:
        """Let there be so many lines like one, each for somebody of its own."""
        [old] = self._rows(Nomination, col(Nomination.id) == line)
        new = [
            (old, {**old, "id": uuid4(), "subject": _NOBODYS(n)}) for n in range(many)
        ]
        self._hire(new)
        self._register(new)
        self._write(1, new)
        self._go_their_way()

    def _placed(self, row: Row, n: int) -> Row:
        return {**row, "position": next(self.places)} if "position" in row else row


def copied(session: Session, line: UUID, many: int) -> None:
    """Copy one row of each kind so often, and a line with all that there is of it."""
    like = session.get_one(Nomination, line)
    Copied(session, like.campaign, like.phase).of(line, many)
    for table, fresh, which in FRESH:
        insert_all(session, table, _copies(session, table, fresh, which, many))
    heads = [
        {"person": _NOBODYS(n), "department": _CODE(n), "starts": _FIRST}
        for n in range(many)
    ]
    head = {"office": Office.DEPARTMENT_HEAD, "ends": None, "version": 1}
    insert_all(session, Appointment, [each | head for each in heads])
    send(session)


def send(session: Session) -> None:
    """Let there be a letter for each notice of the secretariat's that has none."""
    has = select(Delivery.notice)
    mine = select(Notice).where(Notice.recipient == SECRETARIAT)
    for notice in session.exec(mine.where(col(Notice.id).not_in(has))):
        letter = {"notice": notice.id, "channel": Channel.EMAIL, "key": uuid4().hex}
        session.add(Delivery(**letter, due_at=notice.at))
    session.flush()


def _copies(
    session: Session,
    table: type[SQLModel],
    fresh: dict[str, Fresh],
    which: Any,
    many: int,
) -> list[Row]:
    [key, *others] = inspect(table).primary_key
    found = select(table).where(which).order_by(key).limit(1)
    row = session.exec(found).one().model_dump()
    if not others and key.name not in fresh:
        del row[key.name]
    return [row | {name: make(n) for name, make in fresh.items()} for n in range(many)]
