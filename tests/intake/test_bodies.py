"""Whatever comes in is bounded: each integer, each list, and nothing is left unread."""

from collections.abc import Iterator
from datetime import date
from enum import Enum
from types import UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin
from uuid import UUID

import pytest
from fastapi.routing import APIRoute
from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from api.app import create_app
from intake.acts.bodies import BODIES
from intake.fields import LARGEST
from intake.lists import AS_WRITTEN, Once

LISTS = (tuple, list, set, frozenset)
NOTHING = cast("Any", None)
PLACE = UUID(int=1)


def requests() -> list[type[BaseModel]]:
    """List what acts say, and what every other route is sent."""
    routes = create_app(NOTHING, NOTHING, (), sample=True).routes
    sent = {
        param.field_info.annotation
        for route in routes
        if isinstance(route, APIRoute)
        for param in route.dependant.body_params
    }
    return sorted({*BODIES.values(), *sent}, key=lambda model: model.__name__)


def parts(
    annotation: Any, said: tuple[Any, ...], where: str
) -> Iterator[tuple[str, Any, tuple[Any, ...]]]:
    """Walk through all that a field is made of, with what is said of each part."""
    if get_origin(annotation) is Annotated:
        inner, *more = get_args(annotation)
        yield from parts(inner, (*said, *_unfolded(more)), where)
        return
    yield where, annotation, said
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            place = f"{annotation.__name__}.{name}"
            yield from parts(field.annotation, tuple(field.metadata), place)
    elif get_origin(annotation) in (Union, UnionType):
        for each in get_args(annotation):
            yield from parts(each, said, where)
    elif get_origin(annotation) in (*LISTS, dict):
        for each in get_args(annotation):
            if each is not Ellipsis:
                yield from parts(each, (), f"{where}[]")


def _unfolded(said: list[Any]) -> Iterator[Any]:
    for each in said:
        yield from each.metadata if isinstance(each, FieldInfo) else [each]


ALL = {
    where: (annotation, said)
    for model in requests()
    for where, annotation, said in parts(model, (), model.__name__)
}


def bounds(said: tuple[Any, ...]) -> list[int]:
    return [
        value
        for each in said
        for name in ("ge", "gt", "le", "lt")
        if (value := getattr(each, name, None)) is not None
    ]


def test_every_integer_has_bounds_that_both_databases_hold() -> None:
    integers = {where: bounds(said) for where, (x, said) in ALL.items() if x is int}

    assert len(integers) > 15
    assert {
        where: found
        for where, found in integers.items()
        if len(found) < 2 or any(abs(bound) > LARGEST for bound in found)
    } == {}


def test_every_list_says_whether_a_thing_may_come_twice() -> None:
    lists = {where: said for where, (x, said) in ALL.items() if get_origin(x) in LISTS}

    assert len(lists) > 30
    assert [
        where
        for where, said in lists.items()
        if not any(isinstance(each, Once) or each is AS_WRITTEN for each in said)
    ] == []


def test_nothing_comes_in_unread() -> None:
    assert [where for where, (x, _) in ALL.items() if x in (Any, object, dict)] == []


def a(annotation: Any) -> Any:
    """Write something of a kind, as JSON has it."""
    if get_origin(annotation) is Annotated:
        return a(get_args(annotation)[0])
    if get_origin(annotation) is Literal:
        return get_args(annotation)[0]
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return next(iter(annotation)).value
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        fields = annotation.model_fields.items()
        return {name: a(f.annotation) for name, f in fields if f.is_required()}
    plain = {int: 1, bool: True, str: "a", UUID: str(PLACE), date: "2022-01-01"}
    return plain[annotation]


SINGLE = {
    where: (annotation, said, once.names)
    for where, (annotation, said) in ALL.items()
    for once in said
    if isinstance(once, Once)
    if not where.startswith(("Plan", "Ladders"))  # tests/intake/test_plans.py
}


@pytest.mark.parametrize("where", sorted(SINGLE))
def test_what_stands_in_a_list_twice_is_refused_by_name(where: str) -> None:
    annotation, said, names = SINGLE[where]
    one = a(get_args(annotation)[0])
    reader: Any = TypeAdapter(Annotated[(annotation, *said)])

    with pytest.raises(ValidationError) as refused:
        reader.validate_python([one, one])

    named = " - ".join(one[name] for name in names) or one
    assert [(each["loc"], each["ctx"]) for each in refused.value.errors()] == [
        ((1, *names[-1:]), {"allowed": f"mỗi mã chỉ dùng một lần (lặp lại: {named})"})
    ]
