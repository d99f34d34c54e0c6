"""The acts on a decision, until it is issued and answered from above."""

from domain.acts.declaring import ActRule, OwnDeadline, at, by, go
from domain.acts.following import SETTLED, SETTLED_OPENS
from domain.deadlines import DeadlineKind
from domain.ladder import Ladder
from domain.roles import Role
from domain.states import AWARDED_LINES, CampaignState, DecisionState, LineState

_D, _L, _S = DeadlineKind, LineState, DecisionState
# Much of it comes after the campaign has closed.
_AT_ANY_TIME = at(CampaignState.RUNNING, CampaignState.CLOSED)
_ISSUED = at(_S.ISSUED)

DECISION_ACTS = (
    ActRule(
        "decide",
        "Quyết định",
        "decision",
        by(Role.DIRECTOR),
        (go(_S.PENDING, _S.DECIDED, _S.RETURNED),),
        delegable=True,
        follows=(
            go(
                _L.COUNCIL_PASSED,
                _L.DIRECTOR_APPROVED,
                _L.DIRECTOR_DECLINED,
                _L.RETURNED_TO_COUNCIL,
            ),
            *SETTLED,
        ),
        due=OwnDeadline("quyết định khen thưởng", Ladder.DIRECTOR, kind=_D.DECISION),
        opens=(_D.DECISION, _D.ISSUE, *SETTLED_OPENS),
    ),
    ActRule(
        "number",
        "Vào số quyết định",
        "decision",
        by(Role.RECORDS_CLERK),
        (_AT_ANY_TIME, go(_S.DECIDED, _S.NUMBERED)),
    ),
    ActRule(
        "renumber",
        "Sửa số quyết định trước khi ban hành",
        "decision",
        by(Role.RECORDS_CLERK),
        (_AT_ANY_TIME, at(_S.NUMBERED)),
    ),
    ActRule(
        "issue",
        "Ban hành quyết định",
        "decision",
        by(Role.RECORDS_CLERK, Role.SECRETARIAT),
        (_AT_ANY_TIME, go(_S.NUMBERED, _S.ISSUED)),
        follows=(
            go(_L.DIRECTOR_APPROVED, _L.AWARDED),
            go(_L.AWARDED, _L.REVOKED),
            *SETTLED,
        ),
        opens=(_D.FORWARD, _D.PUBLICATION, *SETTLED_OPENS),
        ends=(_D.ISSUE,),
    ),
    ActRule(
        "post_results",
        "Công khai kết quả khen thưởng",
        "decision",
        by(Role.SECRETARIAT),
        (_AT_ANY_TIME, _ISSUED),
        due=OwnDeadline(
            "công khai kết quả khen thưởng",
            Ladder.SECRETARIAT,
            kind=_D.PUBLICATION,
        ),
    ),
    ActRule(
        "take_down_results",
        "Thôi công khai kết quả khen thưởng",
        "decision",
        by(Role.SECRETARIAT),
        (_AT_ANY_TIME, _ISSUED),
    ),
    ActRule(
        "forward",
        "Trình cấp trên",
        "decision",
        by(Role.SECRETARIAT),
        (_AT_ANY_TIME, _ISSUED),
        follows=(
            go((_L.DIRECTOR_APPROVED, _L.SUPERIOR_RETURNED), _L.FORWARDED_UPWARD),
        ),
        due=OwnDeadline("trình cấp trên", Ladder.SECRETARIAT, kind=_D.FORWARD),
        opens=(_D.ANSWER,),
    ),
    ActRule(
        "correct",
        "Sửa đổi quyết định đã ban hành",
        "decision",
        by(Role.DIRECTOR),
        (_AT_ANY_TIME, _ISSUED),
        delegable=True,
        opens=(_D.ISSUE,),
    ),
    ActRule(
        "record_superior_answer",
        "Ghi kết quả của cấp trên",
        "decision",
        by(Role.SECRETARIAT),
        (_AT_ANY_TIME, _ISSUED),
        follows=(
            go(
                _L.FORWARDED_UPWARD,
                _L.SUPERIOR_AWARDED,
                _L.SUPERIOR_DECLINED,
                _L.SUPERIOR_RETURNED,
            ),
            go(_L.SUPERIOR_AWARDED, _L.REVOKED),
        ),
        opens=(_D.PUBLICATION,),
        ends=(_D.ANSWER,),
    ),
    ActRule(
        "record_signed_paper",
        "Ghi bản giấy đã ký",
        "decision",
        by(Role.RECORDS_CLERK, Role.SECRETARIAT),
        (_AT_ANY_TIME, at(_S.DECIDED, _S.NUMBERED, _S.ISSUED, _S.RESCINDED)),
        opens=("settle_signed_paper",),
    ),
    ActRule(
        "settle_signed_paper",
        "Giải quyết chỗ bản giấy khác hồ sơ",
        "decision",
        by(Role.SECRETARIAT),
        (_AT_ANY_TIME, at(_S.DECIDED, _S.NUMBERED, _S.ISSUED, _S.RESCINDED)),
        due=OwnDeadline("giải quyết bản giấy khác hồ sơ", Ladder.SECRETARIAT),
    ),
    ActRule(
        "decline_award",
        "Từ chối danh hiệu, khen thưởng được tặng",
        "decision",
        by(Role.STAFF),
        (_AT_ANY_TIME, _ISSUED),
        follows=(go(AWARDED_LINES, _L.DECLINED_BY_AWARDEE),),
    ),
)
