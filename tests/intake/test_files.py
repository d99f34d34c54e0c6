"""A file is taken by what it is, under a name that people can read."""

import io
import zipfile
from pathlib import Path
from urllib.parse import quote

import pytest

from domain.refusals import Refused
from intake.files.kinds import KINDS, require_kind, suffix_of
from intake.files.names import kept_name, name_in
from papers.rosters import roster_template


def zipped(*names: str, first: bytes = b"") -> bytes:
    """Pack empty files of these names; an OpenDocument begins with what it is."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        if first:
            packed.writestr("mimetype", first)
        for name in names:
            packed.writestr(name, b"")
    return made.getvalue()


OFFICE = ("[Content_Types].xml", "_rels/.rels")
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF"
DOCX = zipped("docProps/app.xml", *OFFICE, "word/document2.xml")
XLSX = zipped(*OFFICE, "xl/workbook.xml")
ODT = zipped("content.xml", first=KINDS[".odt"].encode())
ODS = zipped("content.xml", first=KINDS[".ods"].encode())
TEXT = "Tờ trình\r\n\tđề nghị khen thưởng\n".encode()
TRUE = {
    ".pdf": PDF,
    ".png": PNG,
    ".jpg": JPEG,
    ".jpeg": JPEG,
    ".docx": DOCX,
    ".xlsx": XLSX,
    ".odt": ODT,
    ".ods": ODS,
    ".txt": TEXT,
    ".csv": b"\xef\xbb\xbf" + TEXT,
}
NOTHING = {
    "a program": b"MZ\x90\0",
    "a page": b"<html><script>alert(1)</script>\0",
    "a beginning alone": b"%PD\0",
    "something before": b"\n" + PDF,
    "text in another code": "Tờ trình".encode("utf-16"),
    "a half letter": "Tờ".encode()[:-1] + b"\xe1",
    "macros": zipped(*OFFICE, "word/document.xml", "word/vbaProject.bin"),
    "macros in an OpenDocument": zipped("Basic/a.xml", first=KINDS[".odt"].encode()),
    "a template": zipped("a", first=KINDS[".odt"].encode() + b"-template"),
    "any zip": zipped("a.txt", "word/document.xml"),
    "half a zip": DOCX[: len(DOCX) // 2],
    "a list that lies": DOCX[:-10] + b"\xff\xff\xff\x7f" + DOCX[-6:],
}


def kinds_of(content: bytes) -> set[str]:
    """List the ends of names that a content may have."""
    return {suffix for suffix in KINDS if is_of(content, suffix)}


def is_of(content: bytes, suffix: str) -> bool:
    """Say whether a content is what its name says."""
    try:
        require_kind(io.BytesIO(content), suffix)
    except Refused:
        return False
    return True


def test_what_is_what_its_name_says_is_taken_and_as_nothing_else() -> None:
    found = {suffix: kinds_of(content) for suffix, content in TRUE.items()}

    pictures, texts = {".jpg", ".jpeg"}, {".txt", ".csv"}
    assert found == {
        **{suffix: {suffix} for suffix in KINDS},
        **dict.fromkeys(pictures, pictures),
        **dict.fromkeys(texts, texts),
    }


def test_what_an_office_program_writes_is_taken() -> None:
    assert kinds_of(roster_template("Chánh Văn phòng", as_csv=False)) == {".xlsx"}


@pytest.mark.parametrize("content", NOTHING.values(), ids=NOTHING)
def test_what_is_none_of_them_is_refused_under_every_name(content: bytes) -> None:
    assert kinds_of(content) == set()


def test_nothing_is_unpacked_to_find_out(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in (*OFFICE, "word/document.xml"):
            packed.writestr(name, b"\0" * 2**24)

    with bomb.open("rb") as content:
        require_kind(content, ".docx")
        assert content.tell() <= bomb.stat().st_size < 2**17


@pytest.mark.parametrize(
    "name", ["a", ".pdf", "a.svg", "a.html", "a.docm", "a.pdf.exe", "a.zip", "pdf"]
)
def test_other_kinds_are_refused_by_their_names(name: str) -> None:
    with pytest.raises(Refused) as refused:
        suffix_of(name)

    assert refused.value.refusals[0].code == "file_kind"


def test_the_end_of_a_name_may_be_written_large() -> None:
    assert suffix_of("QUYET DINH.PDF") == ".pdf"


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("To\u031b\u0300 tri\u0300nh.pdf", "Tờ trình.pdf"),  # decomposed
        ("  Tờ   trình .pdf ", "Tờ trình .pdf"),
        ("Ảnh lúc 9.41\u202fAM.png", "Ảnh lúc 9.41 AM.png"),
        ("Báo cáo (2); bản 'cuối'.pdf", "Báo cáo (2); bản 'cuối'.pdf"),
        ("ờ" * 83 + ".pdf", "ờ" * 83 + ".pdf"),
    ],
)
def test_a_name_is_kept_as_people_read_it(sent: str, kept: str) -> None:
    assert name_in(f"attachment; filename*=UTF-8''{quote(sent)}") == kept


HOSTILE = {
    "nothing": "",
    "blanks": "  ",
    "NUL": "a\0.pdf",
    "a folder above": "../../etc/passwd.pdf",
    "a folder of Windows": "..\\a.pdf",
    "a stream of Windows": "a.txt:b.pdf",
    "a line": "a\x1b[31m.pdf",
    "right to left": "anh\u202egpj.exe.pdf",
    "nothing to see": "a\u200b.pdf",
    "a mark alone": "\u0301",
    "too long": "a" * 252 + ".pdf",
    "too many bytes": "ờ" * 84 + ".pdf",
    "half a letter": "\ud800.pdf",
}


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_name_is_refused(name: str) -> None:
    with pytest.raises(Refused) as refused:
        kept_name(name)

    assert refused.value.refusals[0].code == "file_name"


@pytest.mark.parametrize("sent", ["%ff.pdf", "%00.pdf", "..%2Fa.pdf", "%e2%80%ae.pdf"])
def test_a_name_is_judged_as_it_is_read(sent: str) -> None:
    with pytest.raises(Refused):
        name_in(f"attachment; filename*=UTF-8''{sent}")
