"""Who may set an empty office up: its first administrator, or who has the code.

The code is printed where the service is started on this machine, and is of use until
there is an office.
"""

from hmac import compare_digest
from typing import Annotated

from fastapi import Depends, Request
from sqlmodel import Session

from api.accounts.owning import require_administrator
from api.deps import DatabaseDep
from api.identity import Credentials, who_signed_in
from api.web.words import gettext
from domain.refusals import refuse
from machine.founding import people_in

CODE = "thidua_setup"


def is_code(request: Request, shown: str) -> bool:
    """Say whether this is the code of this start; where there is none, nothing is."""
    code: str = request.app.state.setup_code
    return bool(code) and compare_digest(code.encode(), shown.encode())


def require_may_set_up(session: Session, request: Request) -> None:
    """Raise Refused unless somebody may set this office up.

    That is `not_signed_in`, `not_administrator`, and `already_set_up`.
    """
    if not is_code(request, request.cookies.get(CODE, "")):
        require_administrator(session, who_signed_in(session, Credentials(request)))
    if people := people_in(session):
        raise refuse(
            "already_set_up",
            gettext("Ở đây đã có một văn phòng (%(n)s người); không đổi gì.", n=people),
        )


def _may_set_up(database: DatabaseDep, request: Request) -> None:
    with database.read() as session:  # and none while files come
        require_may_set_up(session, request)


MaySetUp = Annotated[None, Depends(_may_set_up)]
