"""The acts on what one department owes in one phase: its people's and the desk's."""

from domain.acts.declaring import ActRule, OwnDeadline, at, by, go
from domain.acts.following import (
    APPRAISED_LINES,
    APPRAISED_LISTS,
    EMPTIED_DECISIONS,
    OPENED_WINDOWS,
    RECEIVED_LISTS,
    SETTLED,
    SETTLED_OPENS,
    WITHDRAWN_LINES,
)
from domain.deadlines import DeadlineKind
from domain.ladder import Ladder
from domain.roles import DESK, Role
from domain.states import (
    STANDING_REGISTRATIONS,
    PhaseState,
    RegistrationState,
    SubmissionState,
)
from domain.submissions import TO_COMPLETE, UNSENT

_D, _S = DeadlineKind, SubmissionState
_PEOPLE = by(*DESK, Role.DEPARTMENT_STAFF)
_SECRETARIAT = by(Role.SECRETARIAT)
_DROPPED = go(STANDING_REGISTRATIONS, RegistrationState.WITHDRAWN)
_LATE = at(PhaseState.APPRAISAL)

DEPARTMENT_ACTS = (
    ActRule("launch_department", "Phát động tại phòng", "department", DESK),
    ActRule(
        "register",
        "Đăng ký thi đua",
        "department",
        _PEOPLE,
        window="registration",
        ends=(_D.REGISTRATION,),
    ),
    ActRule(
        "amend_registration",
        "Điều chỉnh đăng ký",
        "department",
        _PEOPLE,
        window="registration",
        follows=(_DROPPED,),
    ),
    ActRule(
        "withdraw_registration",
        "Rút đăng ký",
        "department",
        _PEOPLE,
        window="registration",
        follows=(_DROPPED,),
    ),
    ActRule(
        "record_peer_review",
        "Ghi biên bản bình xét",
        "department",
        DESK,
        (go(UNSENT, _S.PEER_REVIEWED),),
        window="submission",
        opens_with=_D.PEER_REVIEW,
    ),
    ActRule(
        "submit",
        "Gửi đề nghị khen thưởng",
        "department",
        DESK,
        (go(UNSENT, _S.SUBMITTED),),
        window="submission",
        follows=(WITHDRAWN_LINES,),
        ends=(_D.SUBMISSION,),
    ),
    ActRule(
        "recall",
        "Thu hồi hồ sơ",
        "department",
        DESK,
        (go((_S.SUBMITTED, _S.NIL_RETURN), _S.RECALLED),),
        window="submission",
    ),
    ActRule(
        "file_nil_return",
        "Báo cáo không có đề nghị",
        "department",
        DESK,
        (go(UNSENT, _S.NIL_RETURN),),
        window="submission",
        follows=(WITHDRAWN_LINES,),
        ends=(_D.SUBMISSION,),
    ),
    ActRule(
        "supplement",
        "Bổ sung hồ sơ",
        "department",
        DESK,
        (go(TO_COMPLETE, _S.RESUBMITTED),),
        due=OwnDeadline(
            "bổ sung hồ sơ", Ladder.DEPARTMENT, kind=_D.SUPPLEMENT, counted=False
        ),
    ),
    ActRule(
        "withdraw_line",
        "Rút một đề nghị",
        "department",
        DESK,
        follows=(WITHDRAWN_LINES, EMPTIED_DECISIONS, *SETTLED),
        opens=SETTLED_OPENS,
    ),
    ActRule(
        "give_opinion",
        "Cho ý kiến về người đã chuyển đi",
        "department",
        by(Role.DEPARTMENT_HEAD),
    ),
    ActRule(
        "receive",
        "Tiếp nhận hồ sơ",
        "department",
        _SECRETARIAT,
        (RECEIVED_LISTS,),
    ),
    ActRule(
        "return_for_supplement",
        "Trả lại để bổ sung",
        "department",
        _SECRETARIAT,
        (go((_S.RECEIVED, _S.RESUBMITTED), _S.RETURNED),),
        opens=(_D.SUPPLEMENT,),
    ),
    ActRule(
        "appraise",
        "Thẩm định",
        "department",
        _SECRETARIAT,
        (APPRAISED_LISTS,),
        follows=(APPRAISED_LINES, *SETTLED),
        opens=SETTLED_OPENS,
        ends=(_D.APPRAISAL,),
        whole=True,
    ),
    ActRule(
        "request_late",
        "Xin nộp muộn",
        "department",
        DESK,
        (_LATE, go(_S.OVERDUE, _S.LATE_REQUESTED)),
        opens=(_D.LATE_ANSWER,),
    ),
    ActRule(
        "answer_late",
        "Trả lời đề nghị nộp muộn",
        "department",
        by(Role.COUNCIL_CHAIR, Role.DIRECTOR),
        (_LATE, go(_S.LATE_REQUESTED, _S.LATE_ACCEPTED, _S.LATE_REFUSED)),
        delegable=True,
        follows=(OPENED_WINDOWS,),
        due=OwnDeadline(
            "trả lời đề nghị nộp muộn",
            Ladder.COUNCIL,
            by(Role.COUNCIL_CHAIR),
            _D.LATE_ANSWER,
        ),
        opens=(_D.SUBMISSION,),
    ),
)
