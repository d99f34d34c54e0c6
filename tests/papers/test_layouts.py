"""A layout of the office's own: what is taken, and why anything else is not."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from docx import Document

from domain.refusals import Refused
from papers.official.layouts import MOST, require_layout
from papers.official.paper import Layout
from papers.official.word_template import FILES, build

Change = Callable[[Any], object]


def edited(change: Change) -> bytes:
    """Edit the house's own layout as somebody does in Word."""
    document = Document(str(FILES[Layout.PAPER]))
    change(document)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def adding(text: str) -> bytes:
    """Add a paragraph at the end."""
    return edited(lambda document: document.add_paragraph(text))


def with_part(name: str, content: bytes) -> bytes:
    """Put a part more into the file."""
    written = io.BytesIO(build(Layout.PAPER))
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr(name, content)
    return written.getvalue()


def titled(document: Any) -> None:
    """Put a field where Word shows none."""
    document.core_properties.title = "{{ issuer }}"


def replaced(name: str, old: bytes, new: bytes) -> bytes:
    """Write another word into a part."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(build(Layout.PAPER))) as ours,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        for part in ours.namelist():
            said = ours.read(part)
            packed.writestr(part, said.replace(old, new, 1) if part == name else said)
    return written.getvalue()


def worked_out(code: str) -> bytes:
    """Put in a field that Word itself works out."""
    field = f'<w:fldSimple w:instr="{code}"/></w:p></w:body>'.encode()
    return replaced("word/document.xml", b"</w:body>", b"<w:p>" + field)


def damaged() -> bytes:
    """Change what is packed, and leave the list of what there is."""
    whole = build(Layout.PAPER)
    return whole[:200] + b"\xff" * 400 + whole[600:]


_INNER = "{% for a in annexes %}{% for b in ITS.rows %}x{% endfor %}{% endfor %}"
_DOCTYPE = b'?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
_TEMPLATE, _MACROS = b"wordprocessingml.document.main", b"ms-word.document.macroEnabled"
_ELSEWHERE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    b"relationships\"><Relationship Id='a' Type='x/attachedTemplate' "
    b"Target='http://a.b/c.dotm' TargetMode='External'/></Relationships>"
)

_CHUNK = _ELSEWHERE.replace(b"attachedTemplate", b"aFChunk").replace(b"External", b"")


def test_the_houses_own_layout_and_one_with_the_offices_words_are_taken() -> None:
    own = adding(
        "Văn bản này của {{ issuer | upper }}.{% if parent %} {{ parent }}{% endif %}"
    )

    require_layout(own, Layout.PAPER)
    for layout in Layout:
        require_layout(build(layout), layout)
    require_layout(adding(_INNER.replace("ITS", "a")), Layout.PAPER)
    require_layout(worked_out(r"NUMPAGES  \* MERGEFORMAT"), Layout.PAPER)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"%PDF-1.7", "Nội dung tệp không phải là .docx"),
        (b"x" * (MOST + 1), "Mẫu lớn quá 320 KiB."),
        (build(Layout.PAPER)[:-4000], "Nội dung tệp không phải là .docx"),
        (with_part("word/vbaProject.bin", b"x"), "Nội dung tệp không phải là .docx"),
        (with_part("word/embeddings/a.xlsx", b"x"), "có macro hay đối tượng nhúng"),
        (with_part("word/big.xml", b" " * 2**24), "mở ra lớn quá 8 MiB"),
        (with_part("word/_rels/settings.xml.rels", _ELSEWHERE), "tệp ở nơi khác"),
        (with_part("word/a.html", b"<p>"), "có macro hay đối tượng nhúng"),
        (with_part("word/a.xml", b"<a>" + b" " * 2**20 + b"</a>"), "lớn quá 1 MiB"),
        (with_part("word/_rels/a.xml.rels", _CHUNK), "tệp ở nơi khác"),
        (damaged(), "tệp bị hỏng hay có mật khẩu"),
        (replaced("[Content_Types].xml", _TEMPLATE, _MACROS), "không có macro (.docx)"),
        (replaced("word/document.xml", b"?>", _DOCTYPE), "có khai báo kiểu tài liệu"),
        (replaced("word/settings.xml", b"?>", _DOCTYPE), "có khai báo kiểu tài liệu"),
        (worked_out("DDEAUTO c:\\\\cmd.exe"), "trường của Word ngoài số trang"),
        (worked_out("INCLUDETEXT http://a.b/c"), "trường của Word ngoài số trang"),
        (edited(titled), "đặt trường ngoài thân, đầu trang, chân trang"),
        (adding("{{ isuer }} {{ number.foo }}"), "trường không có: foo, isuer; có: "),
        (adding("{{ number"), "có chỗ viết sai"),
        (adding("{% for a in body %}"), "có chỗ viết sai"),
        (adding("{{ number.__class__ }}"), "trường không có: __class__"),
        (adding("{{ 'a' * 999999999 }}"), "dùng lệnh ngoài hiện trường"),
        (adding("{% for a in range(9) %}{% endfor %}"), "dùng lệnh ngoài hiện trường"),
        (adding("{% include 'a' %}"), "dùng lệnh ngoài hiện trường"),
        (adding("{{ " + "(" * 3000 + ")" * 3000 + " }}"), "lồng nhau quá nhiều"),
        (adding(_INNER.replace("ITS", "beside")), "không qua phần của chính nó"),
        (adding("{% for a in body %}" + "x" * 2**16 + "{% endfor %}"), "đoạn quá dài"),
        (adding("{{ number | attr('x') }}"), "dùng lệnh ngoài hiện trường"),
        (edited(lambda d: d._body.clear_content()), "thiếu trường annexes, body"),
    ],
)
def test_what_is_no_layout_is_refused_in_one_sentence_that_says_why(
    content: bytes, said: str
) -> None:
    with pytest.raises(Refused) as refused:
        require_layout(content, Layout.PAPER)

    [refusal] = refused.value.refusals
    assert said in refusal.detail
    assert refusal.detail.count("\n") == 0
