"""A decision as a paper: its layout by the decree, and what it says, read back."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from unicodedata import is_normalized

import pypdfium2 as pdfium
import pytest

from tests.databases import LATER_ON_POSTGRES
from tests.edges.test_correction import a_correction, an_issued_decision
from tests.journeys.cast import Cast
from tests.office import DIRECTOR

pytestmark = LATER_ON_POSTGRES

FIRST = "/api/v1/decisions/2022-1-qd1/paper"
MM = 72 / 25.4  # points
# How far a slanted letter reaches beyond its own width, in points.
OVERHANG = 1.5


async def drawn(cast: Cast, path: str) -> bytes:
    """Ask for a paper."""
    answer = await cast.office.http.get(
        path, headers={"X-Thidua-Person": DIRECTOR}, follow_redirects=False
    )
    assert answer.status_code == 200, answer.text
    return answer.content


def pages(pdf: bytes) -> list[str]:
    """Read the words of each page, on one line each."""
    with pdfium.PdfDocument(pdf) as document:
        read = [page.get_textpage().get_text_range() for page in document]
    return [" ".join(each.replace("\ufffe", "").split()) for each in read]


def boxes(pdf: bytes, page: int) -> Iterator[tuple[float, float, float, float]]:
    """Say where letters stand: left, bottom, right, top, in points."""
    with pdfium.PdfDocument(pdf) as document:
        text = document[page].get_textpage()
        for at in range(text.count_chars()):
            if not text.get_text_range(at, 1).isspace():
                yield text.get_charbox(at)


def words(docx: bytes) -> str:
    """Read the words of a paper in Word."""
    with zipfile.ZipFile(io.BytesIO(docx)) as unzipped:
        body = unzipped.read("word/document.xml").decode()
    paragraphs = re.sub(r"</w:p>", "\n", body)
    return " ".join(re.sub(r"<[^>]*>", "", paragraphs).split())


def found_in(text: str, *expected: str) -> list[str]:
    """Keep of what is expected what does not stand in a text."""
    return [each for each in expected if each not in text]


async def test_a_decision_that_is_not_signed_is_a_draft_without_number_and_day(
    passed: Cast,
) -> None:
    [first, *_] = pages(await drawn(passed, f"{FIRST}/pdf"))

    assert found_in(first, "Dự thảo, chưa ký", "Số: /QĐ-VP", "ngày tháng năm") == []


async def test_an_issued_decision_says_its_facts_on_paper_and_in_word_alike(
    passed: Cast,
) -> None:
    await an_issued_decision(passed)
    lines = await passed.pages("/phases/2022-1/lines")
    [decision] = await passed.pages("/phases/2022-1/decisions")

    pdf = await drawn(passed, f"{FIRST}/pdf")
    first, *following = pages(pdf)
    word = words(await drawn(passed, f"{FIRST}/docx"))

    said = (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "VĂN PHÒNG ĐOÀN ĐBQH VÀ HĐND TỈNH",
        "Số: 07/QĐ-VP",
        "ngày 14 tháng 7 năm 2022",
        "Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003;",
        "Theo đề nghị của Hội đồng Thi đua - Khen thưởng.",
        "Điều 1. Công nhận danh hiệu thi đua, khen thưởng",
        "giai đoạn 1 năm 2022",
        "- Lãnh đạo Đoàn ĐBQH Tỉnh;",
        "- Lưu: VT.",
        "CHÁNH VĂN PHÒNG",
    )
    assert found_in(first, *said) == []
    assert found_in(word, *said) == []
    assert decision["head"]["digest"][:16] in first
    awarded = sum(each["state"] == "awarded" for each in lines)
    listed = " ".join(following)
    assert (listed.count("Giấy khen"), word.count("Giấy khen")) == (awarded, awarded)
    assert "Dự thảo" not in first + word
    assert is_normalized("NFC", first + listed + word)


async def test_margins_and_page_numbers_stand_where_the_decree_wants_them(
    passed: Cast,
) -> None:
    await an_issued_decision(passed)

    pdf = await drawn(passed, f"{FIRST}/pdf")

    with pdfium.PdfDocument(pdf) as document:
        sizes = [page.get_size() for page in document]
    a4 = pytest.approx((210 * MM, 297 * MM), abs=0.5)
    assert sizes == [a4, a4]
    for page in (0, 1):
        found = [*boxes(pdf, page)]
        inside = [box for box in found if box[1] >= 20 * MM and box[3] <= 277 * MM]
        assert min(box[0] for box in inside) >= 30 * MM - OVERHANG
        assert max(box[2] for box in inside) <= 195 * MM + OVERHANG
    above = [[box for box in boxes(pdf, page) if box[1] > 277 * MM] for page in (0, 1)]
    assert above[0] == []
    [(left, _, right, _)] = above[1]
    assert (left + right) / 2 == pytest.approx((30 + 195) / 2 * MM, abs=2)


async def test_a_correction_is_a_paper_of_its_own_that_names_what_it_corrects(
    passed: Cast,
) -> None:
    await an_issued_decision(passed)
    await passed.act(DIRECTOR, "/decisions/2022-1-qd1/correct", a_correction())

    [page] = pages(await drawn(passed, FIRST.replace("qd1", "qd2") + "/pdf"))

    said: Any = (
        "Về việc đính chính Quyết định số 07/QĐ-VP ngày 14 tháng 7 năm 2022",
        "«Âu Thị Hạnh Nguyện» nay đọc là «Âu Thị Hạnh Nguyên»",
    )
    assert found_in(page, *said) == []
