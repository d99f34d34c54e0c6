"""Who presides over an item of the council's session (E25)."""

from collections.abc import Container, Iterable


def who_presides(chairs: Iterable[str], aside: Container[str]) -> str | None:
    """Name who presides over an item; None when nobody is left to.

    *chairs* are the chair and the vice-chairs who are there, in that order: whoever
    stands *aside*, as the nominee or out of the vote, passes the item on.
    """
    return next((person for person in chairs if person not in aside), None)
