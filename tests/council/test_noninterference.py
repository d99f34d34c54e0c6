"""Councils that differ only in who voted what look the same, to everybody, for ever.

Two worlds begin as copies of one database and draw from one source of chance. In the
second one the same ballots are cast by other members. Whatever can be read of them is
compared, each member's own receipt aside.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from temporalio.client import Client

from ballots.box import BallotBox
from ballots.keys import Keys
from domain.council.rounds import LINES
from engine.client import Engine
from engine.rebuild import rebuild
from tests.conftest import an_office_of
from tests.council.day import FLAG, OPEN, OWN_OPEN, OWN_SECRET, SECRET
from tests.council.votes import COUNCIL, Vote, convened, leaves
from tests.council.worlds import (
    dumped,
    files,
    heard,
    laid_down,
    plain,
    remembered,
    told_apart,
)
from tests.journeys.cast import Cast, a_code
from tests.journeys.conftest import Days
from tests.office import SECRETARIAT, answered, open_office

SECRETS = (SECRET, OWN_SECRET, FLAG)
# What is read of a world, by what it is read from.
Seen = Mapping[str, Any]


@dataclass(frozen=True)
class World:
    """Who casts which ballot: choices by line, in the order of the members."""

    choices: Mapping[tuple[str, str], str]
    turned: int = 0

    def ballot(self, line: tuple[str, str], place: int, of: int) -> tuple[str, str]:
        """Give the code and choice that the member at *place* of a line casts."""
        drawn = (place + self.turned) % of
        letter = self.choices[line][drawn]
        choice = {"y": "yes", "n": "nay", "b": "nil"}[letter]
        return a_code(*line, str(drawn)), choice


@dataclass
class Theatre:
    """A world on its stage: the vote in it, and what of it has been seen."""

    vote: Vote
    engine: Engine
    log: pytest.LogCaptureFixture

    async def seen(self) -> Seen:
        """Look at everything."""
        await answered(self.vote.cast.office.database)
        said = {plain(self.vote, r.getMessage()) for r in self.log.records}
        mine = {line for line in said if "temporal" not in line.lower()}
        return {
            "over HTTP": await heard(self.vote),
            "in the rows": laid_down(self.vote),
            "in a dump": dumped(self.vote),
            "in the histories": await remembered(self.vote, self.engine),
            "in the logs": sorted(mine),
        }

    async def cast(self, world: World, who: Sequence[str]) -> None:
        """Let everybody cast, each one the ballot that the world gives them."""
        path = f"{self.vote.path}/ballot"
        for person in who:
            for sheet in await self.vote.cast.office.person(person).get(path):
                marks = [self._mark(world, who, person, row) for row in sheet["lines"]]
                body = {"round": sheet["round"], "marks": marks}
                await self.vote.cast.office.person(person).act(path, body)

    def _mark(
        self, world: World, who: Sequence[str], person: str, row: Mapping[str, str]
    ) -> dict[str, str]:
        line = (row["subject"], row["title"])
        voting = [p for p in who if line != OWN_SECRET or p != "ctqh-01"]
        code, choice = world.ballot(line, voting.index(person), len(voting))
        return {"line": row["line"], "code": code, "choice": choice}


async def played(
    vote_days: Days,
    engine: Engine,
    world: World,
    folder: Path,
    log: pytest.LogCaptureFixture,
    who: Sequence[str] = tuple(COUNCIL),
    lines: int = LINES,
) -> tuple[Seen, Seen, list[str]]:
    """Play a world; return what is seen before the count, after it, and what keys.

    A sheet takes so many *lines*: with fewer than are voted on there are several.
    """
    log.clear()
    log.set_level("INFO")
    box = BallotBox(Keys(folder), Random(2022), lines)
    async with open_office(vote_days.copy("vote"), engine, box=box) as office:
        # Where they start with their first act, chance says which row they read first.
        await rebuild(office.database, engine)
        await office.conductor.settle()
        cast = Cast(office)
        for person in set(COUNCIL) - set(who):
            leaves(cast, person, "2022-07-01")
        theatre = Theatre(await convened(cast), engine, log)
        vote, tellers = theatre.vote, [p for p in who if p != "ld-01"][:2]
        await vote.open(absent=sorted(set(COUNCIL) - set(who)), tellers=tellers)
        await vote.hands(OPEN, len(who), 0)
        await vote.hands(OWN_OPEN, len(who) - 1, 0)
        await theatre.cast(world, who)
        before = await theatre.seen()
        await vote.close()
        for teller in tellers:
            await cast.act(teller, f"{vote.path}/attest-count")
        await cast.act(SECRETARIAT, f"{vote.path}/sign-minutes")
        return before, await theatre.seen(), files(folder)


MIXED = {SECRET: "yyyyyyyny", OWN_SECRET: "yyynybyy", FLAG: "nynyyynny"}


async def both_turned(
    vote_days: Days,
    temporal: Client,
    folder: Path,
    log: pytest.LogCaptureFixture,
    lines: int = LINES,
) -> tuple[object, ...]:
    """Play the same votes from other hands; say what differs before and after it.

    And which keys are left, in either world.
    """
    (before, after, keys), (before_too, after_too, keys_too) = [
        await played(
            vote_days,
            an_office_of(temporal),
            World(MIXED, turned),
            folder / str(turned),
            log,
            lines=lines,
        )
        for turned in (0, 4)
    ]
    seen = told_apart(before, before_too), told_apart(after, after_too)
    return (*seen, keys, keys_too)


async def test_who_voted_what_is_seen_nowhere_before_and_after_the_count(
    vote_days: Days, temporal: Client, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    # The backup of before is still there; what would open it is not.
    assert await both_turned(vote_days, temporal, tmp_path, caplog) == ([], [], [], [])


@pytest.mark.long
async def test_nor_is_it_seen_of_several_sheets_which_came_from_one_hand(
    vote_days: Days, temporal: Client, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    seen = await both_turned(vote_days, temporal, tmp_path, caplog, lines=1)

    assert seen == ([], [], [], [])


async def test_what_the_votes_come_to_is_seen_nowhere_before_the_count(
    vote_days: Days, temporal: Client, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = {SECRET: "nnnnnnnnn", OWN_SECRET: "bbbbbbbb", FLAG: "yyyyyyyyy"}
    worlds = [
        await played(
            vote_days, an_office_of(temporal), World(choices), tmp_path / str(n), caplog
        )
        for n, choices in enumerate((MIXED, other))
    ]

    (before, after, _), (before_too, after_too, _) = worlds
    assert told_apart(before, before_too) == []
    # Were these the same as well, nothing would have been compared.
    assert told_apart(after["over HTTP"], after_too["over HTTP"])
    assert told_apart(after["in the rows"], after_too["in the rows"])
    assert told_apart(after["in a dump"], after_too["in a dump"])


@pytest.mark.long
async def test_of_few_ballots_not_even_the_figures_are_seen(
    vote_days: Days, temporal: Client, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    five = ["ctqh-01", "hctcqt-03", "ld-01", "ld-02", "ld-04"]
    unanimous = {SECRET: "yyyyy", OWN_SECRET: "yyyy", FLAG: "yyyyy"}
    divided = {SECRET: "yynyy", OWN_SECRET: "yyyy", FLAG: "ynbyy"}
    worlds = [
        await played(
            vote_days,
            an_office_of(temporal),
            World(choices),
            tmp_path / str(n),
            caplog,
            five,
        )
        for n, choices in enumerate((unanimous, divided))
    ]

    (_, after, _), (_, after_too, _) = worlds
    assert told_apart(after, after_too) == []
