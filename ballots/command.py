"""The command by which anybody checks a board that they have downloaded."""

from typing import Annotated

import typer

from domain.council.boards import faults
from intake.commands import File, Trouble, content_of
from intake.downloads.boards import NotABoard, read_board
from papers.boards import fault_sentence, whole_sentence


def verify_ballots(
    file: File,
    act: Annotated[
        str | None,
        typer.Option(metavar="DẤU", help="Dấu của thao tác kiểm phiếu trong nhật ký."),
    ] = None,
) -> None:
    """Kiểm tra một bảng phiếu đã tải về, không cần cơ sở dữ liệu."""
    try:
        board = read_board(content_of(file))
    except NotABoard as bad:
        raise Trouble(str(bad)) from None
    found = faults(board, act)
    for fault in found:
        typer.echo(fault_sentence(fault))
    if found:
        raise typer.Exit(1)
    typer.echo(whole_sentence(board))
