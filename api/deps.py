"""What routes are handed: a transaction to read in, the desk, and who is asking.

What only hands out is async: any other function is given a thread of its own.
"""

from collections.abc import Iterator, Sequence
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from domain.refusals import refuse
from domain.rules.rulepack import RulePack
from engine.client import Engine
from engine.desk import Desk
from store.database import Database
from store.tables import Phase


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


DatabaseDep = Annotated[Database, Depends(database)]
DeskDep = Annotated[Desk, Depends(desk)]
EngineDep = Annotated[Engine, Depends(engine)]
Packs = Annotated[Sequence[RulePack], Depends(packs)]


def reading(database: DatabaseDep) -> Iterator[Session]:
    """Open a reading transaction for the length of the request.

    Not for one that waits for the end of an act: what a reader may still see, the
    database keeps, counted sheets too.
    """
    with database.read() as session:
        yield session


Reading = Annotated[Session, Depends(reading)]


def writing(database: DatabaseDep) -> Iterator[Session]:
    """Open a writing transaction that commits before the answer goes out.

    For drafts, master data and sealed ballots: everything else is a command.
    """
    with database.write() as session:
        yield session


def the_phase(key: str, session: Reading) -> Phase:
    """Find the phase that a path names. Refused (`unknown_phase`)."""
    found = session.get(Phase, key)
    if found is None:
        raise refuse("unknown_phase", f"Không có giai đoạn mang mã «{key}».")
    return found


Writing = Annotated[Session, Depends(writing, scope="function")]
ThePhase = Annotated[Phase, Depends(the_phase)]
