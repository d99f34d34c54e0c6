"""In which order people and departments stand on a page."""

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from domain.names import sort_key


class Concerning(Protocol):
    """What is about somebody, or a department, for a title."""

    @property
    def subject(self) -> str: ...

    @property
    def title(self) -> str: ...


About = TypeVar("About", bound=Concerning)


def by_name(items: Sequence[About], names: Mapping[str, str]) -> list[About]:
    """Sort as Vietnamese lists do: departments first, then people by given names."""

    def place(one: About) -> tuple[bool, str, str, str]:
        name = names[one.subject]
        return not one.subject.isupper(), sort_key(name), one.subject, one.title

    return sorted(items, key=place)
