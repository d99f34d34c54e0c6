"""The commands by which a record is exported, and checked by whoever has the file."""

import ast
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import pytest

import cli
from domain.record import canonical
from domain.record.flaws import Flaw
from papers.record import flaw_sentence
from store.database import Database
from store.record import last_links
from tests.databases import Databases
from tests.record.conftest import Played
from tests.record.forging import FORGERIES
from tests.record.played import Record
from tests.sources import dotted, modules, texts

Said = tuple[int, list[str]]
NOWHERE = "sqlite:///khong-co/thidua.db"


@pytest.fixture
def thidua(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Said]:
    """Run a command on a database; return its code and the lines that it said."""

    def run(*arguments: object, on: str = NOWHERE) -> Said:
        monkeypatch.setenv("THIDUA_DATABASE_URL", on)
        code = cli.run([str(each) for each in arguments])
        said = capsys.readouterr()
        return code, (said.out + said.err).splitlines()

    return run


def kept(folder: Path, lines: Iterable[bytes]) -> Path:
    """Keep lines as a file."""
    file = folder / "nhat-ky.jsonl"
    file.write_bytes(b"".join(lines))
    return file


def forged(folder: Path, record: Record) -> Path:
    """Keep a changed record as a file."""
    return kept(folder, (canonical(entry) + b"\n" for entry in record))


def head_of(database: Database) -> str:
    with database.read() as session:
        [found] = [x for x in last_links(session) if x[0] == "2022"]
    return f"{found[1]}:{found[2]}"


def test_an_export_is_checked_without_any_database(
    played: Played, tmp_path: Path, thidua: Callable[..., Said]
) -> None:
    file = tmp_path / "2022.jsonl"

    exported = thidua("export", "2022", file, on=played.database.url)
    again = thidua("export", "2022", file, on=played.database.url)
    checked = thidua("verify", file)

    acts = int(head_of(played.database).split(":")[0])
    assert file.read_bytes() == b"".join(played.lines)
    assert exported == (
        0,
        [f"Đã xuất nhật ký 2022; kiểm tra bằng `thidua verify {file}`."],
    )
    assert again == (2, [f"Không đọc được tệp «{file}»."])
    assert checked == (0, [f"2022: nhật ký nguyên vẹn, {acts} thao tác."])


def test_a_forged_export_is_named_at_each_place_in_a_sentence(
    record: Record, tmp_path: Path, thidua: Callable[..., Said]
) -> None:
    flaws = [
        *FORGERIES["a_number_is_changed"](record),
        *FORGERIES["a_line_is_slipped_in"](record),
    ]
    numbered, line = flaws[0].seq, flaws[1].what

    checked = thidua("verify", forged(tmp_path, record))

    assert checked == (
        1,
        [
            f"2022, {line}: trạng thái không do thao tác nào.".replace(
                "line", "đề nghị"
            ),
            f"2022, thao tác số {numbered}, 2022-1-qd1: số quyết định đã bị sửa.",
        ],
    )


def test_every_flaw_has_a_sentence_of_its_own() -> None:
    codes = {
        code
        for _, tree in modules("domain/record")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and dotted(node.func, {}) in ("Flaw", "Break")
        for code in texts(ast.Module(body=[node.args[0]], type_ignores=[]))
    }

    sentences = {flaw_sentence("2022", Flaw(code.strip())) for code in codes}

    assert len(codes) > 25
    assert len(sentences) == len(codes)


def test_what_is_no_exported_record_is_refused_by_its_line(
    played: Played, tmp_path: Path, thidua: Callable[..., Said]
) -> None:
    first, second, *others = played.lines
    wrong = {
        1: [b"x\n"],
        2: [first, b"\xff\n", *others],
        3: [first, second, others[0].replace(b'"act":{', b'"act": {')],
        4: [first, second, others[0], first],
    }

    said = {
        line: thidua("verify", kept(tmp_path, lines)) for line, lines in wrong.items()
    }

    assert {line: (code, text[-1]) for line, (code, text) in said.items()} == {
        line: (
            2,
            f"Dòng {line} không phải của bản xuất nhật ký (dạng thidua-record/1): "
            "hãy xuất lại bằng `thidua export`.",
        )
        for line in wrong
    }


def test_heads_are_kept_in_a_file_and_held_against_a_record(
    played: Played, tmp_path: Path, thidua: Callable[..., Said]
) -> None:
    heads, file = tmp_path / "dau.txt", kept(tmp_path, played.lines)
    seq, digest = head_of(played.database).split(":")

    _, printed = thidua("heads", "--append", heads, on=played.database.url)
    thidua("heads", "--append", heads, on=played.database.url)
    same = thidua("verify", file, "--heads", heads)
    earlier = thidua("verify", kept(tmp_path, played.earlier), "--heads", heads)

    [ours] = [line for line in printed if line.startswith("2022 ")]
    assert ours.split()[:3] == ["2022", seq, digest]
    assert heads.read_text().splitlines() == [*printed, *printed]
    assert same[0] == 0
    assert earlier == (
        1,
        [
            f"2022, thao tác số {seq}: có dấu lưu bên ngoài nhưng không còn trong nhật "
            "ký."
        ],
    )


def test_a_head_from_a_paper_is_held_against_a_record(
    played: Played, tmp_path: Path, thidua: Callable[..., Said]
) -> None:
    file = kept(tmp_path, played.lines)
    seq = head_of(played.database).split(":")[0]

    right = thidua("verify", file, "--head", head_of(played.database))
    other = thidua("verify", file, "--head", f"{seq}:{'f' * 64}")
    nothing = thidua("verify", file, "--head", "12")
    of_none = thidua("verify", "--head", head_of(played.database))

    assert right[0] == 0
    assert other == (
        1,
        [f"2022, thao tác số {seq}: khác với dấu đã lưu bên ngoài."],
    )
    assert (nothing[0], of_none[0]) == (2, 2)


def test_a_database_is_checked_where_it_stands(
    played: Played, thidua: Callable[..., Said]
) -> None:
    acts = int(head_of(played.database).split(":")[0])

    code, said = thidua("verify", on=played.database.url)

    assert (code, said) == (
        0,
        [
            "Cơ quan: nhật ký nguyên vẹn, 1 thao tác.",
            f"2022: nhật ký nguyên vẹn, {acts} thao tác.",
        ],
    )


def test_a_lost_head_is_said_and_not_stumbled_over(
    sqlite_databases: Databases, played: Played, thidua: Callable[..., Said]
) -> None:
    copy = sqlite_databases.home / "mat-dau.db"
    with closing(sqlite3.connect(copy)) as lost:
        with closing(sqlite3.connect(played.database.engine.url.database or "")) as of:
            of.backup(lost)
        lost.execute("DELETE FROM chains WHERE campaign = '2022'")
        lost.commit()
    seq = head_of(played.database).split(":")[0]

    code, said = thidua("verify", "2022", on=f"sqlite:///{copy}")

    assert code == 1
    assert said[0] == (
        f"2022, thao tác số {seq}: mất đầu chuỗi: không biết còn thiếu thao tác nào."
    )
