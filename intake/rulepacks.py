"""Reads rule packs, and refuses a wrong one with everything that is wrong in it.

The model is made from the domain's own dataclasses: a field is declared once.
"""

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from fractions import Fraction
from functools import cache, reduce
from operator import or_
from pathlib import Path
from types import GenericAlias, NoneType, UnionType
from typing import Annotated, Any, Self, Union, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    RootModel,
    StringConstraints,
    create_model,
    model_validator,
)
from pydantic_core import InitErrorDetails

from domain.council.thresholds import Threshold
from domain.rules.criteria import Criterion, DisciplineLevel, Rating
from domain.rules.facts import CollectiveFacts, Facts, IndividualFacts, judged_on
from domain.rules.rulepack import RulePack, Subject, from_data
from domain.snapshot import hints_of
from intake.documents import (
    BadDocument,
    Problem,
    Share,
    object_to,
    objection,
    read_document,
)
from intake.fields import Day

RULES = Path(__file__).parents[1] / "rules"

Where = tuple[str | int, ...]


@cache
def load_packs(folder: Path = RULES) -> tuple[RulePack, ...]:
    """Read every pack of a folder, once a process, the oldest first.

    Raises `BadDocument` for the first file with anything wrong in it.
    """
    packs = [read_pack(path.read_bytes(), path.name) for path in folder.glob("*.yaml")]
    return tuple(sorted(packs, key=lambda pack: pack.valid_from))


def read_pack(text: str | bytes, name: str) -> RulePack:
    """Read one pack, or raise `BadDocument` with every problem and its line."""
    documents: list[BaseModel] = []
    problems: list[Problem] = []
    # What refers to what is looked at in the text itself, so that one wrong field
    # does not hide a wrong reference.
    for model in (_model(RulePack), _References):
        try:
            documents.append(read_document(text, model, name))
        except BadDocument as bad:
            problems += bad.problems
    if problems:
        raise BadDocument(name, dict.fromkeys(problems))
    return from_data(documents[0].model_dump(mode="json"))


def _is_threshold(text: str) -> str:
    Threshold.parse(text)
    return text


_SCALARS: dict[Any, Any] = {
    str: Annotated[str, StringConstraints(min_length=1)],
    int: Annotated[int, Field(ge=0)],
    date: Day,
    Fraction: Share,
    Threshold: Annotated[str, AfterValidator(_is_threshold)],
}


@cache
def _model(shape: type) -> type[BaseModel]:
    """Make the model that reads one of the domain's dataclasses."""
    hints = hints_of(shape)
    # A field without a default is marked by an ellipsis, as pydantic wants it.
    shown: dict[str, Any] = {
        f.name: (_hint(hints[f.name]), ... if f.default is MISSING else f.default)
        for f in fields(shape)
    }
    config = ConfigDict(extra="forbid")
    return create_model(shape.__name__, __config__=config, **shown)


def _hint(hint: Any) -> Any:
    if hint in _SCALARS:
        return _SCALARS[hint]
    if is_dataclass(hint) and isinstance(hint, type):
        return _model(hint)
    if get_origin(hint) is tuple:
        return GenericAlias(tuple, (_hint(get_args(hint)[0]), ...))
    if get_origin(hint) in (Union, UnionType):
        return _union([_hint(member) for member in get_args(hint)])
    return hint


def _union(members: list[Any]) -> Any:
    either = reduce(or_, members)
    return either if NoneType in members else _Annotated[either, _BY_KIND]


_Annotated: Any = Annotated
_BY_KIND = Field(discriminator="kind")


class _References(RootModel[Any]):
    """A pack as it was written, whose names must all be known in it."""

    @model_validator(mode="after")
    def _check(self) -> Self:
        pack = self.root if isinstance(self.root, dict) else {}
        object_to(
            [
                *_unknown(pack),
                *_misnamed(pack),
                *_incomplete(pack),
                *_misplaced(pack),
                *_unordered(pack),
                *_ended_early(pack),
            ]
        )
        return self


