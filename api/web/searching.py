"""Finding people, departments, titles and lines by some letters, marks or none."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Query, Response
from sqlmodel import Session

from api.admission import reads
from api.deps import Packs, Reading
from api.identity import Asking
from api.paging import Cursor, page, read_cursor
from api.web.rendering import render
from api.web.visiting import pages
from api.web.words import gettext
from domain.names import has_words
from domain.rules.rulepack import RulePack
from intake.fields import Words
from papers.terms import LINE_STATES
from store.knowing.searching import find_departments, find_lines, last_phases
from store.office import master

router = pages()

_FEW, _MANY = 10, 50


@dataclass(frozen=True)
class Sought:
    """What somebody looks for, from where on, and how much of it."""

    session: Session
    person: str
    words: str
    packs: Sequence[RulePack]
    cursor: str | None
    limit: int


@dataclass(frozen=True)
class FoundItem:
    """One thing that was found: what is said beside it, and where its page is."""

    name: str
    beside: str
    path: str | None = None


@dataclass(frozen=True)
class FoundKind:
    """What was found of one kind, and more."""

    kind: str
    called: str
    items: Sequence[FoundItem]
    more: str | None


_Items = tuple[Sequence[FoundItem], str | None]


def _people(sought: Sought) -> _Items:
    start = read_cursor(sought.cursor, str, str)
    limit = sought.limit + 1
    rows = master.find_people(sought.session, sought.words, None, start, limit)
    found = page(rows, sought.limit, lambda x: [x.sort_key, x.id], lambda row: row)
    items = [FoundItem(x.name, x.id, f"/ho-so/{x.id}") for x in found.items]
    return items, found.next


def _departments(sought: Sought) -> _Items:
    (after,) = read_cursor(sought.cursor, str) or ("",)
    there = find_departments(sought.session, sought.words)
    rows = [each for each in there if each.code > after]
    found = page(rows, sought.limit, lambda x: [x.code], lambda row: row)
    last = last_phases(sought.session, [row.code for row in found.items])
    items = [
        FoundItem(row.name, row.code, _part(last.get(row.code), row.code))
        for row in found.items
    ]
    return items, found.next


def _part(phase: str | None, department: str) -> str | None:
    """Say where a department's part in a phase is; of one in no phase nothing is."""
    return f"/phong/{phase}/{department}" if phase else None


def _titles(sought: Sought) -> _Items:
    named = {
        title.code: (title.name_vi, pack.id)
        for pack in sorted(sought.packs, key=lambda each: each.valid_from)
        for title in pack.titles
    }
    there = [
        FoundItem(name, code, f"/quan-tri/quy-dinh/{pack}")
        for code, (name, pack) in sorted(named.items())
        if has_words(f"{name} {code}", sought.words)
    ]
    return there, None


def _lines(sought: Sought) -> _Items:
    start: Any = read_cursor(sought.cursor, str, UUID)
    limit, named = sought.limit + 1, dict(_titles_of(sought.packs))
    rows = find_lines(sought.session, sought.person, sought.words, start, limit)
    found = page(rows, sought.limit, lambda x: [x.order, x.id], lambda row: row)
    said = [
        FoundItem(
            f"{row.name} – {named.get(row.title, row.title)}",
            f"{row.phase}, {row.department}: {LINE_STATES[row.state]}",
            f"/de-nghi/{row.id}",
        )
        for row in found.items
    ]
    return said, found.next


def _titles_of(packs: Sequence[RulePack]) -> list[tuple[str, str]]:
    return [(title.code, title.name_vi) for pack in packs for title in pack.titles]


_Find = Callable[[Sought], _Items]
_KINDS: dict[str, tuple[str, _Find]] = {
    "nguoi": (gettext("Người"), _people),
    "phong": (gettext("Phòng"), _departments),
    "danh-hieu": (gettext("Danh hiệu, hình thức khen thưởng"), _titles),
    "de-nghi": (gettext("Đề nghị"), _lines),
}


@router.get("/tim", dependencies=[reads("directory")])
def search(
    session: Reading,
    visitor: Asking,
    packs: Packs,
    q: Words = "",
    loai: Annotated[str, Query(max_length=20)] = "",
    sau: Cursor = None,
) -> Response:
    """Show what is found: of every kind the first, or all of one, page by page."""
    one = loai in _KINDS
    sought = Sought(
        session,
        visitor.id,
        q,
        packs,
        sau if one else None,
        _MANY if one else _FEW,
    )
    kinds = [loai] if one else [*_KINDS]
    found = [_found(sought, kind, whole=one) for kind in kinds] if q else []
    return render("search.html", visitor=visitor, q=q, found=found, one=one)


def _found(sought: Sought, kind: str, *, whole: bool) -> FoundKind:
    called, find = _KINDS[kind]
    items, following = find(sought)
    if following is None:
        return FoundKind(kind, called, items, None)
    asked = {"q": sought.words, "loai": kind} | ({"sau": following} if whole else {})
    return FoundKind(kind, called, items, f"/tim?{urlencode(asked)}")
