"""What can be administered, for whoever has signed in; and how the service is."""

from fastapi import Response
from fastapi.responses import RedirectResponse

from api.admission import open_to, reads
from api.deps import EngineDep, Reading
from api.health import ready
from api.identity import Signed
from api.web.rendering import render
from api.web.visiting import ADMINISTERING, pages
from machine.founding import people_in

router = pages()


@router.get(ADMINISTERING, dependencies=[reads("own_account")])
async def index(session: Reading, engine: EngineDep, signed: Signed) -> Response:
    """Show where to go on; to set the office up while there is none."""
    if signed.person is None and not people_in(session):
        return RedirectResponse("/thiet-lap", 303)
    return render(
        "administration/index.html",
        visitor=signed.person,
        account=signed.account,
        of_office=bool(signed.person and open_to(session, signed.person.id, "posts")),
        letters=signed.person and open_to(session, signed.person.id, "outbox"),
        witnesses=signed.person
        and open_to(session, signed.person.id, "codes_to_witness"),
        health=await ready(session, engine, Response()),
    )
