"""Who asks for what: people of every kind, and things that some of them may know."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from api.identity import COOKIE
from domain import ids
from domain.calendar import local_day
from domain.policy import READINGS
from domain.policy.declaring import About, Relation, Who, relations_of
from domain.policy.restricted import KNOWN_TO, Restricted, known_of_matter
from domain.roles import Role
from domain.states import CaseKind, CaseState, LineState
from store.accounts.sessions import begin_session
from store.clock import now, real_now
from store.database import Database
from store.office import people
from store.tables import (
    Act,
    Attachment,
    Case,
    CaseAuthor,
    Command,
    Draft,
    HolderKind,
    Nomination,
    NominationMove,
    SubjectKind,
    UserAccount,
)
from tests.journeys.cast import HEADS, at
from tests.office import CLERK, DIRECTOR, SECRETARIAT, UNION

HOME, FILER, NOMINEE, STRANGER = "CTQH", "ttdn-02", "ctqh-05", "khong-co"
ADMINISTRATOR = "quan-tri"  # of accounts, and nobody else
# One of each kind; more of them sit on a council than are named for it.
WHO = {
    "director": DIRECTOR,
    "deputy": "ld-02",
    "union": UNION,
    "secretariat": SECRETARIAT,
    "clerk": CLERK,
    "head": HEADS[HOME],
    "charged by its department": "ctqh-03",
    "nominee": NOMINEE,
    "colleague": "ctqh-06",
    "head of another": HEADS["TTDN"],
    "staff of another": FILER,
    "auditor": "kiem-tra-01",
    "recipient": "noi-nhan-01",
    "administrator": ADMINISTRATOR,
    "stranger": STRANGER,
}
_FILED = at("2022-07-01")


@dataclass(frozen=True)
class Thing:
    """Something that is asked for: where it is found, whose, and who may know of it.

    Of those whom the table names it is for them alone who stand to it as *who* says,
    and as *also* says, and are among *only*; *sent* goes with the request.
    """

    keys: Mapping[str, Any]
    who: Who | None = None
    department: str | None = None
    owners: frozenset[str] = frozenset()
    confirmers: frozenset[str] = frozenset()
    also: Who | None = None
    only: frozenset[str] | None = None
    sent: Mapping[str, Any] = field(default_factory=dict)

    def but(self, **changes: Any) -> "Thing":
        """Give the same with something else of it."""
        return replace(self, **changes)

    def is_for(self, person: str, stands: Who, named: Who) -> bool:
        """Say whether somebody who stands to it so may do what is open to those."""
        needed = [named, *(each for each in (self.who, self.also) if each is not None)]
        among = self.only is None or person in self.only
        return among and all(stands & each for each in needed)


def relations(database: Database, person: str, thing: Thing) -> Who:
    """Say how somebody stands to a thing, by the rows of today."""
    own = {Relation.OWN} if person in thing.owners else set()
    confirms = {Relation.CONFIRMER} if person in thing.confirmers else set()
    stands = own | confirms | {Relation.ANYBODY}
    if person == ADMINISTRATOR:
        return frozenset(stands | {Relation.ADMINISTRATOR})
    if person == STRANGER:
        return frozenset(stands)
    return relations_of(roles_of(database, person, thing.department)) | stands


@cache
def roles_of(
    database: Database, person: str, department: str | None
) -> frozenset[Role]:
    """Collect what somebody holds today."""
    with database.read() as session:
        day = local_day(now(session))
        return people.roles_of(session, person, day, department)


def lines(session: Session) -> list[Thing]:
    """Find a line that is posted, and make one that is not, and one that is secret."""
    like = session.exec(select(Nomination).where(Nomination.department == HOME)).first()
    assert like is not None
    posted, known = LineState.AWARDED, KNOWN_TO[Restricted.SECRET_LINE]
    return [
        _line(session, like, posted, READINGS["line"].who),
        _line(session, like, LineState.NOMINATED, KNOWN_TO[Restricted.DOSSIER]),
        _line(session, like, LineState.INELIGIBLE, KNOWN_TO[Restricted.DOSSIER]),
        _line(session, like, posted, known, secret=True),
    ]


def _line(
    session: Session, like: Nomination, state: LineState, who: Who, **more: Any
) -> Thing:
    line = nominated(session, like, state=state, **more)
    return Thing({"line": line}, who, HOME, frozenset({NOMINEE}))


def nominated(session: Session, like: Nomination, **changes: Any) -> UUID:
    """Nominate somebody once more, as if an act had: for something of another time."""
    key = changes.pop("id", uuid4())
    act = session.exec(select(Act.id).limit(1)).one()
    row = like.model_dump() | {
        "id": key,
        "subject": NOMINEE,
        "kind": SubjectKind.INDIVIDUAL,
        "period": str(key),
        "moves": 1,
        "held_from": None,
        **changes,
    }
    move = {"line": key, "n": 1, "to_state": row["state"], "act": act}
    session.add(NominationMove(**move, at=_FILED))
    session.flush()
    session.add(Nomination(**row))
    session.flush()
    return key


# Of which kind, and whether on a state secret.
MATTERS = (
    (CaseKind.COMPLAINT, None),
    (CaseKind.DENUNCIATION, None),
    (CaseKind.AD_HOC, ["outstanding_ad_hoc"]),
    (CaseKind.AD_HOC, ["state_secret"]),
)


def matters(session: Session, campaign: str) -> list[Thing]:
    """File a matter of each kind that is known to others than the next."""
    return [_matter(session, campaign, kind, basis) for kind, basis in MATTERS]


def _matter(
    session: Session, campaign: str, kind: CaseKind, basis: list[str] | None
) -> Thing:
    case = filed(campaign, kind, basis=basis)
    session.add(case)
    session.flush()
    who = known_of_matter(kind, secret="state_secret" in (basis or ()))
    return Thing({"key": case.id}, who | {Relation.OWN}, None, frozenset({FILER}))


def filed(campaign: str, kind: CaseKind, **more: Any) -> Case:
    """Write a matter down that is taken up, or has not been filed yet."""
    draft = more.get("state") is CaseState.DRAFT
    said: dict[str, Any] = {
        "id": uuid4(),
        "campaign": campaign,
        "kind": kind,
        "state": CaseState.ACCEPTED,
        "title": "Nội dung kín",
        "matter": "Chỉ ít người được biết.",
        "recorded_by": FILER,
        "filed_at": None if draft else _FILED,
        **more,
    }
    if said.get("basis"):
        said |= {"subject_kind": SubjectKind.INDIVIDUAL, "subject": NOMINEE}
        said |= {"award": "GIAY_KHEN", "event_on": _FILED.date()}
    return Case(**said)


def certified(session: Session, campaign: str, shares: Mapping[str, int]) -> Case:
    """Let an initiative be certified, whose authors have these shares."""
    row = filed(
        campaign,
        CaseKind.INITIATIVE,
        state=CaseState.CERTIFIED,
        title="Sổ tay họp số",
        matter="Dùng chung một sổ tay.",
        event_on=_FILED.date(),
        counts_for=2022,
        certificate=1,
        ended_at=_FILED,
    )
    session.add(row)
    session.flush()
    authors = (CaseAuthor(case=row.id, person=x, share=y) for x, y in shares.items())
    session.add_all(authors)
    session.flush()
    return row


def commands(session: Session, campaign: str, cases: list[Thing]) -> list[Thing]:
    """Find an act of the director's, and receive one on a denunciation."""
    plain = session.exec(select(Command).where(col(Command.actor) == DIRECTOR)).first()
    assert plain is not None
    denunciation = cases[1]
    hidden = Command(
        campaign=campaign,
        actor=FILER,
        kind="file_case",
        target=str(ids.case(denunciation.keys["key"])),
        payload={},
        idempotency_key="x",
        fingerprint="",
        received_at=_FILED,
    )
    session.add(hidden)
    session.flush()
    who = READINGS["act"].who
    return [
        Thing({"command_id": plain.id}, who, None, frozenset({DIRECTOR})),
        Thing(
            {"command_id": hidden.id},
            who & KNOWN_TO[Restricted.DENUNCIATION],
            None,
            frozenset({FILER}),
        ),
    ]


