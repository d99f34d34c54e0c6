"""The secret ballot over HTTP: what is taken, what is refused, what is shown when."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, func, select

import cli
from ballots.box import BallotBox
from ballots.keys import Keys
from engine.client import Engine
from store.database import Database
from store.tables import (
    Act,
    ActPayload,
    BallotCast,
    BoardEntry,
    Command,
    SealedSheet,
)
from tests.council.day import FIGHTER, FLAG, OPEN, OWN_OPEN, OWN_SECRET, SECRET, WORKER
from tests.council.votes import COUNCIL, TELLERS, Vote, convened, leaves
from tests.databases import ON_BOTH, as_owner
from tests.journeys.cast import Cast, a_code
from tests.journeys.conftest import Days
from tests.office import DIRECTOR, SECRETARIAT, open_office

MINUTES = {"minutes": "Hội đồng đã họp."}


@pytest.fixture
async def vote(council: Cast) -> Vote:
    """A vote that is open, with the hands counted already."""
    opened = await convened(council)
    await opened.open()
    await opened.hands(OPEN, 9, 0)
    await opened.hands(OWN_OPEN, 8, 0)
    return opened


def stored(session: Session) -> tuple[int, int, int]:
    """Count what a ballot leaves behind: who cast, sealed sheets, acts."""
    casts = select(func.count()).select_from(BallotCast)
    sheets = select(func.count()).select_from(SealedSheet)
    acts = select(func.count()).select_from(Act).where(Act.kind == "cast")
    return (
        session.exec(casts).one(),
        session.exec(sheets).one(),
        session.exec(acts).one(),
    )


def count(vote: Vote) -> tuple[int, int, int]:
    """The same, of the vote's database as it is now."""
    with vote.cast.office.database.read() as session:
        return stored(session)


async def tried(vote: Vote, who: str, sheet: Any) -> tuple[int, str, str | None]:
    """Try to cast; return the status, the code and the source of its refusal."""
    answer = await vote.cast.office.person(who).post(f"{vote.path}/ballot", sheet)
    problem = answer.json()
    source = problem.get("errors", [{}])[0].get("source")
    return answer.status_code, problem["type"].removeprefix("/problems/"), source


@ON_BOTH
async def test_a_sheet_is_taken_once_and_a_retry_hears_only_that_it_was(
    vote: Vote,
) -> None:
    first = await vote.sheet("ld-02", "nay")
    taken = await vote.cast.office.person("ld-02").act(f"{vote.path}/ballot", first)

    again = await tried(vote, "ld-02", first)
    other = await tried(vote, "ld-02", await vote.sheet("ld-02", "yes"))

    assert taken == {
        "session": vote.session,
        "round": 1,
        "cast_at": "2022-07-13T02:00:00Z",
    }
    assert (
        again
        == other
        == (
            409,
            "already_cast",
            "Quy chế của Hội đồng (mặc định, tỷ lệ để trình cấp tỉnh)",
        )
    )
    assert count(vote) == (1, 1, 1)


async def test_what_is_no_vote_is_refused_and_leaves_nothing(vote: Vote) -> None:
    sheet = await vote.sheet("ld-02")
    marks: list[dict[str, str]] = sheet["marks"]
    open_line = {**marks[0], "line": vote.lines[OPEN], "code": a_code("open")}
    own = {**marks[0], "line": vote.lines[OWN_SECRET], "code": a_code("own")}
    own_sheet = await vote.sheet("ctqh-01")

    refused = {
        "no seat": await tried(vote, "ctqh-02", sheet),
        "no such round": await tried(vote, "ld-02", {**sheet, "round": 2}),
        "a line short": await tried(vote, "ld-02", {**sheet, "marks": marks[1:]}),
        "an open line": await tried(
            vote, "ld-02", {**sheet, "marks": [*marks, open_line]}
        ),
        "a line twice": await tried(
            vote,
            "ld-02",
            {**sheet, "marks": [*marks, {**marks[0], "code": a_code("x")}]},
        ),
        "one code twice": await tried(
            vote,
            "ld-02",
            {**sheet, "marks": [{**m, "code": marks[0]["code"]} for m in marks]},
        ),
        "under recusal": await tried(
            vote, "ctqh-01", {**own_sheet, "marks": [*own_sheet["marks"], own]}
        ),
        "no choice": await tried(
            vote, "ld-02", {**sheet, "marks": [{**m, "choice": "no"} for m in marks]}
        ),
        "no code": await tried(
            vote, "ld-02", {**sheet, "marks": [{**m, "code": "1234"} for m in marks]}
        ),
    }

    rule = "Quy chế của Hội đồng (mặc định, tỷ lệ để trình cấp tỉnh)"
    assert refused == {
        "no seat": (403, "no_seat", rule),
        "no such round": (409, "no_ballot", None),
        "a line short": (409, "line_missing", None),
        "an open line": (404, "unknown_line", None),
        "a line twice": (409, "line_twice", None),
        "one code twice": (409, "code_twice", None),
        "under recusal": (409, "recused", rule),
        "no choice": (422, "invalid", None),
        "no code": (422, "invalid", None),
    }
    assert count(vote) == (0, 0, 0)


