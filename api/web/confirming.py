"""The password once more, given with what takes a fresh one."""

from collections.abc import Mapping

from starlette.concurrency import run_in_threadpool

from api.accounts.front import Front
from api.accounts.sessions import PasswordBody, confirm_password
from api.identity import Credentials, signed_in

# The field that it comes in, and what it mends.
PASSWORD = "_mat_khau"  # noqa: S105 - a name
UNCONFIRMED = frozenset({"sign_in_again", "wrong_sign_in", "too_many_tries"})


async def confirm(front: Front, typed: Mapping[str, str]) -> None:
    """Take the password if one came. Raises Refused (`wrong_sign_in`), Throttled."""
    if not (password := typed.get(PASSWORD)):
        return
    own = Credentials(front.request)
    signed = await run_in_threadpool(signed_in, front.database, own)
    await confirm_password(
        PasswordBody.model_construct(password=password), front, signed
    )
