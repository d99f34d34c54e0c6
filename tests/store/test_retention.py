"""What is not needed any more is forgotten after its term, and it is said how much."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlmodel import col, select

from domain.record import OFFICE
from domain.states import CampaignState, CaseKind, CommandState
from store.clock import now
from store.database import Database
from store.personal.retention import Retention, Terms, forget
from store.tables import (
    Act,
    ActPayload,
    ApiToken,
    Attachment,
    Campaign,
    Case,
    CaseAuthor,
    Command,
    Draft,
    HolderKind,
    OneTimeCode,
    UserAccount,
    UserSession,
)
from tests.api.asking import a_file
from tests.store.chains import breaks
from tests.store.rows import CAMPAIGN, DEPARTMENT, PERSON, PHASE, found
from tests.store.test_constraints import a_command

YEAR, MONTH = timedelta(days=365), timedelta(days=30)
TERMS = Terms(YEAR, MONTH, MONTH)


KEPT = ("drafts", "cases", "files", "fingerprints", "sessions", "codes", "tokens")
FORGOTTEN = ("drafts", "case_drafts", "fingerprints", "sessions", "codes", "tokens")


def an_office(database: Database, closed: timedelta, ended: timedelta) -> None:
    """Write a campaign that closed so long ago, and what was left in it."""
    with database.write() as session:
        found(session)
        at = now(session)
        campaign = session.get_one(Campaign, CAMPAIGN)
        campaign.state, campaign.closed_at = CampaignState.CLOSED, at - closed
        session.add(Draft(phase=PHASE, department=DEPARTMENT, content={"who": "Văn A"}))
        case = Case(
            id=uuid4(),
            campaign=CAMPAIGN,
            kind=CaseKind.DENUNCIATION,
            title="Tố cáo",
            matter="Nội dung",
            recorded_by=PERSON,
            denouncer="Trần Văn B",
        )
        session.add(case)
        session.flush()
        session.add(CaseAuthor(case=case.id, person=PERSON, share=100))
        session.add(a_file(HolderKind.CASE, case.id, added_by=PERSON))
        end = at - ended
        session.add(
            a_command(state=CommandState.APPLIED, ended_at=end, fingerprint="a" * 64)
        )
        session.add(UserSession(digest="b", person=PERSON, **of_time(end)))
        account = UserAccount(name="van.a", person=PERSON)
        session.add(account)
        session.flush()
        session.add(OneTimeCode(account=account.id, digest="c", ends_at=end))
        session.add(
            ApiToken(
                digest="d",
                prefix="d",
                account=account.id,
                name="Chương trình",
                scopes=[],
                made_at=end,
                ends_at=end,
            )
        )


def of_time(end: datetime) -> dict[str, datetime]:
    """Say of a session that it was all at one moment."""
    return {"began_at": end, "seen_at": end, "ends_at": end}


def left(database: Database) -> dict[str, int]:
    """Count what is still there."""
    with database.read() as session:
        kept = select(Command.seq).where(col(Command.fingerprint) != "")
        each = {
            "drafts": select(Draft),
            "cases": select(Case),
            "files": select(Attachment).where(col(Attachment.voided_at).is_(None)),
            "fingerprints": kept,
            "sessions": select(UserSession),
            "codes": select(OneTimeCode),
            "tokens": select(ApiToken),
        }
        return {name: len(session.exec(query).all()) for name, query in each.items()}


def said(database: Database) -> list[Any]:
    """Read what the office's record says was forgotten."""
    with database.read() as session:
        query = select(ActPayload.payload).join(Act)
        return list(session.exec(query.where(Act.kind == "forget").order_by(Act.seq)))


def test_what_is_past_its_term_is_forgotten_and_the_record_says_how_much(
    database: Database,
) -> None:
    an_office(database, closed=YEAR + MONTH, ended=2 * MONTH)

    forget(database, TERMS)
    forget(database, TERMS)

    assert left(database) == dict.fromkeys(KEPT, 0)
    assert said(database) == [{name: 1} for name in FORGOTTEN]
    with database.read() as session:
        assert breaks(session, OFFICE) == []


def test_what_may_still_be_needed_stays(database: Database) -> None:
    an_office(database, closed=MONTH, ended=MONTH / 2)

    forget(database, TERMS)

    assert left(database) == dict.fromkeys(KEPT, 1)
    assert said(database) == []


def test_of_several_workers_one_forgets_in_a_day(sqlite_database: Database) -> None:
    at_once = timedelta(0)
    one, other = (Retention(TERMS, every=at_once) for _ in range(2))
    one(sqlite_database)
    an_office(sqlite_database, closed=2 * YEAR, ended=2 * MONTH)

    other(sqlite_database)
    one(sqlite_database)

    assert left(sqlite_database) == dict.fromkeys(KEPT, 1)


def test_a_worker_that_has_just_begun_does_not_yet_ask(
    sqlite_database: Database,
) -> None:
    an_office(sqlite_database, closed=2 * YEAR, ended=2 * MONTH)

    Retention(TERMS)(sqlite_database)

    assert left(sqlite_database)["drafts"] == 1
