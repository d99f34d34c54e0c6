"""A phase that went every way, played once for all tests, and its exported record."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from uuid import UUID, uuid4

from domain import ids
from domain.record import canonical
from domain.record.checking import Checked, Known
from domain.record.entries import ended
from domain.record.flaws import Flaw
from domain.states import CaseKind
from intake.downloads.records import read_record, written
from store.database import Database
from store.files.attachments import Content, Holder, add, void
from store.record.exporting import exported
from store.tables import Case, HolderKind
from tests.council.day import DAY
from tests.office import DIRECTOR, SECRETARIAT
from tests.scale.lists import Lists

Record = list[dict[str, Any]]


class EveryWay(Lists):
    """The phase in which lists go every way; what stops a line is filed by people."""

    def _stop(self, lines: Iterable[str]) -> None:
        for line in lines:
            key = uuid4()
            with self.database.write() as session:
                session.add(_complaint(self.code, key, line))
            case = str(ids.case(key))
            self._attach(HolderKind.CASE, str(key))
            self._attach(HolderKind.LINE, line)
            self.act(SECRETARIAT, "file_case", case)
            self.act(DIRECTOR, "accept_case", case)

    def _attach(self, kind: HolderKind, key: str) -> None:
        """Attach two files to a thing, and take one away again."""
        with self.database.write() as session:
            for content in ("0" * 64, "1" * 64):
                what = Content(content, 1, "application/pdf")
                row = add(session, Holder(kind, key), "x.pdf", what, SECRETARIAT)
            void(session, row.id, SECRETARIAT)


def _complaint(campaign: str, key: Any, line: str) -> Case:
    return Case(
        id=key,
        campaign=campaign,
        kind=CaseKind.COMPLAINT,
        title="Khiếu nại",
        matter="Khiếu nại về đề nghị này.",
        line=UUID(line),
        event_on=DAY.date(),
        recorded_by=SECRETARIAT,
    )


def export(database: Database, chain: str) -> list[bytes]:
    """Write a record out, line by line."""
    with database.read() as session:
        return list(written(ended(exported(session, chain))))


def parsed(lines: Iterable[bytes]) -> Record:
    """Read lines as anybody might who wants to change them."""
    return [json.loads(line) for line in lines]


def flaws(record: Sequence[Any], known: Known | None = None) -> list[Flaw]:
    """Check a record offline, as a file."""
    lines = (canonical(entry) + b"\n" for entry in record)
    return list(Checked(known or {}).flaws(read_record(lines)))


def values(record: Record, name: str, **where: Any) -> Iterator[Any]:
    """List the entries of a name that have some fields so."""
    for entry in record:
        value = entry.get(name)
        if value is not None and where.items() <= value.items():
            yield value


def value(record: Record, name: str, **where: Any) -> Any:
    """Find the first of them."""
    return next(values(record, name, **where))


def act(record: Record, kind: str, nth: int = 0) -> Any:
    """Find an act by its kind."""
    found = [x for x in values(record, "act") if x["link"]["kind"] == kind]
    return found[nth]
