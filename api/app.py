"""The application, from its parts; it reads no environment."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from fastapi import FastAPI

from api import commands, problems
from api.accounts.hashing import Passwords
from api.accounts.provider import SingleSignOn
from api.admission import require_declared
from api.browser.origin import SameOrigin
from api.browser.security import SecurityHeaders
from api.campaigns import (
    ballots,
    campaigns,
    decisions,
    drafting,
    phases,
    record,
    rounds,
)
from api.cases import matters
from api.document import Application
from api.files.rooms import UPLOADS
from api.gate import FORMS, Gate
from domain.rules.rulepack import RulePack
from engine.client import Engine
from engine.desk import Desk
from store.database import READERS, Database
from store.files.room import NOWHERE, FileRoom

# What is acted and read while a campaign is played.
_PLAYED = (
    campaigns,
    drafting,
    phases,
    decisions,
    matters,
    commands,
    ballots,
    rounds,
    record,
)


class NotASample(Exception):
    """What only a sample office has: the service must not start with it."""


def create_app(
    database: Database,
    engine: Engine,
    packs: Sequence[RulePack],
    *,
    sample: bool,
    patience: timedelta = timedelta(seconds=5),
    origin: str = "",
    files: FileRoom = NOWHERE,
    passwords: Passwords | None = None,
    sso: SingleSignOn | None = None,
    setup_code: str = "",
    unnamed: bool = False,
    whole: bool = True,
) -> FastAPI:
    """Build the application. Raises Undeclared.

    In a *sample* a header says who asks, and anybody may be played without a password.
    *origin* is the one that browsers see, where they come by a proxy; by https, cookies
    are for https only. Whoever has the *setup_code* sets an empty office up, as does an
    administrator; where there is none, nobody has it. An *unnamed* one is asked for by
    an address only. One that is not *whole* has what a campaign is played by, and no
    more: the rest takes as long again to load.
    """
    app = Application(sample=sample)
    if sso is not None:
        sso.remember(app)
    # The last one added is the first that a request meets.
    app.add_middleware(Gate, unread=(UPLOADS, FORMS))
    app.add_middleware(SameOrigin, public=origin, unnamed=unnamed)
    app.add_middleware(SecurityHeaders, tls=origin.startswith("https:"))
    app.state.database, app.state.engine = database, engine
    app.state.packs, app.state.files = packs, files
    app.state.sample, app.state.origin, app.state.sso = sample, origin, sso
    app.state.setup_code, app.state.places = setup_code, asyncio.Semaphore(READERS)
    app.state.desk = Desk(database, engine, patience)
    app.state.passwords = passwords or Passwords()
    problems.install(app)
    app.take(_PLAYED)
    if whole:
        from api import around, pages  # noqa: PLC0415 - slow, where nobody looks

        around.install(app, sample=sample, sso=sso is not None)
        pages.install(app, database)
    require_declared(app.routes, {app.openapi_url})
    return app
