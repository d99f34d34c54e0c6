"""The commands by which a record is taken out, checked, and made to forget."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import chain
from pathlib import Path
from typing import Annotated
from zipfile import is_zipfile

import typer
from sqlmodel import Session

from domain.posts import PostCode
from domain.record import Head
from domain.record.checking import Checked
from domain.record.entries import ChainEntry, Entry, ended
from domain.record.flaws import NOTED
from domain.refusals import Refused
from intake.commands import Trouble, content_of, readable
from intake.downloads.records import NotARecord, read_record, written
from machine.commands import settings_read
from machine.existing import existing
from papers.archive.reading import (
    NotAnArchive,
    lines_of_record,
    records_in,
    wrong_parts,
)
from papers.record import flaw_sentence, whole_record_sentence
from store.database import Database
from store.office.holding import holders_of
from store.office.master import today
from store.record import last_links
from store.record.erasing import erase_by_order
from store.record.exporting import chains, exported

_HEAD = re.compile(r"([1-9][0-9]*):([0-9a-f]{64})")
_KEPT = re.compile(r"(\S+) ([1-9][0-9]*) ([0-9a-f]{64}) \S+")
Heads = Mapping[str, Sequence[Head]]
_Chain = Annotated[
    str, typer.Argument(metavar="PHONG_TRÀO", help="Mã; `@office` là cơ quan.")
]
_New = Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp sẽ ghi.")]


def export(code: _Chain, file: _New) -> None:
    """Xuất nhật ký của một phong trào ra một tệp mà ai cũng kiểm tra được."""
    with _database() as database, database.read() as session, readable():
        if code not in chains(session):
            raise _unknown(code)
        with file.open("xb") as out:
            out.writelines(written(ended(exported(session, code))))
    typer.echo(f"Đã xuất nhật ký {code}; kiểm tra bằng `thidua verify {file}`.")


def heads(
    append: Annotated[
        Path | None, typer.Option(metavar="TỆP", help="Ghi nối vào tệp này.")
    ] = None,
) -> None:
    """In dấu của thao tác cuối trong mỗi nhật ký, để lưu ở nơi khác."""
    with _database() as database, database.read() as session:
        found = [
            f"{code} {seq} {digest} {at.isoformat()}"
            for code, seq, digest, at in last_links(session)
        ]
    for line in found:
        typer.echo(line)
    if append is not None:
        with readable(), append.open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in found)


def erase(
    code: _Chain,
    seq: Annotated[int, typer.Argument(min=1, metavar="SỐ", help="Số của thao tác.")],
    by: Annotated[
        str, typer.Option(metavar="MÃ", help="Người lãnh đạo cơ quan đã yêu cầu.")
    ],
    reason: Annotated[str, typer.Option(metavar="LÝ_DO", help="Vì sao xóa.")],
) -> None:
    """Xóa nội dung của một thao tác; nhật ký ghi lại việc xóa và vẫn nguyên vẹn."""
    with _database() as database, database.write() as session:
        if code not in chains(session):
            raise _unknown(code)
        if by not in holders_of(session, PostCode.DIRECTOR, today(session)):
            raise Trouble(f"Người mang mã «{by}» không đứng đầu cơ quan hôm nay.")
        try:
            erase_by_order(session, code, seq, by, reason)
        except Refused as refused:
            raise Trouble(refused.refusals[0].detail) from None
    typer.echo(f"Đã xóa nội dung thao tác số {seq} của {code}; nhật ký ghi việc xóa.")


def verify(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="TỆP",
            help="Bản xuất nhật ký, hoặc mã phong trào; bỏ trống là cả cơ sở dữ liệu.",
        ),
    ] = None,
    head: Annotated[
        str | None,
        typer.Option(metavar="SỐ:DẤU", help="Dấu của một thao tác đã lưu ở nơi khác."),
    ] = None,
    heads: Annotated[
        Path | None, typer.Option(metavar="TỆP", help="Tệp dấu do `thidua heads` ghi.")
    ] = None,
) -> None:
    """Kiểm tra nhật ký: một bản xuất (không cần cơ sở dữ liệu), hoặc tại chỗ."""
    kept = _kept(heads) if heads else {}
    if head is not None and what is None:
        raise Trouble("Tùy chọn --head cần một tệp hoặc một mã phong trào.")
    one = [_head(head)] if head else []
    try:
        broken = [_wrong_parts(what)]
        broken += [_check(entries, kept, one) for entries in _records(what)]
    except (NotARecord, NotAnArchive) as bad:
        raise Trouble(str(bad)) from None
    if any(broken):
        raise typer.Exit(1)


def all_whole(session: Session) -> bool:
    """Print of every record whether it is whole; say whether all are."""
    broken = [
        _check(ended(exported(session, code)), {}, []) for code in chains(session)
    ]
    return not any(broken)


def _check(entries: Iterator[Entry], kept: Heads, one: list[Head]) -> bool:
    """Print all that is wrong with a record, or that it is whole."""
    first = next(entries)
    assert isinstance(first, ChainEntry)  # noqa: S101 - read so, or refused
    code, known = first.chain, defaultdict[int, set[str]](set)
    for seq, digest in [*kept.get(code, ()), *one]:
        known[seq].add(digest)
    checked, broken = Checked(known), False
    for flaw in checked.flaws(chain([first], entries)):
        typer.echo(flaw_sentence(code, flaw))
        broken |= flaw.code not in NOTED
    if not broken:
        typer.echo(whole_record_sentence(code, checked.acts))
    return broken


def _records(what: str | None) -> Iterator[Iterator[Entry]]:
    """Open a file, or the database, and read each record that is asked for."""
    if what is not None and Path(what).is_file():
        yield from _of_file(Path(what))
        return
    with _database() as database, database.read() as session:
        every = chains(session)
        if what is not None and what not in every:
            raise _unknown(what)
        for code in every if what is None else [what]:
            yield ended(exported(session, code))


def _of_file(file: Path) -> Iterator[Iterator[Entry]]:
    with readable():
        if is_zipfile(file):
            for name in records_in(file):
                yield read_record(lines_of_record(file, name))
            return
        with file.open("rb") as lines:
            yield read_record(lines)


def _wrong_parts(what: str | None) -> bool:
    """Print what is wrong with the parts of an archive; of another file nothing."""
    if what is None or not is_zipfile(what):
        return False
    wrong = False
    for sentence in wrong_parts(Path(what)):
        typer.echo(sentence)
        wrong = True
    if not wrong:
        typer.echo("Mọi tệp trong bản lưu khớp với mã kiểm tra.")
    return wrong


def _kept(file: Path) -> Heads:
    """Read a file of heads. Raises Trouble for a line that is none."""
    found: dict[str, list[Head]] = defaultdict(list)
    for number, line in enumerate(content_of(file).decode().splitlines(), 1):
        kept = _KEPT.fullmatch(line)
        if kept is None:
            raise Trouble(f"Dòng {number} của tệp dấu không đúng dạng.")
        code, seq, digest = kept.groups()
        found[code].append((int(seq), digest))
    return found


def _head(text: str) -> Head:
    found = _HEAD.fullmatch(text)
    if found is None:
        raise Trouble("Tùy chọn --head phải là SỐ:DẤU, dấu gồm 64 chữ số thập lục.")
    return int(found[1]), found[2]


def _unknown(code: str) -> Trouble:
    return Trouble(f"Không có phong trào mang mã «{code}».")


def _database() -> AbstractContextManager[Database]:
    return existing(settings_read().database)
