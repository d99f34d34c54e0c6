"""The acts on a campaign: its pact, its launch, changes on the way, its end."""

from domain.acts.declaring import ActRule, at, by, go
from domain.acts.following import OPENED_WINDOWS, SETTLED, SETTLED_OPENS
from domain.deadlines import DeadlineKind
from domain.moves import sources
from domain.roles import Role
from domain.states import CampaignState, LineState, PhaseState, SubmissionState
from domain.submissions import AWAITED

_C, _D = CampaignState, DeadlineKind
_DIRECTOR = by(Role.DIRECTOR)
# Whoever goes away while nothing moves must be able to leave the keys behind.
_OPEN = at(_C.DRAFT, _C.PENDING_UNION, _C.PACT_SIGNED, _C.RUNNING, _C.SUSPENDED)
_AT_ANY_TIME = at(*_OPEN.comes_from, _C.CLOSED)
_DATED = (_D.REGISTRATION, _D.SUBMISSION, _D.APPRAISAL, _D.COUNCIL)
# A power ends on its day, whatever rests meanwhile.
_RESTING = tuple(kind for kind in _D if kind is not _D.DELEGATION)

CAMPAIGN_ACTS = (
    ActRule(
        "sign_pact",
        "Ký giao ước thi đua",
        "campaign",
        by(Role.DIRECTOR, Role.DEPUTY_DIRECTOR, Role.UNION_CHAIR),
        (go((_C.DRAFT, _C.PENDING_UNION), _C.PENDING_UNION, _C.PACT_SIGNED),),
        delegable=True,
        opens=(_D.PACT, _D.LAUNCH),
        ends=(_D.PACT,),
    ),
    ActRule(
        "launch",
        "Phát động phong trào",
        "campaign",
        _DIRECTOR,
        (go(_C.PACT_SIGNED, _C.RUNNING),),
        delegable=True,
        opens=(_D.PHASE, _D.PEER_REVIEW, *_DATED),
        ends=(_D.LAUNCH,),
    ),
    ActRule(
        "amend",
        "Sửa đổi kế hoạch",
        "campaign",
        _DIRECTOR,
        (at(_C.PACT_SIGNED, _C.RUNNING),),
        follows=(OPENED_WINDOWS,),
        opens=(*_DATED, _D.CLOSING),
    ),
    ActRule(
        "roll_deadlines",
        "Dời hạn theo lịch làm việc mới",
        "campaign",
        by(Role.SECRETARIAT, Role.DIRECTOR),
        (at(_C.RUNNING, _C.SUSPENDED),),
        opens=tuple(_D),  # of what does not move, the reminders may
    ),
    ActRule(
        "migrate_rules",
        "Chuyển sang bộ quy định khác",
        "campaign",
        _DIRECTOR,
        follows=(go(LineState.ELIGIBLE, LineState.INELIGIBLE), *SETTLED),
        opens=SETTLED_OPENS,
    ),
    ActRule(
        "suspend",
        "Tạm dừng phong trào",
        "campaign",
        _DIRECTOR,
        (go(_C.RUNNING, _C.SUSPENDED),),
        delegable=True,
    ),
    ActRule(
        "resume",
        "Tiếp tục phong trào",
        "campaign",
        _DIRECTOR,
        (go(_C.SUSPENDED, _C.RUNNING),),
        delegable=True,
        opens=_RESTING,
    ),
    ActRule(
        "cancel",
        "Hủy phong trào",
        "campaign",
        _DIRECTOR,
        (go(sources(_C.CANCELLED), _C.CANCELLED),),
        follows=(go(sources(PhaseState.CANCELLED), PhaseState.CANCELLED),),
        ends=tuple(_D),
    ),
    ActRule(
        "close",
        "Tổng kết và kết thúc",
        "campaign",
        _DIRECTOR,
        (go(_C.RUNNING, _C.CLOSED),),
        delegable=True,
        ends=(_D.CLOSING, _D.DELEGATION),
    ),
    # Who holds a power may not pass it on.
    ActRule(
        "delegate",
        "Ủy quyền ký thay",
        "campaign",
        _DIRECTOR,
        (_OPEN,),
        opens=(_D.DELEGATION,),
    ),
    ActRule(
        "revoke_delegation",
        "Thu hồi ủy quyền",
        "campaign",
        _DIRECTOR,
        (_OPEN,),
        ends=(_D.DELEGATION,),
    ),
    # For an act that a fault of ours has set aside, wherever in the campaign.
    ActRule(
        "try_again",
        "Thử lại một thao tác chưa ghi được",
        "campaign",
        by(Role.SECRETARIAT),
        (_AT_ANY_TIME,),
    ),
    ActRule(
        "discard",
        "Bỏ một thao tác chưa ghi được",
        "campaign",
        by(Role.SECRETARIAT),
        (_AT_ANY_TIME,),
        follows=(go(AWAITED, SubmissionState.OVERDUE),),
    ),
    ActRule(
        "confirm_scorecard", "Xác nhận bảng điểm của cơ quan", "campaign", _DIRECTOR
    ),
)
