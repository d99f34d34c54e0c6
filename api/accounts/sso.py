"""Single sign-on over HTTP: to the provider, and back into an account made before."""

from datetime import UTC, datetime
from functools import partial
from typing import Any

from fastapi import Response

from api.accounts.answers import SignedInOut, session_shown
from api.accounts.front import FrontDep
from api.accounts.provider import WRONG, SingleSignOn
from api.accounts.sessions import require_open
from api.admission import does
from api.headers import Router
from api.identity import COOKIE
from domain.refusals import Refused
from store.accounts.accounts import account_of_subject, hold_account
from store.accounts.secrets import digest
from store.accounts.sessions import begin_session, end_session
from store.clock import real_now
from store.database import Database
from store.tables import UserAccount, UserSession

router = Router(prefix="/api/v1/sso", tags=["account"])


@router.get(
    "/sign-in",
    status_code=302,
    response_class=Response,
    responses={503: {}},
    dependencies=[does("sign_in")],
)
async def sign_in_by_provider(front: FrontDep, fresh: bool = False) -> Response:
    """Go to the provider; *fresh* lets it ask for the password once more."""
    await front.count()
    sso: SingleSignOn = front.request.app.state.sso
    return await sso.send(front.request, fresh=fresh)


@router.get("/callback", responses={401: {}, 503: {}}, dependencies=[does("sign_in")])
async def come_back(front: FrontDep, response: Response) -> SignedInOut:
    """Come back from the provider, into the account that is mapped to the subject.

    Nobody is made by that: an administrator has made the account before.
    """
    await front.count()
    sso: SingleSignOn = front.request.app.state.sso
    claims = await sso.receive(front.request)
    begin = partial(_begin, front.database, sso.issuer, claims, front.agent)
    before = front.request.cookies.get(COOKIE)
    secret, row, account = await front.database.in_turn(partial(begin, before))
    front.keep(response, secret)
    return session_shown(row, account)


def _begin(
    database: Database,
    issuer: str,
    claims: dict[str, Any],
    agent: str,
    before: str | None,
) -> tuple[str, UserSession, UserAccount]:
    """Begin a session; what the browser had before ends with that."""
    with database.write() as session:
        found = account_of_subject(session, issuer, str(claims["sub"]))
        if found is None:
            raise Refused(WRONG)
        held = hold_account(session, found.id or 0)
        require_open(session, held, WRONG)
        at = real_now(session)
        if before:
            end_session(session, digest(before))
        secret, row = begin_session(session, held, at, agent, confirmed=False)
        # Whom the provider calls so an administrator has said: who has a password of
        # ours gives that.
        if held.password is None:
            row.confirmed_at = _seen_at(claims, at)
        return secret, row, held


def _seen_at(claims: dict[str, Any], at: datetime) -> datetime | None:
    """Say when the provider has last seen the password, not when we were told."""
    said = claims.get("auth_time")
    if not isinstance(said, int):
        return None
    return datetime.fromtimestamp(max(0, min(said, at.timestamp())), UTC)
