"""E25: the director, or whoever signs for him, is a nominee himself."""

from typing import Any

from sqlmodel import select

from domain.states import DecisionState
from store.tables import Act, ActPayload
from tests.edges.rows import lines_of, objection, states_of, the_decision, told
from tests.edges.test_delegation import APPROVE, a_power
from tests.journeys.cast import Cast, at
from tests.office import DIRECTOR

DEPUTIES = ["ld-02", "ld-03"]
NOMINEE, OTHERS = "ctqh-02", ["cthdnd-02", "hctcqt-02"]
FIRST, OWN = "/decisions/2022-1-qd1/decide", "/decisions/2022-1-qd2/decide"
NOW = "2022-07-14T02:00:00Z"


async def appoint(cast: Cast, person: str, office: str, day: str) -> None:
    """Let the secretariat write down that a nominee takes an office."""
    body = {"person": person, "office": office, "starts": day}
    await cast.keep("/appointments", body)


async def change_the_director(cast: Cast, day: str) -> None:
    """Let a nominee follow the director, who leaves."""
    held = await cast.pages("/appointments", person=DIRECTOR)
    (office,) = (row for row in held if row["office"] == "director")
    await cast.ended("appointments", office, day)
    await appoint(cast, NOMINEE, "director", day)


async def vote_under_a_nominated_director(cast: Cast) -> None:
    """Hold the council's vote after a nominee has become director."""
    await change_the_director(cast, "2022-07-14")
    session = await cast.convene(cast.phase1, at("2022-07-14"))
    await cast.until(at("2022-07-14"))
    await cast.vote(session)


async def owed(cast: Cast, who: str) -> list[tuple[str, Any]]:
    """List the decisions that wait for somebody, and for whom they would sign."""
    tasks = await cast.office.person(who).pages("/me/tasks")
    return [(t["path"], t["behalf"]) for t in tasks if t["kind"] == "decide"]


async def test_e25_a_deputy_decides_the_directors_own_line_and_he_all_the_others(
    july: Cast,
) -> None:
    await vote_under_a_nominated_director(july)
    waiting = {who: await owed(july, who) for who in (NOMINEE, *DEPUTIES, DIRECTOR)}
    await july.act(NOMINEE, FIRST, APPROVE)
    between = await states_of(july)
    (phase, _) = await july.get(f"/campaigns/{july.code}/phases")
    await july.act("ld-02", OWN, APPROVE)
    for number in (1, 2):
        await july.issue(f"2022-1-qd{number}", number, 2022)

    assert waiting == {
        NOMINEE: [(f"/api/v1{FIRST}", None)],
        "ld-02": [(f"/api/v1{OWN}", NOMINEE)],
        "ld-03": [(f"/api/v1{OWN}", NOMINEE)],
        DIRECTOR: [],
    }
    assert between == {NOMINEE: "council_passed"} | dict.fromkeys(
        OTHERS, "director_approved"
    )
    assert phase["state"] == "director_review"
    signed = {"state": DecisionState.ISSUED, "decided_at": at("2022-07-14")}
    assert the_decision(july, "2022-1-qd1") == signed | {
        "decided_by": NOMINEE,
        "behalf": None,
        "delegation": None,
        "capacity": None,
    }
    assert the_decision(july, "2022-1-qd2") == signed | {
        "decided_by": "ld-02",
        "behalf": NOMINEE,
        "delegation": None,
        "capacity": "signed_for",
    }
    assert set((await states_of(july)).values()) == {"awarded"}
    (phase, _) = await july.get(f"/campaigns/{july.code}/phases")
    assert phase["state"] == "closed"


async def test_e25_neither_the_director_nor_a_deputy_decides_what_is_the_others(
    july: Cast,
) -> None:
    await vote_under_a_nominated_director(july)

    own = await objection(july, NOMINEE, OWN, APPROVE)
    others = await objection(july, "ld-02", FIRST, APPROVE)

    assert own == (
        409,
        {
            "code": "own_line",
            "detail": "Không ai quyết định về đề nghị của chính mình: đề nghị của "
            "Chánh Văn phòng do Phó Chánh Văn phòng ký KT., đề nghị của người được ủy "
            "quyền do Chánh Văn phòng hoặc người khác được ủy quyền ký.",
            "rule": "decision.own_line",
            "source": "Mặc định của cơ quan",
            "certainty": "proposed",
            "warning": None,
        },
    )
    assert (others[0], others[1]["code"]) == (403, "not_allowed")
    assert set((await states_of(july)).values()) == {"council_passed"}


