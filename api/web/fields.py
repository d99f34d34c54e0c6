"""One field of a form, as a page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from api.web.choosing.asked import Option
from domain.calendar import day_vi
from papers.wording import moment

# What a browser leaves out of a moment.
OFFSET = "+07:00"


@dataclass(frozen=True)
class Field:
    """One field as a page shows it: *rows* are those of a list of things."""

    name: str
    label: str
    kind: str
    required: bool
    value: str
    wrong: str | None
    choices: Sequence[Option] = ()
    rows: Sequence[Sequence["Field"]] = ()
    seldom: bool = False
    row_names: Sequence[str] = ()

    @property
    def said(self) -> bool:
        """Say whether anything is typed or wrong in it."""
        return bool(self.value or self.wrong)

    @property
    def anything(self) -> bool:
        """Say whether anything is typed in it, or in one of its rows."""
        inside = (each for row in self.rows for each in row)
        return bool(self.value) or any(each.anything for each in inside)

    @property
    def told(self) -> str:
        """Give what is typed as people say it: names for codes, days as written."""
        names = {each.code: each.label for each in self.choices}
        if names:
            said = (names.get(each, each) for each in self.value.split("\n"))
            return "\n".join(said)
        if self.kind == "day":
            return day_vi(date.fromisoformat(self.value))
        if self.kind == "moment":
            at = datetime.fromisoformat(f"{self.value}{OFFSET}")
            return moment(at)
        return self.value

    @property
    def values(self) -> frozenset[str]:
        """Give all that is chosen, where several may be."""
        return frozenset(self.value.split("\n")) - {""}

    @property
    def groups(self) -> list[tuple[str, list[Option]]]:
        """Give the choices group by group, with what was typed and is none of them."""
        known = {each.code for each in self.choices}
        typed = [Option(each, each) for each in self.values - known]
        return [
            (name, [*each])
            for name, each in groupby([*typed, *self.choices], lambda x: x.group)
        ]

    @property
    def shown(self) -> str:
        """Give what is typed as its list has it."""
        names = {each.code: f"{each.label} ({each.code})" for each in self.choices}
        return names.get(self.value, self.value)
