"""The application, from its parts; it reads no environment."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from fastapi import FastAPI

from api import commands, health, problems, tasks
from api.accounts import administration, codes, sample_sessions, tokens, witnessing
from api.accounts import sessions as sign_ins
from api.accounts import sso as sso_routes
from api.accounts.hashing import Passwords
from api.accounts.provider import SingleSignOn
from api.admission import require_declared
from api.browser import docs
from api.browser.origin import SameOrigin
from api.browser.security import SecurityHeaders
from api.campaigns import (
    ballots,
    calendar,
    campaigns,
    decisions,
    drafting,
    drafts,
    formality,
    numbers,
    opinions,
    papers,
    phases,
    record,
    registrations,
    rounds,
    scorecards,
    sessions,
    signed,
    targets,
    whatif,
)
from api.cases import initiatives, matters
from api.document import Application
from api.downloads import certificates, exports, spreadsheets
from api.files import attachments
from api.gate import FORMS, Gate
from api.office import acts as office_acts
from api.office import (
    directory,
    histories,
    holidays,
    letterhead,
    mine,
    posts,
    proposals,
    trusted,
    yearly,
)
from api.outbox import ledger, nudges, wishes
from api.sheets import nominations as nomination_sheets
from api.sheets import past_awards as past_sheets
from api.sheets import registrations as registration_sheets
from domain.rules.rulepack import RulePack
from engine.client import Engine
from engine.desk import Desk
from store.database import READERS, Database
from store.files.room import NOWHERE, FileRoom


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
    pages: bool = True,
) -> FastAPI:
    """Build the application. Raises Undeclared.

    In a *sample* a header says who asks, and anybody may be played without a password.
    *origin* is the one that browsers see, where they come by a proxy; by https, cookies
    are for https only. Whoever has the *setup_code* sets an empty office up, as does an
    administrator; where there is none, nobody has it. An *unnamed* one is asked for by
    an address only. Who needs no *pages* is spared to load them.
    """
    app = Application(sample=sample)
    if sso is not None:
        sso.remember(app)
    # The last one added is the first that a request meets.
    app.add_middleware(Gate, unread=(attachments.UPLOADS, FORMS))
    app.add_middleware(SameOrigin, public=origin, unnamed=unnamed)
    app.add_middleware(SecurityHeaders, tls=origin.startswith("https:"))
    app.state.database, app.state.engine = database, engine
    app.state.packs, app.state.files = packs, files
    app.state.sample, app.state.origin, app.state.sso = sample, origin, sso
    app.state.setup_code, app.state.places = setup_code, asyncio.Semaphore(READERS)
    app.state.desk = Desk(database, engine, patience)
    app.state.passwords = passwords or Passwords()
    problems.install(app)
    for part in (
        health,
        docs,
        campaigns,
        calendar,
        drafting,
        phases,
        sessions,
        decisions,
        numbers,
        signed,
        spreadsheets,
        papers,
        certificates,
        record,
        exports,
        matters,
        initiatives,
        commands,
        ballots,
        rounds,
        directory,
        yearly,
        holidays,
        scorecards,
        histories,
        posts,
        proposals,
        office_acts,
        letterhead,
        trusted,
        drafts,
        nomination_sheets,
        registration_sheets,
        past_sheets,
        opinions,
        attachments,
        registrations,
        whatif,
        targets,
        formality,
        ledger,
        nudges,
        wishes,
        tasks,
        mine,
        sign_ins,
        codes,
        tokens,
        administration,
        witnessing,
        *((sample_sessions,) if sample else ()),
        *((sso_routes,) if sso else ()),
    ):
        # As they are: include_router would make each of them again, when first asked.
        app.router.routes.extend(part.router.routes)
    if pages:
        from api.pages import install  # noqa: PLC0415 - slow, where nobody looks

        install(app, database)
    require_declared(app.routes, {app.openapi_url})
    return app
