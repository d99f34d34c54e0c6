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
from api.gate import Gate
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
from api.web import acts as act_pages
from api.web import administration as administration_pages
from api.web import (
    assets,
    launching,
    live,
    playing,
    posted,
    searching,
    setup,
    signing_in,
)
from api.web import tasks as task_pages
from api.web.acting import receipts
from api.web.appraisal import desk, foreseeing, lists
from api.web.appraisal import papers as phase_papers
from api.web.council import hands, meetings, results, sheets, wall
from api.web.department import dossier, importing, line, nomination, sending, sheet
from api.web.department import page as department_pages
from api.web.department import papers as nomination_papers
from api.web.director import decisions as decision_pages
from api.web.director import register as number_pages
from api.web.director import scans
from api.web.live.long_work import LongWorks
from api.web.live.watching import RecordWatcher
from api.web.matters import reading as matter_pages
from api.web.matters import writing as matter_forms
from api.web.year import archive as archive_page
from api.web.year import calendar as year_calendar
from api.web.year import honours, moving, overview
from api.web.year import plan as plan_page
from api.web.year import record as record_page
from api.web.year import reports as report_page
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
) -> FastAPI:
    """Build the application. Raises Undeclared.

    In a *sample* a header says who asks, and anybody may be played without a password.
    *origin* is the one that browsers see, where they come by a proxy; by https, cookies
    are for https only. Whoever has the *setup_code* sets an empty office up, as does an
    administrator; where there is none, nobody has it. An *unnamed* one is
    asked for by an address only.
    """
    app = Application(sample=sample)
    if sso is not None:
        sso.remember(app)
    # The last one added is the first that a request meets.
    app.add_middleware(Gate, unread=(attachments.UPLOADS, posted.FORMS))
    app.add_middleware(SameOrigin, public=origin, unnamed=unnamed)
    app.add_middleware(SecurityHeaders, tls=origin.startswith("https:"))
    app.state.database, app.state.engine = database, engine
    app.state.packs, app.state.files = packs, files
    app.state.sample, app.state.origin, app.state.sso = sample, origin, sso
    app.state.setup_code, app.state.watcher = setup_code, RecordWatcher(database)
    app.state.places = asyncio.Semaphore(READERS)
    app.state.rehearsals, app.state.packings = LongWorks(), LongWorks()
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
        *((sample_sessions, playing) if sample else ()),
        *setup.PAGES,
        *launching.PAGES,
        *live.PAGES,
        *administration_pages.PAGES,
        *((sso_routes,) if sso else ()),
        assets,
        signing_in,
        task_pages,
        overview,
        year_calendar,
        moving,
        honours,
        record_page,
        archive_page,
        plan_page,
        report_page,
        meetings,
        department_pages,
        sheet,
        line,
        sending,
        importing,
        nomination,
        nomination_papers,
        dossier,
        matter_pages,
        matter_forms,
        sheets,
        hands,
        results,
        wall,
        decision_pages,
        number_pages,
        scans,
        desk,
        foreseeing,
        phase_papers,
        lists,
        act_pages,
        receipts,
        searching,
    ):
        # As they are: include_router would make each of them again, when first asked.
        app.router.routes.extend(part.router.routes)
    require_declared(app.routes, {app.openapi_url})
    return app
