"""A record as it is exported: read entry by entry, so it may be of any length.

No sealed sheet is in it, and nobody who denounced.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import inspect
from sqlalchemy import select as sql
from sqlmodel import Session, col, select

from domain.council.ballots import CodedChoice
from domain.record import OFFICE
from domain.record.entries import (
    FORMAT,
    ActEntry,
    ChainEntry,
    CommandEntry,
    DecisionEntry,
    Entry,
    FileEntry,
    NoticeEntry,
    OutcomeEntry,
    RoundEntry,
    StateEntry,
    VoteEntry,
)
from store.boards import entries_of, turnout
from store.database import one_of
from store.record import link
from store.tables import (
    Act,
    ActPayload,
    Attachment,
    Campaign,
    Case,
    Chain,
    Command,
    CouncilSession,
    Decision,
    DecisionLine,
    HolderKind,
    Nomination,
    Notice,
    Phase,
    Registration,
    RoundLine,
    SessionLine,
    Submission,
    VotingRound,
    Window,
)
from store.voting import all_lines_in

# So many rows are read at a time.
_SOME = {"yield_per": 500}


def chains(session: Session) -> list[str]:
    """Name every record: whatever has a chain, acts, or ought to have a chain."""
    found = [Chain.campaign, Act.campaign, Campaign.id]
    names = {each for x in found for each in session.exec(select(x).distinct())}
    return sorted(names, key=lambda name: (name != OFFICE, name))


def exported(session: Session, chain: str) -> Iterator[Entry]:
    """Read a record entry by entry, in the order in which it is checked."""
    found = session.get(Chain, chain)
    head, told = ((found.seq, found.digest), found.told) if found else (None, [])
    yield ChainEntry(FORMAT, chain, head, tuple(told))
    yield from _acts(session, chain)
    yield from _without_act(session, chain)
    yield from _states(session, chain)
    yield from _rounds(session, chain)
    yield from _outcomes(session, chain)
    yield from _decisions(session, chain)
    yield from _files(session, chain)
    yield from _notices(session, chain)


def _acts(session: Session, chain: str) -> Iterator[ActEntry]:
    query = (
        select(Act, ActPayload, Command)
        .outerjoin(ActPayload, col(ActPayload.act) == col(Act.id))
        .outerjoin(Command, col(Command.id) == col(Act.command))
        .where(Act.campaign == chain)
        .order_by(col(Act.seq))
    )
    for act, payload, command in _each(session, query):
        yield ActEntry(
            link=link(act),
            digest=act.digest,
            many=act.many,
            salt=payload.salt.hex() if payload else None,
            said=payload.payload if payload else None,
            trace=act.trace,
            command=_command(command) if command else None,
        )


def _without_act(session: Session, chain: str) -> Iterator[CommandEntry]:
    acts = select(Act.id).where(Act.command == Command.id)
    query = select(Command).where(Command.campaign == chain, ~acts.exists())
    for (command,) in _each(session, query.order_by(col(Command.seq))):
        yield _command(command)


def _command(row: Command) -> CommandEntry:
    return CommandEntry(
        id=str(row.id),
        campaign=row.campaign,
        actor=row.actor,
        behalf=row.behalf,
        delegation=row.delegation,
        kind=row.kind,
        target=row.target,
        phase=row.phase,
        department=row.department,
        window=row.window,
        body=row.payload,
        fingerprint=row.fingerprint,
        received_at=row.received_at.isoformat(),
        state=row.state,
    )


# The rows that stand in states, by the names of their kinds, and whose they are.
_STATEFUL: Mapping[str, tuple[type[Any], Callable[[str], Any]]] = {
    "campaign": (Campaign, lambda chain: Campaign.id == chain),
    "phase": (Phase, lambda chain: Phase.campaign == chain),
    "window": (Window, lambda chain: _of_phases(Window, chain)),
    "registration": (Registration, lambda chain: Registration.campaign == chain),
    "submission": (Submission, lambda chain: _of_phases(Submission, chain)),
    "line": (Nomination, lambda chain: Nomination.campaign == chain),
    "session": (CouncilSession, lambda chain: CouncilSession.campaign == chain),
    "decision": (Decision, lambda chain: Decision.campaign == chain),
    "case": (Case, lambda chain: Case.campaign == chain),
}


def _of_phases(table: Any, chain: str) -> Any:
    return col(table.phase).in_(select(Phase.id).where(Phase.campaign == chain))


def _states(session: Session, chain: str) -> Iterator[StateEntry]:
    for kind, (table, theirs) in _STATEFUL.items():
        keys = inspect(table).primary_key
        query = sql(*keys, table.state).where(theirs(chain)).order_by(*keys)
        for *key, state in _each(session, query):
            yield StateEntry(kind, "/".join(map(str, key)), state)


def _rounds(session: Session, chain: str) -> Iterator[RoundEntry]:
    query = (
        select(VotingRound)
        .join(CouncilSession, col(CouncilSession.id) == col(VotingRound.session))
        .where(CouncilSession.campaign == chain)
        .order_by(col(VotingRound.session), col(VotingRound.number))
    )
    for (voting,) in _each(session, query):
        entries = entries_of(session, voting)
        yield RoundEntry(
            session=voting.session,
            round=voting.number,
            cast=turnout(session, voting),
            closed=voting.closed_at is not None,
            counted_by=str(voting.counted_by) if voting.counted_by else None,
            lines=tuple(
                _vote(row, line, entries.get(row.line, ()))
                for row, line in all_lines_in(session, voting)
            ),
        )


def _vote(
    row: RoundLine, line: Nomination, entries: Sequence[CodedChoice]
) -> VoteEntry:
    return VoteEntry(
        line=str(row.line),
        subject=line.subject,
        title=line.title,
        void=row.voided_at is not None,
        entries=tuple(entries),
        **row.model_dump(include=_FIGURES),
    )


_FIGURES = {
    *("method", "threshold", "electors", "ballots"),
    *("yes", "no", "blank", "masked", "carried"),
}


def _outcomes(session: Session, chain: str) -> Iterator[OutcomeEntry]:
    query = (
        select(SessionLine)
        .join(CouncilSession, col(CouncilSession.id) == col(SessionLine.session))
        .where(CouncilSession.campaign == chain)
        .order_by(col(SessionLine.session), col(SessionLine.position))
    )
    for (row,) in _each(session, query):
        figures = row.yes, row.no, row.blank
        yield OutcomeEntry(row.session, str(row.line), *figures, row.outcome)


def _decisions(session: Session, chain: str) -> Iterator[DecisionEntry]:
    query = select(Decision).where(Decision.campaign == chain)
    for (row,) in _each(session, query.order_by(col(Decision.id))):
        ruled = select(DecisionLine.line, DecisionLine.outcome).where(
            DecisionLine.decision == row.id
        )
        yield DecisionEntry(
            id=row.id,
            series=row.series,
            number=row.number,
            year=row.number_year,
            decided_by=row.decided_by,
            head=(row.head_seq, row.head_digest) if row.head_digest else None,
            outcomes={str(line): outcome for line, outcome in session.exec(ruled)},
        )


def _files(session: Session, chain: str) -> Iterator[FileEntry]:
    for kind in HolderKind:
        table, theirs = _STATEFUL[kind]
        holders = sql(table.id).where(theirs(chain)).order_by(table.id)
        found = session.execute(holders, execution_options=_SOME)
        for some in found.partitions():
            keys = one_of(col(Attachment.key), [str(key) for (key,) in some])
            query = select(Attachment).where(Attachment.holder == kind, keys)
            for row in session.exec(query.order_by(Attachment.key, col(Attachment.id))):
                yield _file(row)


def _file(row: Attachment) -> FileEntry:
    return FileEntry(
        id=str(row.id),
        holder=row.holder,
        key=row.key,
        sha256=row.sha256,
        added_by=row.added_by,
        added_at=row.added_at.isoformat(),
        voided_by=row.voided_by,
        voided_at=row.voided_at.isoformat() if row.voided_at else None,
    )


def _notices(session: Session, chain: str) -> Iterator[NoticeEntry]:
    query = select(Notice).where(Notice.campaign == chain).order_by(col(Notice.id))
    for (row,) in _each(session, query):
        yield NoticeEntry(
            task=row.task,
            kind=row.kind,
            step=row.step,
            version=row.version,
            recipient=row.recipient,
            subject=row.subject,
            body=row.body,
            at=row.at.isoformat(),
        )


def _each(session: Session, query: Any) -> Iterator[Any]:
    """Read rows some at a time; what has been passed on is held no more."""
    yield from session.execute(query, execution_options=_SOME)
