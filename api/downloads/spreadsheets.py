"""Lists as files for a spreadsheet, each for whoever reads the same as a page."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Path, Query, Response
from sqlmodel import Session

from api.admission import reads
from api.campaigns.ballots import TheSession
from api.campaigns.registrations import OfDepartment
from api.deps import Reading, ThePhase, find
from api.headers import Router
from api.identity import Asking
from intake.fields import Key, Year
from intake.files.names import handed_out_as
from papers.sheets.lines import nominated_table, ruled_table, voted_table
from papers.sheets.pay import pay_table
from papers.sheets.register import register_table
from papers.sheets.statistics import statistics_tables
from papers.sheets.table import MEDIA, SheetForm, Table, drawn
from store.knowing.decisions import decision_for
from store.listing.lines import (
    RuledLine,
    lines_of_decisions,
    lines_of_meeting,
    lines_of_phase,
)
from store.listing.register import registered
from store.listing.statistics import counted
from store.office.agency import head_in
from store.office.master import today
from store.tables import Decision, Department, Person, Phase

router = Router(prefix="/api/v1", tags=["reading"])

TheKey = Annotated[Key, Path(max_length=80)]
OfYear = Annotated[Year | None, Query()]


def _as_file(name: str) -> dict[str, Any]:
    return {
        "dependencies": [reads(name)],
        "response_class": Response,
        "responses": {200: {"content": {media: {} for media in MEDIA.values()}}},
    }


def _sent(tables: Sequence[Table], form: SheetForm, name: str) -> Response:
    headers = handed_out_as(f"{name}.{form}")
    return Response(drawn(tables, form), media_type=MEDIA[form], headers=headers)


@router.get("/phases/{key}/lines/sheet/{file}", **_as_file("lines"))
def nominated(
    phase: ThePhase,
    file: SheetForm,
    session: Reading,
    person: Asking,
    department: OfDepartment = None,
) -> Response:
    """List what was nominated in a phase, by one department or by all."""
    found = lines_of_phase(session, phase, person.id, department)
    title, name = f"DANH SÁCH ĐỀ NGHỊ: {phase.name}", f"de-nghi-{phase.id}"
    if department is not None:
        title += f", {find(session, Department, 'department', department).name}"
        name += f"-{department}"
    return _sent([nominated_table(title, head_in(session), found)], file, name)


@router.get("/council-sessions/{key}/sheet/{file}", **_as_file("rounds"))
def voted(
    council: TheSession, file: SheetForm, session: Reading, person: Asking
) -> Response:
    """List what a meeting of the council came to."""
    phase = session.get_one(Phase, council.phase)
    title = f"KẾT QUẢ HỌP HỘI ĐỒNG: {phase.name}, phiên {council.number}"
    found = lines_of_meeting(session, council, person.id)
    return _sent(
        [voted_table(title, head_in(session), found)], file, f"ket-qua-{council.id}"
    )


@router.get("/phases/{key}/decisions/sheet/{file}", **_as_file("decisions"))
def decided(
    phase: ThePhase, file: SheetForm, session: Reading, person: Asking
) -> Response:
    """List the decisions of a phase with their lines."""
    of_phase = Decision.phase == phase.id
    found = lines_of_decisions(session, phase.campaign, of_phase, person.id)
    title = f"QUYẾT ĐỊNH KHEN THƯỞNG: {phase.name}"
    return _sent(
        [ruled_table(title, head_in(session), found)], file, f"quyet-dinh-{phase.id}"
    )


def _lines_of_one(
    session: Session, key: str, reader: Person
) -> tuple[str, list[RuledLine]]:
    """List the lines of a decision, and name its phase."""
    row = decision_for(session, key, reader.id)
    this = Decision.id == row.id
    found = lines_of_decisions(session, row.campaign, this, reader.id)
    return session.get_one(Phase, row.phase).name, found


@router.get("/decisions/{key}/sheet/{file}", **_as_file("decisions"))
def ruled(key: TheKey, file: SheetForm, session: Reading, person: Asking) -> Response:
    """List the lines of a decision."""
    phase, found = _lines_of_one(session, key, person)
    title = f"QUYẾT ĐỊNH KHEN THƯỞNG: {phase}"
    table = ruled_table(title, head_in(session), found)
    return _sent([table], file, f"quyet-dinh-{key}")


@router.get("/decisions/{key}/pay/{file}", **_as_file("decisions"))
def pay(key: TheKey, file: SheetForm, session: Reading, person: Asking) -> Response:
    """List what a decision is to be paid."""
    phase, found = _lines_of_one(session, key, person)
    title = f"DANH SÁCH CHI THƯỞNG: {phase}"
    return _sent([pay_table(title, found, today(session))], file, f"chi-thuong-{key}")


@router.get("/decision-numbers/sheet/{file}", **_as_file("decision_numbers"))
def numbers(
    file: SheetForm, session: Reading, person: Asking, year: OfYear = None
) -> Response:
    """Write the register of decisions, of a year or whole."""
    name = f"so-quyet-dinh-{year}" if year else "so-quyet-dinh"
    return _sent([register_table(registered(session, year, person.id))], file, name)


@router.get("/statistics/{year}/sheet/{file}", **_as_file("reports"))
def statistics(
    year: Annotated[Year, Path()], file: SheetForm, session: Reading, _person: Asking
) -> Response:
    """Count a year as the Ministry asks it."""
    tables = statistics_tables(counted(session, year))
    return _sent(tables, file, f"thong-ke-{year}")
