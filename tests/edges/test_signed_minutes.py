"""Minutes signed on paper: what their scan says otherwise has to be settled too."""

from typing import Any
from uuid import UUID

from store.files.attachments import Holder
from store.listing.lines import VotedLine, lines_of_meeting
from store.tables import CouncilSession, HolderKind, RoundLine
from tests.databases import as_owner
from tests.edges.rows import told
from tests.edges.scans import owed, scanned, signed_papers
from tests.journeys.cast import Cast, at
from tests.office import SECRETARIAT
from tests.seals import signed_pdf, signer
from tests.store.chains import flaws

KEY = "2022-1-hd1"
PATH = f"/council-sessions/{KEY}"
RECORD, SETTLE = f"{PATH}/record-signed-minutes", f"{PATH}/settle-signed-minutes"
WHY = "Thư ký chép nhầm."


def a_scan(cast: Cast, pdf: bytes = b"") -> str:
    return scanned(cast, Holder(HolderKind.SESSION, KEY), pdf)


def voted(cast: Cast) -> list[VotedLine]:
    """Read what the meeting came to."""
    with cast.office.database.read() as session:
        return lines_of_meeting(session, session.get_one(CouncilSession, KEY), None)


def stated(cast: Cast, file: str, **more: Any) -> dict[str, Any]:
    """Say what the minutes state, as the record has it."""
    figures = [
        {"line": str(x.named.line.id), "yes": x.yes, "no": x.no, "blank": x.blank}
        for x in sorted(voted(cast), key=lambda x: str(x.named.line.id))
    ]
    return {"file": file, "sitting": 1, "met_on": "2022-07-14"} | {
        "figures": figures,
        **more,
    }


async def test_minutes_that_say_what_the_record_does_ask_for_nothing(
    passed: Cast,
) -> None:
    said = stated(passed, a_scan(passed))

    answer = await passed.act(SECRETARIAT, RECORD, said)

    assert answer["differences"] == []
    [paper] = await signed_papers(passed, PATH)
    assert (paper["differences"], paper["settled_by"]) == ([], SECRETARIAT)
    assert (paper["sitting"], paper["met_on"]) == (1, "2022-07-14")
    assert paper["figures"] == said["figures"]
    assert await owed(passed, "settle_signed_minutes") == []


async def test_minutes_that_say_otherwise_are_settled_long_after_the_meeting(
    passed: Cast,
) -> None:
    said = stated(passed, a_scan(passed, signed_pdf(signer())), present=3)
    said["figures"][0]["no"] += 1
    answer = await passed.act(SECRETARIAT, RECORD, said)
    asked, heard = (
        await owed(passed, "settle_signed_minutes"),
        await told(passed, "minutes_differ"),
    )
    mended = {"outcome": "record_mended", "reason": "Đã sửa."}
    early = await passed.refused(SECRETARIAT, SETTLE, mended)
    stranger = await passed.refused("ctqh-02", SETTLE, mended)
    await passed.until(at("2022-08-01"))
    reminded = await told(passed, "settle_signed_minutes_due")

    wrong = {"outcome": "paper_wrong", "reason": WHY}
    await passed.act(SECRETARIAT, SETTLE, wrong)
    again = await passed.refused(SECRETARIAT, SETTLE, wrong)

    assert answer["differences"] == ["present", "figures", "signature"]
    assert asked == ["settle_signed_minutes"]
    assert "Số thành viên có mặt trên giấy là 3, trong hồ sơ là" in heard[0][-1]
    assert "số phiếu của" in heard[0][-1]
    assert reminded
    assert (early, stranger) == ((409, "still_differs"), (403, "not_allowed"))
    assert again in ((409, "nothing_to_settle"), (409, "target_over"))
    [paper] = await signed_papers(passed, PATH)
    assert (paper["outcome"], paper["reason"]) == ("paper_wrong", WHY)
    assert len(paper["differences"]) == 3
    assert [each["signer"] for each in paper["signatures"]] == ["Trần Văn Bình"]
    assert await owed(passed, "settle_signed_minutes") == []
    with passed.office.database.read() as session:
        assert flaws(session, passed.code) == []


async def test_only_a_scan_of_this_meeting_and_its_own_lines_are_held_against_it(
    passed: Cast,
) -> None:
    scan = a_scan(passed)
    strange = await passed.refused(
        SECRETARIAT, RECORD, stated(passed, str(UUID(int=1)))
    )
    line = {"line": str(UUID(int=1)), "yes": 1, "no": 0}
    other = await passed.refused(
        SECRETARIAT, RECORD, stated(passed, scan, figures=[line])
    )
    staff = await passed.refused("ctqh-02", RECORD, stated(passed, scan))
    await passed.act(SECRETARIAT, RECORD, stated(passed, scan))
    twice = await passed.refused(SECRETARIAT, RECORD, stated(passed, scan))

    assert (strange, other) == ((404, "unknown_attachment"), (404, "unknown_line"))
    assert (staff, twice) == ((403, "not_allowed"), (409, "already_recorded"))


async def test_figures_that_nobody_is_told_are_not_written_down(passed: Cast) -> None:
    masked = voted(passed)[0].named.line.id
    with as_owner(passed.office.database) as owned, owned.write() as session:
        row = session.get_one(RoundLine, (KEY, 1, masked))
        row.masked, row.yes, row.no, row.blank = True, None, None, None
        session.add(row)
    line = {"line": str(masked), "yes": 5, "no": 0}

    refused = await passed.refused(
        SECRETARIAT, RECORD, stated(passed, a_scan(passed), figures=[line])
    )

    assert refused == (409, "masked_line")


async def test_minutes_come_back_once_the_vote_is_counted(council: Cast) -> None:
    await council.convene(council.phase1, at("2022-07-14"))
    said = {"file": str(UUID(int=1))}

    assert await council.refused(SECRETARIAT, RECORD, said) == (409, "wrong_state")
