"""The commands that fill the database, and show what is in it."""

import sys
from contextlib import AbstractContextManager
from typing import Annotated

import typer
from sqlmodel import select

from domain.refusals import Refused
from duties.command import calendar_lines
from duties.outgoing.refusals import take_back
from intake.commands import File, Trouble, content_of
from intake.faults import BadDocument
from intake.office.contradictions import Contradiction
from intake.office.roster import read_roster
from intake.office.sample import read_office
from machine.commands import settings_read
from machine.existing import existing
from papers.mail.returned import returned_in
from rehearsal.playbill import OFFICE
from store.database import Database
from store.grants import UnfitRole, grant
from store.migrate import upgrade
from store.office.agency import head_in
from store.office.master import today
from store.office.roster import Imported, import_roster
from store.office.sample import load_office
from store.tables import Campaign, Person

_LONGEST_REPORT = 10 * 2**20


def import_people(
    file: File,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Chỉ xem sẽ đổi gì, không ghi.")
    ] = False,
    secretariat: Annotated[
        str | None,
        typer.Option(metavar="MÃ", help="Phòng thường trực, khi chưa có phòng nào."),
    ] = None,
) -> None:
    """Nhập danh sách nhân sự (.csv, .xlsx): cả tệp, hoặc không gì cả."""
    try:
        content = content_of(file)
        with _database() as database, database.write() as session:
            roster = read_roster(content, file.name, head_in(session))
            done = import_roster(session, roster, today(session), secretariat)
            if dry_run:
                session.rollback()
    except BadDocument as bad:
        raise Trouble("\n".join(bad.sentences())) from None
    except Contradiction as contradiction:
        raise Trouble("\n".join(contradiction.sentences)) from None
    _say_imported(done, dry_run=dry_run)


def _say_imported(done: Imported, *, dry_run: bool) -> None:
    typer.echo("Chưa ghi gì; nếu nhập thì:" if dry_run else "Đã nhập:")
    typer.echo(
        f"phòng mới {done.departments}, người mới {done.people}, "
        f"đổi tên hoặc thư {done.renamed}, thời gian công tác mới {done.spans}, "
        f"chức vụ mới {done.offices}, ghế mới {done.seats}, kết thúc {done.ended}."
    )
    for note in done.notes:
        typer.echo(note)


def sample(
    year: Annotated[int, typer.Argument(min=2010, max=2100, metavar="NĂM")],
) -> None:
    """Ghi văn phòng mẫu của một năm vào cơ sở dữ liệu còn trống."""
    office = read_office(OFFICE.read_bytes(), OFFICE.name).in_year(year)
    with _database() as database, database.write() as session:
        if session.exec(select(Person.id)).first() is not None:
            raise Trouble(
                "Cơ sở dữ liệu đã có người; văn phòng mẫu cần một cơ sở trống."
            )
        load_office(session, office)
    typer.echo(f"Đã ghi văn phòng mẫu năm {year}: {len(office.people)} người.")


def migrate() -> None:
    """Tạo hoặc nâng cấp các bảng của cơ sở dữ liệu."""
    role = settings_read().database_role
    with _database(new=True) as database:
        upgrade(database)
        try:
            if role:
                grant(database, role)
        except UnfitRole:
            raise Trouble(
                f"THIDUA_DATABASE_ROLE: PostgreSQL không có vai trò «{role}», hoặc vai "
                "trò ấy có quyền như chủ của các bảng."
            ) from None
    typer.echo("Cơ sở dữ liệu đã có đủ các bảng của bản này.")


def show_calendar(
    campaign: Annotated[str, typer.Argument(metavar="PHONG_TRÀO", help="Mã.")],
    department: Annotated[
        str | None, typer.Option(metavar="MÃ", help="Chỉ việc còn lại của phòng này.")
    ] = None,
    person: Annotated[
        str | None, typer.Option(metavar="MÃ", help="Chỉ lời nhắc đến người này.")
    ] = None,
) -> None:
    """In lịch sắp tới của một phong trào: hạn nào, nhắc ai, ngày nào."""
    with _database() as database, database.read() as session:
        found = session.get(Campaign, campaign)
        if found is None:
            raise Trouble(f"Không có phong trào mang mã «{campaign}».")
        try:
            lines = calendar_lines(session, found, person, department)
        except Refused as refused:
            raise Trouble(refused.refusals[0].detail) from None
    for line in lines:
        typer.echo(line)


def take_returned() -> None:
    """Ghi nhận thư bị trả lại: đọc thư báo của máy chủ thư từ đầu vào chuẩn."""
    keys = returned_in(sys.stdin.buffer.read(_LONGEST_REPORT))
    with _database() as database, database.write() as session:
        many = take_back(session, keys)
    typer.echo(f"Thư bị trả lại: {many}.")


def _database(*, new: bool = False) -> AbstractContextManager[Database]:
    return existing(settings_read().database, new=new)
