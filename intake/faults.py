"""What is wrong in a document, in sentences for whoever wrote it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from difflib import get_close_matches
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from intake.fields import CLOCK, RATIO

Path = tuple[str | int, ...]
_DATE = "ngày có thật, dạng NĂM-THÁNG-NGÀY (ví dụ 2022-06-30)"


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file; *found* is empty when something is missing."""

    line: int
    field: str
    found: str
    allowed: str

    @property
    def where(self) -> str:
        """Say where in the file."""
        return f"dòng {self.line}: {f'`{self.field}`' if self.field else 'cả tệp'}"

    def sentence(self) -> str:
        """Say it to the person who wrote the file."""
        if not self.found:
            return f"{self.where}: còn thiếu, {self.allowed}"
        return f"{self.where}: gặp «{self.found}», cho phép: {self.allowed}"


class BadDocument(Exception):
    """The file is refused whole, with everything that is wrong in it."""

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.name = name
        self.problems = sorted(problems, key=lambda problem: problem.line)
        super().__init__("\n".join([f"{name}:", *self.sentences()]))

    def sentences(self) -> list[str]:
        """Give one sentence a problem, in the order of the file's lines."""
        return [problem.sentence() for problem in self.problems]


def faults_of(error: ValidationError, model: object) -> list[str]:
    """Say what is wrong with a document that came without lines, field by field."""
    return [
        f"`{'.'.join(map(str, one['loc']))}`: {allowed_by(one, model)}"
        for one in error.errors(include_url=False)
        if not is_echo(one)
    ]


def objection(allowed: str, *where: str | int) -> InitErrorDetails:
    """Object to the value at *where* under the model, saying what is allowed."""
    kind = PydanticCustomError("objection", "{allowed}", {"allowed": allowed})
    return InitErrorDetails(type=kind, loc=where, input=None)


def object_to(objections: Sequence[InitErrorDetails]) -> None:
    """Raise all *objections* of a validator together; no objection, no error."""
    if objections:
        raise ValidationError.from_exception_data("objection", list(objections))


# What no schema can tell: each part is as it should be, and they contradict each other
# or what the office knows.
_CONTRADICTIONS = ("objection", "value_error", "assertion_error")
_TEXT = "chữ"
_WHOLE = "số nguyên"
_NUMBER = "số thập phân (dấu chấm)"
_GROUP = "một nhóm mục (tên: giá trị)"
_LIST = "một danh sách (mỗi dòng một dấu -)"
_YES_NO = "true hoặc false"
_CHOICE = "một trong: {choices}"
OTHERWISE = "giá trị đúng kiểu của mục này"
# A {name} is filled from pydantic's own context of the error.
ALLOWED: Mapping[str, str] = {
    "missing": "phải có mục này",
    "extra_forbidden": "chỉ các mục: {fields}{hint}",
    "objection": "{allowed}",
    "value_error": "{error}",
    "assertion_error": "{error}",
    "literal_error": _CHOICE,
    "enum": _CHOICE,
    "union_tag_invalid": _CHOICE,
    "union_tag_not_found": "một nhóm mục có {discriminator}",
    "none_required": "để trống",
    "string_type": _TEXT,
    "string_too_short": "ít nhất {min_length} ký tự",
    "string_too_long": "nhiều nhất {max_length} ký tự",
    "string_pattern_mismatch": "{pattern}",
    "too_short": "ít nhất {min_length} phần tử",
    "too_long": "nhiều nhất {max_length} phần tử",
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "decimal_type": _NUMBER,
    "decimal_parsing": _NUMBER,
    "finite_number": _NUMBER,
    "decimal_max_digits": "nhiều nhất {max_digits} chữ số",
    "decimal_max_places": "nhiều nhất {decimal_places} chữ số sau dấu chấm",
    "decimal_whole_digits": "nhiều nhất {whole_digits} chữ số trước dấu chấm",
    "fraction_type": RATIO,
    "fraction_parsing": RATIO,
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "greater_than": "lớn hơn {gt}",
    "greater_than_equal": "từ {ge} trở lên",
    "less_than": "nhỏ hơn {lt}",
    "less_than_equal": "đến {le} là nhiều nhất",
    "multiple_of": "bội số của {multiple_of}",
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "time_type": CLOCK,
    "time_parsing": CLOCK,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "dict_type": _GROUP,
    "mapping_type": _GROUP,
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
}


def contradicts(error: ErrorDetails) -> bool:
    """Say whether something has its right form, and cannot be meant all the same."""
    return error["type"] in _CONTRADICTIONS


def is_echo(error: ErrorDetails) -> bool:
    """Say whether an error only follows from another one, which is told already.

    A default may hang on a field that is itself wrong, and a list of wrong items
    counts as empty.
    """
    if _kind(error) == "too_short":
        return bool(len(error["input"]) >= error["ctx"]["min_length"])
    return error["type"] == "default_factory_not_called"


def allowed_by(error: ErrorDetails, model: object) -> str:
    """Fill the sentence of the error's type, in our words and never in pydantic's."""
    context: dict[str, Any] = dict(error.get("ctx", {}))
    expected = context.get("expected", context.get("expected_tags", ""))
    context["choices"] = ", ".join(re.findall(r"'([^']*)'", str(expected)))
    if error["type"] == "extra_forbidden":
        context |= _field_names(model, error["loc"])
    return ALLOWED.get(_kind(error), OTHERWISE).format_map(context)


def _kind(error: ErrorDetails) -> str:
    """Name what is wrong: a text that is too long has letters, and no items."""
    long = error["type"] in ("too_long", "too_short")
    of_text = long and isinstance(error["input"], str)
    return f"string_{error['type']}" if of_text else error["type"]


def _field_names(model: object, loc: Path) -> dict[str, str]:
    """List the fields that may stand where *loc* ends, the likely one apart."""
    names = list(fields_at(model, loc))
    likely = get_close_matches(str(loc[-1]), names, 1)
    hint = f" (có phải {likely[0]}?)" if likely else ""
    return {"fields": ", ".join(names), "hint": hint}


def fields_at(model: object, loc: Path) -> dict[str, object]:
    """Give the fields of which the last part of *loc* is one, each with its type."""
    fields = _fields_in(model)
    for part in loc[:-1]:
        fields = _fields_in(fields.get(str(part))) or fields
    return fields


def _fields_in(annotation: object) -> dict[str, object]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {k: f.annotation for k, f in annotation.model_fields.items()}
    if isinstance(annotation, type) and is_dataclass(annotation):
        return dict(get_type_hints(annotation))
    parts = map(_fields_in, get_args(annotation))
    return {name: hint for fields in parts for name, hint in fields.items()}
