"""Single acts: how long one takes, alone and among many, on one target and on many."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import cycle, islice
from time import perf_counter
from typing import Any

from bench.gauges import percentile
from bench.house import PARTS, House, Kind, open_house
from bench.meter import DRIVER, Meter, Step
from bench.phase import BEGINS, Played, Size, played
from intake.office.year import OfficeYear
from tests.journeys.cast import marks
from tests.office import sample_office
from tests.scale.office import enlarged
from tests.scale.phase import YEAR

LINES = 6  # of each department: itself, and five people
SEATS = 9  # of the sample's council
# As few as tell something when one acts after the other.
_ALONE, _BALLOTS_ALONE = 20, 12
_SAID = {"text": "Đề nghị xem lại minh chứng của danh sách này."}
Job = Callable[[], Coroutine[Any, Any, Any]]


def office_for(clients: Sequence[int]) -> OfficeYear:
    """An office with a department for each client, and a member for each ballot.

    Nobody votes who is nominated.
    """
    departments, wanted = max(20, *clients), sum(map(_voters, clients)) - SEATS
    more = wanted // departments + 1
    office = enlarged(sample_office(YEAR), departments, LINES - 1 + more)
    seat = next(seat for seat in office.council if seat.seat == "member")
    free = [f"-n{number:03}" for number in range(LINES - 1, LINES - 1 + more)]
    new = [each.code for each in office.people if each.code.endswith(tuple(free))]
    seats = [replace(seat, person=person) for person in new[:wanted]]
    return replace(office, council=(*office.council, *seats))


def _voters(clients: int) -> int:
    return max(_BALLOTS_ALONE, clients)


@dataclass
class Acts:
    """One office in which the same acts are done by more and more at once."""

    house: House
    phase: Played
    clients: Sequence[int]
    found: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ahead = list(self.phase.steps)

    async def until(self, last: str) -> None:
        """Go on with the phase, up to and with one of its steps."""
        while self._ahead:
            name, step = self._ahead.pop(0)
            await step()
            await self.house.office.conductor.settle()
            if name == last:
                return

    def skip(self, name: str) -> None:
        """Leave out the next step of the phase: it was done otherwise."""
        assert self._ahead.pop(0)[0] == name

    async def measure(self, name: str, clients: int, jobs: Sequence[Job]) -> None:
        """Do so many jobs, so many at once, and note what one took."""
        log, meter = self.house.office.log, Meter(self.house)
        accepted, away, times = log.accepted, log.away, list[float]()
        places = asyncio.Semaphore(clients)

        async def one(job: Job) -> None:
            async with places:
                began = perf_counter()
                await job()
                times.append(1000 * (perf_counter() - began))

        async with meter.step(name):
            await asyncio.gather(*map(one, jobs))
        [step] = meter.steps
        late = {"202": log.accepted - accepted, "503": log.away - away}
        figures = {"act": name, "clients": clients, "acts": len(jobs)}
        self.found.append({**figures, **_figures(step, times), **late})
        await self.house.office.conductor.settle()

    async def on_many_targets(self) -> None:
        """Let each head submit a list, and take it back."""
        for clients in self.clients:
            heads = dict(islice(self.phase.company.heads.items(), max(_ALONE, clients)))
            for act in ("submit", "recall"):
                jobs = [self._at_desk(code, act) for code in heads]
                await self.measure(f"{act} {LINES} lines", clients, jobs)

    def _at_desk(self, code: str, act: str) -> Job:
        head, path = (
            self.phase.company.heads[code],
            f"{self.phase.path}/departments/{code}/{act}",
        )
        body = self.phase.nominations(code) if act == "submit" else None
        return partial(self.phase.act, head, path, body)

    async def on_one_target(self) -> None:
        """Let everybody say something of the one list that is posted."""
        people = [staff for each in self.phase.subjects.values() for staff in each]
        for clients in self.clients:
            jobs = [
                partial(self.phase.act, who, f"{self.phase.path}/comment", _SAID)
                for who in islice(cycle(people), max(_ALONE, 2 * clients))
            ]
            await self.measure("comment", clients, jobs)

    async def ballots(self) -> None:
        """Let members cast their sheets; each votes once."""
        members = iter(self.phase.company.council)
        sheets = await self.phase.sheets(self.phase.company.council[0])
        for clients in self.clients:
            voters = list(islice(members, _voters(clients)))
            jobs = [self._cast(each, sheet) for sheet in sheets for each in voters]
            size = len(sheets[0]["lines"])
            await self.measure(f"ballot, {size} lines", clients, jobs)

    def _cast(self, person: str, sheet: dict[str, Any]) -> Job:
        body = {"round": sheet["round"], "marks": marks(person, sheet, {})}
        return partial(self.phase.act, person, f"{self.phase.session}/ballot", body)

    async def alone(self, name: str) -> None:
        """Measure a step of the phase that is one person's act."""
        lines = LINES * len(self.phase.company.heads)
        await self.measure(f"{name}, {lines} lines", 1, [partial(self.until, name)])


async def play(kind: Kind, clients: Sequence[int]) -> list[dict[str, Any]]:
    """Measure every kind of act at every number of clients."""
    people = office_for(clients)
    async with open_house(kind, people, BEGINS) as house:
        size = Size(len(people.departments), LINES)
        acts = Acts(house, played(house, people, size), clients)
        await acts.until("peer review")
        await acts.on_many_targets()
        await acts.until("publish")
        await acts.on_one_target()
        await acts.until("open the vote")
        await acts.ballots()
        acts.skip("ballots")
        await acts.alone("close the vote")
        await acts.until("attest and sign the minutes")
        await acts.alone("decide")
        return acts.found


def _figures(step: Step, times: list[float]) -> dict[str, Any]:
    count = len(times)
    each = {
        f"cpu_{name}": round(1000 * cpu / count, 1)
        for name, cpu in step.cpu.items()
        if name != DRIVER
    }
    return {
        "p50": round(percentile(times, 0.5), 1),
        "p99": round(percentile(times, 0.99), 1),
        "per_second": round(count / step.seconds, 1),
        "cpu_ms": round(1000 * step.product / count, 1),
        **each,
        **{f"sql_{part}": round(step.statements[part] / count, 1) for part in PARTS},
        "commits": round(sum(step.commits.values()) / count, 2),
    }