async def test_e25_the_deputies_are_asked_and_reminded_of_the_directors_own_line(
    july: Cast,
) -> None:
    await vote_under_a_nominated_director(july)

    await july.until(at("2022-08-02"))

    waits, due = "own_decision_waits", "own_decision_due"
    assert [
        (when, kind, who) for when, kind, who, _ in await told(july, waits, due)
    ] == [
        (NOW, waits, "ld-02"),
        (NOW, waits, "ld-03"),
        ("2022-08-02T01:00:00Z", due, "ld-02"),
        ("2022-08-02T01:00:00Z", due, "ld-03"),
    ]
    assert [who for _, _, who, _ in await told(july, "decision_due")] == [NOMINEE]


async def test_e25_who_becomes_director_after_the_vote_leaves_the_own_line_undecided(
    passed: Cast,
) -> None:
    await change_the_director(passed, "2022-07-14")
    lines = await lines_of(passed)
    named = {"rulings": [{"line": lines[NOMINEE]["id"], "outcome": "approve"}]}

    refused = await passed.refused(NOMINEE, FIRST, named | APPROVE)
    before = await states_of(passed)
    await passed.act(NOMINEE, FIRST, APPROVE)

    assert refused == (409, "own_line")
    assert set(before.values()) == {"council_passed"}
    assert await states_of(passed) == {NOMINEE: "council_passed"} | dict.fromkeys(
        OTHERS, "director_approved"
    )
    decisions = await passed.pages(f"/phases/{passed.phase1}/decisions")
    assert [
        (each["id"], each["state"], sorted(line["line"] for line in each["lines"]))
        for each in decisions
    ] == [
        ("2022-1-qd1", "decided", sorted(lines[who]["id"] for who in OTHERS)),
        ("2022-1-qd2", "pending", [lines[NOMINEE]["id"]]),
    ]
    assert said_of_the_decision(passed)["left_to_others"] == "2022-1-qd2"
    assert [
        who for _, _, who, _ in await told(passed, "own_decision_waits")
    ] == DEPUTIES


def said_of_the_decision(cast: Cast) -> dict[str, Any]:
    """Read what the record says of the act of deciding."""
    with cast.office.database.read() as session:
        query = select(ActPayload).join(Act).where(Act.kind == "decide")
        return session.exec(query).one().payload


async def test_e25_a_delegate_who_is_a_nominee_leaves_the_own_line_to_the_director(
    passed: Cast,
) -> None:
    await appoint(passed, NOMINEE, "deputy_director", "2022-07-14")
    power = a_power(to=NOMINEE)
    await passed.act(DIRECTOR, f"/campaigns/{passed.code}/delegate", power)
    await passed.act(NOMINEE, FIRST, APPROVE)

    refused = await passed.refused(NOMINEE, OWN, APPROVE)
    waiting = {who: await owed(passed, who) for who in (NOMINEE, *DEPUTIES, DIRECTOR)}
    await passed.act(DIRECTOR, OWN, APPROVE)

    assert refused == (409, "own_line")
    assert waiting == {
        NOMINEE: [],
        "ld-02": [],
        "ld-03": [],
        DIRECTOR: [(f"/api/v1{OWN}", None)],
    }
    assert [who for _, _, who, _ in await told(passed, "own_decision_waits")] == [
        DIRECTOR
    ]
    assert set((await states_of(passed)).values()) == {"director_approved"}


async def test_e25_the_vice_chair_presides_over_the_item_on_the_chair(
    july: Cast,
) -> None:
    seats = await july.pages("/council-seats", person=DIRECTOR)
    await july.ended("council-seats", seats[0], "2022-07-13")
    chair = {"person": NOMINEE, "seat": "chair", "starts": "2022-07-13"}
    await july.keep("/council-seats", chair)
    session = await july.convene(july.phase1, at("2022-07-14"))
    present = [s.person for s in july.year.council if s.person != DIRECTOR]
    body = {"present": [NOMINEE, *present]}
    await july.act(NOMINEE, f"/council-sessions/{session}/open-voting", body)

    (meeting,) = await july.pages(f"/phases/{july.phase1}/council-sessions")

    lines = {line["id"]: who for who, line in (await lines_of(july)).items()}
    assert {lines[each["line"]]: each["presided_by"] for each in meeting["lines"]} == {
        NOMINEE: "ld-02"
    } | dict.fromkeys(OTHERS, NOMINEE)
