"""`thidua verify-ballots`: a downloaded board is checked without any database."""

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

import cli
from domain.council.boards import Board
from tests.domain.boards import a_line, a_masked_line, sealed

BOARD = sealed(a_line("1"), a_masked_line("2"))


def checked(
    folder: Path, board: Board | bytes, *options: str, **changes: Any
) -> tuple[int, Path]:
    """Check a board as a file; *changes* are made in the file alone."""
    file = folder / "bang-phieu.json"
    content = board
    if isinstance(board, Board):
        content = json.dumps(asdict(board) | changes, ensure_ascii=False).encode()
    file.write_bytes(content)
    return cli.run(["verify-ballots", str(file), *options]), file


def test_a_whole_board_is_called_right_with_the_seal_to_compare(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert BOARD.seal is not None
    code, _ = checked(tmp_path, BOARD)

    assert (code, capsys.readouterr().out) == (
        0,
        "Bảng phiếu đúng: phiên 2022-1-hd1, vòng 1, 2 đề nghị, trong đó 1 đề nghị "
        "không công bố số phiếu, 7 người bỏ phiếu.\n"
        f"Dấu của thao tác số 1 trong nhật ký 2022: {BOARD.seal.digest}\n",
    )


def test_a_short_board_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = a_line("1")
    short = replace(line, entries=(line.entries or ())[:-1])
    code, _ = checked(tmp_path, replace(BOARD, lines=(short, BOARD.lines[1])))

    assert code == 1
    assert "Đề nghị 1: thiếu phiếu so với số đã kiểm.\n" in capsys.readouterr().out


def test_a_doubled_board_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = a_line("1")
    entries = line.entries or ()
    doubled = replace(line, entries=(entries[0], *entries[:-1]))
    code, _ = checked(tmp_path, replace(BOARD, lines=(doubled, BOARD.lines[1])))

    assert code == 1
    assert "Đề nghị 1: có mã xuất hiện hai lần.\n" in capsys.readouterr().out


def test_a_forged_board_is_refused_by_the_records_own_seal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert BOARD.seal is not None
    forged = sealed(a_line("1", yes=6, no=1), a_masked_line("2"))
    alone, _ = checked(tmp_path, forged)
    known, _ = checked(tmp_path, forged, "--act", BOARD.seal.digest)

    assert (alone, known) == (0, 1)
    assert capsys.readouterr().out.endswith(
        "Bảng phiếu: dấu không phải của thao tác đã nêu.\n"
    )


@pytest.mark.parametrize(
    "content",
    [b"", b"[]", b"{}", b"\xff\xfe", b"[" * 5000, b'{"format": "thidua-board/1"}'],
    ids=["empty", "list", "object", "not text", "too deep", "too little"],
)
def test_what_is_no_board_is_refused(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _ = checked(tmp_path, content)

    assert (code, capsys.readouterr().err) == (
        2,
        "Tệp không phải bảng phiếu (dạng thidua-board/1): hãy tải lại từ phiên họp.\n",
    )


@pytest.mark.parametrize(
    "changes",
    [{"extra": 1}, {"cast": "7"}, {"format": "thidua-board/2"}, {"round": 1.0}],
    ids=str,
)
def test_nothing_in_a_board_is_guessed_or_passed_over(
    tmp_path: Path, changes: dict[str, Any]
) -> None:
    code, _ = checked(tmp_path, BOARD, **changes)

    assert code == 2


@pytest.mark.parametrize(
    "changed",
    [
        lambda seal: {**seal, "salt": seal["salt"].upper()},
        lambda seal: {**seal, "salt": f" {seal['salt']}"},
        lambda seal: {**seal, "digest": seal["digest"].upper()},
        lambda seal: {
            **seal,
            "link": {
                **seal["link"],
                "payload_digest": seal["link"]["payload_digest"].upper(),
            },
        },
    ],
    ids=["salt in capitals", "salt with a blank", "digest", "digest of the payload"],
)
def test_a_board_that_says_the_same_in_another_text_is_another(
    tmp_path: Path, changed: Any
) -> None:
    seal = asdict(BOARD)["seal"]

    assert checked(tmp_path, BOARD, seal=changed(seal))[0] != 0


def test_a_board_that_says_a_thing_twice_is_none(tmp_path: Path) -> None:
    once = json.dumps(asdict(BOARD), ensure_ascii=False)
    twice = once.replace('{"format"', '{"round": 2, "format"', 1)

    assert checked(tmp_path, twice.encode())[0] == 2
