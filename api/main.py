"""The process that serves HTTP: settings → database, lazy client → application."""

import asyncio
import errno
import logging
import re
import socket
from collections.abc import Callable, Sequence
from contextlib import closing

import uvicorn
import uvloop
from fastapi import FastAPI
from temporalio.client import Client

from api.accounts.provider import SingleSignOn
from api.app import NotASample, create_app
from domain.rules.rulepack import RulePack
from engine.client import Engine
from intake.rulepacks import load_packs
from machine.memory import settle
from machine.way import connect_as_told
from settings import Settings
from store.accounts.sessions import has_samples
from store.database import Database
from store.files.room import FileRoom
from store.files.scanning import Scanner
from store.files.vault import Vault

# What uvicorn logs of a request: client, method, path, version and status.
_LOGGED = 5
# Sign-in names, and what opens a calendar.
_UNSAID = re.compile(r"(?<=/accounts/)[^/]+|(?<=^/calendars/)[^/]+")
_GRACE = 5  # seconds for the requests that are still being answered
# Seconds that a connection may rest, longer than clients and proxies let theirs (60 and
# less): whoever sends at the moment that the other side closes is not answered.
_REST = 75


class PortTaken(Exception):
    """Another program listens where we should."""


class NotOurAddress(Exception):
    """This machine does not have the address at which we should listen."""


# Makes the application of a process over its database and its client of the engine.
Opening = Callable[[Settings, Database, Client, Sequence[RulePack]], FastAPI]


def open_app(
    settings: Settings, database: Database, client: Client, packs: Sequence[RulePack]
) -> FastAPI:
    """Open the service's own application.

    Raises NotASample over a database in which somebody plays a person of a sample.
    """
    if not settings.sample:
        _require_no_samples(database)
    engine = Engine(client, settings.task_queue)
    return app_for(settings, database, engine, packs)


def app_for(
    settings: Settings, database: Database, engine: Engine, packs: Sequence[RulePack]
) -> FastAPI:
    """Build the application as the environment has it."""
    return create_app(
        database,
        engine,
        packs,
        sample=settings.sample,
        origin=settings.public_origin,
        files=FileRoom(
            Vault(settings.files),
            most_bytes=settings.file_mib * 2**20,
            most_of_one=settings.files_each,
            scanner=Scanner(settings.clamd) if settings.clamd else None,
        ),
        sso=_provider(settings),
        setup_code=settings.setup_code,
        unnamed=settings.sample and not settings.public_origin,
    )


def _provider(settings: Settings) -> SingleSignOn | None:
    if not settings.oidc_issuer:
        return None
    return SingleSignOn(
        settings.oidc_issuer,
        settings.oidc_client_id,
        settings.oidc_client_secret,
        settings.public_origin,
    )


def _require_no_samples(database: Database) -> None:
    with database.read() as session:
        if has_samples(session):
            raise NotASample(
                "Còn phiên đăng nhập mẫu trong cơ sở dữ liệu: hãy chạy "
                "`thidua admin end-samples` trước khi phục vụ văn phòng thật."
            )


def main(settings: Settings, opening: Opening = open_app) -> None:
    """Serve until told to stop, the service's own application or another.

    Raises NotASample, PortTaken, NotOurAddress, and BadDocument for a wrong file among
    the rules.
    """
    packs = load_packs(settings.rules)
    with (
        listen(str(settings.host), settings.port) as listening,
        # In C, as httptools is: a request that does nothing takes a third less.
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        runner.run(_serve(settings, packs, listening, opening))


def listen(host: str, port: int) -> socket.socket:
    """Open the socket that requests come by. Raises PortTaken, NotOurAddress."""
    try:
        listening = socket.create_server((host, port))
    except OSError as error:
        elsewhere = error.errno == errno.EADDRNOTAVAIL
        raise (NotOurAddress if elsewhere else PortTaken) from None
    # An answer goes out as headers and a body: the body would wait until the headers
    # are acknowledged, 40 ms and more. What is accepted has it from the listener.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


async def _serve(
    settings: Settings,
    packs: Sequence[RulePack],
    listening: socket.socket,
    opening: Opening,
) -> None:
    with closing(Database(settings.database)) as database:
        # Lazily: whoever only reads needs no engine.
        client = await connect_as_told(settings)
        app = opening(settings, database, client, packs)
        settle()
        config = uvicorn.Config(
            app,
            http="httptools",
            timeout_graceful_shutdown=_GRACE,
            timeout_keep_alive=_REST,
            log_level="info",
            server_header=False,
            # Whose word counts on where a request comes from.
            forwarded_allow_ips=settings.proxies,
        )
        logging.getLogger("uvicorn.access").addFilter(_name_nobody)
        await uvicorn.Server(config).serve(sockets=[listening])


def _name_nobody(request: logging.LogRecord) -> bool:
    """Leave out of a logged request what was asked: names, codes, and secrets."""
    if isinstance(request.args, tuple) and len(request.args) == _LOGGED:
        client, method, path, *rest = request.args
        path = _UNSAID.sub("…", str(path).partition("?")[0])
        request.args = (client, method, path, *rest)
    return True
