"""One of many: a condition whose text and number of parameters never change."""

import json
from collections.abc import Iterable
from typing import Any, Self

from sqlalchemy import (
    ARRAY,
    BindParameter,
    Boolean,
    ColumnElement,
    Text,
    TypeDecorator,
    bindparam,
    true,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeEngine
from sqlmodel import col


def one_of(
    column: Any, values: Iterable[Any] | BindParameter[Any]
) -> ColumnElement[bool]:
    """Say that a column has one of *values*, however many these are.

    They travel as one parameter. With `in_` each is one, of which a statement may have
    65,535, and its text is written and prepared anew for each number of them.
    A statement that is made once is handed a name for them.
    """
    listed = _Listed(column.type)
    if isinstance(values, BindParameter):
        return _OneOf(column, bindparam(values.key, type_=listed))
    return _OneOf(column, bindparam(None, list(values), type_=listed, unique=True))


def among(
    column: Any, asked: Iterable[Any] | BindParameter[Any] | None
) -> ColumnElement[bool]:
    """Say that a column has one of those *asked* about, or anything where none are."""
    return true() if asked is None else one_of(col(column), asked)


class _Listed(TypeDecorator[list[Any]]):
    """Values of one type: an array where there are any, else JSON."""

    impl = Text
    cache_ok = True

    def __init__(self, each: TypeEngine[Any]) -> None:
        super().__init__()
        self.each = each

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        own = ARRAY(self.each) if dialect.name == "postgresql" else Text()
        return dialect.type_descriptor(own)

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if dialect.name == "postgresql":
            return list(value)
        write = self.each.dialect_impl(dialect).bind_processor(dialect)
        return json.dumps([*map(write, value)] if write else [*value])


class _OneOf(FunctionElement[bool]):
    name = "one_of"
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> Self:
        # SQLite has no booleans, and would be asked whether it is 1: for that it looks
        # at every row, and at no index.
        return self


@compiles(_OneOf, "postgresql")
def _in_an_array(found: _OneOf, compiler: SQLCompiler, **more: Any) -> str:
    column, values = (compiler.process(each, **more) for each in found.clauses)
    return f"({column} = ANY ({values}))"


@compiles(_OneOf)
def _in_json(found: _OneOf, compiler: SQLCompiler, **more: Any) -> str:
    column, values = (compiler.process(each, **more) for each in found.clauses)
    inner = f"SELECT value FROM json_each({values})"  # noqa: S608 - a parameter
    return f"({column} IN ({inner}))"
