"""The commands by which a campaign is put into one file, and an office into another."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, Annotated

import typer
from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError
from sqlmodel import Session

from api.downloads.campaign_papers import drawn_papers
from intake.commands import Trouble, readable
from machine.commands import settings_read
from machine.existing import existing
from papers.archive.campaign import Archivist
from papers.archive.office import OfficeFile
from papers.archive.office import leave as leave_office
from papers.archive.reading import NotAnArchive, wrong_parts
from papers.archive.writing import Archived
from store.database import Database
from store.files.vault import Vault
from store.moving.rows import NotARow
from store.moving.settling import occupied, revision, settle, votes_are_open
from store.tables import Campaign
from verifying import all_whole

_MOST_SAID = 20
_New = Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp sẽ ghi.")]


def archive(
    code: Annotated[str, typer.Argument(metavar="PHONG_TRÀO", help="Mã.")],
    file: _New,
) -> None:
    """Lưu cả một phong trào vào một tệp zip có mục lục và mã kiểm tra."""
    settings = settings_read()
    with _database() as database, database.read() as session, readable():
        campaign = session.get(Campaign, code)
        if campaign is None:
            raise Trouble(f"Không có phong trào mang mã «{code}».")
        archivist = Archivist(session, Vault(settings.files), None, records=True)
        papers = drawn_papers(session, code, settings.public_origin, None)
        with _new(file) as out:
            parts = archivist.write(campaign, papers, out)
    _say(file, parts)


def leave(file: _New) -> None:
    """Xuất cả cơ quan (dữ liệu, nhật ký, tệp) ra một tệp, để khôi phục ở nơi khác."""
    settings = settings_read()
    with _database() as database, database.read() as session, readable():
        if votes_are_open(session):
            raise Trouble(
                "Đang có lượt bỏ phiếu kín chưa kiểm: phiếu niêm phong không được chép "
                "đi đâu. Hãy xuất sau khi kiểm phiếu."
            )
        with _new(file) as out:
            parts = leave_office(session, Vault(settings.files), out)
    _say(file, parts)


def restore(
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp đã xuất.")],
) -> None:
    """Khôi phục một cơ quan đã xuất vào cơ sở dữ liệu còn trống: tất cả, hoặc không."""
    settings = settings_read()
    with _database() as database:
        many = _settled(database, Vault(settings.files), file)
        typer.echo(f"Đã khôi phục {sum(many.values())} dòng của {len(many)} bảng.")
        with database.read() as session:
            whole = all_whole(session)
    typer.echo("Chạy `thidua rebuild` để các quy trình đang dở chạy tiếp.")
    if not whole:
        raise typer.Exit(1)


def _settled(database: Database, vault: Vault, file: Path) -> dict[str, int]:
    """Put an office into a database, whole or not at all. Raises Trouble."""
    try:
        office = _whole_office(file)
        with database.read() as session:
            _require_room(session, office)
        office.keep_contents(vault)
        with database.write() as session:
            _require_room(session, office)
            return settle(session, office.lines())
    except (NotAnArchive, NotARow, IntegrityError, DataError):
        raise Trouble(
            f"Tệp «{file}» không phải bản xuất cả cơ quan còn nguyên vẹn; chưa ghi gì."
        ) from None
    except ProgrammingError:
        raise Trouble(
            "Khôi phục cần quyền của chủ các bảng, như `thidua migrate`; chưa ghi gì."
        ) from None


def _whole_office(file: Path) -> OfficeFile:
    """Open a file of which every part is as it was written. Raises Trouble."""
    with readable():
        office = OfficeFile(file)
        if wrong := list(islice(wrong_parts(file), _MOST_SAID)):
            raise Trouble("\n".join([*wrong, "Chưa ghi gì."]))
    return office


def _require_room(session: Session, office: OfficeFile) -> None:
    """Refuse where somebody has moved in already, or what is of another release."""
    if (table := occupied(session)) is not None:
        raise Trouble(
            f"Cơ sở dữ liệu đã có dữ liệu (bảng {table}): chỉ khôi phục vào cơ sở còn "
            "trống, vừa qua `thidua migrate`."
        )
    here = revision(session)
    if here != office.head.revision:
        raise Trouble(
            f"Bản xuất là của phiên bản {office.head.revision}, cơ sở dữ liệu này ở "
            f"phiên bản {here}: hãy dùng cùng một bản phần mềm ở hai nơi."
        )


def _say(file: Path, parts: Sequence[Archived]) -> None:
    """Say what was written; end with 1 where contents are lost."""
    lost = [each.name for each in parts if each.digest is None]
    typer.echo(
        f"Đã lưu {len(parts) - len(lost)} tệp; kiểm tra bằng `thidua verify {file}`."
    )
    for name in lost:
        typer.echo(f"Mất nội dung: {name}")
    if lost:
        raise typer.Exit(1)


@contextmanager
def _new(file: Path) -> Iterator[IO[bytes]]:
    """Make a file that is not there yet; one that was not finished does not stay."""
    with file.open("xb") as out:
        try:
            yield out
        except BaseException:
            file.unlink()
            raise


def _database() -> AbstractContextManager[Database]:
    return existing(settings_read().database)
