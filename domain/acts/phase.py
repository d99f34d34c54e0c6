"""The acts on a phase, and what time does to it."""

from domain.acts.declaring import ActRule, All, TimeRule, at, by, go
from domain.acts.following import (
    APPRAISED_LINES,
    APPRAISED_LISTS,
    CLOSED_WINDOWS,
    LEFT,
    OPENED_WINDOWS,
    RECEIVED_LISTS,
    SETTLED,
    SETTLED_OPENS,
    UNHELD_SESSIONS,
)
from domain.deadlines import DeadlineKind
from domain.roles import Role
from domain.states import PhaseState, SubmissionState, WindowState
from domain.submissions import AWAITED

_D, _P = DeadlineKind, PhaseState
_BEFORE_REGISTRATION_ENDS = (_P.PLANNED, _P.REGISTRATION_OPEN)
_BEFORE_SUBMISSION_ENDS = (
    *_BEFORE_REGISTRATION_ENDS,
    _P.RUNNING,
    _P.DEPARTMENT_REVIEW,
    _P.SUBMISSION_WINDOW,
)
# Until when each window may be given a later end.
EXTENDABLE = {
    "registration": frozenset(_BEFORE_REGISTRATION_ENDS),
    "submission": frozenset(_BEFORE_SUBMISSION_ENDS),
}

PHASE_ACTS = (
    ActRule(
        "extend_deadline",
        "Gia hạn",
        "phase",
        by(Role.DIRECTOR, Role.SECRETARIAT),
        (at(*_BEFORE_SUBMISSION_ENDS),),
        delegable=True,
        follows=(OPENED_WINDOWS,),
        opens=(_D.REGISTRATION, _D.SUBMISSION),
    ),
    # What the secretariat does for one department, for many of them at once.
    ActRule(
        "receive_lists",
        "Tiếp nhận nhiều hồ sơ",
        "phase",
        by(Role.SECRETARIAT),
        follows=(RECEIVED_LISTS,),
    ),
    ActRule(
        "appraise_lists",
        "Thẩm định nhiều hồ sơ",
        "phase",
        by(Role.SECRETARIAT),
        follows=(APPRAISED_LISTS, APPRAISED_LINES, *SETTLED),
        opens=SETTLED_OPENS,
        ends=(_D.APPRAISAL,),
    ),
    ActRule(
        "publish",
        "Công khai danh sách",
        "phase",
        by(Role.SECRETARIAT),
        (go(_P.APPRAISAL, _P.PUBLIC_NOTICE, _P.DECIDED),),
        follows=(CLOSED_WINDOWS,),
        opens=(_D.PUBLIC_NOTICE, _D.COUNCIL),
        ends=(
            _D.PHASE,
            _D.REGISTRATION,
            _D.PEER_REVIEW,
            _D.SUBMISSION,
            _D.APPRAISAL,
        ),
        ends_all=All(own="department"),
    ),
    ActRule(
        "comment",
        "Góp ý danh sách công khai",
        "phase",
        by(Role.STAFF),
        (at(_P.PUBLIC_NOTICE),),
    ),
    ActRule(
        "convene",
        "Triệu tập phiên họp Hội đồng",
        "phase",
        by(Role.COUNCIL_CHAIR, Role.COUNCIL_SECRETARY, Role.SECRETARIAT),
        (at(_P.COUNCIL_REVIEW),),
        follows=(UNHELD_SESSIONS,),
        opens=(_D.MEETING,),
        ends=(_D.PUBLIC_NOTICE,),
    ),
)

OF_TIME = (
    TimeRule(
        "open_phase",
        "Giai đoạn bắt đầu",
        follows=(go(_P.PLANNED, _P.REGISTRATION_OPEN, _P.RUNNING),),
    ),
    TimeRule(
        "enter_stage",
        "Chuyển bước theo lịch",
        follows=(
            go(_P.RUNNING, _P.DEPARTMENT_REVIEW),
            go(_P.DEPARTMENT_REVIEW, _P.SUBMISSION_WINDOW),
            go(_P.PUBLIC_NOTICE, _P.COUNCIL_REVIEW),
            *LEFT,
            *SETTLED,
        ),
        opens=SETTLED_OPENS,
    ),
    TimeRule(
        "close_window",
        "Hết hạn, đóng nhận",
        follows=(
            go(WindowState.OPEN, WindowState.CLOSING),
            CLOSED_WINDOWS,
            go(_P.REGISTRATION_OPEN, _P.RUNNING),
            go(_P.SUBMISSION_WINDOW, _P.APPRAISAL),
            go(AWAITED, SubmissionState.OVERDUE),
            *LEFT,
        ),
        ends=(_D.REGISTRATION,),
    ),
    TimeRule("remind", "Nhắc theo lịch", ends=(_D.DELEGATION,)),
    TimeRule(
        "sum_up",
        "Sơ kết giai đoạn",
        follows=(go(_P.DECIDED, _P.CLOSED),),
        opens=(_D.CLOSING,),
        ends=(
            _D.PHASE,
            _D.PEER_REVIEW,
            _D.SUBMISSION,
            _D.PUBLIC_NOTICE,
            _D.COUNCIL,
        ),
    ),
    TimeRule("count_ballots", "Công bố bảng phiếu"),
    TimeRule("command_stuck", "Một thao tác bị kẹt"),
    TimeRule("command_failed", "Một thao tác bị lỗi"),
)
