"""What routes are handed: a transaction to read in, the desk, and who is asking."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from domain.refusals import refuse
from engine.client import Engine
from engine.desk import Desk
from store.database import Database
from store.tables import Phase


def database(request: Request) -> Database:
    """Hand out the app's database."""
    found: Database = request.app.state.database
    return found


def desk(request: Request) -> Desk:
    """Hand out the app's desk."""
    found: Desk = request.app.state.desk
    return found


def engine(request: Request) -> Engine:
    """Hand out the app's engine."""
    found: Engine = request.app.state.engine
    return found


def reading(request: Request) -> Iterator[Session]:
    """Open a reading transaction for the length of the request.

    Not for one that waits for the end of an act: what a reader may still see, the
    database keeps, counted sheets too.
    """
    with database(request).read() as session:
        yield session


Reading = Annotated[Session, Depends(reading)]


def writing(request: Request) -> Iterator[Session]:
    """Open a writing transaction that commits before the answer goes out.

    For drafts, master data and sealed ballots: everything else is a command.
    """
    with database(request).write() as session:
        yield session


def the_phase(key: str, session: Reading) -> Phase:
    """Find the phase that a path names. Refused (`unknown_phase`)."""
    found = session.get(Phase, key)
    if found is None:
        raise refuse("unknown_phase", f"Không có giai đoạn mang mã «{key}».")
    return found


DatabaseDep = Annotated[Database, Depends(database)]
Writing = Annotated[Session, Depends(writing, scope="function")]
DeskDep = Annotated[Desk, Depends(desk)]
EngineDep = Annotated[Engine, Depends(engine)]
ThePhase = Annotated[Phase, Depends(the_phase)]
