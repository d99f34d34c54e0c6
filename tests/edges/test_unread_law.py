"""A law in force whose text is not to be had: whatever rests on its rules says so."""

from intake.rulepacks import load_packs
from tests.edges.rows import told
from tests.journeys.cast import Cast, at
from tests.office import DIRECTOR

VN2026 = load_packs()[-1]
WARNING = str(VN2026.warning_vi)


async def migrated(cast: Cast) -> None:
    """Let the director say by which rules the first phase goes."""
    body = {"phase": cast.phase1, "pack": "VN2026", "reason": "Luật đã sửa đổi."}
    await cast.act(DIRECTOR, f"/campaigns/{cast.code}/migrate-rules", body)


async def test_refusals_notices_papers_and_reports_warn_of_a_law_that_is_not_read(
    july: Cast,
) -> None:
    await migrated(july)
    session = await july.convene(july.phase1, at("2022-07-14"))
    await july.until(at("2022-07-14"))
    absent = [seat.person for seat in july.year.council if seat.seat == "member"]
    body = {"present": [s.person for s in july.year.council if s.person not in absent]}
    path = f"/council-sessions/{session}/open-voting"
    refused = await july.office.person(DIRECTOR).post(path, body)
    await july.vote(session)
    await july.decide("2022-1-qd1")
    await july.issue("2022-1-qd1", 7, 2022)

    [reason] = refused.json()["errors"]
    assert (reason["rule"], reason["warning"]) == ("VN2026.council.quorum", WARNING)
    assert refused.json()["detail"].endswith(WARNING)
    for kind in ("minutes_wait", "decision_waits", "decided", "awarded", "results"):
        texts = {text for *_, text in await told(july, kind)}
        assert texts
        assert all(text.count(WARNING) == 1 for text in texts), kind
    phases = await july.get(f"/campaigns/{july.code}/phases")
    assert [phase["warnings"] for phase in phases] == [[WARNING], []]
    papers = [
        *await july.pages(f"/phases/{july.phase1}/council-sessions"),
        *await july.pages(f"/phases/{july.phase1}/decisions"),
        await july.get(f"/phases/{july.phase1}/targets"),
    ]
    assert [paper["warning"] for paper in papers] == [WARNING] * 3
    [review] = await july.pages(f"/campaigns/{july.code}/reports")
    assert review["content"]["warnings"] == [WARNING]
