"""Every page for people, beside the JSON of the same functions."""

from api.document import Application
from api.web import acts as act_pages
from api.web import administration as administration_pages
from api.web import (
    assets,
    launching,
    live,
    playing,
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
from store.database import Database

_PAGES = (
    *setup.PAGES,
    *launching.PAGES,
    *live.PAGES,
    *administration_pages.PAGES,
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
)


def install(app: Application, database: Database) -> None:
    """Add the pages to an application, with what they keep for all who look."""
    app.state.watcher = RecordWatcher(database)
    app.state.rehearsals, app.state.packings = LongWorks(), LongWorks()
    app.take((*_PAGES, *((playing,) if app.state.sample else ())))
