"""Who may do which act: a role is a relation to the thing, not a rank."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.refusals import Refused, refuse


class Role(StrEnum):
    """How a person stands to the target of an act."""

    DIRECTOR = "director"
    DEPUTY_DIRECTOR = "deputy_director"
    UNION_CHAIR = "union_chair"
    SECRETARIAT = "secretariat"
    DEPARTMENT_HEAD = "department_head"
    DEPARTMENT_SECRETARY = "department_secretary"
    DEPARTMENT_STAFF = "department_staff"
    COUNCIL_CHAIR = "council_chair"
    COUNCIL_VICE_CHAIR = "council_vice_chair"
    COUNCIL_SECRETARY = "council_secretary"
    COUNCIL_MEMBER = "council_member"
    INITIATIVE_CHAIR = "initiative_chair"
    INITIATIVE_MEMBER = "initiative_member"
    RECORDS_CLERK = "records_clerk"
    AUDITOR = "auditor"
    STAFF = "staff"


# Who leads others; the law prefers whoever does the work itself.
MANAGERS = frozenset({Role.DIRECTOR, Role.DEPUTY_DIRECTOR, Role.DEPARTMENT_HEAD})


@dataclass(frozen=True)
class ActRule:
    """What an act is aimed at, who may do it, and the window that takes it.

    The director may let somebody else sign one that is *delegable*.
    """

    target: str
    who: frozenset[Role]
    summary: str
    window: str | None = None
    delegable: bool = False


def _by(*who: Role) -> frozenset[Role]:
    return frozenset(who)


_HEADS = _by(Role.DEPARTMENT_HEAD, Role.DEPARTMENT_SECRETARY)
_MINUTES = _by(Role.COUNCIL_SECRETARY, Role.COUNCIL_CHAIR, Role.COUNCIL_VICE_CHAIR)
_SECRETARIAT = _by(Role.SECRETARIAT)

ACTS: Mapping[str, ActRule] = {
    # the campaign
    "sign_pact": ActRule(
        "campaign",
        _by(Role.DIRECTOR, Role.DEPUTY_DIRECTOR, Role.UNION_CHAIR),
        "Ký giao ước thi đua",
        delegable=True,
    ),
    "launch": ActRule(
        "campaign", _by(Role.DIRECTOR), "Phát động phong trào", delegable=True
    ),
    "amend": ActRule("campaign", _by(Role.DIRECTOR), "Sửa đổi kế hoạch"),
    "migrate_rules": ActRule(
        "campaign", _by(Role.DIRECTOR), "Chuyển sang bộ quy định khác"
    ),
    "suspend": ActRule(
        "campaign", _by(Role.DIRECTOR), "Tạm dừng phong trào", delegable=True
    ),
    "resume": ActRule(
        "campaign", _by(Role.DIRECTOR), "Tiếp tục phong trào", delegable=True
    ),
    "cancel": ActRule("campaign", _by(Role.DIRECTOR), "Hủy phong trào"),
    "close": ActRule(
        "campaign", _by(Role.DIRECTOR), "Tổng kết và kết thúc", delegable=True
    ),
    # Who holds a power may not pass it on.
    "delegate": ActRule("campaign", _by(Role.DIRECTOR), "Ủy quyền ký thay"),
    "revoke_delegation": ActRule("campaign", _by(Role.DIRECTOR), "Thu hồi ủy quyền"),
    "confirm_scorecard": ActRule(
        "campaign", _by(Role.DIRECTOR), "Xác nhận bảng điểm của Văn phòng"
    ),
    # the phase
    "extend_deadline": ActRule(
        "phase", _by(Role.DIRECTOR, Role.SECRETARIAT), "Gia hạn", delegable=True
    ),
    "publish": ActRule("phase", _SECRETARIAT, "Công khai danh sách"),
    "comment": ActRule("phase", _by(Role.STAFF), "Góp ý danh sách công khai"),
    "convene": ActRule(
        "phase",
        _by(Role.COUNCIL_CHAIR, Role.COUNCIL_SECRETARY, Role.SECRETARIAT),
        "Triệu tập phiên họp Hội đồng",
    ),
    # the department
    "launch_department": ActRule("department", _HEADS, "Phát động tại phòng"),
    "register": ActRule(
        "department",
        _by(*_HEADS, Role.DEPARTMENT_STAFF),
        "Đăng ký thi đua",
        "registration",
    ),
    "amend_registration": ActRule(
        "department",
        _by(*_HEADS, Role.DEPARTMENT_STAFF),
        "Điều chỉnh đăng ký",
        "registration",
    ),
    "withdraw_registration": ActRule(
        "department",
        _by(*_HEADS, Role.DEPARTMENT_STAFF),
        "Rút đăng ký",
        "registration",
    ),
    "record_peer_review": ActRule(
        "department", _HEADS, "Ghi biên bản bình xét", "submission"
    ),
    "submit": ActRule("department", _HEADS, "Gửi đề nghị khen thưởng", "submission"),
    "recall": ActRule("department", _HEADS, "Thu hồi hồ sơ", "submission"),
    "file_nil_return": ActRule(
        "department", _HEADS, "Báo cáo không có đề nghị", "submission"
    ),
    "supplement": ActRule("department", _HEADS, "Bổ sung hồ sơ"),
    "withdraw_line": ActRule("department", _HEADS, "Rút một đề nghị"),
    "give_opinion": ActRule(
        "department", _by(Role.DEPARTMENT_HEAD), "Cho ý kiến về người đã chuyển đi"
    ),
    "receive": ActRule("department", _SECRETARIAT, "Tiếp nhận hồ sơ"),
    "return_for_supplement": ActRule("department", _SECRETARIAT, "Trả lại để bổ sung"),
    "appraise": ActRule("department", _SECRETARIAT, "Thẩm định"),
    "request_late": ActRule("department", _HEADS, "Xin nộp muộn"),
    "answer_late": ActRule(
        "department",
        _by(Role.COUNCIL_CHAIR, Role.DIRECTOR),
        "Trả lời đề nghị nộp muộn",
        delegable=True,
    ),
    # the council session
    "confirm_attendance": ActRule(
        "council", _by(Role.COUNCIL_MEMBER), "Xác nhận dự họp"
    ),
    "recuse": ActRule(
        "council", _by(Role.COUNCIL_MEMBER), "Xin không biểu quyết một đề nghị"
    ),
    "open_voting": ActRule("council", _MINUTES, "Mở biểu quyết"),
    # no command: its content must stand nowhere (ballots/casting.py)
    "cast": ActRule("council", _by(Role.COUNCIL_MEMBER), "Bỏ phiếu kín"),
    "record_show_of_hands": ActRule(
        "council", _by(Role.COUNCIL_SECRETARY), "Ghi kết quả giơ tay"
    ),
    "record_paper_count": ActRule(
        "council", _by(Role.COUNCIL_MEMBER), "Ghi kết quả kiểm phiếu giấy"
    ),
    "close_voting": ActRule("council", _MINUTES, "Kết thúc biểu quyết"),
    "attest_count": ActRule(
        "council", _by(Role.COUNCIL_MEMBER), "Xác nhận kết quả kiểm phiếu"
    ),
    "order_second_round": ActRule(
        "council",
        _by(Role.COUNCIL_CHAIR, Role.COUNCIL_VICE_CHAIR),
        "Cho bỏ phiếu vòng hai",
    ),
    "settle_tie": ActRule(
        "council",
        _by(Role.COUNCIL_CHAIR, Role.COUNCIL_VICE_CHAIR),
        "Chọn trong các đề nghị ngang nhau",
    ),
    "repeat_vote": ActRule("council", _MINUTES, "Cho biểu quyết lại"),
    "sign_minutes": ActRule("council", _MINUTES, "Ký biên bản"),
    # the decision
    "decide": ActRule("decision", _by(Role.DIRECTOR), "Quyết định", delegable=True),
    "number": ActRule("decision", _by(Role.RECORDS_CLERK), "Vào số quyết định"),
    "issue": ActRule(
        "decision", _by(Role.RECORDS_CLERK, Role.SECRETARIAT), "Ban hành quyết định"
    ),
    "forward": ActRule("decision", _SECRETARIAT, "Trình cấp trên"),
    "correct": ActRule(
        "decision", _by(Role.DIRECTOR), "Đính chính quyết định", delegable=True
    ),
    "record_superior_answer": ActRule(
        "decision", _SECRETARIAT, "Ghi kết quả của cấp trên"
    ),
    "decline_award": ActRule(
        "decision", _by(Role.STAFF), "Từ chối danh hiệu, khen thưởng được tặng"
    ),
    # a matter beside the phases; who may take its steps hangs on what it is
    "file_case": ActRule("case", _by(Role.STAFF), "Gửi vụ việc"),
    "accept_case": ActRule(
        "case", _by(Role.SECRETARIAT, Role.DIRECTOR), "Thụ lý vụ việc", delegable=True
    ),
    "refuse_case": ActRule(
        "case",
        _by(Role.SECRETARIAT, Role.DIRECTOR),
        "Không thụ lý vụ việc",
        delegable=True,
    ),
    "return_case": ActRule("case", _SECRETARIAT, "Trả lại vụ việc để bổ sung"),
    "report_case": ActRule("case", _SECRETARIAT, "Trình hồ sơ vụ việc"),
    "open_poll": ActRule(
        "case", _by(Role.COUNCIL_CHAIR), "Lấy ý kiến Hội đồng bằng văn bản"
    ),
    "assess_case": ActRule(
        "case",
        _by(Role.COUNCIL_MEMBER, Role.INITIATIVE_MEMBER),
        "Cho ý kiến về vụ việc",
    ),
    "conclude_initiative": ActRule(
        "case", _by(Role.INITIATIVE_CHAIR), "Kết luận về sáng kiến"
    ),
    "certify_initiative": ActRule(
        "case", _by(Role.DIRECTOR), "Cấp giấy chứng nhận sáng kiến", delegable=True
    ),
    "resolve_case": ActRule(
        "case",
        _by(Role.SECRETARIAT, Role.DIRECTOR),
        "Kết luận vụ việc",
        delegable=True,
    ),
    "withdraw_case": ActRule("case", _by(Role.STAFF), "Rút vụ việc"),
}

ROLE_NAMES: Mapping[Role, str] = {
    Role.DIRECTOR: "Chánh Văn phòng",
    Role.DEPUTY_DIRECTOR: "Phó Chánh Văn phòng",
    Role.UNION_CHAIR: "Chủ tịch Công đoàn",
    Role.SECRETARIAT: "Phòng Hành chính, Tổ chức, Quản trị",
    Role.DEPARTMENT_HEAD: "trưởng phòng",
    Role.DEPARTMENT_SECRETARY: "người được phòng giao việc thi đua",
    Role.DEPARTMENT_STAFF: "người của phòng",
    Role.COUNCIL_CHAIR: "Chủ tịch Hội đồng",
    Role.COUNCIL_VICE_CHAIR: "Phó Chủ tịch Hội đồng",
    Role.COUNCIL_SECRETARY: "Thư ký Hội đồng",
    Role.COUNCIL_MEMBER: "ủy viên Hội đồng",
    Role.INITIATIVE_CHAIR: "Chủ tịch, Phó Chủ tịch Hội đồng sáng kiến",
    Role.INITIATIVE_MEMBER: "thành viên Hội đồng sáng kiến",
    Role.RECORDS_CLERK: "văn thư",
    Role.AUDITOR: "người kiểm tra",
    Role.STAFF: "cán bộ, công chức, người lao động của Văn phòng",
}


def may(kind: str, roles: frozenset[Role]) -> bool:
    """Say whether one of *roles* may do the act."""
    return bool(ACTS[kind].who & roles)


def not_allowed(kind: str, who: frozenset[Role] | None = None) -> Refused:
    """Say who may do the act (`not_allowed`), or who of them here."""
    rule = ACTS[kind]
    allowed = "; ".join(ROLE_NAMES[role] for role in sorted(who or rule.who))
    return refuse(
        "not_allowed",
        f"Bạn không có quyền làm việc «{rule.summary}». Người được làm: {allowed}.",
    )
