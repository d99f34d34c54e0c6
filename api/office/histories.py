"""What a person has over time: service, offices, seats, discipline, leave, merits.

One set of routes for each kind of history, made from the one table of kinds.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from sqlmodel import Session

from api.deps import Reading
from api.identity import Asking
from api.office import entries
from api.office.entries import HistoryEntry
from api.office.master import Editing, EndDate, Key, On
from api.paging import Cursor, Limit, Page, page, read_cursor
from domain.refusals import refuse
from domain.roles import Role
from intake.days import require_days
from intake.fields import Code
from store.findings.recognitions import require_before_ballot
from store.office import histories, people
from store.office.histories import History
from store.office.master import require_begun, today
from store.spans import span_of_office
from store.tables import (
    Appointment,
    CouncilSeat,
    Discipline,
    Leave,
    Recognition,
    ServiceSpan,
)

router = APIRouter(prefix="/api/v1", tags=["office"])

_MAY_READ_ALL = frozenset({Role.SECRETARIAT, Role.DIRECTOR})


@dataclass(frozen=True)
class _Kind:
    """One kind of history: where it is found, what it says, who may read it."""

    path: str
    rows: History
    entry: type[HistoryEntry]
    shown: type[HistoryEntry]
    private: bool = False
    # What else must be true before a row is written.
    allow: Callable[[Session, Any], None] | None = None

    @property
    def ends(self) -> bool:
        """Say whether rows of this kind end."""
        return hasattr(self.rows.table, self.rows.ends)

    @property
    def holds(self) -> bool:
        """Say whether rows of this kind are in force on some days and not on others."""
        return hasattr(self.rows.table, "starts")

    def require(self, session: Session, body: HistoryEntry) -> None:
        """Raise Refused unless an entry agrees with itself and may be written."""
        body.agree()
        require_days(self.entry, body.model_dump(), partial(span_of_office, session))
        if self.allow is not None:
            self.allow(session, body)

    def show(self, row: Any) -> HistoryEntry:
        """Write a row as it is answered."""
        return self.shown.model_validate(row, from_attributes=True)


def _in_time_for_the_ballot(session: Session, body: entries.RecognitionIn) -> None:
    require_begun(session, body.year)
    require_before_ballot(session, [body.person], body.year)


_KINDS = (
    _Kind(
        "service-spans",
        History(ServiceSpan, "thời gian công tác", ("starts",), exclusive=True),
        entries.ServiceSpanIn,
        entries.ServiceSpanOut,
    ),
    _Kind(
        "appointments",
        History(Appointment, "chức vụ", ("office", "department", "starts")),
        entries.AppointmentIn,
        entries.AppointmentOut,
    ),
    _Kind(
        "council-seats",
        History(
            CouncilSeat,
            "ghế trong Hội đồng",
            ("starts",),
            exclusive=True,
            apart=("council",),
        ),
        entries.CouncilSeatIn,
        entries.CouncilSeatOut,
    ),
    _Kind(
        "disciplines",
        History(
            Discipline,
            "hình thức kỷ luật",
            ("level", "decided_on"),
            starts="decided_on",
            ends="ends_on",
        ),
        entries.DisciplineIn,
        entries.DisciplineOut,
        private=True,
    ),
    _Kind(
        "leaves",
        History(Leave, "thời gian nghỉ", ("starts",)),
        entries.LeaveIn,
        entries.LeaveOut,
        private=True,
    ),
    _Kind(
        "recognitions",
        History(Recognition, "công nhận", ("kind", "year")),
        entries.RecognitionIn,
        entries.RecognitionOut,
        allow=_in_time_for_the_ballot,
    ),
)


def _require_readable(
    session: Session, kind: _Kind, asking: str, person: str | None
) -> None:
    if not kind.private or asking == person:
        return
    if not people.roles_of(session, asking, today(session)) & _MAY_READ_ALL:
        raise refuse(
            "not_allowed",
            f"Chỉ phòng thường trực thi đua, Chánh Văn phòng và chính người đó được "
            f"xem {kind.rows.name}; xem của mình thì thêm ?person={asking}.",
        )


def _list(kind: _Kind) -> Callable[..., Any]:
    def rows(
        session: Reading,
        asking: Asking,
        person: Annotated[Code | None, Query()] = None,
        on: Any = None,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> Any:
        _require_readable(session, kind, asking.id, person)
        start = read_cursor(cursor, int) or [0]
        found = histories.list_rows(session, kind.rows, person, on, start[0], limit + 1)
        return page(found, limit, lambda row: [row.id], kind.show)

    nothing = Annotated[None, Depends(lambda: None)]
    rows.__annotations__["on"] = On if kind.holds else nothing
    return rows


def _read(kind: _Kind) -> Callable[..., Any]:
    def read(key: Key, session: Reading, asking: Asking) -> Any:
        row = histories.get_row(session, kind.rows, key)
        _require_readable(session, kind, asking.id, row.person)
        return kind.show(row)

    return read


def _create(kind: _Kind) -> Callable[..., Any]:
    def create(body: HistoryEntry, session: Editing, response: Response) -> Any:
        kind.require(session, body)
        row = histories.write_row(session, kind.rows, body.model_dump())
        response.headers["Location"] = f"{router.prefix}/{kind.path}/{row.id}"
        return kind.show(row)

    create.__annotations__["body"] = kind.entry
    return create


def _replace(kind: _Kind) -> Callable[..., Any]:
    def replace(key: Key, body: HistoryEntry, session: Editing) -> Any:
        kind.require(session, body)
        return kind.show(
            histories.write_row(session, kind.rows, body.model_dump(), key)
        )

    replace.__annotations__["body"] = kind.entry
    return replace


def _end(kind: _Kind) -> Callable[..., Any]:
    def end(key: Key, body: EndDate, session: Editing) -> Any:
        values = {kind.rows.ends: body.ends}
        return kind.show(histories.write_row(session, kind.rows, values, key))

    return end


_PAGE: Any = Page  # a page of what is known only here


def _add_routes(kind: _Kind) -> None:
    every, one = f"/{kind.path}", f"/{kind.path}/{{key}}"
    shown, name = kind.shown, kind.rows.name
    router.get(every, response_model=_PAGE[shown], summary=f"Xem {name}")(_list(kind))
    router.get(one, response_model=shown, summary=f"Xem một {name}")(_read(kind))
    router.post(
        every,
        response_model=shown,
        status_code=HTTPStatus.CREATED,
        summary=f"Ghi {name}",
    )(_create(kind))
    router.put(one, response_model=shown, summary=f"Sửa {name}")(_replace(kind))
    if kind.ends:
        router.post(
            f"{one}/end", response_model=shown, summary=f"Ghi ngày kết thúc {name}"
        )(_end(kind))


for _kind in _KINDS:
    _add_routes(_kind)
