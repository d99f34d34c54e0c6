"""Reads and writes rule packs, and refuses a wrong one with all that is wrong in it.

The domain's own dataclasses are what is read: a field is declared once.
"""

from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from fractions import Fraction
from functools import cache, reduce
from operator import or_
from pathlib import Path
from types import NoneType
from typing import Annotated, Any, Self, get_args, get_origin, get_type_hints

from pydantic import (
    AfterValidator,
    Field,
    GetCoreSchemaHandler,
    PlainSerializer,
    RootModel,
    StringConstraints,
    TypeAdapter,
    model_validator,
)
from pydantic_core import CoreSchema, InitErrorDetails, core_schema

from domain.council.thresholds import Threshold
from domain.refusals import Certainty
from domain.rules.citing import names_article
from domain.rules.criteria import COMPLETED, Criterion, DisciplineLevel, RatingLevel
from domain.rules.facts import CollectiveFacts, Facts, IndividualFacts
from domain.rules.rulepack import RulePack
from domain.rules.titles import Subject
from domain.rules.unmet import judged_on
from domain.rules.warning import warned
from intake.documents import parse, reader
from intake.faults import BadDocument, Problem, object_to, objection
from intake.fields import QUOTIENT, RATIO, Day, only
from intake.written import Where, code, field_of, is_id, items, leaves

RULES = Path(__file__).parents[1] / "rules"


@cache
def load_packs(folder: Path = RULES) -> tuple[RulePack, ...]:
    """Read every pack of a folder, once a process, the oldest first.

    Raises `BadDocument` for the first file with anything wrong in it.
    """
    packs = [read_pack(path.read_bytes(), path.name) for path in folder.glob("*.yaml")]
    return tuple(sorted(packs, key=lambda pack: pack.valid_from))


def read_pack(text: str | bytes, name: str) -> RulePack:
    """Read one pack, or raise `BadDocument` with every problem and its line."""
    document, read = parse(text, name), list[Any]()
    problems: list[Problem] = []
    # What refers to what is looked at in the text itself, so that one wrong field
    # does not hide a wrong reference.
    for model in (_as_written(RulePack), _References):
        try:
            read.append(document.read_as(model))
        except BadDocument as bad:
            problems += bad.problems
    if problems:
        raise BadDocument(name, dict.fromkeys(problems))
    pack: RulePack = read[0]
    return pack


def to_data(pack: RulePack) -> dict[str, Any]:
    """Write a pack as JSON values, for the campaign to keep; fractions stay exact."""
    data: dict[str, Any] = _adapter().dump_python(pack, mode="json")
    return data


def from_data(data: dict[str, Any]) -> RulePack:
    """Read what `to_data` wrote, equal in everything."""
    return _adapter().validate_python(data)


def _adapter() -> TypeAdapter[RulePack]:
    return reader(_as_written(RulePack))


_SCALARS: dict[Any, Any] = {
    str: Annotated[str, StringConstraints(min_length=1)],
    int: Annotated[int, Field(ge=0)],
    date: Day,
    # A pack kept by a campaign has the whole as "1".
    Fraction: Annotated[Fraction, only(f"1|{QUOTIENT}", RATIO), Field(gt=0, le=1)],
    Threshold: Annotated[str, AfterValidator(Threshold.parse), PlainSerializer(str)],
}


def _as_written(hint: Any) -> Any:
    """Hold a type of the domain to how a pack writes it."""
    if is_dataclass(hint) and hint not in _SCALARS:
        return _Annotated[hint, _FieldByField]
    if get_origin(hint) is tuple:
        return tuple[_as_written(get_args(hint)[0]), ...]  # type: ignore[misc]
    if hint == Criterion:
        kinds = reduce(or_, map(_as_written, get_args(hint)))
        return _Annotated[kinds, Field(discriminator="kind")]
    if NoneType in get_args(hint):
        return _as_written(get_args(hint)[0]) | None
    return _SCALARS.get(hint, hint)


_Annotated: Any = Annotated


_WARNING = "warning_vi"


class _FieldByField:
    """Reads and writes a dataclass that knows nothing of pydantic."""

    @staticmethod
    def __get_pydantic_core_schema__(
        shape: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        hints = get_type_hints(shape)
        # What a pack warns of is written once, for all of its rules.
        own = [f for f in fields(shape) if f.name != _WARNING or shape is RulePack]
        inside = []
        for field in own:
            schema = handler.generate_schema(_as_written(hints[field.name]))
            if field.default is not MISSING:
                schema = core_schema.with_default_schema(schema, default=field.default)
            inside.append(core_schema.dataclass_field(field.name, schema, kw_only=True))
        schema = core_schema.dataclass_schema(
            shape,
            core_schema.dataclass_args_schema(shape.__name__, inside),
            [field.name for field in own],
            config={"extra_fields_behavior": "forbid"},
        )
        if shape is RulePack:
            return core_schema.no_info_after_validator_function(warned, schema)
        return schema


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
                *_uncounted(pack),
                *_unasked(pack),
                *_unordered(pack),
                *_ended_early(pack),
                *_unlimited(pack),
                *_unread(pack),
            ]
        )
        return self


