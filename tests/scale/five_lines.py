"""A phase on paper: two departments of an office take part, however many it has.

What an act takes is counted by the calls that it makes, of what is written in Python
and in C: the same on every machine, and at every hour.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from store.clock import stand_still
from store.database import Database
from store.office.sample import load_office
from tests.council.day import POSTED, REGISTERED, REVIEWED, a_short_plan
from tests.journeys.cast import at
from tests.office import SECRETARIAT, sample_office
from tests.scale.office import enlarged
from tests.scale.story import Story, aims_of, lines_of

# The first department meets with all that is looked up once for both.
FIRST, COUNTED = "CTHDND", "CTQH"
NOMINATED = 4  # people of each department, beside itself


def prepare_two_of(database: Database, departments: int) -> None:
    """Write the sample office with so many departments."""
    office = enlarged(sample_office(2022), departments, NOMINATED)
    with database.write() as session:
        load_office(session, office)
        stand_still(session, at("2022-01-03", "08:00"))


class FiveLines(Story):
    """A campaign of two departments' lists, up to their appraisal."""

    def whole(self) -> Iterator[str]:
        """Bring both lists to the end of their appraisal."""
        lists = {code: tuple(nominees(code)) for code in (FIRST, COUNTED)}
        self.launch(a_short_plan(lists))
        self.pass_to(REGISTERED)
        for code, pairs in lists.items():
            self.at_desk(code, "launch_department")
            self.at_desk(code, "register", aims_of(pairs))
        self.pass_to(REVIEWED)
        for code, pairs in lists.items():
            self.review(code, REVIEWED, pairs)
            self.at_desk(code, "submit", lines_of(pairs))
        self.pass_to(POSTED)
        for code in lists:
            self.act(SECRETARIAT, "receive", self.desk(code))
            self.appraise(code, {"findings": []})
        yield "appraised"

    @contextmanager
    def _counting(self, what: str) -> Iterator[None]:
        times = sum(name.split("#")[0] == what for name in self.taken)
        calls = 0

        def note(_frame: Any, event: str, _argument: Any) -> None:
            nonlocal calls
            calls += event in ("call", "c_call")

        sys.setprofile(note)
        try:
            yield
        finally:
            sys.setprofile(None)
        self.taken[f"{what}#{times + 1}"] = calls


def nominees(department: str) -> Iterator[tuple[str, str]]:
    """Pair those whom a department nominates with the year's titles."""
    for n in range(NOMINATED):
        yield f"{department.lower()}-n{n:03}", "LDTT"
    yield department, "TTLDTT"
