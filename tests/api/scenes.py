"""What is judged by rows: for whoever tries it, a thing of its own to be tried on."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any
from uuid import uuid4

from sqlmodel import Session, select

from domain.accounts.scopes import Scope
from domain.cases.procedures import PROCEDURES, carriers, confidential
from domain.council.ballots import Method
from domain.policy.declaring import Relation, Who, to
from domain.policy.readings import PREPARING
from domain.policy.restricted import known_of_matter
from domain.roles import DESK, Role
from domain.states import CaseKind, SessionState
from store.accounts.accounts import make_code
from store.accounts.sessions import begin_session
from store.accounts.tokens import make_token
from store.clock import real_now
from store.tables import (
    Case,
    CouncilSession,
    HolderKind,
    Nomination,
    Notice,
    Proposal,
    RoundLine,
    SessionLine,
    UserAccount,
    VotingRound,
)
from tests.api.accounts.signing import PASSWORD
from tests.api.asking import (
    ADMINISTRATOR,
    FILER,
    HOME,
    MATTERS,
    NOMINEE,
    STRANGER,
    WHO,
    Thing,
    a_file,
    filed,
    lines,
)
from tests.intake.test_files import PDF
from tests.journeys.cast import HEADS, a_code, at
from tests.office import DIRECTOR, SECRETARIAT

Keys = Mapping[str, str]
Maker = Callable[[Session, Keys, str], Iterator[Thing]]
MOMENT = at("2022-07-14")
DEPUTY = "ld-02"
_FILE: Mapping[str, Any] = {
    "content": PDF,
    "headers": {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": "attachment; filename*=UTF-8''to-trinh.pdf",
    },
}


def a_vote(session: Session, keys: Keys, _person: str) -> Iterator[Thing]:
    """Open a vote of some of the council, on a line of somebody who is not of it."""
    number = len(session.exec(select(CouncilSession.id)).all()) + 1
    phase, roll = keys["phases/key"], [DIRECTOR, DEPUTY, HEADS[HOME]]
    key = f"{phase}-hd{number}"
    meeting = CouncilSession(
        id=key,
        campaign=keys["code"],
        phase=phase,
        number=number,
        state=SessionState.VOTING,
        meets_at=MOMENT,
        place="Phòng họp",
        opened_at=MOMENT,
    )
    session.add(meeting)
    session.flush()
    of = {"session": key, "number": 1, "opened_at": MOMENT}
    session.add(VotingRound(**of, roll=roll, present=roll, public_key=bytes(range(32))))
    session.flush()
    secret = select(RoundLine).where(RoundLine.method == Method.SHEETS)
    like = session.exec(secret).first()
    assert like is not None
    none = {"voided_at": None, "void_reason": None, "recused": [], "carried": None}
    none |= dict.fromkeys(("ballots", "yes", "no", "blank"))
    session.add(RoundLine(**like.model_dump() | none | {"session": key, "round": 1}))
    session.add(SessionLine(session=key, line=like.line, position=1))
    mark = {"line": str(like.line), "choice": "yes", "code": a_code("x")}
    sheet = {"json": {"round": 1, "marks": [mark]}}
    yield Thing({"key": key}, only=frozenset(roll), sent=sheet)


def a_proposal(
    session: Session,
    _keys: Keys,
    _person: str,
    *,
    own: bool = False,
) -> Iterator[Thing]:
    """Propose a vice-chair of the council: by whom, of whom, and who confirms it."""
    for by, of, asked in (
        (SECRETARIAT, NOMINEE, {DIRECTOR, DEPUTY, "ld-03"}),
        (DEPUTY, NOMINEE, {DIRECTOR, "ld-03"}),
        (SECRETARIAT, DIRECTOR, {DEPUTY, "ld-03"}),
    ):
        said = {"person": of, "council": "emulation", "seat": "vice_chair"}
        said |= {"starts": "2023-01-01"}
        row = Proposal(
            about="council-seats",
            verb="record",
            said=said,
            version=5,  # of another row than there is: it cannot be carried out
            posts=["emulation_vice_chair"],
            person=of,
            proposed_by=by,
            proposed_at=MOMENT,
        )
        session.add(row)
        session.flush()
        owners, confirmers = frozenset({by}), frozenset(asked)
        sent = {} if own else {"json": {"reason": "Vì sao."}}
        yield Thing({"key": row.id}, None, None, owners, confirmers, sent=sent)


def a_notice(session: Session, keys: Keys, _person: str) -> Iterator[Thing]:
    """Tell one person something."""
    said = {"kind": "case_filed", "step": "", "subject": "Kín", "body": "Kín"}
    row = Notice(
        campaign=keys["code"],
        task=f"case/{uuid4()}",
        recipient=NOMINEE,
        version=1,
        at=MOMENT,
        **said,
    )
    session.add(row)
    session.flush()
    yield Thing({"key": row.id}, owners=frozenset({NOMINEE}))


def a_draft(session: Session, keys: Keys, person: str) -> Iterator[Thing]:
    """Write a matter of each kind, and change what somebody else is writing."""
    line = str(session.exec(select(Nomination.id)).first())
    for kind, procedure in PROCEDURES.items():
        named = {
            "line": line,
            "event_on": "2022-07-01",
            "authors": [{"person": person, "share": 100}],
            "subject_kind": "individual",
            "subject": NOMINEE,
            "award": "GIAY_KHEN",
            "basis": ["outstanding_ad_hoc"],
        }
        told = {"campaign": keys["code"], "kind": kind, "title": "Vụ việc"}
        needed = {name: named[name] for name in procedure.needs}
        body = {**told, "matter": "Nội dung.", **needed}
        who = procedure.steps["file_case"].who
        department = HOME if "subject" in needed else None
        new = {"key": uuid4()}
        yield Thing(new, to(*who), department, sent={"json": body})
    theirs = Case(**_plain(keys), id=uuid4(), recorded_by=FILER)
    session.add(theirs)
    session.flush()
    body = {**_plain(keys)}
    yield Thing({"key": theirs.id}, only=frozenset({FILER}), sent={"json": body})


def _plain(keys: Keys) -> dict[str, Any]:
    return {
        "campaign": keys["code"],
        "kind": CaseKind.PETITION,
        "title": "Kiến nghị",
        "matter": "Nội dung.",
    }


def a_line(session: Session, _keys: Keys, _person: str) -> Iterator[Thing]:
    """Attach to lines that few may know, whose lists are closed by now."""
    for line in lines(session):
        yield line.but(sent=_FILE)


def a_session(_session: Session, keys: Keys, _person: str) -> Iterator[Thing]:
    """Attach to a session, whose minutes are signed by now."""
    yield Thing({"key": keys["council-sessions/key"]}, PREPARING, sent=_FILE)


def a_decision(_session: Session, keys: Keys, _person: str) -> Iterator[Thing]:
    """Attach to a decision, which is issued by now."""
    clerks: Who = to(Role.SECRETARIAT, Role.RECORDS_CLERK)
    yield Thing({"key": keys["decisions/key"]}, PREPARING | clerks, sent=_FILE)


def matters(session: Session, keys: Keys) -> Iterator[tuple[Case, Thing]]:
    """File a matter of each kind that is known to others than the next."""
    for kind, basis in MATTERS:
        case = filed(keys["code"], kind, basis=basis)
        session.add(case)
        session.flush()
        known = known_of_matter(kind, secret=confidential(basis)) | {Relation.OWN}
        carry = to(*carriers(kind, case.state)) | {Relation.OWN}
        owners = frozenset({FILER})
        yield case, Thing({"key": case.id}, known, None, owners, also=carry)


def a_matter(session: Session, keys: Keys, _person: str) -> Iterator[Thing]:
    """Attach to matters."""
    for _, thing in matters(session, keys):
        yield thing.but(sent=_FILE)


def a_file_there(session: Session, keys: Keys, _person: str) -> Iterator[Thing]:
    """Take away what stands with lines, with a session, and with matters."""
    yield from files_of_lines(session)
    key = _file(session, HolderKind.SESSION, keys["council-sessions/key"])
    also = to(Role.SECRETARIAT, Role.COUNCIL_SECRETARY)
    yield Thing({"key": key}, PREPARING, also=also)
    for adder in (FILER, DIRECTOR):
        for case, thing in matters(session, keys):
            key = _file(session, HolderKind.CASE, case.id, added_by=adder)
            # The file is whoever's has added it, the matter whoever's has filed it.
            owners, only = thing.owners | {adder}, frozenset({adder})
            yield thing.but(keys={"key": key}, owners=owners, only=only)


def files_of_lines(session: Session) -> Iterator[Thing]:
    """Let a file stand with lines that few may know, for who may take it away."""
    desk: Who = to(*DESK)
    for line in lines(session):
        key = _file(session, HolderKind.LINE, line.keys["line"])
        yield line.but(keys={**line.keys, "key": key}, also=desk)


def _file(session: Session, holder: HolderKind, of: object, **more: Any) -> Any:
    row = a_file(holder, of, sha256=uuid4().hex * 2, **more)
    session.add(row)
    session.flush()
    return row.id


def account_of(session: Session, person: str) -> UserAccount:
    """Find somebody's account; whoever has none knows the nominee's password."""
    person = NOMINEE if person == STRANGER else person
    found = session.exec(select(UserAccount).where(UserAccount.name == person)).first()
    assert found is not None
    return found


def a_sign_in(session: Session, _keys: Keys, person: str) -> Iterator[Thing]:
    """Sign in by what is right."""
    name = account_of(session, person).name
    yield Thing({}, sent={"json": {"name": name, "password": PASSWORD}})


def a_page_to_sign_in(session: Session, _keys: Keys, person: str) -> Iterator[Thing]:
    """Sign in on a page: in a sample office, as whom one plays."""
    yield Thing({}, sent={"data": {"ten": NOMINEE}})


def a_part(_session: Session, _keys: Keys, _person: str) -> Iterator[Thing]:
    """Play somebody of a sample office."""
    yield Thing({}, sent={"json": {"person": NOMINEE}})


def a_code_to_use(session: Session, _keys: Keys, person: str) -> Iterator[Thing]:
    """Set a password by a code."""
    code, _ = make_code(session, account_of(session, person))
    yield Thing({}, sent={"json": {"code": code, "password": PASSWORD}})


def own(body: Any = None) -> Maker:
    """Change one's own account, whoever has one."""

    def make(session: Session, _keys: Keys, person: str) -> Iterator[Thing]:
        owners = frozenset() if person == STRANGER else frozenset({person})
        yield Thing({}, owners=owners, sent={} if body is None else {"json": body})

    return make


