"""What the forms of the office's rows offer: departments, posts, who holds them."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import Session, col, select

from api.web.forms import CALLED
from domain.posts import POSTS, PostCode, post_of
from domain.roles import own_words
from domain.rules.past import titles_of_people
from domain.rules.rulepack import RulePack
from store.office import master
from store.office.agency import head_in
from store.office.in_force import in_force
from store.office.people import names_of
from store.tables import Appointment, CouncilSeat, Department, Office

# Of more one types the code.
_MANY = 300
_HELD: Mapping[str, Any] = {"appointments": Appointment, "council-seats": CouncilSeat}
Choices = Mapping[str, Any]


def choices_of(session: Session, about: str, packs: Iterable[RulePack]) -> Choices:
    """Give the fields of a form that are chosen from what there is today."""
    offered: dict[str, Any] = {}
    if about == "past-awards":
        titles, head = titles_of_people(packs), head_in(session)
        names = {code: own_words(x.name_vi, head) for code, x in titles.items()}
        offered["title"] = _among(names)
    if about in ("service-spans", "appointments"):
        offered |= _departments(session)
    if about == "appointments":
        head = head_in(session)
        names = {x.value: own_words(POSTS[PostCode(x)].name, head) for x in Office}
        offered["office"] = _among(names)
    if about in _HELD:
        offered["replaces"] = _among(_holders(session, _HELD[about]))
    return {name: choice for name, choice in offered.items() if choice["enum"]}


def _among(called: Mapping[str, str]) -> dict[str, Any]:
    return {"type": "string", "enum": [*called], CALLED: called}


def _departments(session: Session) -> dict[str, Any]:
    rows = master.departments(session, master.today(session), None, _MANY + 1)
    if len(rows) > _MANY:
        return {}
    return {"department": _among({each.code: each.name for each in rows})}


def _holders(session: Session, table: Any) -> dict[str, str]:
    """Name who holds a post of which there is one: whoever comes may replace them."""
    rows = session.exec(
        select(table)
        .where(in_force(table, master.today(session)))
        .order_by(col(table.id))
        .limit(_MANY)
    ).all()
    sole = [row for row in rows if POSTS[post_of(row.model_dump())].sole]
    people = names_of(session, [row.person for row in sole])
    units = dict(session.exec(select(Department.code, Department.name)).all())
    head = head_in(session)
    return {
        str(row.id): f"{_post(row, units, head)}: {people[row.person]}" for row in sole
    }


def _post(row: Any, units: Mapping[str, str], head: str) -> str:
    name = own_words(POSTS[post_of(row.model_dump())].name, head)
    unit = getattr(row, "department", None)
    return f"{name}, {units.get(unit, unit)}" if unit else name
