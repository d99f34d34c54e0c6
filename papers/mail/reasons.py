"""Why somebody is written to, and which of it they may do without."""

from collections.abc import Mapping

from domain.acts import DEADLINES
from domain.outgoing.concerns import OWN_DECISION_DUE
from papers.notices import KINDS

# In the words of the letter, after «vì».
REASONS: Mapping[str, str] = {
    "everybody": "mọi người trong cơ quan đều được báo việc này",
    "concerned": "việc này là về bạn, hoặc về đề nghị của phòng bạn",
    "department": "bạn là trưởng phòng hoặc người được giao việc thi đua của phòng",
    "secretariat": "bạn thuộc bộ phận thường trực thi đua, hoặc theo dõi việc này",
    "council": "bạn là thành viên Hội đồng, hoặc được mời họp",
    "signer": "việc này chờ bạn ký hoặc quyết định, hoặc bạn phải biết khi có người ký",
    "matter": "bạn nộp, xử lý hoặc theo dõi vụ việc này",
    "initiative": "bạn là thành viên Hội đồng sáng kiến, hoặc phải ký sau Hội đồng",
    "confirmer": "việc này chờ bạn xác nhận, hoặc bạn đã đề nghị",
    "account": "tài khoản đăng nhập này là của bạn",
}
_OF: Mapping[str, str] = {
    "everybody": """
        launched amended suspended resumed cancelled closed published results
        corrected rescission_issued interim_review rules_changed
        rules_out_of_force deadlines_rolled initiative_certified extended
        """,
    "concerned": """
        awarded declined not_passed downgraded forwarded superior_answered
        rescinded award_declined line_held line_released line_ended
        office_changed office_replaced office_told_apart office_proposed_for
        past_awards_entered act_discarded
        """,
    "department": """
        registration_missed registration_past registration_lapsed
        submission_missed submission_past received returned_for_supplement
        appraised late_accepted late_refused opinion_wanted past_awards_of_department
        """,
    "secretariat": """
        submitted recalled nil_return supplemented late_requested commented
        renumbered no_longer_met scorecard_confirmed command_stuck
        command_failed opinion_given deadline_moved address_refused
        quorum_at_risk cannot_pass correction_signed rescission_signed decided
        decision_void vote_void paper_differs minutes_differ
        """,
    "council": """
        convened convened_anew uninvited meeting_off meeting_moved
        ballot_opens ballots_counted minutes_wait returned_to_council
        """,
    "signer": """
        pact_waits pact_signed decision_waits own_decision_waits
        delegation_given delegation_ends delegation_ended delegation_revoked
        """,
    "matter": """
        case_filed case_returned case_accepted case_extended case_refused
        case_reported case_resolved case_withdrawn poll_opened
        initiative_recognised initiative_not_recognised
        """,
    "initiative": "initiative_to_score initiative_to_certify",
    "confirmer": """
        office_proposed office_confirmed office_declined office_withdrawn
        proposal_due proposal_late proposal_lapsed
        """,
    "account": "account_made account_code account_witnessed account_changed",
}
_REASON_OF = {kind: why for why, kinds in _OF.items() for kind in kinds.split()}

# What is told for information alone: whoever wants to reads it in the system only. All
# else asks for something, or is owed to whom it tells (invitations, results, reasons).
OPTIONAL = frozenset(
    {
        *("submitted", "recalled", "nil_return", "supplemented", "commented"),
        *("interim_review", "initiative_certified", "renumbered", "ballots_counted"),
        *("opinion_given", "office_confirmed", "office_withdrawn"),
    }
)


def reason_of(kind: str) -> str | None:
    """Say why somebody is told; None for a reminder, whose deadline says it."""
    why = _REASON_OF.get(kind)
    return REASONS[why] if why else None


def require_reasons() -> None:
    """Raise LookupError for a notice of which nobody says why it is sent."""
    reminders = {f"{kind}_{what}" for kind in DEADLINES for what in ("due", "opens")}
    told = KINDS - reminders - {OWN_DECISION_DUE}
    if strange := told.symmetric_difference(_REASON_OF.keys()):
        raise LookupError(f"notices without a reason: {sorted(strange)}")


require_reasons()
