"""The commands that read a file from outside and say everything that is wrong in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from typer.exceptions import TyperException

from intake.faults import BadDocument
from intake.plan_schema import published_schema
from intake.plans import read_plan
from intake.rulepacks import RULES, load_packs, read_pack
from intake.titles import regime

File = Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp cần đọc.")]

Rules = Annotated[
    Path,
    typer.Option(
        "--rules", metavar="THƯ_MỤC", envvar="THIDUA_RULES", help="Các bộ quy định."
    ),
]

plan = typer.Typer(help="Kế hoạch phát động.")
rules = typer.Typer(help="Bộ quy định.")


class Trouble(TyperException):
    """What a person can put right; the message is a sentence for them."""


def content_of(file: Path) -> bytes:
    """Read a file whole. Raises Trouble."""
    with readable():
        return file.read_bytes()


@contextmanager
def readable() -> Iterator[None]:
    """Say of a file that it cannot be read."""
    try:
        yield
    except OSError as error:
        raise Trouble(f"Không đọc được tệp «{error.filename}».") from None


@contextmanager
def problems_said() -> Iterator[None]:
    """Print everything wrong in a document, and end with 1."""
    try:
        yield
    except BadDocument as bad:
        for sentence in bad.sentences():
            typer.echo(sentence)
        raise typer.Exit(1) from None


@plan.command("check")
def check_plan(file: File, rules_folder: Rules = RULES) -> None:
    """Kiểm tra một kế hoạch; in mọi chỗ chưa đúng."""
    with problems_said():
        packs = load_packs(rules_folder)
        found = read_plan(content_of(file), file.name, packs)
    typer.echo(f"Kế hoạch hợp lệ: {found.title}")
    judging = regime(packs).judging
    for phase in found.phases:
        if (pack := judging(phase.period_end)) and pack.warning_vi:
            typer.echo(f"Lưu ý về {phase.name}: {pack.warning_vi}")


@plan.command("schema")
def schema() -> None:
    """In JSON Schema của kế hoạch."""
    typer.echo(published_schema(), nl=False)


@rules.command("check")
def check_rules(file: File) -> None:
    """Kiểm tra một bộ quy định; in mọi chỗ chưa đúng."""
    with problems_said():
        found = read_pack(content_of(file), file.name)
    typer.echo(f"Bộ quy định hợp lệ: {found.code} ({found.name_vi})")
    if found.warning_vi:
        typer.echo(f"Lưu ý: {found.warning_vi}")
