"""An ad hoc commendation: proposed, checked and granted without a meeting.

Law: NĐ 98/2023/NĐ-CP Điều 40 (the simplified procedure); the director may so grant
what no council has passed.
"""

from uuid import uuid4

from activities.effects.cases.matter import concerned
from activities.effects.decision.signature import sign_award
from activities.effects.registry import Call
from activities.lines import NewLine, create
from activities.services.decision.double_awards import require_unrewarded
from activities.services.progress.cases import department_of, phase_of, rules_of
from domain.cases import ad_hoc
from domain.cases.procedures import confidential
from domain.refusals import Refused, refuse
from domain.rules.criteria import CommendationType
from domain.states import LineState
from store.office import people
from store.opinions import opinions_of
from store.tables import Case, Nomination, Phase


def require_proposer(call: Call, case: Case) -> None:
    """Raise Refused when a matter may not be proposed so, or not by its actor."""
    department = department_of(call.session, case, call.deed.day)
    if department is None:
        raise refuse(
            "not_of_a_department",
            f"{case.subject} không thuộc phòng nào; khen thưởng lãnh đạo cơ quan do "
            "cấp quản lý cán bộ xét.",
        )
    pack = rules_of(call.deed, case)
    kind, subject, award = case.subject_kind, case.subject, case.award
    # CHECKs of the table, and the draft's own, say so.
    assert kind and subject and award  # noqa: S101, PT018
    ad_hoc.require_for_whom(pack.titles, ad_hoc.Proposed(kind, subject, award))
    roles = people.roles_of(call.session, call.deed.actor, call.deed.day, department)
    basis = frozenset(case.basis or ())
    if refusals := ad_hoc.against(pack, award, basis, roles):
        raise Refused(*refusals)


def require_commendable(call: Call, case: Case) -> None:
    """Raise Refused when papers are missing, or the achievement was rewarded before."""
    pack = rules_of(call.deed, case)
    if refusal := ad_hoc.papers_missing(pack, frozenset(case.documents)):
        raise Refused(refusal)
    require_unrewarded(call.session, pack, [_line(call, case)])


def grant(call: Call, case: Case) -> str:
    """Sign the award: a line of its own, of the type that supports no merit award."""
    require_commendable(call, case)
    line = _line(call, case)
    create(call.deed, [line])
    call.deed.facts["poll"] = _poll(call, case)
    phase = call.session.get_one(Phase, line["phase"])
    award = call.session.get_one(Nomination, line["id"])
    return sign_award(call, phase, award).id


def _line(call: Call, case: Case) -> NewLine:
    department = department_of(call.session, case, call.deed.day)
    # CHECKs of the table, and the draft's own, say so.
    assert case.subject and case.subject_kind and case.award  # noqa: S101, PT018
    assert case.event_on and department  # noqa: S101, PT018
    return NewLine(
        id=uuid4(),
        campaign=case.campaign,
        phase=phase_of(call.deed, case).id,
        department=department,
        kind=case.subject_kind,
        subject=case.subject,
        title=case.award,
        period=str(case.id),
        achieved_from=case.event_on,
        achieved_to=case.event_on,
        evidence={"achievement": case.matter, "documents": case.documents},
        commendation_type=CommendationType.AD_HOC,
        secret=confidential(case.basis),
        state=LineState.DIRECTOR_APPROVED,
        moves=1,
    )


def _poll(call: Call, case: Case) -> dict[str, int]:
    """Count who agreed in writing, of all members but who it is for; it is advice."""
    seats = people.seats(call.session, call.deed.day)
    members = {seat.person for seat in seats} - concerned(call, case)
    given = opinions_of(call.session, [case.id])[case.id]
    said = [opinion for opinion in given if opinion.person in members]
    return {"yes": sum(o.agrees for o in said), "members": len(members)}
