"""Whom a cell means in the whole office, of one department where that is said too."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from domain.names import search_key
from intake.sheets.cells import Unlike
from intake.sheets.naming import Called, MayBeNamed

# No cell means a department's list: whoever is named is a person.
NO_COLLECTIVE: Called = ("", "")


@dataclass(frozen=True)
class OfficeNamed(MayBeNamed):
    """Whom, and what of before *today*, the cells may name, in the whole office.

    *serving* are, by the departments' codes, all who are there or were.
    """

    units: Sequence[Called] = ()
    serving: Mapping[str, Collection[str]] = field(default_factory=dict)
    today: date = date.max
    code_vi: str = "mã của một người trong danh bạ"
    name_vi: str = "họ tên hoặc mã của một người trong danh bạ"

    def unit(self, text: str) -> str | None:
        """Find the department that a cell names, by code or name. Raises Unlike."""
        key = search_key(text)
        for code, name in self.units:
            if key in (search_key(code), search_key(name)):
                return code
        if text:
            raise Unlike(f"một trong: {'; '.join(name for _, name in self.units)}")
        return None

    def person(self, text: str, code: str, unit: str) -> str:
        """Find whom a name means, of a department where one is named. Raises Unlike."""
        within = self.unit(unit)
        among: MayBeNamed = self._within[within] if within else self
        kind, found = among.subject(text, code)
        if kind != "individual":
            raise Unlike(f"{self.name_vi}; của tập thể thì không nhập ở đây")
        return found

    @cached_property
    def _within(self) -> dict[str, MayBeNamed]:
        return {code: self._serving(code) for code, _ in self.units}

    def _serving(self, unit: str) -> MayBeNamed:
        there = frozenset(self.serving.get(unit, ()))
        whose = "của một người đang hoặc đã ở phòng này"
        return MayBeNamed(
            self.collective,
            [each for each in self.people if each[0] in there],
            self.titles,
            code_vi=f"mã {whose}",
            name_vi=f"họ tên {whose}",
        )
