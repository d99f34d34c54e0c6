"""Matters beside the phases: who files them, how they go on, and by when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from domain.deadlines import DeadlineKind
from domain.refusals import Certainty, Refusal
from domain.roles import Role
from domain.states import CaseKind, CaseState

_S = CaseState

OVER = frozenset(
    {_S.NOT_ACCEPTED, _S.RESOLVED, _S.WITHDRAWN, _S.NOT_RECOGNISED, _S.CERTIFIED}
)
# What somebody is still writing, or writes anew.
WRITTEN = frozenset({_S.DRAFT, _S.RETURNED})
OF_LEADERS = Refusal(
    "above_leaders",
    "Tố cáo người đứng đầu hoặc cấp phó của người đứng đầu thuộc thẩm quyền của người "
    "đứng đầu cơ quan cấp trên; không thụ lý ở đây mà chuyển đơn lên cấp trên.",
    source="Luật Tố cáo 2018 Điều 12 khoản 1",
    certainty=Certainty.VERIFIED,
)
# The case of the simplified procedure that few may read of.
CONFIDENTIAL = "state_secret"
# Neither who takes it back nor who is asked for an opinion.
_CARRY_NOTHING_ON = frozenset({"withdraw_case", "assess_case"})
# While a matter stands so, the line that it speaks against waits.
_VERIFIED = frozenset({_S.ACCEPTED})


@dataclass(frozen=True)
class CaseStep:
    """One act on a matter: from where, to where, and who may do it.

    Where it goes *or_else* hangs on what was found.
    """

    comes_from: frozenset[CaseState]
    goes_to: CaseState
    who: frozenset[Role]
    or_else: CaseState | None = None


@dataclass(frozen=True)
class Wait:
    """The deadline that a matter keeps in one state.

    *sla* is its time limit in the rule pack, *complex_sla* the one of a matter that
    was said to be complex, *extensions* those to which it may be put off, one after
    the other. It counts *since* the last step, the filing or the day that the matter
    names, and ends before the next council where it must.
    """

    deadline: DeadlineKind
    sla: str
    complex_sla: str | None = None
    extensions: tuple[str, ...] = ()
    since: Literal["step", "filing", "event"] = "step"
    before_council: bool = False


@dataclass(frozen=True)
class Procedure:
    """How matters of one kind go: an act that is not named does not exist for them."""

    name_vi: str
    steps: Mapping[str, CaseStep]
    waits: Mapping[CaseState, Wait]
    holds_line: bool = False
    restricted: bool = False
    # Of the head or a deputy, it is for the body above to hear.
    above_leaders: bool = False
    # Named in the draft: a line, the day that the matter's clock counts from, …
    needs: tuple[str, ...] = ()
    filing_sla: str | None = None
    event_vi: str = "biết được"
    # Who gives an opinion in writing, and so may read it.
    council: Role | None = None


def _step(
    goes_to: CaseState,
    who: Iterable[Role],
    *comes_from: CaseState,
    or_else: CaseState | None = None,
) -> CaseStep:
    return CaseStep(frozenset(comes_from), goes_to, frozenset(who), or_else)


_DESK = (Role.SECRETARIAT,)
_DIRECTOR = (Role.DIRECTOR,)
_RECEIVERS = (Role.DIRECTOR, Role.SECRETARIAT, Role.UNION_CHAIR)
_PROPOSERS = (
    Role.DEPARTMENT_HEAD,
    Role.DEPARTMENT_SECRETARY,
    Role.SECRETARIAT,
    Role.DIRECTOR,
)


def _heard(filers: Iterable[Role], takers: Iterable[Role]) -> dict[str, CaseStep]:
    """A matter that is taken up or not, verified, and then concluded on."""
    return {
        "file_case": _step(_S.FILED, filers, _S.DRAFT),
        "accept_case": _step(_S.ACCEPTED, takers, _S.FILED),
        "refuse_case": _step(_S.NOT_ACCEPTED, takers, _S.FILED),
        "resolve_case": _step(_S.RESOLVED, _DIRECTOR, _S.ACCEPTED),
        "withdraw_case": _step(_S.WITHDRAWN, filers, _S.FILED, _S.ACCEPTED),
    }


PROCEDURES: Mapping[CaseKind, Procedure] = {
    CaseKind.PETITION: Procedure(
        "Kiến nghị",
        steps={
            "file_case": _step(_S.FILED, (Role.STAFF,), _S.DRAFT),
            "resolve_case": _step(_S.RESOLVED, (*_DESK, *_DIRECTOR), _S.FILED),
            "withdraw_case": _step(_S.WITHDRAWN, (Role.STAFF,), _S.FILED),
        },
        waits={_S.FILED: Wait(DeadlineKind.CASE_ANSWER, "refusal_notice")},
    ),
    CaseKind.COMPLAINT: Procedure(
        "Khiếu nại",
        steps=_heard((Role.STAFF,), (*_DESK, *_DIRECTOR)),
        waits={
            _S.FILED: Wait(DeadlineKind.CASE_ACCEPTANCE, "complaint_acceptance"),
            _S.ACCEPTED: Wait(
                DeadlineKind.CASE_RESOLUTION,
                "complaint_resolution",
                complex_sla="complaint_resolution_complex",
            ),
        },
        holds_line=True,
        needs=("event_on",),
        filing_sla="complaint_filing",
    ),
    CaseKind.DENUNCIATION: Procedure(
        "Tố cáo",
        steps={
            **_heard(_RECEIVERS, _DIRECTOR),
            "extend_case": _step(_S.ACCEPTED, _DIRECTOR, _S.FILED, _S.ACCEPTED),
        },
        waits={
            # Where it has to be checked in several places.
            _S.FILED: Wait(
                DeadlineKind.CASE_ACCEPTANCE,
                "denunciation_acceptance",
                extensions=("denunciation_acceptance_several_places",),
            ),
            _S.ACCEPTED: Wait(
                DeadlineKind.CASE_RESOLUTION,
                "denunciation_resolution",
                complex_sla="denunciation_resolution_complex",
                extensions=(
                    "denunciation_resolution_complex",
                    "denunciation_resolution_very_complex",
                ),
            ),
        },
        holds_line=True,
        restricted=True,
        above_leaders=True,
    ),
    CaseKind.RESCISSION: Procedure(
        "Đề nghị hủy bỏ khen thưởng",
        steps={
            "file_case": _step(_S.FILED, _DESK, _S.DRAFT),
            "report_case": _step(_S.REPORTED, _DESK, _S.FILED),
            "resolve_case": _step(_S.RESOLVED, _DIRECTOR, _S.REPORTED),
            "withdraw_case": _step(_S.WITHDRAWN, _DESK, _S.FILED),
        },
        waits={
            _S.FILED: Wait(
                DeadlineKind.RESCISSION_REPORT, "rescind_report", since="event"
            ),
            _S.REPORTED: Wait(DeadlineKind.RESCISSION, "rescind_decision"),
        },
        needs=("line", "event_on"),
    ),
    CaseKind.INITIATIVE: Procedure(
        "Sáng kiến",
        steps={
            "file_case": _step(_S.FILED, (Role.STAFF,), _S.DRAFT, _S.RETURNED),
            "return_case": _step(_S.RETURNED, _DESK, _S.FILED),
            "refuse_case": _step(_S.NOT_ACCEPTED, _DESK, _S.FILED),
            "accept_case": _step(_S.ACCEPTED, _DESK, _S.FILED),
            "assess_case": _step(_S.ACCEPTED, (Role.INITIATIVE_MEMBER,), _S.ACCEPTED),
            "conclude_initiative": _step(
                _S.RECOGNISED,
                (Role.INITIATIVE_CHAIR,),
                _S.ACCEPTED,
                or_else=_S.NOT_RECOGNISED,
            ),
            "certify_initiative": _step(_S.CERTIFIED, _DIRECTOR, _S.RECOGNISED),
            "withdraw_case": _step(
                _S.WITHDRAWN, (Role.STAFF,), _S.FILED, _S.RETURNED, _S.ACCEPTED
            ),
        },
        waits={
            _S.FILED: Wait(DeadlineKind.CASE_CHECK, "completeness_check"),
            _S.RETURNED: Wait(DeadlineKind.CASE_SUPPLEMENT, "supplement"),
            _S.ACCEPTED: Wait(
                DeadlineKind.INITIATIVE_SCORING,
                "initiative_decision",
                before_council=True,
            ),
            _S.RECOGNISED: Wait(
                DeadlineKind.INITIATIVE_CERTIFICATE,
                "director_decision",
                before_council=True,
            ),
        },
        needs=("event_on", "authors"),
        filing_sla="initiative_filing",
        event_vi="áp dụng lần đầu",
        council=Role.INITIATIVE_MEMBER,
    ),
    CaseKind.AD_HOC: Procedure(
        "Khen thưởng đột xuất",
        steps={
            "file_case": _step(_S.FILED, _PROPOSERS, _S.DRAFT, _S.RETURNED),
            "return_case": _step(_S.RETURNED, _DESK, _S.FILED),
            "refuse_case": _step(_S.NOT_ACCEPTED, _DESK, _S.FILED),
            "accept_case": _step(_S.ACCEPTED, _DESK, _S.FILED),
            "open_poll": _step(_S.POLLED, (Role.COUNCIL_CHAIR,), _S.ACCEPTED),
            "assess_case": _step(_S.POLLED, (Role.COUNCIL_MEMBER,), _S.POLLED),
            "resolve_case": _step(_S.RESOLVED, _DIRECTOR, _S.ACCEPTED, _S.POLLED),
            "withdraw_case": _step(
                _S.WITHDRAWN, _PROPOSERS, _S.FILED, _S.RETURNED, _S.ACCEPTED
            ),
        },
        waits={
            _S.FILED: Wait(DeadlineKind.CASE_CHECK, "completeness_check"),
            _S.RETURNED: Wait(DeadlineKind.CASE_SUPPLEMENT, "supplement"),
            _S.ACCEPTED: Wait(DeadlineKind.AD_HOC_AWARD, "ad_hoc", since="filing"),
            _S.POLLED: Wait(DeadlineKind.AD_HOC_AWARD, "ad_hoc", since="filing"),
        },
        needs=("event_on", "subject_kind", "subject", "award", "basis"),
        filing_sla="ad_hoc_dossier",
        event_vi="lập thành tích",
        council=Role.COUNCIL_MEMBER,
    ),
}


def confidential(basis: Iterable[str] | None) -> bool:
    """Say whether what is proposed is a state secret (E37), by the case it rests on."""
    return CONFIDENTIAL in (basis or ())


def holds(kind: CaseKind, state: CaseState) -> bool:
    """Say whether the line waits that such a matter speaks against.

    Law: NĐ 98/2023/NĐ-CP Điều 4 (no award while it is being verified).
    """
    return PROCEDURES[kind].holds_line and state in _VERIFIED


def carriers(kind: CaseKind, state: CaseState) -> frozenset[Role]:
    """Say who carries on a matter that stands so; nobody what is still written."""
    steps = {} if state in WRITTEN else PROCEDURES[kind].steps
    return frozenset(
        role
        for act, step in steps.items()
        if state in step.comes_from and act not in _CARRY_NOTHING_ON
        for role in step.who
    )
