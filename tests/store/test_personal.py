"""What is kept of people: the map names every column, and what is given to them."""

import re
from typing import Any, get_args

from sqlalchemy import inspect
from sqlmodel import SQLModel

from store import tables
from store.personal.own import PARTS
from tests.sources import ROOT

MAP = (ROOT / "docs" / "personal-data.md").read_text("utf-8")
_ROW = re.compile(r"^\| (\w+) \| (`.*?`) \|(?:(.*) (\w+) \|)?$", re.MULTILINE)
MODELS = {
    each.__tablename__: each
    for each in vars(tables).values()
    if isinstance(each, type) and issubclass(each, SQLModel) and each is not SQLModel
}
# What may say something of a person: words, and whatever they are put into.
WORDY = (str, bytes, dict, list)


def mapped(*, personal: bool) -> set[str]:
    """List the columns of one half of the page."""
    return {
        f"{table}.{column}"
        for table, columns, rest, _own in _ROW.findall(MAP)
        if bool(rest) is personal
        for column in re.findall(r"`(\w+)`", columns)
    }


def worded() -> set[str]:
    """List the columns that hold words, or the code of a person.

    What refers to a row of another table is a code of that table.
    """
    return {
        f"{table}.{column.name}"
        for table, model in MODELS.items()
        for column in inspect(model).local_table.c
        if _names_people(column) or (not column.foreign_keys and _wordy(model, column))
    }


def _names_people(column: Any) -> bool:
    return any(key.target_fullname == "people.id" for key in column.foreign_keys)


def _wordy(model: type[SQLModel], column: Any) -> bool:
    said: Any = model.model_fields[column.name].annotation
    return any(getattr(k, "__origin__", k) in WORDY for k in (said, *get_args(said)))


def test_every_column_of_words_is_on_the_map_or_said_to_be_no_persons() -> None:
    on_the_map, no_persons = mapped(personal=True), mapped(personal=False)

    assert on_the_map & no_persons == set()
    assert worded() - on_the_map - no_persons == set()
    columns = {
        f"{table}.{column.name}"
        for table, model in MODELS.items()
        for column in inspect(model).local_table.c
    }
    assert (on_the_map | no_persons) - columns == set()


def test_every_column_that_names_a_person_is_on_the_map() -> None:
    named = {
        f"{table}.{column.name}"
        for table, model in MODELS.items()
        for column in inspect(model).local_table.c
        if _names_people(column)
    }

    assert named - mapped(personal=True) == set()


def test_people_are_given_what_the_map_says_is_theirs() -> None:
    said = {table: own for table, _, rest, own in _ROW.findall(MAP) if rest}

    given = {
        table: "whole" if part.shown is None else "part"
        for table, part in PARTS.items()
    }
    assert given == {table: own for table, own in said.items() if own != "no"}
