"""Whom a title is for: a person, a collective or either, as the rule pack says."""

from collections.abc import Collection, Iterable
from typing import Protocol

from domain.refusals import Refusal, Refused
from domain.rules.titles import Subject, Title

_WHOM = {Subject.INDIVIDUAL: "cá nhân", Subject.COLLECTIVE: "tập thể"}


class Aimed(Protocol):
    """A title that somebody, or a collective, is to get."""

    @property
    def kind(self) -> str: ...

    @property
    def subject(self) -> str: ...

    @property
    def title(self) -> str: ...


def is_for(title: Title, kind: str) -> bool:
    """Say whether subjects of a *kind*, individual or collective, may get a title."""
    return title.subject in (Subject.BOTH, Subject(kind))


def wrong_subject(title: Title, said: str = "") -> Refusal:
    """Refuse a title to whom it is not for; *said* is what else helps."""
    detail = f"«{title.name_vi}» chỉ xét cho {_WHOM[title.subject]}{said}."
    return title.refusal(detail, "wrong_subject")


def require_for(
    titles: Iterable[Title], aims: Iterable[Aimed], offered: Collection[str]
) -> None:
    """Raise Refused (`wrong_subject`) for each aim at a title that is for others.

    *titles* are those of the rules; of those *offered* the refusal names what the
    subject may get. An aim at what the rules do not know is refused elsewhere.
    """
    known = {title.code: title for title in titles}
    there = [known[code] for code in offered if code in known]
    found = [
        wrong_subject(known[aim.title], _instead(there, aim))
        for aim in aims
        if aim.title in known and not is_for(known[aim.title], aim.kind)
    ]
    if found:
        raise Refused(*found)


def _instead(titles: Iterable[Title], aim: Aimed) -> str:
    codes = [title.code for title in titles if is_for(title, aim.kind)]
    allowed = ", ".join(codes) or "không danh hiệu nào"
    return f"; {_WHOM[Subject(aim.kind)]} {aim.subject} được xét: {allowed}"
