"""What a person has over time: service, offices, seats, discipline, leave, merits.

One set of routes for each kind of history, made from the one table of kinds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, Query, Response
from sqlmodel import Session

from api.admission import does, reads
from api.deps import Packs, Reading
from api.headers import Router
from api.identity import Asking
from api.office import entries
from api.office.acting import act_on
from api.office.answers import PROPOSED, answered
from api.office.entries import HistoryEntry
from api.office.master import EndDate, Key, On, edits
from api.paging import Cursor, Limit, Page, page, read_cursor
from api.versions import IfMatch, require_version, tell
from domain.policy.restricted import KNOWN_TO, Restricted
from domain.refusals import refuse
from domain.roles import own_words
from domain.rules.past import past_title
from domain.rules.rulepack import RulePack
from intake.days import require_days
from intake.fields import Body, Code, Reason
from intake.office.contradictions import granted_already
from intake.office.past import require_past
from store.findings.recognitions import require_before_ballot
from store.findings.spans import span_of_office
from store.office import histories
from store.office.agency import head_in
from store.office.changes import Change, Changed, Verb
from store.office.histories import HISTORIES, History
from store.office.master import require_begun, today
from store.office.past_awards import standing_here
from store.office.standing import roles_today
from store.tables import Person

router = Router(prefix="/api/v1", tags=["office"])

Said = Mapping[str, Any]


@dataclass(frozen=True)
class HistoryKind:
    """One kind of history over HTTP: what its entries say, and how they are shown."""

    path: str
    entry: type[HistoryEntry]
    shown: type[Body]
    # What else must be true before a row is written, and what is written beside.
    allow: Callable[[Session, Any, Sequence[RulePack]], Said] | None = None

    @property
    def rows(self) -> History:
        """The history itself."""
        return HISTORIES[self.path]

    @property
    def ends(self) -> bool:
        """Say whether rows of this kind end."""
        return hasattr(self.rows.table, self.rows.ends)

    @property
    def holds(self) -> bool:
        """Say whether rows of this kind are in force on some days and not on others."""
        return hasattr(self.rows.table, "starts")

    def written(
        self, session: Session, body: HistoryEntry, packs: Sequence[RulePack]
    ) -> Said:
        """Say what an entry writes. Refused unless it agrees with itself, and may."""
        body.agree()
        said = body.model_dump()
        require_days(self.entry, said, partial(span_of_office, session))
        return {**said, **(self.allow(session, body, packs) if self.allow else {})}

    def show(self, row: Any) -> Body:
        """Write a row as it is answered."""
        return self.shown.model_validate(row, from_attributes=True)


def _in_time_for_the_ballot(
    session: Session, body: entries.RecognitionIn, _packs: Sequence[RulePack]
) -> Said:
    require_begun(session, body.year)
    require_before_ballot(session, [body.person], body.year)
    return {}


def _of_years_before(
    session: Session, body: entries.PastAwardIn, packs: Sequence[RulePack]
) -> Said:
    title = past_title(packs, body.title)
    require_past(body.year, body.decided_on, today(session))
    place = body.person, body.title, body.year
    if place in standing_here(session, [body.person]):
        raise granted_already(body.person, title.name_vi, body.year)
    return {"called": own_words(title.name_vi, head_in(session))}


KINDS = (
    HistoryKind("service-spans", entries.ServiceSpanIn, entries.ServiceSpanOut),
    HistoryKind("appointments", entries.AppointmentIn, entries.AppointmentOut),
    HistoryKind("council-seats", entries.CouncilSeatIn, entries.CouncilSeatOut),
    HistoryKind("disciplines", entries.DisciplineIn, entries.DisciplineOut),
    HistoryKind("leaves", entries.LeaveIn, entries.LeaveOut),
    HistoryKind(
        "recognitions",
        entries.RecognitionIn,
        entries.RecognitionOut,
        _in_time_for_the_ballot,
    ),
    HistoryKind(
        "past-awards", entries.PastAwardIn, entries.PastAwardOut, _of_years_before
    ),
)


def require_readable(
    session: Session, kind: HistoryKind, asking: str, person: str | None
) -> None:
    """Refuse (`not_allowed`) whoever may not read rows of this kind of somebody."""
    if not kind.rows.private or asking == person:
        return
    if not roles_today(session, asking) & KNOWN_TO[Restricted.PRIVATE]:
        raise refuse(
            "not_allowed",
            f"Chỉ phòng thường trực thi đua, Chánh Văn phòng, người kiểm tra và chính "
            f"người đó được xem {kind.rows.name}; xem của mình thì thêm "
            f"?person={asking}.",
        )


def _list(kind: HistoryKind) -> Callable[..., Any]:
    def rows(
        session: Reading,
        asking: Asking,
        person: Annotated[Code | None, Query()] = None,
        on: Any = None,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> Any:
        require_readable(session, kind, asking.id, person)
        start = read_cursor(cursor, int) or (0,)
        found = histories.list_rows(session, kind.rows, person, on, start[0], limit + 1)
        return page(found, limit, lambda row: [row.id], kind.show)

    nothing = Annotated[None, Depends(lambda: None)]
    rows.__annotations__["on"] = On if kind.holds else nothing
    return rows


def _read(kind: HistoryKind) -> Callable[..., Any]:
    def read(key: Key, session: Reading, asking: Asking, response: Response) -> Any:
        row = histories.get_row(session, kind.rows, key)
        require_readable(session, kind, asking.id, row.person)
        tell(response, row.version)
        return kind.show(row)

    return read


def creating(kind: HistoryKind) -> Callable[..., Any]:
    """Make the route that enters a new row."""

    def create(
        body: HistoryEntry,
        session: Session,
        person: Person,
        response: Response,
        packs: Packs,
    ) -> Any:
        said = kind.written(session, body, packs)
        change = Change(kind.path, Verb.RECORD, said)
        done = act_on(session, person.id, change)
        if isinstance(done, Changed):
            response.headers["Location"] = f"{router.prefix}/{kind.path}/{done.row.id}"
        return answered(done, kind.show, response)

    create.__annotations__["body"] = kind.entry
    return edits(create)


def writing(kind: HistoryKind, verb: Verb) -> Callable[..., Any]:
    """Make the route that changes one row, of the version that it names."""

    def write(
        key: Key,
        body: Body,
        session: Session,
        person: Person,
        response: Response,
        packs: Packs,
        if_match: IfMatch = None,
    ) -> Any:
        said: Said = body.model_dump()
        if isinstance(body, HistoryEntry):
            said = kind.written(session, body, packs)
        require_version(histories.get_row(session, kind.rows, key).version, if_match)
        if isinstance(body, EndDate):
            said = {kind.rows.ends: body.ends}
        change = Change(kind.path, verb, said, str(key))
        return answered(act_on(session, person.id, change), kind.show, response)

    bodies = {Verb.CHANGE: kind.entry, Verb.END: EndDate, Verb.VOID: Reason}
    write.__annotations__["body"] = bodies[verb]
    return edits(write)


_PAGE: Any = Page  # a page of what is known only here


def _add_routes(kind: HistoryKind) -> None:
    every, one = f"/{kind.path}", f"/{kind.path}/{{key}}"
    shown, name = kind.shown, kind.rows.name
    read = [reads("private_histories" if kind.rows.private else "histories")]
    router.get(
        every, response_model=_PAGE[shown], summary=f"Xem {name}", dependencies=read
    )(_list(kind))
    router.get(one, response_model=shown, summary=f"Xem một {name}", dependencies=read)(
        _read(kind)
    )
    written: dict[str, Any] = {
        "response_model": shown,
        "responses": PROPOSED,
        "dependencies": [does("master_data")],
    }
    router.post(
        every, status_code=HTTPStatus.CREATED, summary=f"Ghi {name}", **written
    )(creating(kind))
    router.put(one, summary=f"Sửa {name}", **written)(writing(kind, Verb.CHANGE))
    if kind.ends:
        ended = f"Ghi ngày kết thúc {name}"
        router.post(f"{one}/end", summary=ended, **written)(writing(kind, Verb.END))
    voided = f"Hủy {name} ghi nhầm"
    router.post(f"{one}/void", summary=voided, **written)(writing(kind, Verb.VOID))


for _kind in KINDS:
    _add_routes(_kind)
