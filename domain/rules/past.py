"""Titles of years before: whichever somebody may ever have had, as rules call them."""

from collections.abc import Iterable

from domain.refusals import refuse
from domain.rules.rulepack import RulePack
from domain.rules.subjects import is_for
from domain.rules.titles import Title


def titles_ever(packs: Iterable[RulePack]) -> dict[str, Title]:
    """Give all titles by their codes, as the youngest rules do."""
    by_age = sorted(packs, key=lambda pack: pack.valid_from)
    return {title.code: title for pack in by_age for title in pack.titles}


def titles_of_people(packs: Iterable[RulePack]) -> dict[str, Title]:
    """Give those that are for people."""
    titles = titles_ever(packs).items()
    return {code: title for code, title in titles if is_for(title, "individual")}


def past_title(packs: Iterable[RulePack], code: str) -> Title:
    """Give a title of a person's by its code. Raises Refused (`unknown_title`)."""
    titles = titles_of_people(packs)
    if code not in titles:
        allowed = ", ".join(titles)
        said = f"Không có danh hiệu «{code}» cho cá nhân; được dùng: {allowed}."
        raise refuse("unknown_title", said)
    return titles[code]
