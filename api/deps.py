"""What routes are handed: a transaction to read in, the desk, and who is asking.

What only hands out is async: any other function is given a thread of its own.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated, TypeVar

from fastapi import Depends, Request
from sqlmodel import Session, SQLModel

from domain.refusals import refuse, unknown
from domain.rules.rulepack import RulePack
from engine.client import Engine
from engine.desk import Desk
from store.database import Database
from store.files.room import FileRoom
from store.office.standing import share_standings
from store.tables import Campaign, Phase

Row = TypeVar("Row", bound=SQLModel)


async def database(request: Request) -> Database:
    """Hand out the app's database."""
    found: Database = request.app.state.database
    return found


async def desk(request: Request) -> Desk:
    """Hand out the app's desk."""
    found: Desk = request.app.state.desk
    return found


async def engine(request: Request) -> Engine:
    """Hand out the app's engine."""
    found: Engine = request.app.state.engine
    return found


async def packs(request: Request) -> Sequence[RulePack]:
    """Hand out the rule packs that the app was started with."""
    found: Sequence[RulePack] = request.app.state.packs
    return found


async def files(request: Request) -> FileRoom:
    """Hand out the room for files."""
    found: FileRoom = request.app.state.files
    return found


DatabaseDep = Annotated[Database, Depends(database)]
DeskDep = Annotated[Desk, Depends(desk)]
EngineDep = Annotated[Engine, Depends(engine)]
FilesDep = Annotated[FileRoom, Depends(files)]
Packs = Annotated[Sequence[RulePack], Depends(packs)]


async def place(request: Request) -> AsyncIterator[None]:
    """Let so many requests read at once as there are connections for.

    One that has a connection waits for threads, and threads for connections.
    """
    places: asyncio.Semaphore = request.app.state.places
    async with places:
        yield


@contextmanager
def read_for(request: Request, database: Database) -> Iterator[Session]:
    """Open a reading transaction; how somebody stands is read once a request."""
    with database.read() as session:
        share_standings(session, request.scope.setdefault("standings", {}))
        yield session


def reading(
    request: Request,
    database: DatabaseDep,
    _place: Annotated[None, Depends(place, scope="function")],
) -> Iterator[Session]:
    """Open a reading transaction until the answer is made: it is sent without.

    Not for one that waits for the end of an act: what a reader may still see, the
    database keeps, counted sheets too.
    """
    with read_for(request, database) as session:
        yield session


Reading = Annotated[Session, Depends(reading, scope="function")]


def find(session: Session, table: type[Row], what: str, key: object) -> Row:
    """Find the row that a path names. Refused: nothing of its kind has this key."""
    found = session.get(table, key)
    if found is None:
        raise unknown(what, key)
    return found


def the_campaign(code: str, session: Reading) -> Campaign:
    """Find a campaign. Refused (`unknown_campaign`)."""
    return find(session, Campaign, "campaign", code)


def the_launched(code: str, session: Reading) -> Campaign:
    """Find a campaign that has its rules. Refused (`unknown_campaign`)."""
    found = session.get(Campaign, code)
    if found is None or not found.packs:
        said = f"Không có phong trào đã phát động mang mã «{code}»."
        raise refuse("unknown_campaign", said)
    return found


def the_phase(key: str, session: Reading) -> Phase:
    """Find a phase. Refused (`unknown_phase`)."""
    return find(session, Phase, "phase", key)


TheCampaign = Annotated[Campaign, Depends(the_campaign)]
TheLaunched = Annotated[Campaign, Depends(the_launched)]
ThePhase = Annotated[Phase, Depends(the_phase)]
