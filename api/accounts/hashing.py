"""Passwords, hashed and checked: a few at once, each of which takes 64 MiB."""

import asyncio
from functools import cached_property

from pwdlib import PasswordHash

from domain.accounts.passwords import in_one_form
from store.accounts.secrets import new_secret

_AT_ONCE = 2


class Passwords:
    """Hashes and checks passwords; whoever waits takes no thread meanwhile."""

    def __init__(self, hasher: PasswordHash | None = None) -> None:
        self._hasher = hasher or PasswordHash.recommended()
        self._places = asyncio.Semaphore(_AT_ONCE)

    async def hash(self, password: str) -> str:
        """Hash a password."""
        async with self._places:
            return await asyncio.to_thread(self._hasher.hash, in_one_form(password))

    async def verify(self, password: str, known: str | None) -> tuple[bool, str | None]:
        """Say whether a password is the *known* one, and how it is better hashed.

        Where none is known it takes as long, and is wrong.
        """
        async with self._places:
            return await asyncio.to_thread(self._verify, password, known)

    def _verify(self, password: str, known: str | None) -> tuple[bool, str | None]:
        of_nobody = self._of_nobody  # made by whoever comes first, known or not
        said = in_one_form(password)
        fits, better = self._hasher.verify_and_update(said, known or of_nobody)
        return fits and known is not None, better

    @cached_property
    def _of_nobody(self) -> str:
        return self._hasher.hash(new_secret())
