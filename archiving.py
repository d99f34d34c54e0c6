"""The commands by which a campaign is put into one file, and an office into another."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer

from api.campaigns.papers import drawn_papers
from intake.commands import Trouble, readable
from machine.commands import settings_read
from machine.existing import existing
from papers.archive.campaign import Archivist
from store.database import Database
from store.files.vault import Vault
from store.tables import Campaign

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
        papers = drawn_papers(session, code, settings.public_origin)
        with _new(file) as out:
            parts = archivist.write(campaign, papers, out)
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
