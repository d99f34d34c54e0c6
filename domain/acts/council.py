"""The acts on a council session: who comes, the vote, the minutes."""

from domain.acts.declaring import ActRule, OwnDeadline, at, by, go
from domain.acts.following import EMPTIED_DECISIONS, SETTLED, SETTLED_OPENS
from domain.deadlines import DeadlineKind
from domain.ladder import Ladder
from domain.roles import Role
from domain.states import CampaignState, LineState, PhaseState, SessionState

_D, _L, _S = DeadlineKind, LineState, SessionState
_MINUTES = by(Role.COUNCIL_SECRETARY, Role.COUNCIL_CHAIR, Role.COUNCIL_VICE_CHAIR)
_CHAIRS = by(Role.COUNCIL_CHAIR, Role.COUNCIL_VICE_CHAIR)
_MEMBERS = by(Role.COUNCIL_MEMBER)
# Paper comes back after all is done, too.
_AT_ANY_TIME = at(CampaignState.RUNNING, CampaignState.CLOSED)

COUNCIL_ACTS = (
    ActRule(
        "confirm_attendance", "Xác nhận dự họp", "council", _MEMBERS, (at(_S.CONVENED),)
    ),
    # no command: until the meeting, `confirm_attendance` says otherwise
    ActRule("attend", "Dự phiên họp Hội đồng", "council", _MEMBERS, (at(_S.CONVENED),)),
    ActRule(
        "recuse",
        "Xin không biểu quyết một đề nghị",
        "council",
        _MEMBERS,
        (at(_S.CONVENED),),
    ),
    ActRule(
        "open_voting",
        "Mở biểu quyết",
        "council",
        _MINUTES,
        (go(_S.CONVENED, _S.VOTING),),
        follows=(go((_L.ELIGIBLE, _L.DEFERRED, _L.RETURNED_TO_COUNCIL), _L.ON_BALLOT),),
        opens=(_D.BALLOTS,),
        ends=(_D.MEETING,),
    ),
    # no command: its content must stand nowhere (ballots/casting.py)
    ActRule("cast", "Bỏ phiếu kín", "council", _MEMBERS, (at(_S.VOTING),)),
    ActRule(
        "record_show_of_hands",
        "Ghi kết quả giơ tay",
        "council",
        by(Role.COUNCIL_SECRETARY),
        (at(_S.VOTING),),
    ),
    ActRule(
        "record_paper_count",
        "Ghi kết quả kiểm phiếu giấy",
        "council",
        _MEMBERS,
        (at(_S.VOTING),),
    ),
    ActRule(
        "close_voting",
        "Kết thúc biểu quyết",
        "council",
        _MINUTES,
        (go(_S.VOTING, _S.COUNTED),),
        opens=(_D.MINUTES,),
        ends=(_D.BALLOTS,),
    ),
    ActRule(
        "attest_count",
        "Xác nhận kết quả kiểm phiếu",
        "council",
        _MEMBERS,
        (at(_S.COUNTED),),
    ),
    ActRule(
        "order_second_round",
        "Cho bỏ phiếu vòng hai",
        "council",
        _CHAIRS,
        (go(_S.COUNTED, _S.VOTING),),
        opens=(_D.BALLOTS,),
        ends=(_D.MINUTES,),
    ),
    ActRule(
        "settle_tie",
        "Chọn trong các đề nghị ngang nhau",
        "council",
        _CHAIRS,
        (at(_S.COUNTED),),
    ),
    ActRule(
        "repeat_vote",
        "Cho biểu quyết lại",
        "council",
        _MINUTES,
        (at(_S.VOTING),),
        opens=(_D.BALLOTS,),
    ),
    # What is found only then: until the vote opens, one steps out (`recuse`).
    ActRule(
        "declare_conflict",
        "Báo có liên quan khi đang biểu quyết",
        "council",
        _MEMBERS,
        (at(_S.VOTING),),
    ),
    ActRule(
        "sign_minutes",
        "Ký biên bản",
        "council",
        _MINUTES,
        (go(_S.COUNTED, _S.CONCLUDED),),
        follows=(
            go(
                _L.ON_BALLOT,
                _L.COUNCIL_PASSED,
                _L.COUNCIL_FAILED,
                _L.COUNCIL_DOWNGRADED,
            ),
            go(PhaseState.COUNCIL_REVIEW, PhaseState.DIRECTOR_REVIEW),
            go(_L.COUNCIL_PASSED, _L.ON_HOLD),
            EMPTIED_DECISIONS,
            *SETTLED,
        ),
        opens=(_D.DECISION, *SETTLED_OPENS),
        ends=(_D.MEETING, _D.MINUTES, _D.COUNCIL),
    ),
    ActRule(
        "record_signed_minutes",
        "Ghi biên bản giấy đã ký",
        "council",
        by(Role.COUNCIL_SECRETARY, Role.SECRETARIAT),
        (_AT_ANY_TIME, at(_S.COUNTED, _S.CONCLUDED)),
        opens=("settle_signed_minutes",),
    ),
    ActRule(
        "settle_signed_minutes",
        "Giải quyết chỗ biên bản giấy khác hồ sơ",
        "council",
        by(Role.SECRETARIAT),
        (_AT_ANY_TIME, at(_S.COUNTED, _S.CONCLUDED)),
        due=OwnDeadline("giải quyết biên bản giấy khác hồ sơ", Ladder.SECRETARIAT),
    ),
)
