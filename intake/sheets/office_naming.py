"""Whom a cell means in the whole office, of one department where that is said too."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from domain.names import search_key
from intake.fields import SubjectKind
from intake.sheets.cells import Unlike
from intake.sheets.naming import COLLECTIVES, Called, MayBeNamed

# Of no one department: each has a collective of its own.
NO_COLLECTIVE: Called = ("", "")


@dataclass(frozen=True)
class OfficeNamed(MayBeNamed):
    """Whom, and what of before *today*, the cells may name, in the whole office.

    *serving* are, by the departments' codes, all who are there or were.
    """

    units: Sequence[Called] = ()
    serving: Mapping[str, Collection[str]] = field(default_factory=dict)
    today: date = date.max
    code_vi: str = "mã của một người trong danh bạ, hoặc mã của một phòng"
    name_vi: str = "họ tên hoặc mã của một người trong danh bạ, hoặc tên phòng"

    def unit(self, text: str) -> str | None:
        """Find the department that a cell names, by code or name. Raises Unlike."""
        key = search_key(text)
        for code, name in self.units:
            if key in (search_key(code), search_key(name)):
                return code
        if text:
            raise Unlike(f"một trong: {'; '.join(name for _, name in self.units)}")
        return None

    def of_office(self, text: str, code: str, unit: str) -> tuple[SubjectKind, str]:
        """Find whom a name means, of a department where one is named. Raises Unlike."""
        within = self.unit(unit)
        if collective := self._collective(search_key(code or text), within):
            return "collective", collective
        among: MayBeNamed = self._within[within] if within else self
        kind, found = among.subject(text, code)
        if not found:
            raise Unlike("tên phòng, hoặc ghi phòng ở cột của phòng")
        return kind, found

    def _collective(self, key: str, within: str | None) -> str | None:
        """Find the department that is meant as a collective, if one is."""
        if key in COLLECTIVES:
            return within
        named = (
            code
            for code, name in self.units
            if key.removeprefix("tap the ") in (search_key(code), search_key(name))
        )
        return next(named, None)

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
