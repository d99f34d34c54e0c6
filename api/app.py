"""The application, from its parts; it reads no environment."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from fastapi import FastAPI

from api import commands, health, problems, tasks
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
    phases,
    record,
    registrations,
    rounds,
    scorecards,
    sessions,
    targets,
    whatif,
)
from api.cases import initiatives, matters
from api.document import Application
from api.files import attachments
from api.gate import Gate
from api.office import acts as office_acts
from api.office import directory, histories, holidays, posts, proposals, yearly
from domain.rules.rulepack import RulePack
from engine.client import Engine
from engine.desk import Desk
from store.database import READERS, Database
from store.files.room import NOWHERE, FileRoom


class NotASample(Exception):
    """Sample sign-ins outside a sample office: the service must not start."""


def create_app(
    database: Database,
    engine: Engine,
    packs: Sequence[RulePack],
    *,
    sample: bool,
    patience: timedelta = timedelta(seconds=5),
    origin: str = "",
    files: FileRoom = NOWHERE,
) -> FastAPI:
    """Build the application. Raises NotASample unless *sample*.

    Who is asking is told by a header, which only a sample office may trust. *origin* is
    the one that browsers see, where they come by a proxy.
    """
    if not sample:
        raise NotASample(
            "Chưa có đăng nhập thật: chỉ chạy được ở chế độ mẫu (THIDUA_SAMPLE=1)."
        )
    app = Application()
    # The last one added is the first that a request meets.
    app.add_middleware(Gate, uploads=attachments.UPLOADS)
    app.add_middleware(SameOrigin, public=origin)
    app.add_middleware(SecurityHeaders, tls=origin.startswith("https:"))
    app.state.database, app.state.engine = database, engine
    app.state.packs, app.state.files = packs, files
    app.state.places = asyncio.Semaphore(READERS)
    app.state.desk = Desk(database, engine, patience)
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
        record,
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
        drafts,
        opinions,
        attachments,
        registrations,
        whatif,
        targets,
        formality,
        tasks,
    ):
        # As they are: include_router would make each of them again, when first asked.
        app.router.routes.extend(part.router.routes)
    return app
