"""Official papers: how days and numbers are written, and what a layout may not do."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from unicodedata import normalize

import pytest
from docx import Document
from jinja2.exceptions import SecurityError

from domain.numbering import numbered
from papers.official.paper import (
    Article,
    Chart,
    ChartBar,
    Layout,
    ListedTable,
    OfficialPaper,
    Origin,
    Signature,
)
from papers.official.pdf import as_pdf
from papers.official.word import as_word
from papers.official.word_template import FILES, build
from papers.official.writing import (
    NO_DAY,
    basis_lines,
    count_of,
    day_in_full,
    recipient_lines,
)
from tests.papers.reading import boxes, marks, pages
from tests.sources import ROOT

PAPER = OfficialPaper(
    parent="",
    issuer="Văn phòng",
    number="Số: 05/QĐ-VP",
    place_and_day="Tỉnh, ngày 05 tháng 7 năm 2022",
    kind="QUYẾT ĐỊNH",
    subject="Về việc khen thưởng",
    authority="Chánh Văn phòng",
    bases=("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022.",),
    proposal="",
    resolves="QUYẾT ĐỊNH:",
    body=(Article(heading="Điều 1.", text="Khen thưởng <b>5 & 6</b> người."),),
    recipients=("Lưu: VT.",),
    signature=Signature(capacity=("CHÁNH VĂN PHÒNG",), name="Nguyễn Văn Ánh"),
    origin=Origin(code="2022-1-qd1", made_at=datetime(2022, 7, 5, 1, tzinfo=UTC)),
)


@pytest.mark.parametrize("many", range(16, 23))
def test_no_letter_stands_on_the_code_however_full_the_page_is(many: int) -> None:
    to = tuple(f"Nơi nhận thứ {n};" for n in range(8))
    full = replace(PAPER, body=PAPER.body * many, recipients=to)

    pdf = as_pdf(full, "http://a/b")

    each = range(len(pages(pdf)))
    [(at, mark)] = [(page, mark) for page in each for mark in marks(pdf, page)]
    assert [box for box in boxes(pdf, at) if _meets(box, mark)] == []


def _meets(box: tuple[float, ...], other: tuple[float, ...]) -> bool:
    across = box[0] < other[2] and other[0] < box[2]
    return across and box[1] < other[3] and other[1] < box[3]


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2022, 7, 5), "ngày 05 tháng 7 năm 2022"),
        (date(2022, 2, 28), "ngày 28 tháng 02 năm 2022"),
        (date(2022, 12, 31), "ngày 31 tháng 12 năm 2022"),
        (None, NO_DAY),
    ],
)
def test_days_below_ten_and_the_first_two_months_have_a_nought(
    day: date | None, written: str
) -> None:
    assert day_in_full(day) == written


def test_a_number_below_ten_has_a_nought_and_none_leaves_room() -> None:
    written = [numbered(number, "QĐ-VP") for number in (7, 12, None)]

    assert written == ["07/QĐ-VP", "12/QĐ-VP", "\u00a0" * 8 + "/QĐ-VP"]


def test_each_basis_ends_with_a_semicolon_and_the_last_with_a_stop() -> None:
    assert basis_lines(["Căn cứ A.", "Căn cứ B;", "Căn cứ C"]) == (
        "Căn cứ A;",
        "Căn cứ B;",
        "Căn cứ C.",
    )


def test_a_count_below_ten_has_a_nought_and_a_large_one_a_stop() -> None:
    assert [count_of(many) for many in (0, 7, 12, 1250)] == ["00", "07", "12", "1.250"]


def test_what_is_filed_stands_last_among_the_recipients_and_once() -> None:
    written = recipient_lines("Như Điều 3", "Lưu: VT", "Công đoàn;", "Như Điều 3")

    assert written == ("Như Điều 3;", "Công đoàn;", "Lưu: VT.")


def test_what_comes_in_parted_letters_leaves_in_composed_ones() -> None:
    parted = replace(PAPER, issuer=normalize("NFD", "Văn phòng"))

    assert parted.as_data() == PAPER.as_data()


def test_columns_of_figures_and_of_boxes_are_centred_and_no_column_of_words() -> None:
    rows = (("1", "An", "08/09", "☐"), ("2", "5", "450.000", "☐"))
    table = ListedTable(columns=("", "", "", ""), widths=(1, 1, 1, 1), rows=rows)

    assert table.centred == (0, 2, 3)


def test_a_heading_stands_on_the_page_of_what_it_heads() -> None:
    for many in range(20, 40):
        lines = [Article(text="Một dòng.")] * many
        heading = Article(heading="I. PHẦN SAU")
        found = pages(as_pdf(replace(PAPER, body=(*lines, heading, *lines))))

        [page] = [each for each in found if "PHẦN SAU" in each]
        assert "Một dòng." in page.partition("PHẦN SAU")[2]


@pytest.mark.parametrize("layout", [*Layout])
def test_the_layout_for_word_is_the_one_that_is_built(layout: Layout) -> None:
    assert parts(FILES[layout].read_bytes()) == parts(build(layout))


def parts(docx: bytes) -> dict[str, bytes]:
    """Read what is in a file of Word, without when it was put there."""
    with zipfile.ZipFile(io.BytesIO(docx)) as unzipped:
        return {name: unzipped.read(name) for name in unzipped.namelist()}


def test_what_a_paper_says_is_text_in_word_whatever_letters_it_has() -> None:
    with zipfile.ZipFile(io.BytesIO(as_word(PAPER))) as unzipped:
        body = unzipped.read("word/document.xml").decode()

    assert "Khen thưởng &lt;b&gt;5 &amp; 6&lt;/b&gt; người." in body


def test_a_chart_is_a_picture_in_word_with_its_words_in_the_table_before() -> None:
    chart = Chart(
        caption="Chỉ tiêu", bars=(ChartBar(label="A", part=1, whole=4, said="1/4"),)
    )
    table = ListedTable(columns=("TT", "A"), widths=(1, 2), rows=(("1", "1/4"),))

    drawn = parts(as_word(replace(PAPER, body=(table, chart))))

    [picture] = [name for name in drawn if name.startswith("word/media/")]
    assert drawn[picture].startswith(b"\x89PNG")
    body = drawn["word/document.xml"].decode()
    assert body.index("1/4") < body.index("Chỉ tiêu") < body.index("<w:drawing>")


@pytest.mark.parametrize(
    "hostile",
    [
        "{{ issuer.__class__.__mro__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{% for each in ''.__class__.__subclasses__() %}{{ each }}{% endfor %}",
    ],
)
def test_a_layout_that_reaches_beyond_the_paper_is_refused(hostile: str) -> None:
    layout = Document()
    layout.add_paragraph(hostile)
    edited = io.BytesIO()
    layout.save(edited)

    with pytest.raises(SecurityError):
        as_word(PAPER, own=edited.getvalue())


def test_the_letters_are_as_they_were_published() -> None:
    folder = ROOT / "papers/official/fonts"
    said = re.findall(r"`(\S+\.ttf)` \| `(\w{64})`", (folder / "VENDOR.md").read_text())

    found = [
        (each.name, sha256(each.read_bytes()).hexdigest())
        for each in sorted(folder.glob("*.ttf"))
    ]

    assert found == said
