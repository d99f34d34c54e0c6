"""E31, E35: departments that merge or end, and people who work in two of them."""

from tests.databases import LATER_ON_POSTGRES
from tests.edges.rows import states_of
from tests.edges.staff import (
    left,
    recorded,
    registered,
    reviewed,
    sent,
    to_the_council,
)
from tests.journeys.cast import Cast, at, line
from tests.office import SECRETARIAT

pytestmark = LATER_ON_POSTGRES

REVIEWED, JUDGED = "2022-12-20", "2023-01-04"
WORKER, OURS = ("cthdnd-04", "LDTT"), [("hai-01", "LDTT"), ("HAI", "TTLDTT")]


async def test_e35_who_works_in_two_departments_counts_in_the_one_of_home(
    year: Cast,
) -> None:
    await left(year, "hai-02", "2022-02-01")
    duty = {"office": "department_secretary", "department": "HAI"}
    await recorded(
        year, "appointments", person="cthdnd-04", **duty, starts="2022-02-01"
    )
    second = {"person": "cthdnd-04", "department": "HAI", "starts": "2022-02-01"}
    twice = await year.refused(SECRETARIAT, "/service-spans", second)
    await registered(year, "HAI", OURS)
    await registered(year, "CTHDND", [WORKER])
    await reviewed(year, "HAI", REVIEWED)
    body = {"lines": [line(*each) for each in (*OURS, WORKER)]}
    path = f"{year.desk(year.phase1, 'HAI')}/submit"
    by_the_second = await year.refused("cthdnd-04", path, body)
    for code, aims in (("HAI", OURS), ("CTHDND", [WORKER])):
        await sent(year, code, aims, REVIEWED)
    await year.until(at(JUDGED))
    for code in ("HAI", "CTHDND"):
        await year.appraise(year.phase1, code)

    await to_the_council(year)

    assert twice == (409, "overlap")
    assert by_the_second == (409, "not_of_department")
    # One of one; with the second department's people it would be one of two.
    assert await states_of(year) == dict.fromkeys(
        ("hai-01", "HAI", "cthdnd-04"), "council_passed"
    )
