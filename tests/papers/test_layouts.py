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


_ELSEWHERE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    b"relationships\"><Relationship Id='a' Type='x/attachedTemplate' "
    b"Target='http://a.b/c.dotm' TargetMode='External'/></Relationships>"
)


def test_the_houses_own_layout_and_one_with_the_offices_words_are_taken() -> None:
    own = adding(
        "Văn bản này của {{ issuer | upper }}.{% if parent %} {{ parent }}{% endif %}"
    )

    require_layout(own, Layout.PAPER)
    for layout in Layout:
        require_layout(build(layout), layout)


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
        (edited(titled), "đặt trường ngoài thân, đầu trang, chân trang"),
        (adding("{{ isuer }} {{ number.foo }}"), "trường không có: foo, isuer; có: "),
        (adding("{{ number"), "có chỗ viết sai"),
        (adding("{% for a in body %}"), "có chỗ viết sai"),
        (adding("{{ number.__class__ }}"), "trường không có: __class__"),
        (adding("{{ 'a' * 999999999 }}"), "dùng lệnh ngoài hiện trường"),
        (adding("{% for a in range(9) %}{% endfor %}"), "dùng lệnh ngoài hiện trường"),
        (adding("{% include 'a' %}"), "dùng lệnh ngoài hiện trường"),
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
