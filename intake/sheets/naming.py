"""What a cell of a department's own list means: whom, which title, which papers."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from domain.grouping import grouped
from domain.names import clean, search_key
from domain.rules.titles import Title
from intake.fields import SubjectKind
from intake.sheets.cells import Nobody, Unlike

# A code, and what it is called.
Called = tuple[str, str]
_PICKED = re.compile(r".*\(([A-Za-z0-9_-]+)\)")
_BEFORE_NAMES = re.compile(r"^(ong|ba|d/c|dong chi|anh|chi)[ .:]+")
COLLECTIVES = frozenset({"tap the", "tap the phong", "ca phong"})
_NAMED = 5  # so many are named of those that may be meant


@dataclass(frozen=True)
class MayBeNamed:
    """What the cells of a list may name: the department, its people, titles, papers.

    What is allowed is said as *code_vi* of a code and as *name_vi* of a name.
    """

    collective: Called
    people: Sequence[Called]
    titles: Sequence[Title]
    documents: Sequence[Called] = ()
    code_vi: str = "mã của một người thuộc phòng, hoặc mã của phòng"
    name_vi: str = "họ tên hoặc mã của một người thuộc phòng, hoặc tên phòng"

    def subject(self, text: str, code: str = "") -> tuple[SubjectKind, str]:
        """Find whom a name means, or a code where there is one: the kind, the code.

        Raises Unlike.
        """
        if code or text in self._codes:
            return self._by_code(code or text)
        if picked := _PICKED.fullmatch(text):
            return self._by_code(picked[1])
        if not text:
            raise Unlike("phải có ô này")
        key = _BEFORE_NAMES.sub("", search_key(text))
        if key in self._of_collective:
            return "collective", self.collective[0]
        return "individual", self._person(text, key)

    def title(self, text: str) -> Title:
        """Find the title that a cell names: whole, by code, or as no other begins.

        Raises Unlike.
        """
        if not text:
            raise Unlike("phải có ô này")
        picked, key = _PICKED.fullmatch(text), search_key(text)
        codes = {search_key(each.code): each for each in self.titles}
        whole = {search_key(each.name_vi): each for each in self.titles}
        if picked and (found := codes.get(search_key(picked[1]))):
            return found
        if found := codes.get(key) or whole.get(key):
            return found
        begun = [each for name, each in whole.items() if name.startswith(key)]
        if len(begun) == 1:
            return begun[0]
        names = "; ".join(each.name_vi for each in begun or self.titles)
        raise Unlike(f"một trong: {names}")

    def papers(self, text: str) -> tuple[str, ...]:
        """Find the papers that a cell names. Raises Unlike."""
        known = {
            search_key(x): code for code, name in self.documents for x in (code, name)
        }
        parts = [part for part in map(clean, re.split(r"[;\n]", text)) if part]
        if strange := [part for part in parts if search_key(part) not in known]:
            names = "; ".join(name for _, name in self.documents)
            raise Unlike(f"trong danh mục (không có «{strange[0]}»): {names}")
        return tuple(known[search_key(part)] for part in parts)

    @cached_property
    def _codes(self) -> frozenset[str]:
        return frozenset({self.collective[0], *(code for code, _ in self.people)})

    @cached_property
    def _of_collective(self) -> frozenset[str]:
        code, name = map(search_key, self.collective)
        return COLLECTIVES | {code, name, f"tap the {name}"}

    @cached_property
    def _alike(self) -> dict[str, list[Called]]:
        return grouped((search_key(each[1]), each) for each in self.people)

    def _by_code(self, text: str) -> tuple[SubjectKind, str]:
        if text.upper() == self.collective[0]:
            return "collective", self.collective[0]
        if text.lower() in self._codes:
            return "individual", text.lower()
        raise Nobody(self.code_vi)

    def _person(self, text: str, key: str) -> str:
        alike = self._alike.get(key, [])
        exact = [each for each in alike if each[1].lower() in text.lower()]
        found = alike if len(alike) == 1 else exact
        if len(found) == 1:
            return found[0][0]
        if alike:
            codes = _few(f"{name} ({code})" for code, name in alike)
            raise Unlike(f"ghi thêm mã, vì có {len(alike)} người tên này: {codes}")
        near = get_close_matches(key, self._alike, 3)
        hint = _few(name for each in near for _, name in self._alike[each])
        raise Nobody(f"{self.name_vi}; có phải {hint}?" if hint else self.name_vi)


def _few(names: Iterable[str]) -> str:
    listed = [*names]
    rest = len(listed) - _NAMED
    return ", ".join(listed[:_NAMED]) + (f" và {rest} người nữa" if rest > 0 else "")
