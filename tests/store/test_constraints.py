"""What the tables themselves refuse, whoever writes to them."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import CheckConstraint, Enum, inspect
from sqlmodel import SQLModel, select

from domain.council.ballots import Method
from domain.delegation import Capacity
from domain.outgoing.deliveries import Cause, Channel, DeliveryState
from domain.record.papers import PaperOutcome
from domain.states import (
    CampaignState,
    CaseKind,
    CaseState,
    CommandState,
    DecisionKind,
    DecisionState,
    LineState,
    RegistrationState,
    SessionState,
    SubmissionState,
)
from store.database import Database
from store.tables import (
    Appointment,
    Attachment,
    BlocResult,
    Case,
    CaseAuthor,
    CaseOpinion,
    Command,
    CouncilSeat,
    CouncilSession,
    Deadline,
    Decision,
    Delegation,
    Delivery,
    HolderKind,
    Leave,
    Nomination,
    Notice,
    Office,
    OfficeLetterhead,
    PaperCount,
    PastAward,
    Posting,
    Proposal,
    ProposalEnd,
    Registration,
    RoundLine,
    Scorecard,
    Seat,
    ServiceSpan,
    SessionLine,
    SignedPaper,
    SteppedClock,
    SubjectKind,
    Submission,
    ToldApart,
    UserSession,
    VotingRound,
    Window,
)
from tests.store.rows import (
    CAMPAIGN,
    DEPARTMENT,
    MOMENT,
    OTHER,
    PERSON,
    PHASE,
    a_campaign,
    a_deed,
    a_line,
    a_move,
    a_phase,
    found,
    verdict,
    write_lines,
    written,
)

SESSION, DECISION, ISSUED = f"{PHASE}-hd1", f"{PHASE}-qd1", f"{PHASE}-qd9"
MATTER, LINE, SCAN = UUID(int=1), UUID(int=2), UUID(int=3)
NOTICE = 7

# Who makes a row, what is wrong in it and nothing else, and what rights that.
Trial = tuple[Callable[..., SQLModel], dict[str, Any], dict[str, Any]]


def a_registration(**changes: Any) -> Registration:
    whole: dict[str, Any] = {
        "campaign": CAMPAIGN,
        "department": DEPARTMENT,
        "kind": SubjectKind.INDIVIDUAL,
        "subject": PERSON,
        "title": "LDTT",
        "state": RegistrationState.REGISTERED,
        "at": MOMENT,
    }
    return Registration(**{**whole, **changes})


def a_matter(**changes: Any) -> Case:
    whole: dict[str, Any] = {
        "id": uuid4(),
        "campaign": CAMPAIGN,
        "kind": CaseKind.COMPLAINT,
        "title": "Số liệu thành tích",
        "matter": "Số liệu chưa đúng.",
        "recorded_by": PERSON,
    }
    return Case(**{**whole, **changes})


def an_author(**changes: Any) -> CaseAuthor:
    return CaseAuthor(case=MATTER, person=PERSON, **changes)


def an_opinion(**changes: Any) -> CaseOpinion:
    return CaseOpinion(case=MATTER, person=PERSON, agrees=True, at=MOMENT, **changes)


def a_proposal(**changes: Any) -> Proposal:
    values: dict[str, Any] = {
        "about": "appointments",
        "verb": "record",
        "said": {},
        "posts": [],
        "proposed_by": PERSON,
        "proposed_at": MOMENT,
    }
    return Proposal(**values | changes)


def a_delivery(**changes: Any) -> Delivery:
    values: dict[str, Any] = {
        "notice": NOTICE,
        "channel": Channel.EMAIL,
        "key": uuid4().hex,
        "due_at": MOMENT,
    }
    return Delivery(**values | changes)


def a_told(**changes: Any) -> Notice:
    values: dict[str, Any] = {
        "id": NOTICE,
        "campaign": CAMPAIGN,
        "task": "pact/td",
        "kind": "pact_waits",
        "step": "",
        "version": 1,
        "recipient": PERSON,
        "subject": "Mời ký giao ước",
        "body": "Mời bạn ký bên còn lại.",
        "at": MOMENT,
    }
    return Notice(**values | changes)


def a_scorecard(**changes: Any) -> Scorecard:
    whole: dict[str, Any] = {"year": 2023, "bloc": "Khối 1", "criteria": []}
    return Scorecard(**{**whole, **changes})


def a_bloc_result(**changes: Any) -> BlocResult:
    whole: dict[str, Any] = {"year": 2022, "rank": 1, "units": 9, "papers": {}}
    return BlocResult(**{**whole, **changes})


def a_submission(**changes: Any) -> Submission:
    return Submission(phase=PHASE, department=DEPARTMENT, **changes)


def an_attachment(**changes: Any) -> Attachment:
    """A file that stands with the line."""
    whole: dict[str, Any] = {
        "holder": HolderKind.LINE,
        "key": str(LINE),
        "name": "Tờ trình.pdf",
        "media_type": "application/pdf",
        "size": 15,
        "sha256": "0" * 64,
        "added_by": PERSON,
        "added_at": MOMENT,
    }
    return Attachment(**{**whole, **changes})


def a_sign_in(**changes: Any) -> UserSession:
    """A session of a browser, of nobody yet."""
    times = dict.fromkeys(("began_at", "seen_at", "ends_at"), MOMENT)
    return UserSession(**{"digest": "0" * 64, **times, **changes})


def a_session(**changes: Any) -> CouncilSession:
    whole: dict[str, Any] = {
        "id": f"{PHASE}-hd2",
        "campaign": CAMPAIGN,
        "phase": PHASE,
        "number": 2,
        "meets_at": MOMENT,
        "place": "Phòng họp số 1",
    }
    return CouncilSession(**{**whole, **changes})


def a_decision(**changes: Any) -> Decision:
    whole: dict[str, Any] = {
        "id": DECISION,
        "campaign": CAMPAIGN,
        "phase": PHASE,
        "ordinal": 1,
        "session": SESSION,
    }
    return Decision(**{**whole, **changes})


def a_posting(**changes: Any) -> Posting:
    whole: dict[str, Any] = {
        "decision": ISSUED,
        "number": 1,
        "posted_on": date(2022, 8, 4),
        "place": "Bảng tin",
        "on_view_until": date(2022, 8, 24),
    }
    return Posting(**{**whole, **changes})


def a_past_award(**changes: Any) -> PastAward:
    """What somebody was granted before."""
    whole: dict[str, Any] = {
        "person": PERSON,
        "title": "LDTT",
        "called": "Lao động tiên tiến",
        "year": 2020,
        "number": "1/QĐ-VP",
        "decided_on": _DAY,
        "decided_by": "Chánh Văn phòng",
    }
    return PastAward(**{**whole, **changes})


def a_signed_paper(**changes: Any) -> SignedPaper:
    """What the scan of a signed decision states."""
    whole: dict[str, Any] = {
        "decision": ISSUED,
        "file": SCAN,
        "recorded_by": PERSON,
        "recorded_at": MOMENT,
    }
    return SignedPaper(**{**whole, **changes})


def a_delegation(**changes: Any) -> Delegation:
    whole: dict[str, Any] = {
        "id": f"{CAMPAIGN}-uq1",
        "campaign": CAMPAIGN,
        "number": 1,
        "given_by": PERSON,
        "given_at": MOMENT,
        "delegate": OTHER,
        "capacity": Capacity.SIGNED_FOR,
        "acts": ["decide"],
        "starts": _DAY,
        "ends": _DAY + timedelta(days=1),
        "basis": "Giấy ủy quyền số 1",
    }
    return Delegation(**{**whole, **changes})


def a_command(**changes: Any) -> Command:
    whole: dict[str, Any] = {
        "campaign": CAMPAIGN,
        "actor": PERSON,
        "kind": "submit",
        "target": f"department:{PHASE}:{DEPARTMENT}",
        "payload": {},
        "idempotency_key": uuid4().hex,
        "fingerprint": "0" * 64,
        "received_at": MOMENT,
    }
    return Command(**{**whole, **changes})


def a_deadline(**changes: Any) -> Deadline:
    whole: dict[str, Any] = {
        "owner": f"phase:{PHASE}",
        "name": "submission",
        "campaign": CAMPAIGN,
        "due_at": MOMENT,
        "original_due_at": MOMENT,
    }
    return Deadline(**{**whole, **changes})


def a_window(**changes: Any) -> Window:
    return Window(
        phase=PHASE,
        kind="submission",
        department=DEPARTMENT,
        opens_at=MOMENT,
        **changes,
    )


_DAY = MOMENT.date()
_SUBMITTED = {"submitted_by": PERSON, "submitted_at": MOMENT}
_RETURNED = {
    **_SUBMITTED,
    "state": SubmissionState.RETURNED,
    "received_at": MOMENT,
}
_SIGNED = {"minutes": "Biên bản", "signed_by_chair": PERSON}
_DECIDED = {"decided_by": PERSON, "decided_at": MOMENT}
_NUMBERED = {"series": "QĐ-VP", "number_year": 2022}


def a_session_line(**changes: Any) -> SessionLine:
    return SessionLine(session=SESSION, line=LINE, position=1, **changes)


def a_round_line(**changes: Any) -> RoundLine:
    whole: dict[str, Any] = {
        "session": SESSION,
        "round": 2,
        "line": LINE,
        "method": Method.HANDS,
        "threshold": "1/2",
        "electors": 9,
        "recused": [],
    }
    return RoundLine(**{**whole, **changes})


def a_paper_count(**changes: Any) -> PaperCount:
    whole: dict[str, Any] = {
        "session": SESSION,
        "round": 1,
        "line": LINE,
        "teller": PERSON,
        "issued": 9,
        "collected": 8,
        "valid": 7,
        "invalid": 1,
        "yes": 5,
        "no": 1,
        "blank": 1,
        "at": MOMENT,
    }
    return PaperCount(**{**whole, **changes})


def a_new_campaign(**changes: Any) -> SQLModel:
    return a_campaign(id="td2", **changes)


def a_span(table: Callable[..., SQLModel], **more: Any) -> Callable[..., SQLModel]:
    return lambda **changes: table(person=PERSON, starts=_DAY, **more, **changes)


OF_CAMPAIGNS: dict[str, Trial] = {
    "ck_campaigns_pact_before_launch": (
        a_new_campaign,
        {"state": CampaignState.PACT_SIGNED, "pact_signed_at": None},
        {"pact_signed_at": MOMENT},
    ),
    "ck_campaigns_launched_by_somebody": (
        a_new_campaign,
        {"launched_at": None},
        {"launched_at": MOMENT},
    ),
    "ck_campaigns_suspended_since": (
        a_new_campaign,
        {"state": CampaignState.SUSPENDED},
        {"suspended_at": MOMENT},
    ),
}
OF_LISTS: dict[str, Trial] = {
    "ck_submissions_submitted_by_somebody": (
        a_submission,
        {"state": SubmissionState.SUBMITTED, "submitted_at": MOMENT},
        {"submitted_by": PERSON},
    ),
    "ck_submissions_received_once": (
        a_submission,
        {"state": SubmissionState.RECEIVED, **_SUBMITTED},
        {"received_at": MOMENT},
    ),
    "ck_submissions_flagged_while_returned": (
        a_submission,
        _RETURNED,
        {"flagged": [{"line": str(LINE), "missing": "Biên bản"}]},
    ),
}
OF_SESSIONS: dict[str, Trial] = {
    "ck_council_sessions_concluded_by_signed_minutes": (
        a_session,
        {"state": SessionState.CONCLUDED, **_SIGNED},
        {"signed_by_secretary": PERSON},
    ),
    "ck_session_lines_counted_whole": (
        a_session_line,
        {"yes": 5, "no": 0},
        {"blank": 0},
    ),
    "ck_session_lines_not_negative": (
        a_session_line,
        {"yes": 5, "no": -1, "blank": 0},
        {"no": 1},
    ),
    "ck_round_lines_counted_whole": (
        a_round_line,
        {"yes": 5, "no": 0},
        {"blank": 0},
    ),
    "ck_round_lines_not_negative": (
        a_round_line,
        {"yes": 5, "no": -1, "blank": 0},
        {"no": 1},
    ),
    "ck_round_lines_masked_without_figures": (
        a_round_line,
        {"masked": True, "yes": 5, "no": 0, "blank": 0},
        {"masked": False},
    ),
    "ck_round_lines_void_without_outcome": (
        a_round_line,
        {
            "voided_at": MOMENT,
            "void_reason": "Có người phải tránh.",
            "carried": True,
        },
        {"carried": None},
    ),
    "ck_paper_counts_adds_up": (
        a_paper_count,
        {"collected": 10},
        {"collected": 8},
    ),
    "ck_paper_counts_figures_or_outcome": (
        a_paper_count,
        {"carried": True},
        {"carried": None},
    ),
}
OF_DECISIONS: dict[str, Trial] = {
    "ck_decisions_decided_by_somebody": (
        a_decision,
        {"state": DecisionState.DECIDED, "decided_at": MOMENT},
        {"decided_by": PERSON},
    ),
    "ck_decisions_numbered_before_issue": (
        a_decision,
        {"state": DecisionState.ISSUED, **_DECIDED, **_NUMBERED},
        {"number": 7},
    ),
    "ck_decisions_amends_another": (
        a_decision,
        {"kind": DecisionKind.CORRECTION},
        {"kind": DecisionKind.AWARD},
    ),
    "ck_decisions_signed_in_a_capacity": (
        a_decision,
        {"behalf": PERSON},
        {"capacity": Capacity.SIGNED_FOR},
    ),
    "ck_delegations_in_order": (
        a_delegation,
        {"ends": _DAY},
        {"ends": _DAY + timedelta(days=2)},
    ),
    "ck_delegations_to_somebody_else": (
        a_delegation,
        {"delegate": PERSON},
        {"delegate": OTHER},
    ),
    "ck_delegations_revoked_with_why": (
        a_delegation,
        {"revoked_at": MOMENT},
        {"revoked_because": "Về sớm."},
    ),
}
OF_MATTERS: dict[str, Trial] = {
    "ck_cases_filed": (
        a_matter,
        {"state": CaseState.FILED},
        {"filed_at": MOMENT},
    ),
    "ck_cases_ended_when_over": (
        a_matter,
        {"state": CaseState.WITHDRAWN, "filed_at": MOMENT},
        {"ended_at": MOMENT},
    ),
    "ck_cases_resolved_either_way": (
        a_matter,
        {"state": CaseState.RESOLVED, "filed_at": MOMENT, "ended_at": MOMENT},
        {"founded": False},
    ),
    "ck_cases_denouncer_of_one": (
        a_matter,
        {"denouncer": "Một người"},
        {"kind": CaseKind.DENUNCIATION},
    ),
    "ck_cases_award_for_somebody": (
        a_matter,
        {"kind": CaseKind.AD_HOC, "award": "GIAY_KHEN", "basis": ["x"]},
        {"subject": PERSON, "subject_kind": SubjectKind.INDIVIDUAL},
    ),
    "ck_cases_certified_by_number": (
        a_matter,
        {
            "kind": CaseKind.INITIATIVE,
            "state": CaseState.CERTIFIED,
            "filed_at": MOMENT,
            "ended_at": MOMENT,
            "counts_for": 2022,
        },
        {"certificate": 1},
    ),
    "ck_case_authors_of_a_whole": (an_author, {"share": 101}, {"share": 100}),
    "ck_case_opinions_a_score": (an_opinion, {"score": 101}, {"score": 100}),
}
OF_THE_PROCESS: dict[str, Trial] = {
    "ck_commands_ended_when_ended": (
        a_command,
        {"state": CommandState.APPLIED},
        {"ended_at": MOMENT},
    ),
    "ck_commands_refused_with_reasons": (
        a_command,
        {"state": CommandState.REFUSED, "ended_at": MOMENT},
        {"refusals": []},
    ),
    "ck_deadlines_versions_from_one": (
        a_deadline,
        {"version": 0},
        {"version": 1},
    ),
    "ck_windows_in_order": (
        a_window,
        {"due_at": MOMENT},
        {"due_at": MOMENT + timedelta(days=1)},
    ),
    "ck_letterheads_one_letterhead": (OfficeLetterhead, {"id": 2}, {"id": 1}),
    "ck_stepped_clock_only_one": (
        SteppedClock,
        {"id": 2, "moment": MOMENT},
        {"id": 1},
    ),
}
OF_THE_OFFICE: dict[str, Trial] = {
    "ck_past_awards_of_one_subject": (
        a_past_award,
        {"department": DEPARTMENT},
        {"person": None},
    ),
    "ck_service_spans_in_order": (
        a_span(ServiceSpan, department=DEPARTMENT),
        {"ends": _DAY},
        {"ends": None},
    ),
    "ck_service_spans_here_or_elsewhere": (
        a_span(ServiceSpan),
        {"department": DEPARTMENT, "agency": "Sở Nội vụ"},
        {"agency": None},
    ),
    "ck_appointments_in_order": (
        a_span(Appointment, office=Office.AUDITOR),
        {"ends": _DAY},
        {"ends": None},
    ),
    "ck_council_seats_in_order": (
        a_span(CouncilSeat, seat=Seat.MEMBER),
        {"ends": _DAY},
        {"ends": None},
    ),
    "ck_leaves_in_order": (
        a_span(Leave, kind="maternity"),
        {"ends": _DAY},
        {"ends": None},
    ),
    "ck_told_apart_in_order": (
        ToldApart,
        {"one": max(PERSON, OTHER), "other": min(PERSON, OTHER)},
        {"one": min(PERSON, OTHER), "other": max(PERSON, OTHER)},
    ),
    "ck_proposals_ended_with_an_outcome": (
        a_proposal,
        {"outcome": ProposalEnd.WITHDRAWN},
        {"ended_at": MOMENT},
    ),
    "ck_proposals_two_people": (
        a_proposal,
        {"outcome": ProposalEnd.CONFIRMED, "ended_at": MOMENT, "ended_by": PERSON},
        {"outcome": ProposalEnd.DECLINED},
    ),
    "ck_scorecards_confirmed_by_somebody": (
        a_scorecard,
        {"confirmed_at": MOMENT},
        {"confirmed_by": PERSON},
    ),
    "ck_bloc_results_ranked_among_units": (
        a_bloc_result,
        {"rank": 10},
        {"units": 10},
    ),
}
OF_POSTINGS: dict[str, Trial] = {
    "ck_postings_on_view_for_a_time": (
        a_posting,
        {"on_view_until": date(2022, 8, 3)},
        {"on_view_until": date(2022, 8, 4)},
    ),
    "ck_postings_on_view_long_enough": (
        a_posting,
        {"taken_down_on": date(2022, 8, 24)},
        {"taken_down_on": date(2022, 8, 25)},
    ),
}
OF_SIGNED_PAPERS: dict[str, Trial] = {
    "ck_signed_papers_of_one_thing": (
        a_signed_paper,
        {"session": SESSION},
        {"session": SESSION, "decision": None},
    ),
    "ck_signed_papers_settled_by_somebody": (
        a_signed_paper,
        {"settled_at": MOMENT},
        {"settled_by": OTHER},
    ),
    "ck_signed_papers_settled_with_why": (
        a_signed_paper,
        {"outcome": PaperOutcome.PAPER_WRONG},
        {"reason": "Giấy in sai số."},
    ),
}
OF_ACCOUNTS: dict[str, Trial] = {
    "ck_user_sessions_of_one": (a_sign_in, {}, {"person": PERSON}),
}
OF_FILES: dict[str, Trial] = {
    "ck_attachments_voided_by_somebody": (
        an_attachment,
        {"voided_at": MOMENT},
        {"voided_by": OTHER},
    ),
    "ck_attachments_not_empty": (an_attachment, {"size": 0}, {"size": 1}),
}

OF_THE_OUTBOX: dict[str, Trial] = {
    "ck_deliveries_claimed_while_sending": (
        a_delivery,
        {"claim": UUID(int=3)},
        {"state": DeliveryState.SENDING, "claimed_until": MOMENT},
    ),
    "ck_deliveries_ended_when_ended": (
        a_delivery,
        {"state": DeliveryState.SENT},
        {"ended_at": MOMENT},
    ),
    "ck_deliveries_not_sent_for_a_cause": (
        a_delivery,
        {"state": DeliveryState.FAILED, "ended_at": MOMENT},
        {"cause": Cause.REFUSED},
    ),
}

TRIALS = {
    **OF_CAMPAIGNS,
    **OF_THE_OUTBOX,
    **OF_LISTS,
    **OF_FILES,
    **OF_ACCOUNTS,
    **OF_SESSIONS,
    **OF_DECISIONS,
    **OF_POSTINGS,
    **OF_SIGNED_PAPERS,
    **OF_MATTERS,
    **OF_THE_PROCESS,
    **OF_THE_OFFICE,
}


@pytest.fixture
def line(database: Database) -> Nomination:
    """A nominated line, properly written."""
    return written(database, id=LINE)


@pytest.fixture
def sat(database: Database, line: Nomination) -> Nomination:
    """A line, a session that has sat, a matter that it speaks on, and a scorecard."""
    with database.write() as session:
        session.add(a_matter(id=MATTER, kind=CaseKind.INITIATIVE))
        session.add_all([a_session(id=SESSION, number=1), a_scorecard(year=2022)])
        session.add(a_told())
        session.flush()
        rounds = [
            VotingRound(
                session=SESSION, number=n, roll=[], present=[], opened_at=MOMENT
            )
            for n in (1, 2)
        ]
        scan = an_attachment(id=SCAN, holder=HolderKind.DECISION, key=ISSUED)
        session.add_all([*rounds, a_decision(id=ISSUED, ordinal=9), scan])
        session.flush()
        session.add(
            RoundLine(
                session=SESSION,
                round=1,
                line=line.id,
                method=Method.PAPER,
                threshold="1/2",
                electors=9,
                recused=[],
            )
        )
    return line


def test_every_check_refuses_what_breaks_it(
    database: Database, sat: Nomination
) -> None:
    tried = {
        name: verdict(database, make(**wrong))
        for name, (make, wrong, _) in TRIALS.items()
    }

    assert tried == {name: name for name in tried}


def test_every_check_takes_the_same_row_made_whole(
    database: Database, sat: Nomination
) -> None:
    tried = {
        name: verdict(database, make(**{**wrong, **right}))
        for name, (make, wrong, right) in TRIALS.items()
    }

    assert tried == dict.fromkeys(tried, "taken")


def test_a_line_on_hold_says_where_it_came_from(
    database: Database, line: Nomination
) -> None:
    to_hold = a_move(line, to_state=LineState.ON_HOLD)

    refused = verdict(
        database,
        to_hold,
        ("UPDATE nominations SET state = 'on_hold', moves = 2", {}),
    )

    assert refused == "ck_nominations_held"


def test_no_check_of_the_tables_is_left_untried() -> None:
    named = {
        str(constraint.name)
        for table in SQLModel.metadata.tables.values()
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint)
    }

    assert named - coded() == {*TRIALS, "ck_nominations_held"}


def coded() -> set[str]:
    """Name the checks that columns of codes bring with them."""
    return {
        f"ck_{table.name}_{column.type.name}"
        for table in SQLModel.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Enum)
    }


def test_every_column_of_codes_is_checked_by_the_database(database: Database) -> None:
    with database.engine.connect() as connection:
        looking = inspect(connection)
        present = {
            check["name"]
            for table in looking.get_table_names()
            for check in looking.get_check_constraints(table)
        }

    assert coded() - present == set()


def test_a_code_that_nobody_knows_is_refused(database: Database) -> None:
    with database.write() as session:
        found(session)

    refused = verdict(database, ("UPDATE campaigns SET state = 'asleep'", {}))

    assert refused == "ck_campaigns_campaignstate"


def test_a_subject_has_one_live_line_for_a_title_and_period_in_any_campaign(
    database: Database, line: Nomination
) -> None:
    with database.write() as session:
        session.add(a_campaign(id="td2", kind="thematic"))
        session.flush()
        session.add(a_phase(id="td2-1", campaign="td2"))
    second = a_line(campaign="td2", phase="td2-1")
    first_move = a_move(second, n=1, from_state=None, to_state=LineState.NOMINATED)

    refused = verdict(database, first_move, second)

    assert refused in (
        "uq_nominations_live",
        "UNIQUE constraint failed: nominations.kind, nominations.subject, "
        "nominations.title, nominations.period",
    )


@pytest.mark.parametrize(
    "other", [{"title": "CSTDCS"}, {"period": "2023"}, {"subject": "vp-02"}]
)
def test_another_subject_title_or_period_is_another_line(
    database: Database, line: Nomination, other: dict[str, str]
) -> None:
    with database.write() as session:
        deed = a_deed(session)
        write_lines(deed, [a_line(**other)])
        deed.close()

    assert count(database, Nomination) == 2


def test_a_subject_has_one_live_registration_for_a_title(database: Database) -> None:
    with database.write() as session:
        found(session)
        session.add(a_registration(state=RegistrationState.WITHDRAWN))
        session.add(a_registration())

    refused = verdict(database, a_registration(state=RegistrationState.AMENDED))

    assert refused in (
        "uq_registrations_live",
        "UNIQUE constraint failed: registrations.campaign, registrations.kind, "
        "registrations.subject, registrations.title",
    )


def test_a_content_stands_once_with_a_thing_until_it_is_taken_away(
    database: Database, line: Nomination
) -> None:
    gone = {"voided_at": MOMENT, "voided_by": PERSON}

    twice = verdict(database, an_attachment(), an_attachment())
    again = verdict(
        database, an_attachment(**gone), an_attachment(), an_attachment(**gone)
    )
    elsewhere = verdict(database, an_attachment(), an_attachment(key="another"))

    assert "attachments" in twice
    assert (again, elsewhere) == ("taken", "taken")


def test_a_department_has_one_submission_in_a_phase(database: Database) -> None:
    with database.write() as session:
        found(session)
        session.add(a_submission())

    refused = verdict(
        database,
        (
            "INSERT INTO submissions (phase, department, state, rounds) "
            "VALUES (:phase, :department, 'not_started', 0)",
            {"phase": PHASE, "department": DEPARTMENT},
        ),
    )

    assert refused in (
        "pk_submissions",
        "UNIQUE constraint failed: submissions.phase, submissions.department",
    )


def test_a_number_is_given_once_in_a_year_and_series(
    database: Database, sat: Nomination
) -> None:
    issued = {"state": DecisionState.ISSUED, **_DECIDED, **_NUMBERED, "number": 7}
    with database.write() as session:
        session.add(a_decision(**issued))

    refused = verdict(database, a_decision(id="td-1-qd2", ordinal=2, **issued))

    assert refused in (
        "uq_decisions_series_number_year_number",
        "UNIQUE constraint failed: decisions.series, decisions.number_year, "
        "decisions.number",
    )


def count(database: Database, table: type[SQLModel]) -> int:
    with database.read() as session:
        return len(session.exec(select(table)).all())
