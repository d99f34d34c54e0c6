"""A decision signed on paper: what its scan says otherwise has to be settled."""

from base64 import b64encode
from typing import Any
from uuid import UUID

from store.files.attachments import Holder
from store.tables import HolderKind
from tests.edges.rows import told
from tests.edges.scans import owed, scanned, signed_papers
from tests.journeys.cast import Cast, at
from tests.office import CLERK, DIRECTOR, SECRETARIAT
from tests.seals import Seal, a_seal, altered, root, signed_pdf, signer
from tests.store.chains import flaws

KEY = "2022-1-qd1"
PATH = f"/decisions/{KEY}"
RECORD, SETTLE = f"{PATH}/record-signed-paper", f"{PATH}/settle-signed-paper"
SERIES = "QĐ-VP"
WHY = "Văn thư đóng nhầm số."


def a_scan(cast: Cast, key: str = KEY, pdf: bytes = b"") -> str:
    return scanned(cast, Holder(HolderKind.DECISION, key), pdf)


def stated(file: str, **more: Any) -> dict[str, Any]:
    return {"file": file, "number": 7, "number_year": 2022, "series": SERIES} | more


async def test_a_paper_that_says_what_the_record_does_asks_for_nothing(
    passed: Cast,
) -> None:
    await passed.decide(KEY)
    await passed.issue(KEY, 7, 2022)

    said = stated(a_scan(passed), signed_on="2022-07-14")
    answer = await passed.act(CLERK, RECORD, said)

    assert answer["differences"] == []
    [paper] = await signed_papers(passed, PATH)
    assert (paper["differences"], paper["settled_by"]) == ([], CLERK)
    assert await owed(passed, "settle_signed_paper") == []


async def test_a_paper_that_says_otherwise_is_settled_by_who_says_which_is_wrong(
    passed: Cast,
) -> None:
    await passed.decide(KEY)
    await passed.issue(KEY, 7, 2022)
    answer = await passed.act(CLERK, RECORD, stated(a_scan(passed), number=8))
    asked, heard = (
        await owed(passed, "settle_signed_paper"),
        await told(passed, "paper_differs"),
    )
    mended = {"outcome": "record_mended", "reason": "Đã sửa."}
    early = await passed.refused(SECRETARIAT, SETTLE, mended)
    stranger = await passed.refused("ctqh-02", SETTLE, mended)
    await passed.until(at("2022-08-01"))
    reminded = await told(passed, "settle_signed_paper_due")

    wrong = {"outcome": "paper_wrong", "reason": WHY}
    await passed.act(SECRETARIAT, SETTLE, wrong)
    again = await passed.refused(SECRETARIAT, SETTLE, wrong)

    assert answer["differences"] == ["number"]
    assert asked == ["settle_signed_paper"]
    assert {who for _, _, who, _ in heard} >= {"hctcqt-01", "hctcqt-03"}
    assert "Số trên giấy là 8, trong hồ sơ là 7." in heard[0][-1]
    assert reminded
    assert (early, stranger) == ((409, "still_differs"), (403, "not_allowed"))
    assert again in ((409, "nothing_to_settle"), (409, "target_over"))
    [paper] = await signed_papers(passed, PATH)
    assert (paper["outcome"], paper["reason"]) == ("paper_wrong", WHY)
    assert paper["differences"] == ["số trên giấy là 8, trong hồ sơ là 7"]
    assert await owed(passed, "settle_signed_paper") == []
    with passed.office.database.read() as session:
        assert flaws(session, passed.code) == []


async def test_a_record_that_was_wrong_is_mended_by_its_own_act_and_then_settled(
    passed: Cast,
) -> None:
    await passed.act(DIRECTOR, f"{PATH}/decide", {"others": "approve"})
    given = {"number": 6, "year": 2022, "series": SERIES}
    await passed.act(CLERK, f"{PATH}/number", given)
    await passed.act(CLERK, RECORD, stated(a_scan(passed)))

    right = given | {"number": 7, "reason": "Bản giấy đúng."}
    await passed.act(CLERK, f"{PATH}/renumber", right)
    mended = {"outcome": "record_mended", "reason": "Đã sửa số theo bản giấy."}
    await passed.act(SECRETARIAT, SETTLE, mended)

    [paper] = await signed_papers(passed, PATH)
    assert (paper["differences"], paper["outcome"]) == ([], "record_mended")


async def test_only_a_scan_of_this_very_decision_is_held_against_it_and_once(
    passed: Cast,
) -> None:
    before = await passed.refused(CLERK, RECORD, stated(a_scan(passed)))
    await passed.decide(KEY)
    await passed.issue(KEY, 7, 2022)
    strange = await passed.refused(CLERK, RECORD, stated(str(UUID(int=1))))
    scan = a_scan(passed)
    await passed.act(CLERK, RECORD, stated(scan))
    twice = await passed.refused(CLERK, RECORD, stated(scan))
    future = await passed.refused(
        CLERK, RECORD, stated(a_scan(passed), signed_on="2022-08-01")
    )
    staff = await passed.refused("ctqh-02", RECORD, stated(a_scan(passed)))

    assert before == (409, "wrong_state")
    assert (strange, twice) == ((404, "unknown_attachment"), (409, "already_recorded"))
    assert future[0] in (409, 422)
    assert staff == (403, "not_allowed")


