"""Certificates come all at once, for what a decision has granted and still stands."""

from base64 import b64encode
from io import BytesIO
from zipfile import ZipFile

from docx import Document

from papers.official.paper import Layout
from papers.official.word_template import FILES
from tests.edges.test_papers import drawn
from tests.journeys.cast import Cast
from tests.office import SECRETARIAT
from tests.papers.reading import pages, words

KEY = "2022-1-qd1"
ALL = f"/api/v1/decisions/{KEY}/certificates/1"
WHY = "Xin không nhận."


async def lines(cast: Cast) -> dict[str, str]:
    """Find the lines of the phase that are awarded, by whom."""
    found = await cast.pages(f"/phases/{cast.phase1}/lines")
    return {x["subject"]: x["id"] for x in found if x["state"] == "awarded"}


async def its_own(cast: Cast) -> None:
    """Put a layout of the office's own in the place of the house's."""
    document = Document(str(FILES[Layout.CERTIFICATE]))
    document.add_paragraph("Vào sổ vàng.")
    written = BytesIO()
    document.save(written)
    body = {"content": b64encode(written.getvalue()).decode()}
    path = f"/office/word-layouts/{Layout.CERTIFICATE}"
    answer = await cast.office.person(SECRETARIAT).put(path, body)
    assert answer.status_code == 204, answer.text


async def test_each_has_a_page_once_the_decision_is_issued_as_it_has_by_itself(
    passed: Cast,
) -> None:
    early = await passed.refused_to_read(f"/decisions/{KEY}/certificates/1/pdf")
    await passed.decide(KEY)
    await passed.issue(KEY, 7, 2022)

    found = pages(await drawn(passed, f"{ALL}/pdf"))

    assert early == (409, "no_paper")
    alone = [
        pages(await drawn(passed, f"/api/v1/lines/{key}/papers/certificate/pdf"))
        for key in (await lines(passed)).values()
    ]
    assert sorted(found) == sorted(page for [page] in alone)
    beyond = await passed.refused_to_read(f"/decisions/{KEY}/certificates/2/pdf")
    assert beyond == (409, "no_paper")


async def test_whoever_declines_what_was_granted_has_no_certificate_any_more(
    passed: Cast,
) -> None:
    await passed.decide(KEY)
    await passed.issue(KEY, 7, 2022)
    awarded = await lines(passed)
    before = pages(await drawn(passed, f"{ALL}/pdf"))
    person = min(each for each in awarded if each.islower())
    body = {"line": awarded[person], "reason": WHY}

    await passed.act(person, f"/decisions/{KEY}/decline-award", body)

    after = pages(await drawn(passed, f"{ALL}/pdf"))
    assert len(before) == len(awarded)
    assert len(after) == len(before) - 1
    [name] = [each.name for each in passed.year.people if each.code == person]
    assert [name in " ".join(each) for each in (before, after)] == [True, False]


async def test_in_word_each_is_a_file_in_the_layout_of_the_office(passed: Cast) -> None:
    await passed.decide(KEY)
    await passed.issue(KEY, 7, 2022)
    await its_own(passed)

    packed = ZipFile(BytesIO(await drawn(passed, f"{ALL}/docx")))

    names = packed.namelist()
    assert [each[:3] for each in names] == [
        f"{place:03}" for place in range(1, len(await lines(passed)) + 1)
    ]
    for each in names:
        said = words(packed.read(each))
        assert each[4:].removesuffix(".docx") in said
        assert "Quyết định số 07/QĐ-VP" in said
        assert "Vào sổ vàng." in said