def _unknown(pack: dict[str, Any]) -> Iterator[InitErrorDetails]:
    titles = {_code(title) for title in _items(pack, "titles")}
    known = {
        "authority": {_code(one) for one in _items(pack, "authorities")},
        "dossier": {_code(one) for one in _items(pack, "document_kinds")},
        "title": titles,
        "base": titles,
        "dependency_order": titles,
        "participants_meet": {text for where, text in _leaves(pack) if _is_id(where)},
    }
    for where, text in _leaves(pack):
        names = known.get(_key(where))
        if names is not None and text not in names:
            yield objection(f"một trong: {', '.join(sorted(names))}", *where)


def _misnamed(pack: dict[str, Any]) -> Iterator[InitErrorDetails]:
    prefix = f"{pack.get('id')}."
    seen: set[str] = set()
    for where, text in _leaves(pack):
        if _is_id(where) and len(where) > 1:
            if not text.startswith(prefix):
                yield objection(f"mã bắt đầu bằng {prefix}", *where)
            if text in seen:
                yield objection("mỗi mã chỉ dùng một lần", *where)
            seen.add(text)


def _incomplete(pack: dict[str, Any]) -> Iterator[InitErrorDetails]:
    for key, levels in {"ratings": Rating, "disciplines": DisciplineLevel}.items():
        codes = [_code(level) for level in _items(pack, key)]
        if key in pack and sorted(codes) != sorted(levels):
            allowed = ", ".join(levels)
            yield objection(f"từ thấp đến cao, đủ và mỗi mã một lần: {allowed}", key)


_KINDS = {
    get_args(hints_of(criterion)["kind"])[0]: judged_on(criterion)
    for criterion in get_args(Criterion)
}
_FACTS: dict[Any, type[Facts]] = {
    Subject.INDIVIDUAL: IndividualFacts,
    Subject.COLLECTIVE: CollectiveFacts,
}


def _misplaced(pack: dict[str, Any]) -> Iterator[InitErrorDetails]:
    """Object to a criterion that its title's subject has no facts for."""
    owners: list[tuple[Where, dict[str, Any], str, Any]] = [
        (("titles", at), title, "criteria", title.get("subject"))
        for at, title in enumerate(_items(pack, "titles"))
    ]
    for where, owner, key, subject in [((), pack, "general_criteria", None), *owners]:
        facts = _FACTS.get(subject, Facts)
        allowed = [kind for kind, needs in _KINDS.items() if issubclass(facts, needs)]
        for place, criterion in enumerate(_items(owner, key)):
            kind = criterion.get("kind")
            if kind in _KINDS and kind not in allowed:
                choices = f"một trong: {', '.join(allowed)}"
                yield objection(choices, *where, key, place, "kind")


def _unordered(pack: dict[str, Any]) -> Iterator[InitErrorDetails]:
    order = [text for _, text in _leaves(pack.get("dependency_order"))]
    for title in _items(pack, "titles"):
        for criterion in _items(title, "criteria"):
            pair = [str(criterion.get("title")), _code(title)]
            asked = criterion.get("kind") == "holds_title"
            if asked and [code for code in order if code in pair] != pair:
                yield objection(f"có {pair[0]} trước {pair[1]}", "dependency_order")


def _ended_early(pack: dict[str, Any]) -> Iterator[InitErrorDetails]:
    since, until = str(pack.get("valid_from")), pack.get("valid_to")
    if isinstance(until, str) and until < since:
        yield objection(f"từ {since} trở đi (theo `valid_from`)", "valid_to")


def _leaves(value: object, *where: str | int) -> Iterator[tuple[Where, str]]:
    """Give every text of the document with the place where it stands."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict | list):
        inside = value.items() if isinstance(value, dict) else enumerate(value)
        for key, item in inside:
            yield from _leaves(item, *where, key)


def _items(owner: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """Give a list's mappings; whatever else stands there is objected to elsewhere."""
    items = owner.get(key)
    found = items if isinstance(items, list) else []
    return [item if isinstance(item, dict) else {} for item in found]


def _code(item: dict[str, Any]) -> str:
    return str(item.get("code", str(item.get("id")).rpartition(".")[2]))


def _key(where: Where) -> str:
    """Name the field that a place belongs to, whatever its number in a list."""
    return next((part for part in reversed(where) if isinstance(part, str)), "")


def _is_id(where: Where) -> bool:
    return _key(where) == "id"
