"""The acts on a campaign: its pact, its launch, changes on the way, its end."""

from domain.acts.declaring import ActRule, All, OwnDeadline, at, by, go
from domain.acts.following import OPENED_WINDOWS, SETTLED, SETTLED_OPENS
from domain.acts.moving import MOVE, MOVED, MOVING
from domain.deadlines import DeadlineKind
from domain.ladder import Ladder
from domain.moves import sources
from domain.record import ERASE
from domain.roles import Role
from domain.states import CampaignState, LineState, PhaseState, SubmissionState
from domain.submissions import AWAITED

_C, _D = CampaignState, DeadlineKind
_DIRECTOR = by(Role.DIRECTOR)
# The director what the desk may not know of: a denunciation, say.
_TENDING = by(Role.SECRETARIAT, Role.DIRECTOR)
# Whoever goes away while nothing moves must be able to leave the keys behind.
_OPEN = at(_C.DRAFT, _C.PENDING_UNION, _C.PACT_SIGNED, _C.RUNNING, _C.SUSPENDED)
_AT_ANY_TIME = at(*_OPEN.comes_from, _C.CLOSED)
_DATED = (_D.REGISTRATION, _D.SUBMISSION, _D.APPRAISAL, _D.COUNCIL)

CAMPAIGN_ACTS = (
    ActRule(
        "sign_pact",
        "Ký giao ước thi đua",
        "campaign",
        by(Role.DIRECTOR, Role.DEPUTY_DIRECTOR, Role.UNION_CHAIR),
        (go((_C.DRAFT, _C.PENDING_UNION), _C.PENDING_UNION, _C.PACT_SIGNED),),
        delegable=True,
        due=OwnDeadline(
            "ký giao ước",
            Ladder.BOTH_SIDES,
            by(Role.DIRECTOR, Role.UNION_CHAIR),
            _D.PACT,
        ),
        opens=(_D.PACT, _D.LAUNCH),
    ),
    ActRule(
        "launch",
        "Phát động phong trào",
        "campaign",
        _DIRECTOR,
        (go(_C.PACT_SIGNED, _C.RUNNING),),
        delegable=True,
        due=OwnDeadline("phát động", Ladder.DIRECTOR, kind=_D.LAUNCH),
        opens=(_D.PHASE, _D.PEER_REVIEW, *_DATED),
    ),
    ActRule(
        "amend",
        "Sửa đổi kế hoạch",
        "campaign",
        _DIRECTOR,
        (at(_C.PACT_SIGNED, _C.RUNNING),),
        follows=(OPENED_WINDOWS,),
        opens=(_D.PHASE, _D.PEER_REVIEW, *_DATED, _D.CLOSING),
    ),
    ActRule(
        MOVE,
        "Dời hạn",
        "campaign",
        frozenset().union(*(MOVING[kind].who for kind in MOVED)),
        (at(_C.PENDING_UNION, _C.PACT_SIGNED, _C.RUNNING, _C.CLOSED),),
        delegable=True,
        opens=MOVED,
        opens_all=All(called=True),
    ),
    ActRule(
        "roll_deadlines",
        "Dời hạn theo lịch làm việc mới",
        "campaign",
        by(Role.SECRETARIAT, Role.DIRECTOR),
        (at(_C.RUNNING, _C.SUSPENDED),),
        opens_all=All(),  # of what does not move, the reminders may
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
        opens_all=All(but=_D.DELEGATION),  # a power ends on its day
    ),
    ActRule(
        "cancel",
        "Hủy phong trào",
        "campaign",
        _DIRECTOR,
        (go(sources(_C.CANCELLED), _C.CANCELLED),),
        follows=(go(sources(PhaseState.CANCELLED), PhaseState.CANCELLED),),
        ends_all=All(),
    ),
    ActRule(
        "close",
        "Tổng kết và kết thúc",
        "campaign",
        _DIRECTOR,
        (go(_C.RUNNING, _C.CLOSED),),
        delegable=True,
        due=OwnDeadline("tổng kết", Ladder.DIRECTOR, kind=_D.CLOSING),
        opens=(_D.ARCHIVE,),
        ends=(_D.DELEGATION,),
    ),
    ActRule(
        "archive_files",
        "Nộp hồ sơ vào lưu trữ",
        "campaign",
        by(Role.SECRETARIAT),
        (at(_C.CLOSED),),
        due=OwnDeadline(
            "nộp hồ sơ vào lưu trữ", Ladder.SECRETARIAT, kind=_D.ARCHIVE, counted=False
        ),
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
        _TENDING,
        (_AT_ANY_TIME,),
    ),
    ActRule(
        "discard",
        "Bỏ một thao tác chưa ghi được",
        "campaign",
        _TENDING,
        (_AT_ANY_TIME,),
        follows=(go(AWAITED, SubmissionState.OVERDUE),),
    ),
    # What was said goes, that it was said stays: the record goes on whole.
    ActRule(
        ERASE,
        "Xóa dữ liệu cá nhân trong một thao tác",
        "campaign",
        _DIRECTOR,
        (at(*CampaignState),),
    ),
    ActRule(
        "confirm_scorecard", "Xác nhận bảng điểm của cơ quan", "campaign", _DIRECTOR
    ),
)
