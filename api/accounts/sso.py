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
from domain.refusals import Refused
from store.accounts.accounts import account_of_subject, hold_account
from store.accounts.sessions import begin_session
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
    secret, row, account = await front.database.in_turn(begin)
    front.keep(response, secret)
    return session_shown(row, account)


def _begin(
    database: Database, issuer: str, claims: dict[str, Any], agent: str
) -> tuple[str, UserSession, UserAccount]:
    with database.write() as session:
        found = account_of_subject(session, issuer, str(claims["sub"]))
        if found is None:
            raise Refused(WRONG)
        held = hold_account(session, found.id or 0)
        require_open(session, held, WRONG)
        at = real_now(session)
        secret, row = begin_session(session, held, at, agent, confirmed=False)
        # When the provider has last seen the password, and not when we were told; whom
        # it calls so an administrator has said, so who has a password of ours gives it.
        when = claims.get("auth_time")
        if held.password is None and isinstance(when, int):
            row.confirmed_at = min(datetime.fromtimestamp(when, UTC), at)
        return secret, row, held
