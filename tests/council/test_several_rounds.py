"""A session of more lines than a sheet takes: one meeting, several sheets, one count.

The bound is handed in with the ballot box; here a sheet takes one line, or two.
"""

import json
import re
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

import cli
from api.campaigns import ballots
from ballots.box import BallotBox
from ballots.keys import Keys
from domain.council.rounds import LINES
from engine.client import Engine
from store.voting import rounds_of
from tests.api.web.council.test_sheets import filled
from tests.council.day import FLAG, OPEN, OWN_OPEN, OWN_SECRET, SECRET
from tests.council.votes import COUNCIL, TELLERS, Vote, convened
from tests.journeys.cast import Cast
from tests.journeys.conftest import Days
from tests.office import DIRECTOR, SECRETARIAT, open_office

Meeting = Callable[..., AbstractAsyncContextManager[Vote]]


@pytest.fixture
def meeting(vote_days: Days, engine: Engine, tmp_path: Path) -> Meeting:
    """Open an office whose sheets take so many lines, and convene its council."""

    @asynccontextmanager
    async def opened(lines: int) -> AsyncIterator[Vote]:
        box = BallotBox(Keys(tmp_path / f"keys-{lines}"), lines=lines)
        database = vote_days.copy("vote")
        async with open_office(database, engine, box=box, patience=60) as office:
            yield await convened(Cast(office))

    return opened


async def rounds(vote: Vote) -> list[dict[str, Any]]:
    """Read the rounds of the session."""
    return await vote.cast.pages(f"{vote.path}/rounds")


async def sheets(vote: Vote, person: str) -> list[int]:
    """Name the rounds in which somebody finds a sheet that they have not cast."""
    found = await vote.cast.office.person(person).get(f"{vote.path}/ballot")
    return [sheet["round"] for sheet in found if sheet["cast_at"] is None]


async def owes(vote: Vote, person: str) -> list[str]:
    """List what somebody owes to the session."""
    tasks = await vote.cast.office.person(person).pages("/me/tasks")
    return sorted(each["kind"] for each in tasks if vote.session in each["path"])


async def cast_all(vote: Vote, people: list[str], **noes: int) -> None:
    """Let people cast every sheet that waits for them; the last ones say no."""
    for place, person in enumerate(people):
        no = {FLAG: "nay"} if place >= len(people) - noes.get("flag", 0) else {}
        for number in await sheets(vote, person):
            await vote.cast_ballot(person, no, number)


async def test_one_meeting_has_as_many_rounds_as_its_lines_need(
    meeting: Meeting,
) -> None:
    async with meeting(2) as vote:
        answer = await vote.open()
        found = await rounds(vote)
        invited = vote.notices("ballot_opens")
        names = {key: line for line, key in vote.lines.items()}

        assert answer == {"present": 9, "members": 9, "rounds": 3}
        assert [[names[row["line"]] for row in each["lines"]] for each in found] == [
            [OWN_SECRET, SECRET],
            [FLAG],
            [OPEN, OWN_OPEN],
        ]
        assert {tuple(each["roll"]) for each in found} == {tuple(COUNCIL)}
        assert {tuple(each["tellers"]) for each in found} == {tuple(TELLERS)}
        assert [each["awaited"] for each in found] == [COUNCIL, COUNCIL, []]
        assert [who for *_, who in invited] == COUNCIL
        assert await sheets(vote, "ld-02") == [1, 2]


async def test_a_member_owes_until_every_sheet_is_in_and_each_is_cast_alone(
    meeting: Meeting,
) -> None:
    async with meeting(2) as vote:
        await vote.open()
        at_first = await owes(vote, "ld-02")
        await vote.cast_ballot("ld-02", "yes", 1)
        after_one, left = await owes(vote, "ld-02"), await sheets(vote, "ld-02")
        again = await vote.cast.refused(
            "ld-02", f"{vote.path}/ballot", await vote.sheet("ld-02", "yes", 1)
        )
        await vote.cast_ballot("ld-02", "yes", 2)

        assert (at_first, after_one, left) == (["cast"], ["cast"], [2])
        assert again == (409, "already_cast")
        assert await owes(vote, "ld-02") == []


async def test_who_lacks_one_sheet_is_waited_for_or_named(meeting: Meeting) -> None:
    async with meeting(2) as vote:
        await vote.open()
        await vote.hands(OPEN, 9, 0)
        await vote.hands(OWN_OPEN, 8, 0)
        await cast_all(vote, COUNCIL[:-1])
        await vote.cast_ballot("ttdn-01", "yes", 1)
        path = f"{vote.path}/close-voting"
        waited = await vote.cast.refused(SECRETARIAT, path, {"minutes": "Đã họp."})
        both = {"minutes": "Đã họp.", "without": ["ttdn-01", "ld-02"]}
        wrongly = await vote.cast.refused(SECRETARIAT, path, both)
        await vote.close(without=["ttdn-01"])

        assert (waited, wrongly) == ((409, "not_cast"), (409, "not_awaited"))
        assert await vote.counts(SECRET) == [(9, 0, 0, 9)]
        assert await vote.counts(FLAG) == [(8, 0, 0, 9)]


