"""What a deadline is, and the rules of those on which several acts hang, or none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.ladder import HELD_BY, REMINDED, Addressee, Ladder
from domain.roles import DESK, Role

LONGEST = 32  # a deadline's name in the rows


class DeadlineKind(StrEnum):
    """The deadlines that the code speaks of; the value is the name in the rows.

    There are more: an act's own deadline is called as the act is.
    """

    # of a campaign
    PACT = "pact"
    LAUNCH = "launch"
    CLOSING = "closing"
    ARCHIVE = "archive"
    DELEGATION = "delegation"
    # of a phase, or of one department in it
    PHASE = "phase"
    REGISTRATION = "registration"
    PEER_REVIEW = "peer_review"
    SUBMISSION = "submission"
    SUPPLEMENT = "supplement"
    LATE_ANSWER = "late_answer"
    APPRAISAL = "appraisal"
    PUBLIC_NOTICE = "public_notice"
    COUNCIL = "council"
    # of a council session
    MEETING = "meeting"
    BALLOTS = "ballots"
    MINUTES = "minutes"
    # of a decision
    DECISION = "decision"
    ISSUE = "issue"
    PUBLICATION = "publication"
    FORWARD = "forward"
    ANSWER = "answer"
    # of a matter beside the phases
    CASE_ANSWER = "case_answer"
    CASE_ACCEPTANCE = "case_acceptance"
    CASE_RESOLUTION = "case_resolution"
    RESCISSION_REPORT = "rescission_report"
    RESCISSION = "rescission"
    CASE_CHECK = "case_check"
    CASE_SUPPLEMENT = "case_supplement"
    INITIATIVE_SCORING = "initiative_scoring"
    INITIATIVE_CERTIFICATE = "initiative_certificate"
    AD_HOC_AWARD = "ad_hoc_award"


@dataclass(frozen=True)
class DeadlineRule:
    """What people call a deadline, and who owes which acts until then.

    An act is owed by all who hold one of its roles, or by those of them whom the
    matter names: who has not voted, who presided, who has still to sign. *ended_by*
    is the act that ends the deadline, None where time alone does. Where it *invites*,
    its opening is told to those who owe. One that is *counted* is due so many working
    days after something; the others end on a day that somebody named, or after days
    of the calendar. It is *own* of a kind of target, where a single act on it is owed.
    """

    name_vi: str
    ladder: Ladder | None
    owed: Mapping[str, frozenset[Role]]
    ended_by: str | None
    invites: bool = False
    counted: bool = False
    own: str | None = None

    @property
    def debtors(self) -> frozenset[Role]:
        """Whoever may owe something until then, as roles."""
        return frozenset().union(*self.owed.values())

    def written_to(self, to: Iterable[Addressee]) -> frozenset[Role]:
        """Find whom a step reaches: who owes, where it means them, and those above."""
        reminded = REMINDED[self.ladder] if self.ladder else frozenset()
        return frozenset(
            role
            for each in to
            for role in (self.debtors if each in reminded else HELD_BY[each])
        )


def _by(*who: Role) -> frozenset[Role]:
    return frozenset(who)


_SECRETARIAT = _by(Role.SECRETARIAT)
_DIRECTOR = _by(Role.DIRECTOR)
_MEMBERS = _by(Role.COUNCIL_MEMBER)
_KEEPER = _by(Role.COUNCIL_SECRETARY)
_CLERK = _by(Role.RECORDS_CLERK)
_SIGNERS = _by(Role.COUNCIL_SECRETARY, Role.COUNCIL_CHAIR, Role.COUNCIL_VICE_CHAIR)
_NOTHING: Mapping[str, frozenset[Role]] = {}

_K, _L = DeadlineKind, Ladder
SHARED: Mapping[str, DeadlineRule] = {
    # The end of a power: nobody owes anything until then.
    _K.DELEGATION: DeadlineRule(
        "hết hạn ủy quyền", _L.DELEGATION, _NOTHING, "revoke_delegation"
    ),
    # What time alone does to a phase.
    _K.PHASE: DeadlineRule("kết thúc giai đoạn", None, _NOTHING, "publish"),
    _K.PEER_REVIEW: DeadlineRule("bình xét", None, _NOTHING, "publish"),
    _K.PUBLIC_NOTICE: DeadlineRule(
        "công khai danh sách", None, _NOTHING, "convene", counted=True
    ),
    _K.REGISTRATION: DeadlineRule(
        "đăng ký thi đua", _L.DEPARTMENT, {"register": DESK}, None, invites=True
    ),
    _K.SUBMISSION: DeadlineRule(
        "gửi đề nghị khen thưởng",
        _L.DEPARTMENT,
        {"record_peer_review": DESK, "submit": DESK, "request_late": DESK},
        "publish",
        invites=True,
    ),
    _K.APPRAISAL: DeadlineRule(
        "thẩm định và công khai",
        _L.SECRETARIAT,
        {
            "receive": _SECRETARIAT,
            "appraise": _SECRETARIAT,
            "publish": _SECRETARIAT,
        },
        "publish",
        counted=True,
    ),
    _K.COUNCIL: DeadlineRule(
        "họp Hội đồng",
        _L.COUNCIL,
        {
            "convene": _SECRETARIAT,
            "record_show_of_hands": _KEEPER,
            "record_paper_count": _MEMBERS,
            "close_voting": _KEEPER,
        },
        "sign_minutes",
        counted=True,
    ),
    _K.MEETING: DeadlineRule(
        "phiên họp Hội đồng",
        _L.COUNCIL,
        {"confirm_attendance": _MEMBERS, "attend": _MEMBERS, "open_voting": _KEEPER},
        "open_voting",
    ),
    _K.BALLOTS: DeadlineRule(
        "bỏ phiếu kín", _L.COUNCIL, {"cast": _MEMBERS}, "close_voting"
    ),
    _K.MINUTES: DeadlineRule(
        "ký biên bản",
        _L.COUNCIL,
        {"attest_count": _MEMBERS, "sign_minutes": _SIGNERS},
        "sign_minutes",
        counted=True,
    ),
    _K.ISSUE: DeadlineRule(
        "ban hành quyết định",
        _L.SECRETARIAT,
        {"number": _CLERK, "issue": _CLERK},
        "issue",
        counted=True,
    ),
    _K.ANSWER: DeadlineRule(
        "theo dõi kết quả của cấp trên",
        _L.SECRETARIAT,
        {"record_superior_answer": _SECRETARIAT},
        "record_superior_answer",
    ),
    _K.CASE_ANSWER: DeadlineRule(
        "trả lời kiến nghị",
        _L.SECRETARIAT,
        {"resolve_case": _SECRETARIAT},
        "resolve_case",
    ),
    # The secretariat takes matters up, save those that the director alone may.
    _K.CASE_ACCEPTANCE: DeadlineRule(
        "thụ lý vụ việc",
        _L.SECRETARIAT,
        {"accept_case": _SECRETARIAT | _DIRECTOR},
        "accept_case",
    ),
    _K.CASE_RESOLUTION: DeadlineRule(
        "kết luận vụ việc", _L.DIRECTOR, {"resolve_case": _DIRECTOR}, "resolve_case"
    ),
    _K.RESCISSION_REPORT: DeadlineRule(
        "trình hồ sơ hủy bỏ khen thưởng",
        _L.SECRETARIAT,
        {"report_case": _SECRETARIAT},
        "report_case",
    ),
    _K.RESCISSION: DeadlineRule(
        "quyết định về việc hủy bỏ khen thưởng",
        _L.DIRECTOR,
        {"resolve_case": _DIRECTOR},
        "resolve_case",
    ),
    _K.CASE_CHECK: DeadlineRule(
        "kiểm tra hồ sơ vụ việc",
        _L.SECRETARIAT,
        {"accept_case": _SECRETARIAT},
        "accept_case",
    ),
    # Of all who may file one, whoever wrote this one down.
    _K.CASE_SUPPLEMENT: DeadlineRule(
        "bổ sung hồ sơ vụ việc",
        _L.SECRETARIAT,
        {"file_case": _by(Role.STAFF)},
        "file_case",
    ),
    _K.INITIATIVE_SCORING: DeadlineRule(
        "kết luận về sáng kiến",
        _L.SECRETARIAT,
        {
            "assess_case": _by(Role.INITIATIVE_MEMBER),
            "conclude_initiative": _by(Role.INITIATIVE_CHAIR),
        },
        "conclude_initiative",
    ),
    _K.INITIATIVE_CERTIFICATE: DeadlineRule(
        "cấp giấy chứng nhận sáng kiến",
        _L.DIRECTOR,
        {"certify_initiative": _DIRECTOR},
        "certify_initiative",
    ),
    _K.AD_HOC_AWARD: DeadlineRule(
        "quyết định khen thưởng đột xuất",
        _L.DIRECTOR,
        {"assess_case": _MEMBERS, "resolve_case": _DIRECTOR},
        "resolve_case",
    ),
}


def deadline_name(kind: DeadlineKind, number: int) -> str:
    """Name one of several deadlines of a kind that an owner keeps at once."""
    return f"{kind}{_OF_SEVERAL}{number}"


def plain(name: str) -> str:
    """Find the kind of a deadline, alone or one of several, by its name."""
    return name.partition(_OF_SEVERAL)[0]


def number_of(name: str) -> int:
    """Find which of several a deadline is. ValueError for one that is alone."""
    return int(name.partition(_OF_SEVERAL)[2])


_OF_SEVERAL = "-"