def files(session: Session, holders: list[Thing]) -> list[Thing]:
    """Let a file stand with each of some lines."""
    return [_file(session, line) for line in holders]


def _file(session: Session, line: Thing) -> Thing:
    row = a_file(HolderKind.LINE, line.keys["line"])
    session.add(row)
    session.flush()
    return replace(line, keys={"key": row.id})


def a_file(holder: HolderKind, key: object, **more: Any) -> Attachment:
    """Let a file stand with a thing, of which the content is not there."""
    said: dict[str, Any] = {
        "name": "bao-cao.pdf",
        "media_type": "application/pdf",
        "size": 1,
        "sha256": "0" * 64,
        "added_by": NOMINEE,
        "added_at": _FILED,
        **more,
    }
    return Attachment(holder=holder, key=str(key), **said)


def enrol(session: Session, password: str) -> None:
    """Give an account to everybody who asks, under their code."""
    for person in {*WHO.values()} - {STRANGER}:
        administers = person == ADMINISTRATOR
        session.add(
            UserAccount(
                name=person,
                person=None if administers else person,
                administrator=administers,
                password=password,
            )
        )


def signed_in(session: Session, person: str) -> dict[str, str]:
    """Sign somebody in just now; give what their browser sends from then on."""
    found = select(UserAccount).where(UserAccount.name == person)
    account = session.exec(found).one()
    secret, _ = begin_session(session, account, real_now(session), "")
    return {"Cookie": f"{COOKIE}={secret}"}


def things(database: Database, keys: Mapping[str, str]) -> dict[About, list[Thing]]:
    """Make of each kind of thing those that differ in who may know of them."""
    campaign = keys["code"]
    with database.write() as session:
        cases, named = matters(session, campaign), lines(session)
        session.add(
            Draft(phase=keys["phases/key"], department=HOME, content={"lines": []})
        )
        return {
            About.OFFICE: [Thing({})],
            About.DEPARTMENT: [Thing({"department": HOME}, None, HOME)],
            About.LINE: named,
            About.FILE: files(session, named),
            About.MATTER: cases,
            About.ACT: commands(session, campaign, cases),
            About.PERSON: [Thing({})],
            About.ACCOUNT: [
                Thing({"name": NOMINEE}, owners=frozenset({*WHO.values()} - {STRANGER}))
            ],
        }