def a_session_to_end(session: Session, _keys: Keys, person: str) -> Iterator[Thing]:
    """End a session: one's own, and another's."""
    for whose in (person, FILER):
        account = account_of(session, whose)
        _, row = begin_session(session, account, real_now(session), "")
        owners = frozenset() if person == STRANGER else frozenset({whose})
        yield Thing({"key": row.id}, owners=owners)


def a_token_to_end(session: Session, _keys: Keys, person: str) -> Iterator[Thing]:
    """End a token: one's own, and another's."""
    for whose in (person, FILER):
        account, at_ = account_of(session, whose), real_now(session)
        scopes = [Scope.READ]
        _, row = make_token(session, account.id or 0, "x", scopes, None, at_, at_)
        owners = frozenset() if person == STRANGER else frozenset({whose})
        yield Thing({"key": row.id}, owners=owners)


def a_name(session: Session, _keys: Keys, _person: str) -> Iterator[Thing]:
    """Make an account under a new name."""
    yield Thing({}, sent={"json": {"name": f"tk-{uuid4().hex[:8]}"}})


def an_account(session: Session, _keys: Keys, _person: str) -> Iterator[Thing]:
    """Give a code to an account that nobody uses."""
    row = UserAccount(name=f"tk-{uuid4().hex[:8]}")
    session.add(row)
    session.flush()
    yield Thing({"name": row.name})


