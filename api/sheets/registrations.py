"""What a department registers, from its own spreadsheet: looked at, then sent."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from api.admission import does
from api.campaigns.drafts import DepartmentKey, PhaseKey, require_writable
from api.deps import DatabaseDep
from api.headers import Router
from api.identity import Asking
from api.sheets.answers import ListFileIn, ListFileOut
from api.sheets.coming import FoundList, find_list, refused, told
from domain.refusals import refuse
from domain.states import STANDING_REGISTRATIONS
from intake.acts.department import MOST_AIMS, Aim, Register
from intake.office.tables import CellProblem
from intake.sheets.columns import AIMS
from intake.sheets.naming import MayBeNamed
from store.database import Database
from store.office.master import today
from store.office.people import members
from store.plans import plan_of, titles_of
from store.tables import Campaign, Department, Person, Phase, Registration

router = Router(
    prefix="/api/v1/phases/{key}/departments/{department}/registrations/sheet",
    tags=["department"],
)

LIST = "registrations"
_NEW, _SAME = "new", "same"


@dataclass(frozen=True)
class AimsFound:
    """What a spreadsheet would register, and what of it is registered already."""

    found: FoundList
    changes: Mapping[tuple[str, str], str]

    @property
    def faults(self) -> list[CellProblem]:
        """List all that is wrong."""
        return self.found.read.faults

    @property
    def answer(self) -> ListFileOut:
        """Say it to whoever asked."""
        return told(ListFileOut, self.found, self.faults, self.changes)

    @property
    def body(self) -> Register:
        """Give what is to be sent. Raises Refused (`bad_table`, `nothing_drafted`)."""
        if self.faults:
            raise refused(self.faults)
        aims = [
            Aim(kind=each.kind, subject=each.subject, title=each.title)
            for each in self.found.read.lines
            if self.changes[each.subject, each.title] == _NEW
        ]
        if not aims:
            raise refuse(
                "nothing_drafted", "Tệp không có đăng ký nào mới; chưa gửi gì."
            )
        if len(aims) > MOST_AIMS:
            raise refuse("bad_table", f"Mỗi lần gửi nhiều nhất {MOST_AIMS} đăng ký.")
        return Register(aims=tuple(aims))


@router.post("", dependencies=[does("department_list")])
def look_at_sheet(
    key: PhaseKey,
    department: DepartmentKey,
    body: ListFileIn,
    database: DatabaseDep,
    person: Asking,
) -> ListFileOut:
    """Say what a spreadsheet would register; nothing is: `register` does that."""
    return look_at_aims(database, key, department, body, person).answer


def look_at_aims(
    database: Database, key: str, department: str, sent: ListFileIn, person: Person
) -> AimsFound:
    """Read a spreadsheet for whoever registers for the department.

    Raises Refused (as writing a draft does, and `bad_table`).
    """
    with database.read() as session:
        phase = require_writable(session, key, department, person)
        named = may_be_registered(session, phase, department)
        found = find_list(session, department, LIST, sent, AIMS, named)
        there = _registered(session, phase.campaign, department)
    lines = ((each.subject, each.title) for each in found.read.lines)
    return AimsFound(found, {x: _SAME if x in there else _NEW for x in lines})


def may_be_registered(session: Session, phase: Phase, department: str) -> MayBeNamed:
    """Say whom and what a department's registrations may name today."""
    campaign = session.get_one(Campaign, phase.campaign)
    planned = plan_of(session, campaign.id).titles
    titles = {each.code: each for each in titles_of(campaign)}
    return MayBeNamed(
        (department, session.get_one(Department, department).name),
        [(x.id, x.name) for x in members(session, department, today(session))],
        [titles[code] for code in planned if code in titles],
    )


def _registered(
    session: Session, campaign: str, department: str
) -> frozenset[tuple[str, str]]:
    standing = select(Registration.subject, Registration.title).where(
        Registration.campaign == campaign,
        Registration.department == department,
        col(Registration.state).in_(STANDING_REGISTRATIONS),
    )
    return frozenset(session.exec(standing).all())