def _unknown(pack: dict[str, Any]) -> Iterator[InitErrorDetails]:
    titles = {code(title) for title in items(pack, "titles")}
    known = {
        "authority": {code(one) for one in items(pack, "authorities")},
        "document": {code(one) for one in items(pack, "document_kinds")},
        "dossier": {code(one) for one in items(pack, "document_kinds")},
        "title": titles,
        "base": titles,
        "dependency_order": titles,
    }
    for where, text in leaves(pack):
        names = known.get(field_of(where))
        if names is not None and text not in names:
            yield objection(f"một trong: {', '.join(sorted(names))}", *where)


def _misnamed(pack: dict[str, Any]) -> Iterator[InitErrorDetails]:
    prefix = f"{pack.get('id')}."
    seen: set[str] = set()
    for where, text in leaves(pack):
        if is_id(where) and len(where) > 1:
            if not text.startswith(prefix):
                yield objection(f"mã bắt đầu bằng {prefix}", *where)
            if text in seen:
                yield objection("mỗi mã chỉ dùng một lần", *where)
            seen.add(text)


def _incomplete(pack: dict[str, Any]) -> Iterator[InitErrorDetails]:
    for key, levels in {"ratings": RatingLevel, "disciplines": DisciplineLevel}.items():
        codes = [code(level) for level in items(pack, key)]
        if key in pack and sorted(codes) != sorted(levels):
            allowed = ", ".join(levels)
            yield objection(f"từ thấp đến cao, đủ và mỗi mã một lần: {allowed}", key)


_KINDS = {
    get_args(get_type_hints(criterion)["kind"])[0]: judged_on(criterion)
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
        for at, title in enumerate(items(pack, "titles"))
    ]
    for where, owner, key, subject in [((), pack, "general_criteria", None), *owners]:
        facts = _FACTS.get(subject, Facts)
        allowed = [kind for kind, needs in _KINDS.items() if issubclass(facts, needs)]
        for place, criterion in enumerate(items(owner, key)):
            kind = criterion.get("kind")
            if kind in _KINDS and kind not in allowed:
                choices = f"một trong: {', '.join(allowed)}"
                yield objection(choices, *where, key, place, "kind")


_COUNTING = ("member_share", "member_count")


def _uncounted(pack: dict[str, Any]) -> Iterator[InitErrorDetails]:
    known = [*map(code, items(pack, "titles")), COMPLETED]
    for at, title in enumerate(items(pack, "titles")):
        for place, criterion in enumerate(items(title, "criteria")):
            of = criterion.get("of", COMPLETED)
            if criterion.get("kind") in _COUNTING and of not in known:
                choices = f"một trong: {', '.join(known)}"
                yield objection(choices, "titles", at, "criteria", place, "of")


# What members of a collective are counted by (`store.findings.membership`).
_OF_MEMBERS = ("registered", "rating_at_least", "served_months", "no_discipline_from")


def _unasked(pack: dict[str, Any]) -> Iterator[InitErrorDetails]:
    """Object to what is asked of all who take part and is not known of everybody."""
    asked = {
        str(criterion.get("id"))
        for title in items(pack, "titles")
        for criterion in items(title, "criteria")
        if title.get("subject") != Subject.COLLECTIVE
        and criterion.get("kind") in _OF_MEMBERS
    }
    for where, name in leaves(pack.get("policies"), "policies"):
        if field_of(where) == "participants_meet" and name not in asked:
            yield objection(f"một trong: {', '.join(sorted(asked))}", *where)


def _unordered(pack: dict[str, Any]) -> Iterator[InitErrorDetails]:
    order = [text for _, text in leaves(pack.get("dependency_order"))]
    for title in items(pack, "titles"):
        for below in filter(None, map(_asked_for, items(title, "criteria"))):
            pair = [below, code(title)]
            if [code for code in order if code in pair] != pair:
                yield objection(f"có {below} trước {pair[1]}", "dependency_order")


def _asked_for(criterion: dict[str, Any]) -> str | None:
    """Give the title of the same year that a criterion rests on, if on any."""
    kind, of = criterion.get("kind"), criterion.get("of")
    if kind == "holds_title":
        return str(criterion.get("title"))
    return str(of) if kind in _COUNTING and of != COMPLETED else None


def _ended_early(pack: dict[str, Any]) -> Iterator[InitErrorDetails]:
    since, until = str(pack.get("valid_from")), pack.get("valid_to")
    if isinstance(until, str) and until < since:
        yield objection(f"từ {since} trở đi (theo `valid_from`)", "valid_to")


def _unlimited(pack: dict[str, Any]) -> Iterator[InitErrorDetails]:
    for at, sla in enumerate(items(pack, "slas")):
        if ("days" in sla) == ("months" in sla):
            yield objection("một trong hai: `days` hoặc `months`", "slas", at)


def _unread(pack: dict[str, Any]) -> Iterator[InitErrorDetails]:
    """Object to a rule that calls itself verified and does not say where it stands."""
    found = dict(leaves(pack))
    for where, text in found.items():
        if where[-1] != "certainty" or text != Certainty.VERIFIED:
            continue
        source = (*where[:-1], "source")
        if not names_article(found.get(source, "")):
            allowed = "văn bản có năm và số điều, đã đọc được; chưa có thì ghi recalled"
            yield objection(allowed, *source)
