"""The commands on the files that people attach."""

import typer

from machine.commands import settings_read
from machine.existing import existing
from store.files.collecting import collect
from store.files.vault import Vault

files = typer.Typer(help="Tệp đính kèm.")


@files.command("collect")
def collect_files() -> None:
    """Dọn nội dung không còn tệp nào dùng, kể cả nội dung mà hồ sơ không biết."""
    settings = settings_read()
    with existing(settings.database) as database:
        removed = collect(database, Vault(settings.files), unknown=True)
    typer.echo(f"Đã dọn {removed} tệp.")
