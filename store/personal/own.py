"""What the tables hold of one person, as docs/personal-data.md maps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import inspect
from sqlmodel import SQLModel, or_, select

from store import tables
from store.tables import SubjectKind


@dataclass(frozen=True)
class Held:
    """The rows of one *table* that are somebody's by a column that names them.

    Of rows about something else, which somebody has only signed, *shown* is what is
    theirs; None is the whole row.
    """

    table: type[SQLModel]
    by: tuple[str, ...]
    shown: tuple[str, ...] | None = None

    @property
    def key(self) -> tuple[str, ...]:
        """The columns by which its rows are put in order."""
        return tuple(each.name for each in inspect(self.table).primary_key)

    def rows_of(self, person: str) -> Any:
        """Ask for somebody's rows."""
        columns = inspect(self.table).local_table.c
        query = select(self.table).where(
            or_(*(_names(columns[name], person) for name in self.by))
        )
        if self.by != ("subject",):
            return query
        return query.where(columns["kind"] == SubjectKind.INDIVIDUAL)

    def read(self, row: SQLModel) -> dict[str, Any]:
        """Read of a row what is theirs."""
        names = self.shown or tuple(self.table.model_fields)
        return {name: getattr(row, name) for name in names}


def _names(column: Any, person: str) -> Any:
    if column.name != "account":
        return column == person
    account = select(tables.UserAccount.id).where(tables.UserAccount.person == person)
    return column.in_(account)


def _signed(table: type[SQLModel], *by: str, at: tuple[str, ...] = ()) -> Held:
    key = tuple(each.name for each in inspect(table).primary_key)
    return Held(table, by, (*key, *(name for name in by if name not in key), *at))


# By the name of its table. Whoever is only spoken of by others, in a matter or in an
# opinion, finds that where the office lets them read it.
PARTS: Mapping[str, Held] = {
    str(part.table.__tablename__): part
    for part in (
        Held(tables.Person, ("id",)),
        Held(tables.ToldApart, ("one", "other")),
        Held(tables.ServiceSpan, ("person",)),
        Held(tables.Appointment, ("person",)),
        Held(tables.CouncilSeat, ("person",)),
        Held(tables.Rating, ("subject",)),
        Held(tables.Discipline, ("person",)),
        Held(tables.Leave, ("person",)),
        Held(tables.Recognition, ("person",)),
        Held(tables.PastAward, ("person",)),
        Held(tables.Proposal, ("person",)),
        Held(tables.Registration, ("subject",)),
        Held(tables.Nomination, ("subject",)),
        Held(tables.Comment, ("author",)),
        Held(tables.Opinion, ("author",)),
        Held(tables.CaseAuthor, ("person",)),
        Held(tables.CaseOpinion, ("person",)),
        Held(tables.SessionMember, ("person",)),
        Held(tables.Dissent, ("person",)),
        Held(tables.Recusal, ("person",)),
        Held(tables.Teller, ("person",)),
        Held(tables.PaperCount, ("teller",)),
        Held(tables.BallotCast, ("person",)),
        Held(tables.Delegation, ("given_by", "delegate")),
        Held(tables.Command, ("actor", "behalf")),
        Held(tables.Notice, ("recipient",)),
        Held(tables.LetterWish, ("person",)),
        Held(tables.CalendarFeed, ("person",), ("person", "made_at")),
        # Never what opens something, nor its digest.
        Held(
            tables.UserAccount,
            ("person",),
            ("id", "name", "person", "administrator", "shut", "issuer", "subject"),
        ),
        Held(
            tables.UserSession,
            ("account", "person"),
            ("id", "agent", "began_at", "seen_at", "ends_at", "confirmed_at"),
        ),
        Held(
            tables.ApiToken,
            ("account",),
            ("id", "prefix", "name", "scopes", "campaign", "made_at", "ends_at"),
        ),
        _signed(tables.Act, "actor", "behalf", at=("campaign", "seq", "kind", "at")),
        _signed(
            tables.Campaign,
            *("signed_by_director", "signed_by_union", "launched_by", "drafted_by"),
            at=("pact_signed_at", "launched_at"),
        ),
        _signed(
            tables.Attachment,
            *("added_by", "voided_by"),
            at=("name", "added_at", "voided_at"),
        ),
        _signed(tables.WordLayout, "put_by", at=("put_at",)),
        _signed(tables.TrustedCertificate, "put_by", at=("put_at",)),
        _signed(tables.OutboxHold, "held_by", at=("since",)),
        _signed(tables.Submission, "submitted_by", at=("submitted_at",)),
        _signed(tables.CouncilSession, "signed_by_chair", "signed_by_secretary"),
        _signed(tables.Decision, "decided_by", "behalf", at=("decided_at",)),
        _signed(
            tables.SignedPaper,
            *("recorded_by", "settled_by"),
            at=("recorded_at", "settled_at"),
        ),
        _signed(tables.Case, "recorded_by", at=("filed_at",)),
        _signed(tables.Scorecard, "confirmed_by", at=("confirmed_at",)),
    )
}
