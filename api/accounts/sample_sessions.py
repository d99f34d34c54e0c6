"""Playing a person of a sample office in a browser: there no password is asked for."""

from functools import partial

from fastapi import Response

from api.accounts.answers import SignedInOut, session_shown
from api.accounts.front import FrontDep
from api.admission import does
from api.headers import Router
from domain.refusals import unknown
from intake.fields import Body, PersonCode
from store.accounts.sessions import begin_session
from store.clock import real_now
from store.database import Database
from store.tables import Person, UserSession

router = Router(prefix="/api/v1", tags=["account"])


class WhomToPlay(Body):
    """Whom to play."""

    person: PersonCode


@router.post(
    "/session/sample",
    status_code=201,
    operation_id="play_a_person",
    responses={404: {}},
    dependencies=[does("sign_in")],
)
async def play(body: WhomToPlay, front: FrontDep, response: Response) -> SignedInOut:
    """Sign in as anybody: only in a sample office."""
    begin = partial(_begin, front.database, body.person, front.agent)
    secret, row = await front.database.in_turn(begin)
    front.keep(response, secret)
    return session_shown(row, None)


def _begin(database: Database, person: str, agent: str) -> tuple[str, UserSession]:
    with database.write() as session:
        if session.get(Person, person) is None:
            raise unknown("subject", person)
        at = real_now(session)
        return begin_session(session, None, at, agent, person=person, confirmed=False)