TRUSTED = "/office/trusted-certificates"


async def trust(cast: Cast, seal: Seal) -> Any:
    """Let the secretariat trust a certificate."""
    body = {"content": b64encode(seal.pem).decode()}
    answer = await cast.office.person(SECRETARIAT).write("POST", TRUSTED, body)
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_a_paper_whose_signatures_hold_asks_for_nothing(passed: Cast) -> None:
    await passed.decide(KEY)
    await passed.issue(KEY, 7, 2022)
    await trust(passed, root())
    pdf = signed_pdf(signer("Văn thư"), signed_pdf(signer()), field="Ky2")

    answer = await passed.act(CLERK, RECORD, stated(a_scan(passed, pdf=pdf)))

    assert answer["differences"] == []
    [paper] = await signed_papers(passed, PATH)
    assert [each["signer"] for each in paper["signatures"]] == [
        "Trần Văn Bình",
        "Văn thư",
    ]
    for each in paper["signatures"]:
        assert each["issuer"] == "Chứng thực con"
        assert (each["intact"], each["whole"], each["trusted"]) == (True,) * 3
        assert each["signed_at"]
    assert (paper["differences"], await owed(passed, "settle_signed_paper")) == ([], [])


async def test_a_signature_that_nobody_vouches_for_is_settled_by_trusting_or_by_word(
    passed: Cast,
) -> None:
    await passed.decide(KEY)
    await passed.issue(KEY, 7, 2022)
    scan = a_scan(passed, pdf=signed_pdf(signer()))
    answer = await passed.act(CLERK, RECORD, stated(scan))
    asked = await owed(passed, "settle_signed_paper")
    mended = {"outcome": "record_mended", "reason": "Đã thêm chứng thư số gốc."}
    early = await passed.refused(SECRETARIAT, SETTLE, mended)
    [before] = await signed_papers(passed, PATH)

    certificate = await trust(passed, root())
    await passed.act(SECRETARIAT, SETTLE, mended)
    [settled] = await signed_papers(passed, PATH)
    gone = await passed.office.person(SECRETARIAT).write(
        "DELETE", f"{TRUSTED}/{certificate['fingerprint']}", None
    )

    assert (answer["differences"], asked) == (["signature"], ["settle_signed_paper"])
    heard = await told(passed, "paper_differs")
    why = "chữ ký số của Trần Văn Bình không dẫn đến chứng thư số nào cơ quan tin cậy"
    assert why[1:] in heard[0][-1]
    assert early == (409, "still_differs")
    assert before["differences"] == [why]
    assert [each["trusted"] for each in before["signatures"]] == [False]
    assert (settled["differences"], settled["outcome"]) == ([], "record_mended")
    assert gone.status_code == 204
    assert [each["differences"] for each in await signed_papers(passed, PATH)] == [
        [why]
    ]
    assert await owed(passed, "settle_signed_paper") == []


async def test_an_altered_file_and_an_expired_signer_can_only_be_the_papers_fault(
    passed: Cast,
) -> None:
    await passed.decide(KEY)
    await passed.issue(KEY, 7, 2022)
    await trust(passed, root())
    late = a_seal("Lê Thị Cúc", root(), until=at("2021-01-01"))
    scans = [
        a_scan(passed, pdf=altered(signed_pdf(signer()))),
        a_scan(passed, pdf=signed_pdf(late)),
    ]
    for scan in scans:
        await passed.act(CLERK, RECORD, stated(scan))
    mended = {"outcome": "record_mended", "reason": "Đã sửa."}
    refused = await passed.refused(SECRETARIAT, SETTLE, mended)

    await passed.act(SECRETARIAT, SETTLE, {"outcome": "paper_wrong", "reason": WHY})

    assert refused == (409, "still_differs")
    found = {x["signatures"][0]["signer"]: x for x in await signed_papers(passed, PATH)}
    one, other = found["Trần Văn Bình"], found["Lê Thị Cúc"]
    assert one["differences"] == [
        "chữ ký số của Trần Văn Bình không còn khớp: tệp đã bị sửa sau khi ký"
    ]
    assert [each["intact"] for each in one["signatures"]] == [False]
    assert other["differences"] == [
        "chữ ký số của Lê Thị Cúc dùng chứng thư số không có hiệu lực lúc ký"
    ]
    assert {one["outcome"], other["outcome"]} == {"paper_wrong"}
    with passed.office.database.read() as session:
        assert flaws(session, passed.code) == []
