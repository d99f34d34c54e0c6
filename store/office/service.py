"""What one line of a roster changes in one person's service and offices."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlmodel import Session

from intake.office.contradictions import (
    BEGAN_LATER,
    HAD_LEFT,
    HIRED_BEFORE,
    NO_DEPARTMENT_TO_HEAD,
    SERVED_ELSEWHERE,
    contradicts,
)
from intake.office.positions import LEADERSHIP, Position
from intake.office.roster import RosterPerson
from store.tables import Appointment, Office, ServiceSpan

_ONE_DAY = timedelta(days=1)

OFFICES = {
    Position.CHANH_VAN_PHONG: Office.DIRECTOR,
    Position.PHO_CHANH_VAN_PHONG: Office.DEPUTY_DIRECTOR,
    Position.CHU_TICH_CONG_DOAN: Office.UNION_CHAIR,
    Position.TRUONG_PHONG: Office.DEPARTMENT_HEAD,
}


@dataclass
class Service:
    """One person of a roster beside the rows there are of them, as of *day*."""

    session: Session
    person: RosterPerson
    day: date
    fresh: bool
    spans: list[ServiceSpan]
    held: list[Appointment]
    against: list[str] = field(default_factory=list)
    spans_added: int = 0
    offices_added: int = 0
    ended: int = 0

    def write(self) -> None:
        """Write what differs; what contradicts the rows goes to *against*."""
        since = self._serve()
        self._end_offices()
        self._hold_office(since)

    @property
    def _department(self) -> str | None:
        """Leaders belong to no department."""
        code = self.person.department
        return None if code == LEADERSHIP else code

    @property
    def _gone_from(self) -> date | None:
        """The day somebody leaves is the last that counts."""
        left = self.person.left_on
        return left + _ONE_DAY if left else None

    def _serve(self) -> date:
        """Bring the spans up to date; return since when things are as they are."""
        here = [span for span in self.spans if span.department is not None]
        if self._department is None:
            return self._lead(here)
        hired = self.person.hired_on
        if not here:
            return self._add_span(hired)
        latest = here[-1]
        if hired in (latest.starts, _entered(here)):
            return self._go_on(latest)
        if hired > latest.starts and latest.department != self._department:
            return self._move(latest, hired)
        if latest.ends is not None and latest.ends <= hired:
            return self._add_span(hired)
        since = {"starts": latest.starts, "hired": hired}
        self._object(HIRED_BEFORE, department=latest.department, **since)
        return self.day

    def _lead(self, here: list[ServiceSpan]) -> date:
        """Who leads the office serves in none of its departments."""
        if here and here[-1].ends is None:
            self._end(here[-1], self._gone_from or self.day)
        return self.person.hired_on if self.fresh else self.day

    def _go_on(self, latest: ServiceSpan) -> date:
        """It is the service that we know: it goes on, ends or changes department."""
        if latest.ends is not None:
            if latest.ends != self._gone_from:
                self._object(HAD_LEFT, ends=latest.ends)
        elif self._gone_from is not None:
            self._end(latest, self._gone_from)
        elif latest.department != self._department:
            return self._move(latest, self.day)
        return self.day

    def _move(self, latest: ServiceSpan, since: date) -> date:
        """Leave one department for another."""
        if latest.ends is None:
            self._end(latest, since)
        return self._add_span(since)

    def _add_span(self, since: date) -> date:
        until = self._gone_from
        if any(_overlap(span, since, until) for span in self.spans):
            self._object(SERVED_ELSEWHERE)
            return since
        span = ServiceSpan(
            person=self.person.code,
            department=self._department,
            starts=since,
            ends=until,
        )
        self.session.add(span)
        self.spans_added += 1
        return since

    def _end_offices(self) -> None:
        """End what no longer goes with the person's place; other duties stay."""
        for office in self.held:
            if office.ends is None and not self._keeps(office):
                self._end(office, self._gone_from or self.day)

    def _keeps(self, office: Appointment) -> bool:
        if self._gone_from is not None:
            return False
        if office.office in OFFICES.values():
            return (office.office, office.department) == self._post
        return office.department in (None, self._department)

    @property
    def _post(self) -> tuple[Office | None, str | None]:
        office = OFFICES.get(self.person.position)
        of_department = office is Office.DEPARTMENT_HEAD
        return office, self._department if of_department else None

    def _hold_office(self, since: date) -> None:
        office, department = self._post
        held = any(
            (row.office, row.department) == self._post and row.ends is None
            for row in self.held
        )
        if office is None or held or (self._gone_from and not self.fresh):
            return
        if office is Office.DEPARTMENT_HEAD and department is None:
            self._object(NO_DEPARTMENT_TO_HEAD)
            return
        self.session.add(
            Appointment(
                person=self.person.code,
                office=office,
                department=department,
                starts=since,
                ends=self._gone_from,
            )
        )
        self.offices_added += 1

    def _end(self, row: ServiceSpan | Appointment, day: date) -> None:
        if day <= row.starts:
            self._object(BEGAN_LATER, starts=row.starts, ends=day)
            return
        row.ends = day
        self.session.add(row)
        self.ended += 1

    def _object(self, what: str, **facts: str | date | None) -> None:
        self.against.append(contradicts(self.person.code, what, **facts))


def _entered(here: list[ServiceSpan]) -> date:
    """Find when the unbroken service began that the last span belongs to."""
    entered = here[-1].starts
    for span in reversed(here[:-1]):
        if span.ends != entered:
            break
        entered = span.starts
    return entered


def _overlap(span: ServiceSpan, starts: date, ends: date | None) -> bool:
    before = ends is not None and ends <= span.starts
    return not before and (span.ends is None or span.ends > starts)