async def test_a_sheet_after_the_count_is_refused(vote: Vote) -> None:
    late = await vote.sheet("ttdn-01")
    await vote.all_cast({}, COUNCIL[:-1])
    await vote.close(without=["ttdn-01"])

    assert (await tried(vote, "ttdn-01", late))[:2] == (409, "vote_over")
    assert count(vote) == (8, 0, 8)


async def test_no_sheet_is_taken_while_the_campaign_rests(vote: Vote) -> None:
    sheet = await vote.sheet("ld-02")
    reason = {"reason": "Phòng chống bão."}
    await vote.cast.act(DIRECTOR, f"/campaigns/{vote.cast.code}/suspend", reason)

    assert (await tried(vote, "ld-02", sheet))[:2] == (409, "wrong_state")
    assert count(vote) == (0, 0, 0)


async def test_a_line_voted_in_secret_takes_no_hands(vote: Vote) -> None:
    hands = {"lines": [{"line": vote.lines[FLAG], "yes": 9, "no": 0}]}

    refused = await vote.cast.refused(
        SECRETARIAT, f"{vote.path}/record-show-of-hands", hands
    )

    assert refused == (409, "secret_vote")


async def test_a_secret_vote_needs_two_tellers_who_are_there(council: Cast) -> None:
    vote = await convened(council)
    path = f"{vote.path}/open-voting"
    there = COUNCIL[:-1]

    one = await council.refused(
        DIRECTOR, path, {"present": there, "tellers": TELLERS[:1]}
    )
    away = await council.refused(
        DIRECTOR, path, {"present": there, "tellers": [*TELLERS, "ttdn-01"]}
    )

    assert (one, away) == ((409, "tellers_missing"),) * 2


async def test_the_turnout_shows_before_the_count_and_nothing_else_does(
    vote: Vote,
) -> None:
    await vote.all_cast({FLAG: 2}, COUNCIL[:7])
    path = f"{vote.path}/rounds"

    [before] = await vote.cast.pages(path)
    no_board = await vote.cast.refused_to_read(f"{path}/1/board")
    await vote.close(without=COUNCIL[7:])
    [after] = await vote.cast.pages(path)

    assert list(before["cast"]) == COUNCIL[:7]
    assert before["awaited"] == COUNCIL[7:]
    assert [row["yes"] for row in before["lines"]] == [None] * 5
    assert no_board == (404, "unknown_board")
    assert after["awaited"] == []
    assert await vote.counts(FLAG) == [(5, 2, 0, 9)]


async def test_each_member_finds_the_own_votes_and_nobody_elses_name_on_the_board(
    vote: Vote,
) -> None:
    await vote.all_cast({SECRET: 2, FLAG: 4}, COUNCIL)
    await vote.close()

    board = await vote.cast.get(f"{vote.path}/rounds/1/board")

    shown = {
        line["line"]: {each["code"]: each["choice"] for each in line["entries"]}
        for line in board["lines"]
    }
    for place, person in enumerate(COUNCIL):
        code = a_code(person, *FLAG, "1")
        assert shown[vote.lines[FLAG]][code] == ("nay" if place >= 5 else "yes")
    assert not [person for person in COUNCIL if person in str(board["lines"][1:])]
    assert list(shown[vote.lines[FLAG]]) == sorted(shown[vote.lines[FLAG]])