def a_code_to_witness(session: Session, _keys: Keys, _person: str) -> Iterator[Thing]:
    """Make codes that wait for a witness: by nobody of the office, by one, for one."""
    everybody = frozenset(WHO.values())
    for maker, account, none in (
        (f"account:{ADMINISTRATOR}", _in_use(session), ""),
        (SECRETARIAT, _in_use(session), SECRETARIAT),
        (f"account:{ADMINISTRATOR}", account_of(session, DIRECTOR), DIRECTOR),
    ):
        make_code(session, account, maker)
        yield Thing({"name": account.name}, only=everybody - {none})


def _in_use(session: Session) -> UserAccount:
    row = UserAccount(name=f"tk-{uuid4().hex[:8]}", password="x")
    session.add(row)
    session.flush()
    return row


def rights(session: Session, keys: Keys, person: str) -> Iterator[Thing]:
    """Change the rights of such an account."""
    body, headers = {"administrator": True, "shut": False}, {"If-Match": '"1"'}
    for each in an_account(session, keys, person):
        yield each.but(sent={"json": body, "headers": headers})


def fields_of(body: Any) -> dict[str, str]:
    """Write what is said by a body as it is typed into the form for it."""
    return {name: text for name, text in _fields(body, "") if text}


def _fields(value: Any, name: str) -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            for key, each in value.items():
                yield from _fields(each, f"{name}.{key}".removeprefix("."))
        case [dict(), *_]:
            for n, each in enumerate(value):
                yield from _fields(each, f"{name}.{n}")
        case list():
            yield name, "\n".join(map(str, value))
        case bool():
            yield name, "1" if value else ""
        case _:
            yield name, "" if value is None else str(value).removesuffix("+07:00")


# By what is declared, or by the route where that is of several.
SCENES: Mapping[str, Maker] = {
    "cast": a_vote,
    "answer_proposal": a_proposal,
    "withdraw_proposal": partial(a_proposal, own=True),
    "read_notice": a_notice,
    "write_matter": a_draft,
    "attach_to_line": a_line,
    "attach_to_session": a_session,
    "attach_to_decision": a_decision,
    "attach_to_matter": a_matter,
    "take_file_away": a_file_there,
    "POST /api/v1/session": a_sign_in,
    "POST /api/v1/session/sample": a_part,
    "POST /api/v1/password": a_code_to_use,
    "POST /dang-nhap": a_page_to_sign_in,
    "POST /dang-xuat": own(),
    "DELETE /api/v1/session": own(),
    "POST /api/v1/session/confirm": own({"password": PASSWORD}),
    "PUT /api/v1/me/password": own({"current": PASSWORD, "password": PASSWORD}),
    "POST /api/v1/me/tokens": own({"name": "x", "scopes": ["read"], "days": 1}),
    "DELETE /api/v1/me/tokens/{key}": a_token_to_end,
    "DELETE /api/v1/me/sessions/{key}": a_session_to_end,
    "POST /api/v1/accounts": a_name,
    "POST /api/v1/accounts/{name}/code": an_account,
    "witness_code": a_code_to_witness,
    "PUT /api/v1/accounts/{name}": rights,
}
