"""Whom to play in a sample office: chosen by role, by name or by department."""

from typing import Annotated

from fastapi import Query, Response

from api.admission import reads
from api.deps import Reading
from api.web.acting.paths import inside
from api.web.rendering import render
from api.web.visiting import SIGN_IN, VisitorIfAny, pages
from intake.fields import Words
from machine.signins import sign_ins
from store.office import master
from store.office.people import names_of

router = pages()

_MANY = 200


@router.get(f"{SIGN_IN}/vai", dependencies=[reads("sign_in_page")])
def whom(
    session: Reading,
    visitor: VisitorIfAny,
    den: Annotated[str, Query()] = "/",
    tim: Annotated[Words, Query()] = "",
    phong: Annotated[str, Query(max_length=64)] = "",
) -> Response:
    """Show who may be played: one for each role, and whoever is looked for."""
    roles = sign_ins(session)
    names = names_of(session, [person for person, _ in roles])
    found = []
    if tim or phong:
        found = master.find_people(session, tim, phong or None, None, _MANY)
    departments = master.departments(session, master.today(session), None, _MANY)
    return render(
        "playing.html",
        visitor=visitor,
        wanted=inside(den),
        roles=[(person, names[person], role) for person, role in roles],
        found=found,
        looked_for=tim,
        department=phong,
        departments=departments,
    )
