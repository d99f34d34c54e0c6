"""Which deadlines are moved, by which act and by whom; and why the others are not."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.deadlines import DeadlineKind
from domain.roles import Role

_K = DeadlineKind
MOVE = "move_deadline"


@dataclass(frozen=True)
class Moving:
    """The act that moves a deadline, and whom it asks for; *why* there is no other.

    *act* is None where nobody moves it: *why* says what stands against that. *who* is
    empty where the act itself says who.
    """

    act: str | None
    who: frozenset[Role] = frozenset()
    why: str = ""


def _by(*who: Role) -> Moving:
    return Moving(MOVE, frozenset(who))


def _fixed(why: str) -> Moving:
    return Moving(None, why=why)


_DIRECTOR = _by(Role.DIRECTOR)
_SECRETARIAT = _by(Role.SECRETARIAT)
_EITHER = _by(Role.DIRECTOR, Role.SECRETARIAT)
_WINDOW = Moving("extend_deadline", why="hạn này dời bằng việc «Gia hạn» của giai đoạn")
_BY_LAW = Moving(
    "extend_case",
    why="luật định hạn này; chỉ dời bằng việc «Gia hạn vụ việc», khi luật cho gia hạn",
)
_RESCINDING = _fixed("quy định về hủy bỏ khen thưởng đặt hạn này")

# What a law sets no office moves; nobody gives time to themselves who has somebody
# above.
MOVING: Mapping[str, Moving] = {
    _K.PACT: _DIRECTOR,
    _K.LAUNCH: _DIRECTOR,
    _K.CLOSING: _DIRECTOR,
    _K.ARCHIVE: _fixed("NĐ 30/2020/NĐ-CP Điều 30 khoản 2 đặt hạn này"),
    _K.DELEGATION: _fixed(
        "quyền hết đúng ngày ghi trong văn bản ủy quyền; cần thêm thì ủy quyền lại"
    ),
    _K.PHASE: _fixed("thời gian tính thành tích của giai đoạn không bao giờ dời"),
    _K.REGISTRATION: _WINDOW,
    _K.PEER_REVIEW: _fixed("bình xét kéo dài đến hạn gửi đề nghị; dời hạn đó"),
    _K.SUBMISSION: _WINDOW,
    _K.SUPPLEMENT: _SECRETARIAT,
    _K.LATE_ANSWER: _DIRECTOR,
    _K.APPRAISAL: _DIRECTOR,
    _K.PUBLIC_NOTICE: _EITHER,
    _K.COUNCIL: _by(Role.DIRECTOR, Role.COUNCIL_CHAIR),
    _K.MEETING: Moving("convene", why="phiên họp dời bằng cách triệu tập lại"),
    _K.BALLOTS: _by(Role.COUNCIL_CHAIR),
    _K.MINUTES: _DIRECTOR,
    _K.DECISION: _DIRECTOR,
    _K.ISSUE: _fixed("NĐ 30/2020/NĐ-CP Điều 18 khoản 1 đặt hạn này"),
    _K.PUBLICATION: _fixed("Luật Thực hiện dân chủ ở cơ sở 2022 đặt hạn này"),
    _K.FORWARD: _DIRECTOR,
    _K.ANSWER: _EITHER,
    _K.CASE_ANSWER: _DIRECTOR,
    _K.CASE_ACCEPTANCE: _BY_LAW,
    _K.CASE_RESOLUTION: _BY_LAW,
    _K.RESCISSION_REPORT: _RESCINDING,
    _K.RESCISSION: _RESCINDING,
    _K.CASE_CHECK: _DIRECTOR,
    _K.CASE_SUPPLEMENT: _SECRETARIAT,
    _K.INITIATIVE_SCORING: _fixed("NĐ 13/2012/NĐ-CP Điều 7 khoản 1 đặt hạn này"),
    _K.INITIATIVE_CERTIFICATE: _DIRECTOR,
    _K.AD_HOC_AWARD: _DIRECTOR,
}
MOVED = tuple(kind for kind, moving in MOVING.items() if moving.act == MOVE)


def moving_of(kind: str) -> Moving:
    """Say how a running deadline is moved; that of an act alone by the director."""
    return MOVING.get(kind, _DIRECTOR)
