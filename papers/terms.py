"""The Vietnamese words for the codes that people meet."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from domain.refusals import Certainty, Refusal, Refused, refuse
from domain.reports.steps import PhaseStep
from domain.reports.targets import Denominator
from domain.states import (
    CampaignState,
    CaseState,
    DecisionState,
    LineState,
    PhaseState,
    RegistrationState,
    SessionState,
    SubmissionState,
    WindowState,
)
from store.tables import Seat

LINE_STATES: Mapping[LineState, str] = {
    LineState.NOMINATED: "đã đề nghị",
    LineState.ELIGIBLE: "đủ điều kiện",
    LineState.INELIGIBLE: "không đủ điều kiện",
    LineState.ON_BALLOT: "đưa ra Hội đồng",
    LineState.COUNCIL_PASSED: "Hội đồng thông qua",
    LineState.COUNCIL_FAILED: "Hội đồng không thông qua",
    LineState.COUNCIL_DOWNGRADED: "Hội đồng hạ danh hiệu",
    LineState.DEFERRED: "Hội đồng hoãn lại",
    LineState.DIRECTOR_APPROVED: "Chánh Văn phòng đồng ý",
    LineState.DIRECTOR_DECLINED: "Chánh Văn phòng không đồng ý",
    LineState.RETURNED_TO_COUNCIL: "trả lại Hội đồng",
    LineState.AWARDED: "đã tặng",
    LineState.FORWARDED_UPWARD: "đã trình cấp trên",
    LineState.SUPERIOR_AWARDED: "cấp trên đã tặng",
    LineState.SUPERIOR_DECLINED: "cấp trên không tặng",
    LineState.SUPERIOR_RETURNED: "cấp trên trả lại",
    LineState.WITHDRAWN: "đã rút",
    LineState.ON_HOLD: "tạm giữ",
    LineState.REVOKED: "đã hủy bỏ",
    LineState.DECLINED_BY_AWARDEE: "người được tặng từ chối",
}

CERTAINTIES: Mapping[Certainty, str] = {
    Certainty.VERIFIED: "đã đối chiếu văn bản",
    Certainty.RECALLED: "chưa đối chiếu được văn bản",
    Certainty.PROPOSED: "cơ quan tự đặt",
}

# What an award is called that comes of no phase.
AD_HOC = "Khen thưởng đột xuất"

CAMPAIGN_STATES: Mapping[CampaignState, str] = {
    CampaignState.DRAFT: "dự thảo",
    CampaignState.PENDING_UNION: "chờ ký giao ước",
    CampaignState.PACT_SIGNED: "đã ký giao ước",
    CampaignState.RUNNING: "đang diễn ra",
    CampaignState.SUSPENDED: "tạm dừng",
    CampaignState.CLOSED: "đã kết thúc",
    CampaignState.CANCELLED: "đã hủy",
}

PHASE_STATES: Mapping[PhaseState, str] = {
    PhaseState.PLANNED: "chưa bắt đầu",
    PhaseState.REGISTRATION_OPEN: "đang nhận đăng ký",
    PhaseState.RUNNING: "đang thi đua",
    PhaseState.DEPARTMENT_REVIEW: "các phòng bình xét",
    PhaseState.SUBMISSION_WINDOW: "đang nhận đề nghị",
    PhaseState.APPRAISAL: "thẩm định",
    PhaseState.PUBLIC_NOTICE: "công khai danh sách",
    PhaseState.COUNCIL_REVIEW: "Hội đồng xem xét",
    PhaseState.DIRECTOR_REVIEW: "Chánh Văn phòng xem xét",
    PhaseState.DECIDED: "đã quyết định",
    PhaseState.CLOSED: "đã kết thúc",
    PhaseState.CANCELLED: "đã hủy",
}

SUBMISSION_STATES: Mapping[SubmissionState, str] = {
    SubmissionState.NOT_STARTED: "chưa bắt đầu",
    SubmissionState.PEER_REVIEWED: "đã bình xét",
    SubmissionState.SUBMITTED: "đã gửi",
    SubmissionState.RECALLED: "đã thu hồi",
    SubmissionState.RECEIVED: "đã tiếp nhận",
    SubmissionState.RETURNED: "trả lại để bổ sung",
    SubmissionState.RESUBMITTED: "đã bổ sung",
    SubmissionState.APPRAISED: "đã thẩm định",
    SubmissionState.NIL_RETURN: "không có đề nghị",
    SubmissionState.OVERDUE: "quá hạn",
    SubmissionState.LATE_REQUESTED: "xin nộp muộn",
    SubmissionState.LATE_ACCEPTED: "được nộp muộn",
    SubmissionState.LATE_REFUSED: "không được nộp muộn",
    SubmissionState.CLOSED: "đã đóng",
}

CASE_STATES: Mapping[CaseState, str] = {
    CaseState.DRAFT: "đang soạn",
    CaseState.FILED: "đã nhận",
    CaseState.RETURNED: "trả lại để bổ sung",
    CaseState.NOT_ACCEPTED: "không thụ lý",
    CaseState.ACCEPTED: "đã thụ lý",
    CaseState.POLLED: "đang lấy ý kiến bằng văn bản",
    CaseState.REPORTED: "đã trình hồ sơ",
    CaseState.RECOGNISED: "được công nhận, chờ giấy chứng nhận",
    CaseState.NOT_RECOGNISED: "không được công nhận",
    CaseState.CERTIFIED: "đã cấp giấy chứng nhận",
    CaseState.RESOLVED: "đã kết luận",
    CaseState.WITHDRAWN: "đã rút",
}

SESSION_STATES: Mapping[SessionState, str] = {
    SessionState.CONVENED: "đã triệu tập",
    SessionState.VOTING: "đang biểu quyết",
    SessionState.COUNTED: "đã kiểm phiếu",
    SessionState.CONCLUDED: "đã ký biên bản",
    SessionState.ADJOURNED: "không họp",
}

DECISION_STATES: Mapping[DecisionState, str] = {
    DecisionState.PENDING: "chờ quyết định",
    DecisionState.DECIDED: "đã quyết định",
    DecisionState.NUMBERED: "đã vào số",
    DecisionState.ISSUED: "đã ban hành",
    DecisionState.RETURNED: "trả lại Hội đồng",
    DecisionState.RESCINDED: "đã hủy bỏ",
}

WINDOW_STATES: Mapping[WindowState, str] = {
    WindowState.PLANNED: "chưa mở",
    WindowState.OPEN: "đang nhận",
    WindowState.CLOSING: "đang đóng",
    WindowState.CLOSED: "đã đóng",
}

REGISTRATION_STATES: Mapping[RegistrationState, str] = {
    RegistrationState.REGISTERED: "đã đăng ký",
    RegistrationState.AMENDED: "đã điều chỉnh",
    RegistrationState.WITHDRAWN: "đã rút",
    RegistrationState.LAPSED: "hết hiệu lực",
}

SEATS: Mapping[Seat, str] = {
    Seat.CHAIR: "Chủ tịch",
    Seat.VICE_CHAIR: "Phó Chủ tịch",
    Seat.SECRETARY: "Thư ký",
    Seat.MEMBER: "Ủy viên",
}

DENOMINATORS: Mapping[Denominator, str] = {
    Denominator.DEPARTMENTS: "tập thể",
    Denominator.PARTICIPANTS: "người tham gia",
    Denominator.HEADCOUNT: "người của các phòng",
}

# What each step of a phase is called, and for whom the phase waits in it.
STEPS: Mapping[PhaseStep, tuple[str, str]] = {
    PhaseStep.SUBMISSION: ("Các phòng gửi hồ sơ", "các phòng"),
    PhaseStep.APPRAISAL: ("Thẩm định", "phòng thường trực thi đua"),
    PhaseStep.PUBLIC_NOTICE: ("Công khai danh sách", "thời hạn công khai"),
    PhaseStep.MEETING: ("Họp Hội đồng", "Hội đồng"),
    PhaseStep.VOTE: ("Biểu quyết, kiểm phiếu", "Hội đồng"),
    PhaseStep.MINUTES: ("Ký biên bản", "chủ trì, thư ký Hội đồng"),
    PhaseStep.DECISION: ("Quyết định", "người có thẩm quyền quyết định"),
    PhaseStep.ISSUE: ("Vào số, ban hành", "văn thư"),
}

# What stands in states of a kind, and the words for them.
STATES: Mapping[type[StrEnum], tuple[str, Mapping[Any, str]]] = {
    CampaignState: ("phong trào", CAMPAIGN_STATES),
    PhaseState: ("giai đoạn", PHASE_STATES),
    WindowState: ("thời gian nhận", WINDOW_STATES),
    RegistrationState: ("đăng ký", REGISTRATION_STATES),
    SubmissionState: ("hồ sơ của phòng", SUBMISSION_STATES),
    SessionState: ("phiên họp", SESSION_STATES),
    DecisionState: ("quyết định", DECISION_STATES),
    CaseState: ("vụ việc", CASE_STATES),
    LineState: ("đề nghị", LINE_STATES),
}


def with_law(refusal: Refusal) -> str:
    """Write a reason with the rule's law, and how sure its text is."""
    if refusal.certainty is None:
        return refusal.detail
    law = refusal.source or refusal.rule
    return f"{refusal.detail} [{law}; {CERTAINTIES[refusal.certainty]}]"


def wrong_state(found: StrEnum, allowed: Iterable[StrEnum]) -> Refused:
    """Say in which state something is, and in which alone the act is allowed."""
    what, names = STATES[type(found)]
    among = frozenset(allowed)
    only = "; ".join(name for state, name in names.items() if state in among)
    return refuse(
        "wrong_state",
        f"Không làm được lúc này: {what} đang ở trạng thái «{names[found]}»; chỉ làm "
        f"được khi: {only}.",
    )


def wrong_move(found: StrEnum, target: StrEnum) -> Refused:
    """Say in which state something is, and that it cannot go to *target* from there."""
    what, names = STATES[type(found)]
    return refuse(
        "wrong_state",
        f"{what[0].upper()}{what[1:]} đang ở trạng thái «{names[found]}», không chuyển "
        f"được sang «{names[target]}».",
    )
