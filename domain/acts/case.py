"""The acts on matters beside the phases, as the procedures of their kinds have them."""

from collections.abc import Iterable
from typing import Any

from domain.acts.declaring import ActRule, Transition, at, by, go
from domain.acts.following import HELD, RELEASED, RELEASED_OPENS, SETTLED_OPENS
from domain.cases.procedures import PROCEDURES, CaseStep, Procedure
from domain.deadlines import DeadlineKind
from domain.refusals import refuse
from domain.roles import Role
from domain.states import CampaignState, CaseKind, CaseState

_D = DeadlineKind
_DESK = by(Role.SECRETARIAT)
_DIRECTOR = by(Role.DIRECTOR)
_EITHER = by(Role.SECRETARIAT, Role.DIRECTOR)
_STAFF = by(Role.STAFF)
# A matter lives on after its campaign has closed.
_AT_ANY_TIME = at(CampaignState.RUNNING, CampaignState.CLOSED)


def _act(
    kind: str,
    summary: str,
    who: frozenset[Role],
    opens: tuple[DeadlineKind, ...] = (),
    **more: Any,
) -> ActRule:
    """Declare an act on a matter; its states and clocks stand in the procedures."""
    taken = [(p, p.steps[kind]) for p in PROCEDURES.values() if kind in p.steps]
    steps = [step for _, step in taken]
    moved = [(p, step) for p, step in taken if step.goes_to not in step.comes_from]
    clocks = {d: None for p, step in moved for d in _clocks(p, _ends_of(step))}
    ended = {d: None for p, step in moved for d in _clocks(p, step.comes_from)}
    return ActRule(
        kind,
        summary,
        "case",
        who,
        (_AT_ANY_TIME, _transition(steps, [step for _, step in moved])),
        opens=(*clocks, *opens),
        ends=tuple(ended),
        **more,
    )


def _transition(steps: Iterable[CaseStep], moved: Iterable[CaseStep]) -> Transition:
    found = {state for step in steps for state in step.comes_from}
    return go(found, *(state for step in moved for state in _ends_of(step)))


def _ends_of(step: CaseStep) -> tuple[CaseState, ...]:
    return (step.goes_to, step.or_else) if step.or_else else (step.goes_to,)


def _clocks(procedure: Procedure, states: Iterable[CaseState]) -> list[DeadlineKind]:
    waits = procedure.waits
    return [waits[x].deadline for x in sorted(states) if x in waits]


CASE_ACTS = (
    _act("file_case", "Gửi vụ việc", _STAFF),
    _act(
        "accept_case",
        "Thụ lý vụ việc",
        _EITHER,
        SETTLED_OPENS,
        delegable=True,
        follows=HELD,
    ),
    _act(
        "extend_case",
        "Gia hạn vụ việc",
        _DIRECTOR,
        (_D.CASE_ACCEPTANCE, _D.CASE_RESOLUTION),
        delegable=True,
    ),
    _act("refuse_case", "Không thụ lý vụ việc", _EITHER, delegable=True),
    _act("return_case", "Trả lại vụ việc để bổ sung", _DESK),
    _act("report_case", "Trình hồ sơ vụ việc", _DESK),
    _act("open_poll", "Lấy ý kiến Hội đồng bằng văn bản", by(Role.COUNCIL_CHAIR)),
    _act(
        "assess_case",
        "Cho ý kiến về vụ việc",
        by(Role.COUNCIL_MEMBER, Role.INITIATIVE_MEMBER),
    ),
    _act("conclude_initiative", "Kết luận về sáng kiến", by(Role.INITIATIVE_CHAIR)),
    _act(
        "certify_initiative",
        "Cấp giấy chứng nhận sáng kiến",
        _DIRECTOR,
        delegable=True,
    ),
    _act(
        "resolve_case",
        "Kết luận vụ việc",
        _EITHER,
        (_D.ISSUE, *RELEASED_OPENS),
        delegable=True,
        follows=RELEASED,
    ),
    _act("withdraw_case", "Rút vụ việc", _STAFF, RELEASED_OPENS, follows=RELEASED),
)


def step_of(kind: CaseKind, act: str) -> CaseStep:
    """Find the step that an act is on matters of a kind.

    Raises Refused (`wrong_state`) when such a matter has no such step.
    """
    procedure = PROCEDURES[kind]
    if act not in procedure.steps:
        summary = next(rule.summary for rule in CASE_ACTS if rule.kind == act)
        raise refuse(
            "wrong_state",
            f"Vụ việc {procedure.name_vi} không có bước «{summary}».",
        )
    return procedure.steps[act]
