"""What happens in an office that is served, and how long it took to get there."""

import asyncio
from datetime import UTC, datetime
from uuid import uuid4

from domain.calendar import local_day
from tests.journeys.test_own_clock import this_year
from tests.machine.running import Running, processes
from tests.office import DIRECTOR, UNION
from tests.processes import time_of_help, until

CODE = "2022"
CAMPAIGN = f"/campaigns/{CODE}"
REASON = {"reason": "Phòng chống bão."}
# A start after the first may take 6 s (DESIGN §8). How many it takes says more about
# who else is at work on the machine than about us; so what is held to a measure is the
# processors' time, and the measure is the time of `thidua practice --help` then: five
# times as much is usual, and on two free processors nine times would be the 6 s.
SOON = 9


async def start(office: Running, what: str) -> float:
    """Wait until it is ready, and print how long that took; return the measure."""
    seconds, spent = await office.ready(), office.spent()
    measure = await asyncio.to_thread(time_of_help)
    print(f"\n{what}: {seconds:.2f} s, {spent:.2f} s of processors")  # noqa: T201
    return spent / measure


async def none_left(office: Running, children: set[int]) -> None:
    """Wait until no process of an office runs any more."""

    async def gone() -> bool:
        return not children & {pid for pid, _ in processes()}

    await until(gone, "its processes have ended", 5)
    assert office.children() == set()


async def launched(office: Running) -> None:
    """Draft a campaign of today, sign its pact and launch it."""
    plan = this_year(local_day(datetime.now(UTC)))
    await office.person(DIRECTOR).act("/campaigns", plan)
    for who, act in (
        (DIRECTOR, "sign-pact"),
        (UNION, "sign-pact"),
        (DIRECTOR, "launch"),
    ):
        await office.settle(who, f"{CAMPAIGN}/{act}", {}, uuid4().hex)
    await recorded(office, "open_phase")


async def recorded(office: Running, act: str) -> None:
    """Wait until an act of time itself is in the record."""

    async def there() -> bool:
        return act in await office.acts(CODE)

    await until(there, f"{act} is recorded")