async def test_the_published_board_is_verified_offline_against_the_record(
    vote: Vote, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await vote.all_cast({SECRET: 1}, COUNCIL)
    await vote.close()
    board = await vote.cast.get(f"{vote.path}/rounds/1/board")
    file = tmp_path / "bang-phieu.json"
    file.write_text(json.dumps(board), "utf-8")
    acts = await vote.cast.pages(f"/campaigns/{vote.cast.code}/acts")
    [counted] = [act for act in acts if act["kind"] == "count_ballots"]

    code = cli.run(["verify-ballots", str(file), "--act", counted["digest"]])

    assert code == 0, capsys.readouterr().out
    assert counted["actor"] == "thidua"
    assert counted["payload"]["round"] == 1


async def test_the_board_stays_whole_when_a_line_is_withdrawn_under_the_vote(
    vote: Vote, tmp_path: Path
) -> None:
    await vote.all_cast({}, COUNCIL[:5])
    withdraw = {"line": vote.lines[SECRET], "reason": "Xin rút."}
    await vote.cast.act(
        "ctqh-01", f"{vote.cast.desk(vote.cast.phase1, 'CTQH')}/withdraw-line", withdraw
    )
    await vote.all_cast({}, COUNCIL[5:])
    await vote.close()
    file = tmp_path / "bang-phieu.json"
    board = await vote.cast.get(f"{vote.path}/rounds/1/board")
    file.write_text(json.dumps(board), "utf-8")

    assert cli.run(["verify-ballots", str(file)]) == 0
    assert vote.lines[SECRET] not in {line["line"] for line in board["lines"]}
    assert await vote.counts(SECRET) == [(None, None, None, 9)]


async def test_two_who_use_one_code_both_count_and_neither_stands_twice(
    vote: Vote,
) -> None:
    copied = await vote.sheet("ld-01", "yes")
    person = vote.cast.office.person
    await person("ld-01").act(f"{vote.path}/ballot", copied)
    against = {**copied, "marks": [{**m, "choice": "nay"} for m in copied["marks"]]}
    await person("ld-02").act(f"{vote.path}/ballot", against)
    await vote.all_cast({}, [p for p in COUNCIL if p not in ("ld-01", "ld-02")])
    await vote.close()

    board = await vote.cast.get(f"{vote.path}/rounds/1/board")
    codes = [each["code"] for line in board["lines"] for each in line["entries"]]
    assert await vote.counts(FLAG) == [(8, 1, 0, 9)]
    assert len(codes) == len(set(codes)) == 9 + 9 + 8
    assert sum(code.endswith("/2") for code in codes) == 3


async def test_few_ballots_publish_no_board_only_what_the_tellers_stand_for(
    council: Cast,
) -> None:
    for person in ("ttdn-01", "hctcqt-01", "cthdnd-01", "ld-03"):
        leaves(council, person, "2022-07-01")
    five = ["ctqh-01", "hctcqt-03", "ld-01", "ld-02", "ld-04"]
    vote = await convened(council)
    tellers = ["ctqh-01", "ld-04"]
    await vote.open(absent=[p for p in COUNCIL if p not in five], tellers=tellers)
    await vote.hands(OPEN, 5, 0)
    await vote.hands(OWN_OPEN, 4, 0)
    await vote.all_cast({SECRET: 2}, five)
    await vote.close()

    board = await council.get(f"{vote.path}/rounds/1/board")
    early = await council.refused(SECRETARIAT, f"{vote.path}/sign-minutes")
    stranger = await council.refused("ld-02", f"{vote.path}/attest-count")
    for teller in tellers:
        await council.act(teller, f"{vote.path}/attest-count")
    twice = await council.refused("ld-04", f"{vote.path}/attest-count")
    signed = await council.act(SECRETARIAT, f"{vote.path}/sign-minutes")

    with council.office.database.read() as session:
        entries = session.exec(select(BoardEntry)).all()
    assert entries == []
    assert {(row["tally"], row["entries"]) for row in board["lines"]} == {(None, None)}
    assert (await vote.outcomes())[SECRET] == (
        "council_failed",
        "Không đạt tỷ lệ phiếu cần thiết (số phiếu không công bố).",
    )
    assert (await vote.outcomes())[FLAG] == ("council_passed", None)
    assert await vote.counts(FLAG) == [(None, None, None, 5)]
    assert (early, stranger, twice, signed) == (
        (409, "not_attested"),
        (409, "not_a_teller"),
        (409, "already_attested"),
        {"state": "counted"},
    )


async def test_a_declared_recusal_leaves_vote_and_whole_and_is_frozen_by_the_opening(
    council: Cast,
) -> None:
    vote = await convened(council)
    path = f"{vote.path}/recuse"
    kin = {"line": vote.lines[SECRET], "reason": "Anh em ruột."}
    await council.act("ld-04", path, kin)
    twice = await council.refused("ld-04", path, kin)
    await vote.open()
    late = await council.refused("ld-02", path, kin)
    await vote.hands(OPEN, 9, 0)
    await vote.hands(OWN_OPEN, 8, 0)
    await vote.all_cast({}, COUNCIL)
    await vote.close()

    assert (twice, late) == ((409, "already_recused"), (409, "wrong_state"))
    assert await vote.counts(SECRET) == [(8, 0, 0, 8)]


async def test_a_conflict_found_in_the_vote_voids_it_for_those_who_remain_to_vote_again(
    vote: Vote,
) -> None:
    kin = {"line": vote.lines[FLAG], "reason": "Nhận ra là anh em họ."}
    path = f"{vote.path}/declare-conflict"
    await vote.all_cast({FLAG: 9}, COUNCIL[:4])
    await vote.cast.act("ld-04", path, kin)
    twice = await vote.cast.refused("ld-04", path, kin)
    minutes = {**MINUTES, "without": COUNCIL}
    early = await vote.cast.refused(SECRETARIAT, f"{vote.path}/close-voting", minutes)
    remain = [person for person in COUNCIL if person != "ld-04"]
    again = {"present": COUNCIL, "tellers": TELLERS, "lines": [vote.lines[FLAG]]}
    why = {"reason": "Một thành viên có liên quan."}
    await vote.cast.act(DIRECTOR, f"{vote.path}/repeat-vote", again | why)
    await vote.all_cast({}, COUNCIL[4:])
    await vote.all_cast({FLAG: 1}, remain, 2)
    await vote.close()

    assert (twice, early) == ((404, "unknown_line"), (409, "not_voted"))
    assert await vote.counts(FLAG) == [(None, None, None, 9), (7, 1, 0, 8)]
    assert await vote.counts(SECRET) == [(9, 0, 0, 9)]
    assert len(vote.notices("vote_void")) == 2  # the chair and the secretary


async def test_a_vote_is_void_for_one_line_and_goes_on_for_the_others(
    vote: Vote,
) -> None:
    await vote.all_cast({FLAG: 9}, COUNCIL[:4])
    again = {
        "present": COUNCIL,
        "tellers": TELLERS,
        "lines": [vote.lines[FLAG]],
        "reason": "Một thành viên có liên quan.",
    }
    await vote.cast.act(DIRECTOR, f"{vote.path}/repeat-vote", again)
    sheets = await vote.cast.office.person("ttdn-01").get(f"{vote.path}/ballot")
    await vote.all_cast({}, COUNCIL[4:])
    await vote.all_cast({FLAG: 1}, COUNCIL, 2)
    await vote.close()

    assert [len(sheet["lines"]) for sheet in sheets] == [2, 1]
    assert await vote.counts(FLAG) == [(None, None, None, 9), (8, 1, 0, 9)]
    assert await vote.counts(SECRET) == [(9, 0, 0, 9)]
    first = await vote.cast.get(f"{vote.path}/rounds/1/board")
    assert vote.lines[FLAG] not in {line["line"] for line in first["lines"]}


async def test_paper_is_counted_twice_and_alike(council: Cast) -> None:
    vote = await convened(council)
    await vote.open(paper=True)
    await vote.hands(OPEN, 9, 0)
    await vote.hands(OWN_OPEN, 8, 0)
    path = f"{vote.path}/record-paper-count"
    flag, secret, own = (vote.lines[line] for line in (FLAG, SECRET, OWN_SECRET))

    def counted(line: str, yes: int, no: int, **more: int) -> dict[str, Any]:
        whole = {"issued": 9, "collected": 8, "valid": 7, "invalid": 1, "blank": 0}
        return {"line": line, "yes": yes, "no": no, **whole, **more}

    alone = {"issued": 8, "collected": 4, "valid": 4, "invalid": 0}
    figures = {"line": own, **alone, "yes": 4, "no": 0, "blank": 0}
    outcome = {"line": own, **alone, "carried": False}
    wrong = counted(flag, 7, 1)
    right = [counted(flag, 5, 2), counted(secret, 7, 0), outcome]
    sums = await council.refused(TELLERS[0], path, {"lines": [wrong]})
    shown = await council.refused(TELLERS[0], path, {"lines": [figures]})
    stranger = await council.refused("ld-02", path, {"lines": right})
    await council.act(TELLERS[0], path, {"lines": right})
    once = await council.refused(SECRETARIAT, f"{vote.path}/close-voting", MINUTES)
    differing = [counted(flag, 4, 3), *right[1:]]
    told = await council.act(TELLERS[1], path, {"lines": differing})
    unlike = await council.refused(SECRETARIAT, f"{vote.path}/close-voting", MINUTES)
    agreed = await council.act(TELLERS[1], path, {"lines": right})
    await vote.close()

    assert (sums, shown, stranger) == (
        (409, "count_wrong"),
        (409, "masked_ballots"),
        (409, "not_a_teller"),
    )
    assert (once, unlike) == ((409, "not_counted"),) * 2
    assert (told, agreed) == (
        {"agreed": 2, "differ": [flag]},
        {"agreed": 3, "differ": []},
    )
    assert await vote.counts(FLAG) == [(5, 2, 0, 9)]
    assert await vote.counts(OWN_SECRET) == [(None, None, None, 8)]
    outcomes = {line: said[0] for line, said in (await vote.outcomes()).items()}
    assert (outcomes[FLAG], outcomes[SECRET], outcomes[OWN_SECRET]) == (
        "council_passed",
        "council_failed",
        "council_failed",
    )


async def test_a_box_without_its_key_is_voted_on_again(
    vote_days: Days, engine: Engine, tmp_path: Path
) -> None:
    keys = Keys(tmp_path / "keys")
    async with open_office(
        vote_days.copy("vote"), engine, box=BallotBox(keys)
    ) as office:
        vote = await convened(Cast(office))
        await vote.open()
        await vote.hands(OPEN, 9, 0)
        await vote.hands(OWN_OPEN, 8, 0)
        await vote.all_cast({}, COUNCIL)
        keys.destroy(keys.all()[0])
        lost = await vote.cast.refused(
            SECRETARIAT, f"{vote.path}/close-voting", MINUTES
        )
        again = {
            "present": COUNCIL,
            "tellers": TELLERS,
            "lines": [vote.lines[each] for each in (SECRET, OWN_SECRET, FLAG)],
            "reason": "Mất khóa hòm phiếu.",
        }
        await vote.cast.act(DIRECTOR, f"{vote.path}/repeat-vote", again)
        await vote.all_cast({}, COUNCIL, 2)
        await vote.close()

        assert lost == (409, "key_gone")
        assert await vote.counts(FLAG) == [(None, None, None, 9), (9, 0, 0, 9)]
        assert keys.all() == []
        assert count(vote) == (18, 0, 18)


async def test_a_cancelled_campaign_leaves_neither_sheets_nor_their_key(
    vote_days: Days, engine: Engine, tmp_path: Path
) -> None:
    keys = Keys(tmp_path / "keys")
    box, database = BallotBox(keys), vote_days.copy("vote")
    async with open_office(database, engine, box=box) as office:
        vote = await convened(Cast(office))
        await vote.open()
        await vote.all_cast({}, COUNCIL[:4])
        late = await vote.sheet("ttdn-01")
        reason = {"reason": "Sáp nhập cơ quan."}
        await vote.cast.act(DIRECTOR, f"/campaigns/{vote.cast.code}/cancel", reason)
        refused = await tried(vote, "ttdn-01", late)

    assert count(vote) == (4, 0, 4)
    assert keys.all() == []
    assert refused[:2] == (409, "wrong_state")


@ON_BOTH
async def test_a_box_that_somebody_has_put_a_sheet_into_is_not_counted(
    vote: Vote,
) -> None:
    await vote.all_cast({}, COUNCIL)
    with vote.cast.office.database.write() as session:
        one = session.exec(select(SealedSheet)).first()
        assert one is not None
        session.add(SealedSheet(session=one.session, round=1, content=one.content))

    refused = await vote.cast.refused(SECRETARIAT, f"{vote.path}/close-voting", MINUTES)

    assert refused == (409, "box_wrong")
    assert await vote.counts(FLAG) == [(None, None, None, 9)]


@ON_BOTH
async def test_a_choice_stands_nowhere_before_the_count_and_a_code_only_on_the_board(
    vote_days: Days, engine: Engine, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    keys = Keys(tmp_path / "keys")
    database = vote_days.copy("vote")
    async with open_office(database, engine, box=BallotBox(keys)) as office:
        vote = await convened(Cast(office))
        await vote.open()
        await vote.hands(OPEN, 9, 0)
        await vote.hands(OWN_OPEN, 8, 0)
        await vote.all_cast({FLAG: 3}, COUNCIL)
        codes = [a_code(p, *FLAG, "1") for p in COUNCIL]
        during = everything(database) + caplog.text
        sealed = sheets(database)
        await vote.close()

        assert not [code for code in codes if code in during]
        assert len(sealed) == 9
        assert keys.all() == []
        with database.read() as session:
            said = [row.payload for row in session.exec(select(ActPayload))]
            said += [row.payload for row in session.exec(select(Command))]
        assert not [code for code in codes if code in str(said)]
        assert sheets(database) == []
        left = raw(database)
        assert not [each for each in sealed if each in left]


async def test_nobody_who_waits_for_the_count_keeps_its_sheets_in_the_files(
    vote: Vote,
) -> None:
    await vote.all_cast({}, COUNCIL)
    database = vote.cast.office.database
    sealed = sheets(database)
    before = raw(database)

    person = vote.cast.office.person(SECRETARIAT)
    answer = await person.post(f"{vote.path}/close-voting", MINUTES)

    assert len(sealed) == 9
    assert all(each in before for each in sealed)
    assert (answer.status_code, answer.json()["state"]) == (200, "applied")
    assert not [each for each in sealed if each in raw(database)]


def sheets(database: Database) -> list[bytes]:
    """Read the sealed sheets that there are."""
    with database.read() as session:
        return list(session.exec(select(SealedSheet.content)))


def everything(database: Database) -> str:
    """Write out every row of every table."""
    tables = type(database).__name__  # a word, so that the text is never empty
    with database.read() as session:
        for table in SealedSheet.metadata.sorted_tables:
            rows = session.connection().execute(table.select()).all()
            tables += "\n".join(str(row) for row in rows)
    return tables


def raw(database: Database) -> bytes:
    """Read the bytes of the table of sheets, with what a journal of its still holds."""
    if database.engine.dialect.name == "postgresql":
        return _raw_of_postgres(database)
    file = Path(database.engine.url.database or "")
    journal = file.with_name(f"{file.name}-wal")
    assert sqlite3.connect(file).execute("PRAGMA page_count").fetchone() != (0,)
    return file.read_bytes() + (journal.read_bytes() if journal.exists() else b"")


def _raw_of_postgres(database: Database) -> bytes:
    where = "SELECT current_setting('data_directory'), pg_relation_filepath(%s)"
    with as_owner(database) as owned, owned.engine.connect() as connection:
        connection.exec_driver_sql("CHECKPOINT")
        folder, file = connection.exec_driver_sql(where, ("sealed_sheets",)).one()
    return Path(folder, file).read_bytes()


async def test_what_a_quota_has_no_room_for_is_counted_and_downgraded(
    quota: Cast,
) -> None:
    vote = await convened(quota)
    await vote.open()
    await vote.hands(WORKER, 9, 0)
    await vote.all_cast({}, COUNCIL)

    answer = await vote.close()

    # One worker gives room for 0.15 fighters, that is for none.
    assert answer["outcomes"][vote.lines[FIGHTER]] == "council_downgraded"
    assert await vote.counts(FIGHTER) == [(9, 0, 0, 9)]


async def test_whoever_owes_the_ballot_something_finds_it_among_the_tasks(
    vote: Vote,
) -> None:
    async def owed(*people: str) -> dict[str, list[str]]:
        found = {}
        for who in people:
            tasks = await vote.cast.office.person(who).pages("/me/tasks")
            found[who] = [task["kind"] for task in tasks]
        return found

    teller, member, keeper = TELLERS[0], "ld-02", SECRETARIAT
    opened = await owed(teller, member, keeper)
    [task] = await vote.cast.office.person(member).pages("/me/tasks")
    await vote.all_cast({}, COUNCIL)
    cast = await owed(teller, member, keeper)
    await vote.close()
    counted = await owed(teller, member, keeper)
    for each in TELLERS:
        await vote.cast.act(each, f"{vote.path}/attest-count")
    attested = await owed(teller, member, keeper)

    assert task == {
        "kind": "cast",
        "path": f"/api/v1{vote.path}/ballot",
        "title": "Bỏ phiếu kín: Giai đoạn 1",
        "campaign": "2022",
        "due_at": "2022-07-14T17:00:00Z",
        "overdue": False,
        "behalf": None,
        "why": "Việc này giao đích danh cho bạn.",
        "ends": "Xong khi bạn làm việc «Bỏ phiếu kín».",
    }
    assert opened == {
        teller: ["cast"],
        member: ["cast"],
        keeper: ["cast", "close_voting"],
    }
    assert cast == {teller: [], member: [], keeper: ["close_voting"]}
    assert counted == {teller: ["attest_count"], member: [], keeper: []}
    assert attested == {teller: [], member: [], keeper: ["sign_minutes"]}
