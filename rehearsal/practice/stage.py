"""The office for practice, wired: a campaign that waits, and an app with its routes."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import httpx2
from fastapi import FastAPI
from sqlmodel import Session
from temporalio.client import Client

from api.admission import require_declared
from api.app import NotASample
from api.main import app_for
from domain.calendar import local_day, moment
from domain.rules.rulepack import RulePack
from intake.calendar import vietnamese_calendar
from intake.casts import Cast
from intake.office.sample import read_office
from intake.rulepacks import RULES, load_packs
from rehearsal.cast.ensemble import Ensemble
from rehearsal.cast.leadership import draft
from rehearsal.cast.rows import company_in
from rehearsal.cast.script import MORNING
from rehearsal.conductor import Conductor
from rehearsal.engine import RehearsedEngine
from rehearsal.house import House
from rehearsal.playbill import OFFICE, Playbill
from rehearsal.practice import pages, routes
from rehearsal.practice.game import Game
from rehearsal.practice.visitor import Visitor
from rehearsal.rehearse import staged
from rehearsal.thematic import Theme, read_thematic, read_thematic_cast
from settings import Settings
from store.clock import NotARehearsal, stand_still, stands_at
from store.database import Database
from store.plans import plan_of
from store.tables import Campaign

THEME = Theme("thuc-hanh", "Văn phòng không giấy", "04")


async def leave_empty(database: Database, at: datetime) -> None:
    """Leave an office empty, with a clock that stands on the next working morning."""
    first = vietnamese_calendar().next_working(local_day(at))
    with database.write() as session:
        stand_still(session, moment(first, MORNING))


async def prepare(database: Database, engine: RehearsedEngine, at: datetime) -> None:
    """Write the sample office as on the next working morning.

    The plan of a short campaign lies before the director, and the clock stands.
    """
    first = vietnamese_calendar().next_working(local_day(at))
    packs = load_packs(RULES)
    plan = read_thematic(THEME, first, packs)
    office = read_office(OFFICE.read_bytes(), OFFICE.name).in_year(plan.year)
    cast = read_thematic_cast(THEME, office, plan)
    bill, since = Playbill(plan, cast, office, packs), moment(first, MORNING)
    async with staged(database, engine, bill, since) as script:
        await draft(script)


def open_app(
    settings: Settings, database: Database, client: Client, packs: Sequence[RulePack]
) -> FastAPI:
    """Open the service's application with the routes of practice.

    Raises NotASample unless it is one, and over a database that goes by its own clock.
    """
    if not settings.sample:
        raise NotASample(
            "THIDUA_PRACTICE: chỉ thực hành được ở chế độ mẫu (THIDUA_SAMPLE=1)."
        )
    engine = RehearsedEngine(client, settings.task_queue)
    app = app_for(settings, database, engine, packs)
    add_practice(app, database, engine, tuple(packs), settings.home)
    return app


def add_practice(
    app: FastAPI,
    database: Database,
    engine: RehearsedEngine,
    packs: tuple[RulePack, ...],
    home: Path,
) -> None:
    """Add the game to an application; its file lies in *home*. Raises NotASample."""
    with database.read() as session:
        _require_stands(session)
        company, casts = company_in(session), _casts(session)
    transport = httpx2.ASGITransport(app=app)
    http = httpx2.AsyncClient(transport=transport, base_url="http://localhost")
    conductor = Conductor(database, engine)
    house = House(http, conductor, company.secretariat, uuid4().hex)
    ensemble = Ensemble(database, house, company, packs, casts)
    visitor = Visitor(home / "visitor.json")
    app.state.game = Game(database, conductor, ensemble, visitor)
    pages.add_clock(app, app.state.game)
    for part in (routes, pages):
        app.router.routes.extend(part.router.routes)
        require_declared(part.router.routes)


def _require_stands(session: Session) -> None:
    try:
        stands_at(session)
    except NotARehearsal:
        raise NotASample(
            "THIDUA_PRACTICE: cơ sở dữ liệu này đi theo giờ thật, không thực hành "
            "trong đó được."
        ) from None


def _casts(session: Session) -> dict[str, Cast]:
    """Read how the sample plays; in an office of one's own everybody behaves well."""
    if session.get(Campaign, THEME.code) is None:
        return {}
    plan = plan_of(session, THEME.code)
    office = read_office(OFFICE.read_bytes(), OFFICE.name).in_year(plan.year)
    return {THEME.code: read_thematic_cast(THEME, office, plan)}
