"""A phase on paper in which desks have ends of their own, and deputies powers."""

from collections.abc import Iterator
from datetime import date, timedelta

from domain import ids
from store.database import Database
from store.tables import CalendarOverride
from tests.journeys.cast import a_plan, at
from tests.office import DIRECTOR, SECRETARIAT, a_power, prepare
from tests.scale.office import grow
from tests.scale.story import Story

_MANY = 20


def prepare_desks(database: Database) -> None:
    """Write the sample office, with more departments."""
    prepare(database, 2022, at("2022-01-03", "08:00"))
    grow(database, _MANY + 4)


class Desks(Story):
    """A campaign in which so many departments were each given more time."""

    def whole(self) -> Iterator[str]:
        """Give time and powers one by one; then all of it moves, and ends, at once."""
        self.launch(a_plan())
        self.pass_to(at("2022-01-20"))
        phase, campaign = str(ids.phase(self.phase)), str(ids.campaign(self.code))
        more = {"deadline": "submission", "reason": "Bận phục vụ kỳ họp."}
        with self.apart():
            for n in range(self.each):
                own = {**more, "until": "2022-07-08", "department": f"P{n:05}"}
                self.act(DIRECTOR, "extend_deadline", phase, own)
                self.act(DIRECTOR, "delegate", campaign, _power(n))
        yield "given"
        self.day_off("2022-07-08")
        self.act(SECRETARIAT, "roll_deadlines", campaign, {"reason": "Nghỉ bù."})
        self.act(DIRECTOR, "suspend", campaign, {"reason": "Bão lụt."})
        self.set_clock(at("2022-02-20"))
        self.act(DIRECTOR, "resume", campaign)
        self.act(DIRECTOR, "extend_deadline", phase, {**more, "until": "2022-08-05"})
        self.act(DIRECTOR, "cancel", campaign, {"reason": "Sáp nhập."})

    def day_off(self, day: str) -> None:
        """Enter a day on which nobody works."""
        paper = {"reason": "Nghỉ bù.", "source": "Công văn số 5"}
        off = CalendarOverride(day=date.fromisoformat(day), working=False, **paper)
        with self.database.write() as session:
            session.add(off)


def _power(n: int) -> dict[str, object]:
    return a_power((date(2022, 9, 1) + timedelta(days=n)).isoformat())
