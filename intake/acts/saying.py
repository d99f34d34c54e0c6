"""Which acts say what: a body is entered under them where it is declared."""

from collections.abc import Callable
from typing import TypeVar

from domain.acts import Undeclared
from intake.fields import Body

Said = TypeVar("Said", bound=Body)
SAID: dict[str, type[Body]] = {}


def says(*acts: str) -> Callable[[type[Said]], type[Said]]:
    """Enter the body of acts: that of their requests, and of their commands."""

    def enter(body: type[Said]) -> type[Said]:
        if twice := SAID.keys() & acts:
            raise Undeclared(f"acts that say two things: {sorted(twice)}")
        SAID.update(dict.fromkeys(acts, body))
        return body

    return enter
