"""What lies around a campaign while it is played: the office, files, reports."""

from api import health, tasks
from api.accounts import administration, codes, sample_sessions, tokens, witnessing
from api.accounts import sessions as sign_ins
from api.accounts import sso as sso_routes
from api.browser import docs
from api.campaigns import (
    calendar,
    drafts,
    formality,
    numbers,
    opinions,
    papers,
    registrations,
    scorecards,
    sessions,
    signed,
    targets,
    whatif,
)
from api.cases import initiatives
from api.document import Application
from api.downloads import certificates, exports, spreadsheets
from api.files import attachments
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

_PARTS = (
    health,
    docs,
    calendar,
    sessions,
    numbers,
    signed,
    spreadsheets,
    papers,
    certificates,
    exports,
    initiatives,
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
)


def install(app: Application, *, sample: bool, sso: bool) -> None:
    """Add it to an application: a *sample*'s, or one with single sign-on, has more."""
    more = [*([sample_sessions] if sample else []), *([sso_routes] if sso else [])]
    app.take((*_PARTS, *more))
