"""What every act on a matter shares: it is found, taken one step on, and told of."""

from typing import Any
from uuid import UUID

from activities.addressing import resolve, secretariat_desk
from activities.deed import Recipients
from activities.effects.registry import Call
from activities.services.progress.cases import department_of, keep_time
from activities.stages import reach
from domain.acts import require_role
from domain.acts.case import step_of
from domain.cases.procedures import OF_LEADERS, OVER, CaseStep
from domain.ladder import Addressee
from domain.refusals import Refusal, Refused, refuse
from duties.subjects import name_of
from papers.terms import wrong_state
from store import opinions
from store.database import lock
from store.office import people
from store.tables import Case, CaseAuthor, Nomination, Office

OWN_CASE = Refusal(
    "own_case",
    "Không ai kết luận hay cho ý kiến về vụ việc liên quan đến chính mình; việc của "
    "Chánh Văn phòng thì ủy quyền cho Phó Chánh Văn phòng ký KT.",
)


def the_case(call: Call) -> Case:
    """Lock the matter that an act is aimed at."""
    call.require_campaign()
    return lock(call.session, Case, Case.id == UUID(call.target.key))[0]


def require_recorder(call: Call, case: Case) -> None:
    """Raise Refused (`not_yours`) unless whoever wrote a matter down acts."""
    if call.deed.actor != case.recorded_by:
        raise refuse(
            "not_yours", "Chỉ người đã soạn vụ việc gửi và rút được vụ việc đó."
        )


def require_not_own(call: Call, case: Case) -> None:
    """Raise Refused (`own_case`) when the actor is whom a matter is about."""
    if call.deed.actor in concerned(call, case):
        raise Refused(OWN_CASE)


def require_below_leaders(call: Call, case: Case) -> None:
    """Raise Refused (`above_leaders`) for a matter about the head or a deputy."""
    leaders = {
        person
        for office in (Office.DIRECTOR, Office.DEPUTY_DIRECTOR)
        for person in people.holders(call.session, office, call.deed.day)
    }
    if leaders & concerned(call, case):
        raise Refused(OF_LEADERS)


def concerned(call: Call, case: Case) -> set[str]:
    """Name the people whom a matter is about, never who denounced or complained."""
    found = {author.person for author in authors_of(call, case)}
    if case.subject:
        found.add(case.subject)
    if case.line:
        found.add(call.session.get_one(Nomination, case.line).subject)
    return found


def authors_of(call: Call, case: Case) -> list[CaseAuthor]:
    """List the authors of an initiative, whoever did most first."""
    rows = opinions.authors_of(call.session, [case.id])[case.id]
    return sorted(rows, key=lambda author: (-author.share, author.person))


def take(
    call: Call,
    case: Case,
    act: str,
    *,
    otherwise: bool = False,
    is_complex: bool = False,
    **said: Any,
) -> None:
    """Bring a matter one step on, if the act, the state and the actor are right.

    *otherwise* takes the step's other way.
    """
    step = require_step(call, case, act)
    goes_to = (step.or_else or step.goes_to) if otherwise else step.goes_to
    moved = goes_to is not case.state
    case.sqlmodel_update(said)
    case.ended_at = call.received_at if goes_to in OVER else None
    reach(call.deed, case, goes_to)
    call.session.flush()
    call.deed.facts["case"] = [str(case.id), case.state]
    if moved:
        keep_time(call.deed, case, is_complex=is_complex)


def require_step(call: Call, case: Case, act: str) -> CaseStep:
    """Find the step that an act is, if the state and the actor are right for it."""
    step = step_of(case.kind, act)
    if case.state not in step.comes_from:
        raise wrong_state(case.state, step.comes_from)
    person = call.deed.behalf or call.deed.actor
    department = department_of(call.session, case, call.deed.day)
    roles = people.roles_of(call.session, person, call.deed.day, department)
    require_role(act, step.who, roles)
    return step


def tell_desk(call: Call, case: Case, kind: str, **facts: Any) -> None:
    """Tell the secretariat and the director."""
    told = [*secretariat_desk(call.deed), *resolve(call.deed, Addressee.DIRECTOR)]
    tell(call, case, kind, told, **facts)


def tell_filer(call: Call, case: Case, kind: str, **facts: Any) -> None:
    """Tell whoever wrote a matter down, and an initiative's authors."""
    authors = [author.person for author in authors_of(call, case)]
    tell(call, case, kind, [case.recorded_by, *authors], **facts)


def tell(call: Call, case: Case, kind: str, told: Recipients, **facts: Any) -> None:
    """Tell people of a matter; the same may be said again by a later act."""
    facts = {"matter": name_of(case), **facts}
    call.deed.notify(f"case/{case.id}", kind, told, again=True, **facts)