async def test_the_rounds_are_counted_at_once_told_once_and_attested_together(
    meeting: Meeting, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with meeting(1) as vote:
        await vote.open()
        await vote.hands(OPEN, 9, 0)
        await vote.hands(OWN_OPEN, 8, 0)
        await cast_all(vote, COUNCIL, flag=4)
        await vote.close()
        early = await vote.cast.refused(SECRETARIAT, f"{vote.path}/sign-minutes")
        attested = [
            await vote.cast.act(teller, f"{vote.path}/attest-count")
            for teller in TELLERS
        ]
        for signer in (SECRETARIAT, DIRECTOR):
            await vote.cast.act(signer, f"{vote.path}/sign-minutes")
        acts = await vote.cast.pages(f"/campaigns/{vote.cast.code}/acts")
        counted = [act for act in acts if act["kind"] == "count_ballots"]
        checked = []
        for number, act in enumerate(counted, 1):
            file = tmp_path / f"bang-phieu-{number}.json"
            board = await vote.cast.get(f"{vote.path}/rounds/{number}/board")
            file.write_text(json.dumps(board), "utf-8")
            asked = ["verify-ballots", str(file), "--act", act["digest"]]
            checked.append((cli.run(asked), len(board["lines"])))

        assert checked == [(0, 1)] * 3, capsys.readouterr().out
        assert [who for *_, who in vote.notices("ballots_counted")] == COUNCIL
        assert (early, attested) == ((409, "not_attested"), [{"rounds": 3}] * 2)
        assert [await vote.counts(line) for line in (OWN_SECRET, FLAG)] == [
            [(8, 0, 0, 8)],
            [(5, 4, 0, 9)],
        ]


@pytest.mark.parametrize("lines", [1, 2, LINES])
async def test_what_a_vote_comes_to_does_not_hang_on_how_it_is_parted(
    meeting: Meeting, lines: int
) -> None:
    async with meeting(lines) as vote:
        await vote.open()
        await vote.hands(OPEN, 9, 0)
        await vote.hands(OWN_OPEN, 3, 5)
        await cast_all(vote, COUNCIL, flag=4)
        await vote.close()

        assert {line: said[0] for line, said in (await vote.outcomes()).items()} == {
            OPEN: "council_passed",
            OWN_OPEN: "council_failed",
            SECRET: "council_passed",
            OWN_SECRET: "council_passed",
            FLAG: "council_passed",
        }


async def test_a_conflict_voids_one_line_of_one_round_and_the_others_stand(
    meeting: Meeting,
) -> None:
    async with meeting(2) as vote:
        await vote.open()
        await cast_all(vote, COUNCIL)
        found = {"line": vote.lines[SECRET], "reason": "Là người nhà."}
        await vote.cast.act("ld-02", f"{vote.path}/declare-conflict", found)
        again = {
            "present": COUNCIL,
            "tellers": TELLERS,
            "lines": [found["line"]],
            "reason": "Xung đột lợi ích.",
        }
        opened = await vote.cast.act(DIRECTOR, f"{vote.path}/repeat-vote", again)
        await vote.hands(OPEN, 9, 0)
        await vote.hands(OWN_OPEN, 8, 0)
        await cast_all(vote, [who for who in COUNCIL if who != "ld-02"])
        await vote.close()

        assert opened == {"round": 4, "lines": 1}
        assert await vote.counts(SECRET) == [(None, None, None, 9), (8, 0, 0, 8)]
        assert await vote.counts(OWN_SECRET) == [(8, 0, 0, 8)]


async def lose_a_key(vote: Vote, keys: Keys) -> str:
    """Destroy the key of the second round, and try to count; return what is said."""
    with vote.cast.office.database.read() as session:
        keys.destroy(rounds_of(session, vote.session)[1].public_key or b"")
    path = f"{vote.path}/close-voting"
    answer = await vote.cast.office.person(SECRETARIAT).post(path, {"minutes": "Họp."})
    said: str = answer.json()["detail"]
    return said


async def test_a_box_without_its_key_is_named_and_the_other_sheets_stand(
    vote_days: Days, engine: Engine, tmp_path: Path
) -> None:
    keys = Keys(tmp_path / "keys")
    box, database = BallotBox(keys, lines=2), vote_days.copy("vote")
    async with open_office(database, engine, box=box, patience=60) as office:
        vote = await convened(Cast(office))
        await vote.open()
        await vote.hands(OPEN, 9, 0)
        await vote.hands(OWN_OPEN, 8, 0)
        await cast_all(vote, COUNCIL)
        said = await lose_a_key(vote, keys)
        again = {
            "present": COUNCIL,
            "tellers": TELLERS,
            "lines": [vote.lines[FLAG]],
            "reason": "Mất khóa hòm phiếu.",
        }
        await vote.cast.act(DIRECTOR, f"{vote.path}/repeat-vote", again)
        await cast_all(vote, COUNCIL)
        await vote.close()

        assert "vòng 2" in said
        assert await vote.counts(FLAG) == [(None, None, None, 9), (9, 0, 0, 9)]
        assert await vote.counts(SECRET) == [(9, 0, 0, 9)]
        assert keys.all() == []


async def test_a_second_round_of_many_lines_has_several_sheets_too(
    meeting: Meeting,
) -> None:
    async with meeting(2) as vote:
        await vote.open()
        await vote.hands(OPEN, 9, 0)
        await vote.hands(OWN_OPEN, 8, 0)
        for person in COUNCIL:
            for number in await sheets(vote, person):
                await vote.cast_ballot(person, "nay", number)
        await vote.close()
        failed = [vote.lines[line] for line in (SECRET, OWN_SECRET, FLAG)]
        sitting = {"present": COUNCIL, "tellers": TELLERS, "lines": failed}
        path = f"{vote.path}/order-second-round"
        opened = await vote.cast.act(DIRECTOR, path, sitting)
        await cast_all(vote, COUNCIL)
        await vote.close()

        assert opened == {"round": 4, "rounds": [4, 5], "lines": 3}
        assert await vote.counts(FLAG) == [(0, 9, 0, 9), (9, 0, 0, 9)]
        outcomes = await vote.outcomes()
        assert outcomes[FLAG][0] == outcomes[SECRET][0] == "council_passed"
        assert [who for *_, who in vote.notices("ballots_counted")] == COUNCIL * 2


async def test_a_poll_in_writing_needs_its_answers_on_each_sheet(
    meeting: Meeting,
) -> None:
    async with meeting(2) as vote:
        poll = {"in_writing": True, "present": [], "tellers": TELLERS}
        await vote.cast.act(DIRECTOR, f"{vote.path}/open-voting", poll)
        await cast_all(vote, COUNCIL[:3])
        for person in COUNCIL[3:]:
            await vote.cast_ballot(person, "yes", 1)
        silent = {"minutes": "Lấy ý kiến.", "without": COUNCIL[3:]}
        path = f"{vote.path}/close-voting"
        short = await vote.cast.refused(SECRETARIAT, path, silent)
        await cast_all(vote, COUNCIL)
        await vote.close()

        assert short == (409, "quorum")
        assert await vote.counts(OPEN) == [(9, 0, 0, 9)]


async def test_rounds_and_sheets_come_a_few_at_a_time(meeting: Meeting) -> None:
    async with meeting(1) as vote:
        await vote.open()
        secretary = vote.cast.office.person(SECRETARIAT)
        first = await secretary.get(f"{vote.path}/rounds", limit=2)
        rest = await secretary.get(f"{vote.path}/rounds", limit=2, cursor=first["next"])
        later = await vote.cast.office.person("ld-02").get(
            f"{vote.path}/ballot", after=1
        )

        assert [each["number"] for each in first["items"]] == [1, 2]
        assert [each["number"] for each in rest["items"]] == [3, 4]
        assert [len(each["lines"]) for each in rest["items"]] == [1, 1]
        assert [sheet["round"] for sheet in later] == [2, 3]


async def test_the_page_leads_from_sheet_to_sheet_however_few_are_read_at_once(
    meeting: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ballots, "AT_ONCE", 1)
    parts, answers = [], []
    async with meeting(1) as vote:
        await vote.open()
        http, page = vote.cast.office.http, f"/hoi-dong/{vote.session}/phieu"
        http.headers["X-Thidua-Person"] = DIRECTOR
        while "ballot-line" in (sheet := (await http.get(page)).text):
            parts += re.findall(r"Phần (\d+) trong (\d+) phần", sheet)
            answers.append((await http.post(page, data=filled(sheet))).status_code)
        del http.headers["X-Thidua-Person"]
        monkeypatch.undo()
        left = await sheets(vote, DIRECTOR)

    assert parts == [("1", "3"), ("2", "3"), ("3", "3")]
    assert (answers, left) == ([200] * 3, [])
