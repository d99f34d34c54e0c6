"""Reads a downloaded board, and refuses what is none."""

import json

from pydantic import TypeAdapter, ValidationError

from domain.council.boards import FORMAT, Board, as_data
from domain.council.thresholds import Threshold
from domain.record import canonical, is_canonical_hex


class NotABoard(Exception):
    """The file is no board of a round; the message says what one is."""

    def __init__(self) -> None:
        super().__init__(
            f"Tệp không phải bảng phiếu (dạng {FORMAT}): hãy tải lại từ phiên họp."
        )


_BOARD = TypeAdapter(Board)


def read_board(content: bytes) -> Board:
    """Read a board whole, or raise NotABoard: nothing in it is guessed or passed over.

    What is written again must be what was read, or a field that nobody checks could
    stand beside those that are checked.
    """
    try:
        raw = json.loads(content, object_pairs_hook=each_once)
        board = _BOARD.validate_python(raw)
        _require_readable(board)
    except (ValidationError, ValueError, RecursionError):
        raise NotABoard from None
    if board.format != FORMAT or canonical(as_data(board)) != canonical(raw):
        raise NotABoard
    return board


def _require_readable(board: Board) -> None:
    for line in board.lines:
        Threshold.parse(line.threshold)
    if board.seal is not None and not is_canonical_hex(board.seal.salt):
        raise ValueError("a salt is written in one way only")


def each_once(fields: list[tuple[str, object]]) -> dict[str, object]:
    """Make an object of its fields. ValueError when one is there twice."""
    found = dict(fields)
    if len(found) < len(fields):
        raise ValueError("a field is written once")
    return found
