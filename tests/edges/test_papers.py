"""A decision as a paper: its layout by the decree, and what it says, read back."""

from typing import Any
from unicodedata import is_normalized

import pypdfium2 as pdfium
import pytest

from store.tables import OfficeLetterhead
from tests.edges.test_correction import a_correction, an_issued_decision
from tests.edges.test_delegation import APPROVE, DECIDE, DEPUTY, HEAD, give
from tests.journeys.cast import Cast, at
from tests.office import DIRECTOR
from tests.papers.reading import MM, boxes, found_in, pages, words

FIRST = "/api/v1/decisions/2022-1-qd1/papers/decision"
# How far a slanted letter reaches beyond its own width, in points.
OVERHANG = 1.5


async def drawn(cast: Cast, path: str) -> bytes:
    """Ask for a paper."""
    answer = await cast.office.http.get(
        path, headers={"X-Thidua-Person": DIRECTOR}, follow_redirects=False
    )
    assert answer.status_code == 200, answer.text
    return answer.content


def headed(cast: Cast, **said: str) -> None:
    """Let the office say where it signs its papers, and how it is called in numbers."""
    with cast.office.database.write() as session:
        session.merge(OfficeLetterhead(id=1, **said))


async def test_a_decision_that_is_not_signed_is_a_draft_without_number_and_day(
    passed: Cast,
) -> None:
    headed(passed)
    [unsaid, *_] = pages(await drawn(passed, f"{FIRST}/pdf"))
    headed(passed, place="Bình An", symbol="VP")
    [first, *_] = pages(await drawn(passed, f"{FIRST}/pdf"))

    said = ("Dự thảo, chưa ký; lập 14/7/2022.", "Bình An, ngày tháng năm")
    assert found_in(first, *said, "Số: /QĐ-VP") == []
    assert found_in(unsaid, "Số: /QĐ-…………", "…………, ngày tháng năm") == []


async def test_the_day_on_a_draft_is_that_of_vietnam(passed: Cast) -> None:
    await passed.until(at("2022-07-15", "00:30"))

    [first, *_] = pages(await drawn(passed, f"{FIRST}/pdf"))

    assert found_in(first, "Dự thảo, chưa ký; lập 15/7/2022.") == []


async def test_an_issued_decision_says_its_facts_on_paper_and_in_word_alike(
    passed: Cast,
) -> None:
    headed(passed, place="Bình An", symbol="VP")
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
        "Bình An, ngày 14 tháng 7 năm 2022",
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


@pytest.mark.parametrize(
    ("capacity", "who", "signed"),
    [
        ("signed_for", DEPUTY, "KT. CHÁNH VĂN PHÒNG PHÓ CHÁNH VĂN PHÒNG"),
        ("by_authorisation", HEAD, "TUQ. CHÁNH VĂN PHÒNG TRƯỞNG PHÒNG"),
    ],
)
async def test_whoever_signs_for_the_head_is_said_to(
    passed: Cast, capacity: str, who: str, signed: str
) -> None:
    await give(passed, to=who, capacity=capacity)
    await passed.act(who, DECIDE, APPROVE)

    [first, *_] = pages(await drawn(passed, f"{FIRST}/pdf"))
    word = words(await drawn(passed, f"{FIRST}/docx"))

    assert (found_in(first, signed), found_in(word, signed)) == ([], [])


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
        "Về việc sửa đổi Quyết định số 07/QĐ-VP ngày 14 tháng 7 năm 2022",
        "«Âu Thị Hạnh Nguyện» sửa thành «Âu Thị Hạnh Nguyên»",
    )
    assert found_in(page, *said) == []
