"""Who presides over an item of the council's session (E25)."""

from collections.abc import Iterable


def who_presides(chairs: Iterable[str], nominee: str) -> str | None:
    """Name who presides over the item on *nominee*; None when nobody is left to.

    *chairs* are the chair and the vice-chairs who are there, in that order: whoever
    is the nominee passes the item on.
    """
    return next((person for person in chairs if person != nominee), None)
