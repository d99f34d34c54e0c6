"""Every deadline at a moment at which it is owed, each in a campaign of its own."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlmodel import Session, SQLModel

from activities.deed import Deed
from domain import ids
from domain.acts import DEADLINES
from domain.council.ballots import Method
from domain.deadlines import DeadlineKind
from domain.delegation import Capacity
from domain.ladder import REMINDED
from domain.states import (
    CampaignState,
    CaseKind,
    CaseState,
    DecisionState,
    LineState,
    PhaseState,
    RegistrationState,
    SessionState,
    SubmissionState,
    WindowState,
)
from store import record
from store.tables import (
    BallotCast,
    Campaign,
    Case,
    CaseAuthor,
    CaseOpinion,
    CouncilSession,
    Deadline,
    Decision,
    DecisionLine,
    Delegation,
    LadderStep,
    Nomination,
    Phase,
    Registration,
    RoundLine,
    Seat,
    SessionLine,
    SessionMember,
    SubjectKind,
    Submission,
    Teller,
    VotingRound,
    Window,
)
from tests.journeys.cast import at
from tests.office import DIRECTOR, UNION
from tests.store.rows import write_lines

NOW, DUE = at("2022-07-05", "09:00"), at("2022-07-08", "00:00")
YESTERDAY = NOW - timedelta(days=1)
STEP = "asked_now"
_BEFORE = NOW - timedelta(days=30)
_ANY = UUID("00000000-0000-4000-8000-000000000000")

DEPUTY, OTHER_DEPUTY = "ld-02", "ld-03"
CTQH = ("ctqh-01", "ctqh-03")
HCTCQT = ("hctcqt-01", "hctcqt-03")
KEEPER, CLERK = "hctcqt-03", "hctcqt-04"
MEMBERS = {
    DIRECTOR: Seat.CHAIR,
    DEPUTY: Seat.VICE_CHAIR,
    OTHER_DEPUTY: Seat.VICE_CHAIR,
    "ctqh-01": Seat.MEMBER,
    "cthdnd-01": Seat.MEMBER,
    "hctcqt-01": Seat.MEMBER,
    "ttdn-01": Seat.MEMBER,
    UNION: Seat.MEMBER,
    KEEPER: Seat.SECRETARY,
}


@dataclass
class Scene:
    """One running campaign of one phase, and what a deadline hangs on there."""

    session: Session
    code: str
    like: Campaign

    @property
    def phase(self) -> str:
        """The only phase."""
        return ids.phase_key(self.code, 1)

    def add(self, *rows: SQLModel) -> None:
        """Write rows, the first one first."""
        for row in rows:
            self.session.add(row)
            self.session.flush()

    def campaign(self, state: CampaignState, **changes: Any) -> None:
        """Write the campaign, with plan and rules of a real one."""
        whole: dict[str, Any] = self.like.model_dump()
        self.add(Campaign(**whole | {"id": self.code, "state": state} | changes))
        record.begin_chain(self.session, self.code)

    def stage(self, state: PhaseState) -> None:
        """Write the phase of a campaign that runs."""
        self.campaign(CampaignState.RUNNING)
        row = Phase(
            id=self.phase,
            campaign=self.code,
            number=1,
            name="Giai đoạn 1",
            final=False,
            state=state,
            period_start=date(2022, 1, 1),
            period_end=date(2022, 6, 30),
            pack="VN2017",
            titles=["GIAY_KHEN"],
        )
        self.add(row)

    def deadline(self, case: "Owing") -> None:
        """Let a deadline run, and a reminder of it be due now."""
        of = {"owner": case.keeper, "name": case.kind}
        ladder = DEADLINES[case.kind].ladder
        assert ladder is not None
        to = [str(each) for each in REMINDED[ladder]]
        dues = {"due_at": case.due_at, "original_due_at": case.due_at}
        self.add(
            Deadline(**of, campaign=self.code, **dues),
            LadderStep(**of, version=1, code=STEP, at=NOW, to=to),
        )

    def envelope(
        self,
        department: str,
        state: SubmissionState,
        due_at: datetime = DUE,
        window: WindowState = WindowState.OPEN,
        **changes: Any,
    ) -> None:
        """Write how a department stands, launched, with a window for its list."""
        signed = {"submitted_by": CTQH[0]}
        moments = dict.fromkeys(("launched_at", "submitted_at", "received_at"), _BEFORE)
        whole: dict[str, Any] = {**signed, **moments, "state": state} | changes
        own = whole.pop("own", False)
        self.add(
            Submission(phase=self.phase, department=department, **whole),
            Window(
                phase=self.phase,
                kind="submission",
                department=department,
                opens_at=_BEFORE,
                due_at=due_at,
                state=window,
                own=own,
            ),
        )

    def line(self, subject: str, state: LineState, title: str = "GIAY_KHEN") -> UUID:
        """Write a line that stands so."""
        deed = Deed(self.session, self.code, "test", NOW)
        row = Nomination(
            campaign=self.code,
            phase=self.phase,
            department="CTQH",
            kind=SubjectKind.INDIVIDUAL,
            subject=subject,
            title=title,
            period=self.code,
            achieved_from=date(2022, 1, 1),
            achieved_to=date(2022, 6, 30),
            evidence={},
            state=state,
        )
        write_lines(deed, [row])
        deed.close()
        self.session.flush()
        return row.id

    def meeting(self, state: SessionState, **confirmed: bool | None) -> str:
        """Write a session of the council; who is not named has no row of it."""
        key = ids.session_key(self.phase, 1)
        row = CouncilSession(
            id=key,
            campaign=self.code,
            phase=self.phase,
            number=1,
            state=state,
            meets_at=DUE,
            place="Phòng họp số 1",
        )
        self.add(row)
        for person, seat in MEMBERS.items():
            said = person.replace("-", "_")
            if said in confirmed:
                member = {"session": key, "person": person, "seat": seat}
                comes = confirmed[said]
                self.add(SessionMember(**member, confirmed=comes, present=comes))
        return key

    def vote(self, key: str, method: Method, *tellers: str, over: bool = False) -> None:
        """Open a round on one line of a session, or count it."""
        line = self.line("ctqh-05", LineState.ON_BALLOT)
        voting = {"session": key, "round": 1}
        count = {"closed_at": NOW, "counted_by": _ANY} if over else {}
        roll = list(MEMBERS)
        self.add(
            SessionLine(session=key, line=line, position=1),
            VotingRound(
                session=key, number=1, roll=roll, present=roll, opened_at=NOW, **count
            ),
            RoundLine(
                **voting,
                line=line,
                method=method,
                threshold="> 1/2",
                electors=len(roll),
                recused=["ctqh-01"],
            ),
            *(Teller(**voting, person=each) for each in tellers),
        )

    def decision(
        self, state: DecisionState, subject: str, line: LineState, title: str = "CSTDT"
    ) -> None:
        """Write a decision on one line."""
        key = ids.decision_key(self.phase, 1)
        row = Decision(
            id=key,
            campaign=self.code,
            phase=self.phase,
            ordinal=1,
            state=state,
            decided_by=DIRECTOR,
            decided_at=NOW,
            series=self.code[-32:],
            number=1,
            number_year=2022,
        )
        self.add(row)
        self.add(DecisionLine(decision=key, line=self.line(subject, line, title)))

    def matter(self, kind: CaseKind, state: CaseState, **changes: Any) -> UUID:
        """Write a matter beside the phases, with its campaign."""
        self.stage(PhaseState.CLOSED)
        key = uuid5(_ANY, self.code)
        whole: dict[str, Any] = {
            "id": key,
            "campaign": self.code,
            "kind": kind,
            "state": state,
            "title": "Vụ việc",
            "matter": "Nội dung.",
            "recorded_by": "ctqh-05",
            "filed_at": NOW,
        }
        self.add(Case(**whole | changes))
        return key

    def power(self, *acts: str) -> None:
        """Let a deputy sign for the director."""
        self.add(
            Delegation(
                id=ids.delegation_key(self.code, 1),
                campaign=self.code,
                number=1,
                given_by=DIRECTOR,
                given_at=NOW,
                delegate=DEPUTY,
                capacity=Capacity.SIGNED_FOR,
                acts=list(acts),
                starts=NOW.date(),
                ends=NOW.date() + timedelta(days=30),
                basis="Giấy ủy quyền số 01/GUQ-VP",
            )
        )


@dataclass(frozen=True)
class Owing:
    """A deadline, who keeps it, how it comes to be owed, and by whom."""

    kind: DeadlineKind
    owner: str
    arrange: Callable[[Scene], None]
    debtors: frozenset[str]
    copy: str = ""

    @property
    def code(self) -> str:
        """The campaign that it is written into."""
        return self.arrange.__name__.replace("_", "-") + self.copy

    @property
    def keeper(self) -> str:
        """The workflow that keeps it."""
        phase = ids.phase_key(self.code, 1)
        owners = {
            "campaign": ids.campaign(self.code),
            "phase": ids.phase(phase),
            "department": ids.department(phase, "CTQH"),
            "council": ids.council(ids.session_key(phase, 1)),
            "decision": ids.decision(ids.decision_key(phase, 1)),
            "case": ids.case(uuid5(_ANY, self.code)),
        }
        return str(owners[self.owner])

    @property
    def due_at(self) -> datetime:
        """The moment at which it falls due."""
        return YESTERDAY if self.arrange is a_list_is_late else DUE

    def write(self, session: Session, like: Campaign) -> None:
        """Write its rows, and a reminder of it that is due now."""
        scene = Scene(session, self.code, like)
        self.arrange(scene)
        scene.deadline(self)


CASES: list[Owing] = []
_K, _S = DeadlineKind, SubmissionState
Arrange = Callable[[Scene], None]


def owed(
    kind: DeadlineKind, owner: str, debtors: Iterable[str]
) -> Callable[[Arrange], Arrange]:
    """Enter a deadline that is owed by some people, once its rows are written."""

    def enter(arrange: Arrange) -> Arrange:
        CASES.append(Owing(kind, owner, arrange, frozenset(debtors)))
        return arrange

    return enter


@owed(_K.PACT, "campaign", [UNION])
def the_other_side_has_signed(scene: Scene) -> None:
    scene.campaign(CampaignState.PENDING_UNION, signed_by_union=None)


@owed(_K.PACT, "campaign", [DIRECTOR, DEPUTY])
def the_union_has_signed(scene: Scene) -> None:
    scene.campaign(CampaignState.PENDING_UNION, signed_by_director=None)
    scene.power("sign_pact")


@owed(_K.LAUNCH, "campaign", [DIRECTOR, DEPUTY])
def the_pact_is_signed(scene: Scene) -> None:
    scene.campaign(CampaignState.PACT_SIGNED)
    scene.power("launch")


@owed(_K.CLOSING, "campaign", [DIRECTOR])
def every_phase_has_ended(scene: Scene) -> None:
    scene.stage(PhaseState.CLOSED)
    scene.power("launch")


@owed(_K.ARCHIVE, "campaign", HCTCQT)
def its_files_are_to_be_archived(scene: Scene) -> None:
    scene.campaign(CampaignState.CLOSED)


def registering(scene: Scene, *, own: bool) -> None:
    """Two departments may register, and one has."""
    scene.stage(PhaseState.REGISTRATION_OPEN)
    for department in ("CTQH", "TTDN"):
        scene.envelope(department, _S.NOT_STARTED, at("2022-12-31"))
        window = {"opens_at": _BEFORE, "due_at": DUE, "own": own}
        of = {"phase": scene.phase, "kind": "registration", "department": department}
        scene.add(Window(**of, **window))
    scene.add(
        Registration(
            campaign=scene.code,
            department="TTDN",
            kind=SubjectKind.COLLECTIVE,
            subject="TTDN",
            title="GIAY_KHEN",
            state=RegistrationState.REGISTERED,
            at=NOW,
        )
    )


@owed(_K.REGISTRATION, "phase", CTQH)
def registration_is_open(scene: Scene) -> None:
    registering(scene, own=False)


@owed(_K.REGISTRATION, "department", CTQH)
def registration_is_open_for_one(scene: Scene) -> None:
    registering(scene, own=True)


@owed(_K.SUBMISSION, "phase", [*CTQH, *HCTCQT])
def lists_are_awaited(scene: Scene) -> None:
    scene.stage(PhaseState.SUBMISSION_WINDOW)
    scene.envelope("CTQH", _S.NOT_STARTED)
    scene.envelope("HCTCQT", _S.RECALLED)
    scene.envelope("TTDN", _S.SUBMITTED)


@owed(_K.SUBMISSION, "department", CTQH)
def a_list_is_awaited_from_one(scene: Scene) -> None:
    scene.stage(PhaseState.APPRAISAL)
    scene.envelope("CTQH", _S.LATE_ACCEPTED, own=True)
    scene.envelope("TTDN", _S.OVERDUE, at("2022-07-01", "00:00"), WindowState.CLOSED)


@owed(_K.SUBMISSION, "phase", CTQH)
def a_list_is_late(scene: Scene) -> None:
    scene.stage(PhaseState.APPRAISAL)
    over = (YESTERDAY, WindowState.CLOSED)
    scene.envelope("CTQH", _S.OVERDUE, *over)
    scene.envelope("HCTCQT", _S.LATE_REQUESTED, *over)
    # What it sent in time could not be written down.
    scene.envelope("TTDN", _S.PEER_REVIEWED, *over)


@owed(_K.SUPPLEMENT, "department", CTQH)
def a_list_came_back(scene: Scene) -> None:
    scene.stage(PhaseState.APPRAISAL)
    scene.envelope("CTQH", _S.RETURNED, rounds=1, flagged=[])


@owed(_K.LATE_ANSWER, "department", [DIRECTOR, DEPUTY])
def somebody_asks_for_time(scene: Scene) -> None:
    scene.stage(PhaseState.APPRAISAL)
    scene.envelope("CTQH", _S.LATE_REQUESTED, window=WindowState.CLOSED)
    scene.power("answer_late")


@owed(_K.APPRAISAL, "phase", HCTCQT)
def a_list_has_come(scene: Scene) -> None:
    scene.stage(PhaseState.APPRAISAL)
    scene.envelope("CTQH", _S.RECEIVED, window=WindowState.CLOSED)


@owed(_K.APPRAISAL, "phase", HCTCQT)
def all_lists_are_appraised(scene: Scene) -> None:
    scene.stage(PhaseState.APPRAISAL)
    scene.envelope("CTQH", _S.APPRAISED, window=WindowState.CLOSED)


@owed(_K.APPRAISAL, "phase", [])
def a_list_waits_for_its_department(scene: Scene) -> None:
    scene.stage(PhaseState.APPRAISAL)
    scene.envelope("CTQH", _S.RETURNED, window=WindowState.CLOSED, flagged=[])


@owed(_K.COUNCIL, "phase", HCTCQT)
def no_council_is_convened(scene: Scene) -> None:
    scene.stage(PhaseState.COUNCIL_REVIEW)


@owed(_K.COUNCIL, "phase", [KEEPER, "ttdn-01", "hctcqt-01"])
def the_council_counts_on_paper(scene: Scene) -> None:
    scene.stage(PhaseState.COUNCIL_REVIEW)
    key = scene.meeting(SessionState.VOTING)
    scene.vote(key, Method.PAPER, "ttdn-01", "hctcqt-01")


@owed(_K.MEETING, "council", MEMBERS.keys() - {OTHER_DEPUTY})
def the_council_will_meet(scene: Scene) -> None:
    scene.stage(PhaseState.COUNCIL_REVIEW)
    # One comes, one does not, one has said nothing; the others have a seat since.
    scene.meeting(SessionState.CONVENED, ld_01=True, ld_03=False, ctqh_01=None)


@owed(_K.BALLOTS, "council", MEMBERS.keys() - {DIRECTOR, "ctqh-01"})
def sheets_are_awaited(scene: Scene) -> None:
    scene.stage(PhaseState.COUNCIL_REVIEW)
    key = scene.meeting(SessionState.VOTING)
    scene.vote(key, Method.SHEETS)
    scene.add(BallotCast(session=key, round=1, person=DIRECTOR, at=NOW))


@owed(_K.MINUTES, "council", ["ttdn-01", "hctcqt-01"])
def a_count_is_to_be_attested(scene: Scene) -> None:
    scene.stage(PhaseState.COUNCIL_REVIEW)
    key = scene.meeting(SessionState.COUNTED, ld_01=True, hctcqt_03=True)
    scene.vote(key, Method.SHEETS, "ttdn-01", "hctcqt-01", over=True)


@owed(_K.MINUTES, "council", [DEPUTY, KEEPER])
def minutes_are_to_be_signed(scene: Scene) -> None:
    scene.stage(PhaseState.COUNCIL_REVIEW)
    here = {"ld_02": True, "ctqh_01": True, "hctcqt_03": True}
    scene.meeting(SessionState.COUNTED, ld_01=False, **here)


@owed(_K.MINUTES, "council", [DIRECTOR, KEEPER])
def minutes_of_a_poll_are_to_be_signed(scene: Scene) -> None:
    scene.stage(PhaseState.COUNCIL_REVIEW)
    nobody = {"ld_01": None, "ld_02": None, "ctqh_01": None, "hctcqt_03": None}
    scene.meeting(SessionState.COUNTED, **nobody)


@owed("settle_signed_minutes", "council", HCTCQT)
def signed_minutes_say_otherwise(scene: Scene) -> None:
    scene.stage(PhaseState.COUNCIL_REVIEW)
    scene.meeting(SessionState.COUNTED, ld_01=True)


@owed(_K.DECISION, "decision", [DIRECTOR, DEPUTY])
def a_decision_waits(scene: Scene) -> None:
    scene.stage(PhaseState.DIRECTOR_REVIEW)
    scene.decision(DecisionState.PENDING, "ctqh-02", LineState.COUNCIL_PASSED)
    scene.power("decide")


@owed(_K.DECISION, "decision", [DEPUTY, OTHER_DEPUTY])
def the_directors_own_decision_waits(scene: Scene) -> None:
    scene.stage(PhaseState.DIRECTOR_REVIEW)
    scene.decision(DecisionState.PENDING, DIRECTOR, LineState.COUNCIL_PASSED)


@owed(_K.ISSUE, "decision", [CLERK])
def a_decision_is_signed(scene: Scene) -> None:
    scene.stage(PhaseState.DIRECTOR_REVIEW)
    scene.decision(DecisionState.DECIDED, "ctqh-02", LineState.DIRECTOR_APPROVED)


@owed(_K.ISSUE, "decision", [CLERK])
def a_decision_is_numbered(scene: Scene) -> None:
    scene.stage(PhaseState.DIRECTOR_REVIEW)
    scene.decision(DecisionState.NUMBERED, "ctqh-02", LineState.DIRECTOR_APPROVED)


@owed(_K.PUBLICATION, "decision", HCTCQT)
def results_are_to_be_posted(scene: Scene) -> None:
    scene.stage(PhaseState.CLOSED)
    scene.decision(DecisionState.ISSUED, "ctqh-02", LineState.AWARDED)


@owed(_K.FORWARD, "decision", HCTCQT)
def something_goes_upward(scene: Scene) -> None:
    scene.stage(PhaseState.CLOSED)
    scene.decision(DecisionState.ISSUED, "ctqh-02", LineState.DIRECTOR_APPROVED)


@owed(_K.ANSWER, "decision", HCTCQT)
def a_superior_has_still_to_answer(scene: Scene) -> None:
    scene.stage(PhaseState.CLOSED)
    scene.decision(DecisionState.ISSUED, "ctqh-02", LineState.FORWARDED_UPWARD)


@owed(_K.CASE_ANSWER, "case", HCTCQT)
def a_petition_has_come(scene: Scene) -> None:
    scene.matter(CaseKind.PETITION, CaseState.FILED)
    scene.power("resolve_case")


@owed(_K.CASE_ACCEPTANCE, "case", HCTCQT)
def a_complaint_has_come(scene: Scene) -> None:
    scene.matter(CaseKind.COMPLAINT, CaseState.FILED)
    scene.power("accept_case")


@owed(_K.CASE_ACCEPTANCE, "case", [DIRECTOR, DEPUTY])
def a_denunciation_has_come(scene: Scene) -> None:
    scene.matter(CaseKind.DENUNCIATION, CaseState.FILED)
    scene.power("accept_case")


@owed(_K.CASE_RESOLUTION, "case", [DIRECTOR, DEPUTY])
def a_complaint_is_verified(scene: Scene) -> None:
    scene.matter(CaseKind.COMPLAINT, CaseState.ACCEPTED)
    scene.power("resolve_case")


@owed(_K.CASE_RESOLUTION, "case", [DEPUTY])
def a_complaint_is_about_the_director(scene: Scene) -> None:
    key = scene.matter(CaseKind.COMPLAINT, CaseState.ACCEPTED)
    line = scene.line(DIRECTOR, LineState.NOMINATED)
    scene.session.get_one(Case, key).line = line
    scene.power("resolve_case")


@owed(_K.RESCISSION_REPORT, "case", HCTCQT)
def an_award_is_to_be_undone(scene: Scene) -> None:
    scene.matter(CaseKind.RESCISSION, CaseState.FILED)


@owed(_K.RESCISSION, "case", [DIRECTOR])
def an_undoing_is_reported(scene: Scene) -> None:
    scene.matter(CaseKind.RESCISSION, CaseState.REPORTED)


@owed(_K.CASE_CHECK, "case", HCTCQT)
def an_initiative_has_come(scene: Scene) -> None:
    scene.matter(CaseKind.INITIATIVE, CaseState.FILED)


@owed(_K.CASE_SUPPLEMENT, "case", ["ctqh-05"])
def an_initiative_came_back(scene: Scene) -> None:
    scene.matter(CaseKind.INITIATIVE, CaseState.RETURNED)


@owed(_K.INITIATIVE_SCORING, "case", [OTHER_DEPUTY, "cthdnd-01", "hctcqt-03"])
def an_initiative_is_scored(scene: Scene) -> None:
    key = scene.matter(CaseKind.INITIATIVE, CaseState.ACCEPTED)
    # The vice-chair is an author, and so steps out; a member has said what it thinks.
    said = {"case": key, "person": UNION, "agrees": True, "score": 80, "at": NOW}
    scene.add(CaseAuthor(case=key, person="hctcqt-01", share=100), CaseOpinion(**said))


@owed(_K.INITIATIVE_CERTIFICATE, "case", [DIRECTOR])
def an_initiative_is_recognised(scene: Scene) -> None:
    scene.matter(CaseKind.INITIATIVE, CaseState.RECOGNISED)


def ad_hoc(scene: Scene, state: CaseState) -> None:
    """Somebody is to be commended without a council, who sits on it."""
    award = {"subject_kind": SubjectKind.INDIVIDUAL, "subject": "ctqh-01"}
    scene.matter(CaseKind.AD_HOC, state, **award, award="GIAY_KHEN", basis=["rescue"])


@owed(_K.AD_HOC_AWARD, "case", [DIRECTOR])
def an_ad_hoc_award_waits(scene: Scene) -> None:
    ad_hoc(scene, CaseState.ACCEPTED)


@owed(_K.AD_HOC_AWARD, "case", MEMBERS.keys() - {"ctqh-01"})
def the_council_is_polled(scene: Scene) -> None:
    ad_hoc(scene, CaseState.POLLED)
