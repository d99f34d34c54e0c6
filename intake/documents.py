"""Reads a YAML file against a model and says at which line everything is wrong."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, is_dataclass
from datetime import time
from difflib import get_close_matches
from fractions import Fraction
from typing import Annotated, Any, TypeVar, get_args, get_type_hints

import yaml
from pydantic import (
    BaseModel,
    Field,
    PlainSerializer,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from intake.fields import only

M = TypeVar("M")
Path = tuple[str | int, ...]

_DATE = "ngày có thật, dạng NĂM-THÁNG-NGÀY (ví dụ 2022-06-30)"
_TIME = "giờ có thật, dạng GIỜ:PHÚT (ví dụ 08:00)"
RATIO = "tỷ lệ dạng TỬ SỐ/MẪU SỐ, mẫu số khác 0 (ví dụ 15/100)"
_NULL_TAG = "tag:yaml.org,2002:null"
_TAGS = {_NULL_TAG, *(f"tag:yaml.org,2002:{kind}" for kind in ("str", "map", "seq"))}
_LONGEST_QUOTE = 60


@dataclass(frozen=True)
class Problem:
    """One thing wrong in a file; *found* is empty when something is missing."""

    line: int
    field: str
    found: str
    allowed: str

    def sentence(self) -> str:
        """Say it to the person who wrote the file."""
        field = f"`{self.field}`" if self.field else "cả tệp"
        if not self.found:
            return f"dòng {self.line}: {field}: còn thiếu, {self.allowed}"
        found = f"gặp «{self.found}»"
        return f"dòng {self.line}: {field}: {found}, cho phép: {self.allowed}"


class BadDocument(Exception):
    """The file is refused whole, with everything that is wrong in it."""

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.name = name
        self.problems = sorted(problems, key=lambda problem: problem.line)
        super().__init__("\n".join([f"{name}:", *self.sentences()]))

    def sentences(self) -> list[str]:
        """Give one sentence a problem, in the order of the file's lines."""
        return [problem.sentence() for problem in self.problems]


def read_document(
    text: str | bytes,
    model: type[M],
    name: str,
    beside: Mapping[str, object] | None = None,
) -> M:
    """Read *text* whole, or raise `BadDocument` with every problem and its line.

    The *model* is anything that pydantic reads: a model, or dataclasses. What lies
    *beside* it is there for the model's validators to compare with.
    """
    if isinstance(text, bytes):
        text = decode(text, name)
    root = _compose(text, name)
    problems: list[Problem] = []
    value = _value(root, "", problems)
    try:
        document: M = TypeAdapter(model).validate_python(value, context=beside)
    except ValidationError as error:
        problems += _merged(
            [
                _problem(one, root, model)
                for one in error.errors(include_url=False)
                if not is_echo(one)
            ]
        )
    if problems:
        raise BadDocument(name, problems)
    return document


def faults_of(error: ValidationError, model: object) -> list[str]:
    """Say what is wrong with a document that came without lines, field by field."""
    return [
        f"`{'.'.join(map(str, one['loc']))}`: {_allowed(one, model)}"
        for one in error.errors(include_url=False)
        if not is_echo(one)
    ]


def decode(content: bytes, name: str) -> str:
    """Decode UTF-8, with or without the mark that Windows puts before it."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        found = f"byte 0x{content[error.start]:02X}"
        raise BadDocument(
            name, [Problem(line, "", found, "tệp chữ mã hóa UTF-8")]
        ) from None


# pydantic reads the time "800" as 00:13:20, and the fraction "1e400" as a number of
# four hundred digits. No plan means that.
Clock = Annotated[time, only(r"\d{2}:\d{2}(:00)?", _TIME)]
QUOTIENT = r"\d{1,9}/0*[1-9]\d{0,8}"
_QUOTIENT_SCHEMA = WithJsonSchema({"type": "string", "pattern": f"^{QUOTIENT}$"})
# Without it 100/100 would be kept as "1", which this reader refuses.
_WRITTEN = PlainSerializer(lambda ratio: f"{ratio.numerator}/{ratio.denominator}")
Ratio = Annotated[Fraction, only(QUOTIENT, RATIO), _WRITTEN, _QUOTIENT_SCHEMA]
Share = Annotated[Ratio, Field(gt=0, le=1), _QUOTIENT_SCHEMA]


def objection(allowed: str, *where: str | int) -> InitErrorDetails:
    """Object to the value at *where* under the model, saying what is allowed."""
    kind = PydanticCustomError("objection", "{allowed}", {"allowed": allowed})
    return InitErrorDetails(type=kind, loc=where, input=None)


def object_to(objections: Sequence[InitErrorDetails]) -> None:
    """Raise all *objections* of a validator together; no objection, no error."""
    if objections:
        raise ValidationError.from_exception_data("objection", list(objections))


class _Loader(yaml.SafeLoader):
    """Composes nodes; every scalar but null stays the text that was written.

    YAML 1.1 would guess: `no` becomes False, `12:30` becomes 750, `010` becomes
    8, `2022-01-01` becomes a date. Here the model's field alone gives the type.
    """

    yaml_implicit_resolvers = {}  # noqa: RUF012 -- declared so by PyYAML

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        # One text, one place: with aliases a problem would have two lines, and
        # a few lines could unfold to gigabytes.
        if self.check_event(yaml.AliasEvent):
            # The stub of PyYAML has no types for this method.
            event = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.MarkedYAMLError(problem="alias", problem_mark=event.start_mark)
        return super().compose_node(parent, index)


_Loader.add_implicit_resolver(
    _NULL_TAG, re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""]
)

_SYNTAX = {
    "alias": "không dùng tham chiếu (dấu * ở đầu): hãy viết lại nội dung",
    "but found another document": "một tài liệu trong một tệp (không có --- thứ hai)",
    "found character '\\t' that cannot start any token": (
        "thụt dòng bằng dấu cách, không bằng tab"
    ),
    "mapping values are not allowed here": (
        "một dấu hai chấm sau tên mục; chữ có dấu hai chấm thì đặt trong ngoặc kép"
    ),
}
_SYNTAX_OTHERWISE = "YAML đúng cú pháp (xem thụt dòng, dấu hai chấm, dấu ngoặc)"


def _compose(text: str, name: str) -> yaml.Node:
    try:
        root = _Loader(text).get_single_node()
    except yaml.YAMLError as error:
        raise BadDocument(name, [_syntax_problem(error, text)]) from None
    except RecursionError:
        raise BadDocument(
            name, [Problem(1, "", "lồng quá sâu", "không quá vài chục tầng")]
        ) from None
    if root is None:
        raise BadDocument(name, [Problem(1, "", "tệp rỗng", "một tệp có nội dung")])
    return root


def _syntax_problem(error: yaml.YAMLError, text: str) -> Problem:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        line = error.problem_mark.line
        written = text.splitlines()[line : line + 1]
        allowed = _SYNTAX.get(error.problem or "", _SYNTAX_OTHERWISE)
        return Problem(line + 1, "", _quote("".join(written)) or "hết tệp", allowed)
    position = getattr(error, "position", 0)
    line = text.count("\n", 0, position) + 1
    found = f"ký tự U+{ord(text[position]):04X}"
    return Problem(line, "", found, "chữ in được, không có ký tự điều khiển")


def _value(node: yaml.Node, path: str, problems: list[Problem]) -> object:
    if node.tag not in _TAGS:
        problems.append(Problem(_line(node), path, node.tag, "không dùng thẻ (dấu !)"))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, problems)
    if isinstance(node, yaml.SequenceNode):
        return [
            _value(item, _join(path, at), problems)
            for at, item in enumerate(node.value)
        ]
    return None if node.tag == _NULL_TAG else nfc(node.value)


def _mapping(
    node: yaml.MappingNode, path: str, problems: list[Problem]
) -> dict[str, object]:
    values: dict[str, object] = {}
    for key, value in node.value:
        name = _scalar(key)
        where = _join(path, name)
        if name in values:
            allowed = "mỗi mục chỉ viết một lần"
            problems.append(Problem(_line(key), where, name, allowed))
        else:
            values[name] = _value(value, where, problems)
    return values


def nfc(text: str) -> str:
    """Give the composed form: the same letters always compare equal."""
    return unicodedata.normalize("NFC", text)


def _scalar(node: yaml.Node) -> str:
    """Name what was written at *node*."""
    if isinstance(node, yaml.MappingNode):
        return "một nhóm mục"
    if isinstance(node, yaml.SequenceNode):
        return "một danh sách"
    return nfc(node.value)


_TEXT = "chữ"
_WHOLE = "số nguyên"
_NUMBER = "số thập phân (dấu chấm)"
_GROUP = "một nhóm mục (tên: giá trị)"
_LIST = "một danh sách (mỗi dòng một dấu -)"
_YES_NO = "true hoặc false"
_CHOICE = "một trong: {choices}"
_OTHERWISE = "giá trị đúng kiểu của mục này"

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
    "time_type": _TIME,
    "time_parsing": _TIME,
    "list_type": _LIST,
    "tuple_type": _LIST,
    "set_type": _LIST,
    "frozen_set_type": _LIST,
    "dict_type": _GROUP,
    "mapping_type": _GROUP,
    "model_type": _GROUP,
    "model_attributes_type": _GROUP,
}


def is_echo(error: ErrorDetails) -> bool:
    """Say whether an error only follows from another one, which is told already.

    A default may hang on a field that is itself wrong, and a list of wrong items
    counts as empty.
    """
    if error["type"] == "too_short":
        return bool(len(error["input"]) >= error["ctx"]["min_length"])
    return error["type"] == "default_factory_not_called"


@dataclass
class _Place:
    """Where an error's location leads in the file; *left* is what is not there."""

    node: yaml.Node
    line: int
    path: str = ""
    left: str | int = ""


def _problem(error: ErrorDetails, root: yaml.Node, model: object) -> Problem:
    place, allowed = _place(root, error["loc"]), _allowed(error, model)
    if place.left in _fields_at(model, error["loc"]):
        return Problem(place.line, _join(place.path, place.left), "", allowed)
    found = _quote(_scalar(place.node)) or "(rỗng)"
    return Problem(place.line, place.path, found, allowed)


def _place(root: yaml.Node, loc: Path) -> _Place:
    """Follow *loc* down the nodes; what names no node (a union's branch) is skipped."""
    place = _Place(root, _line(root))
    for part in loc:
        step = _step(place.node, part)
        place.left = "" if step else part
        if step:
            place.line, place.node = step
            place.path = _join(place.path, part)
    return place


def _step(node: yaml.Node, part: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return _line(node.value[part]), node.value[part]
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if _scalar(key) == part:
                return _line(key), value
    return None


def _allowed(error: ErrorDetails, model: object) -> str:
    """Fill the sentence of the error's type, in our words and never in pydantic's."""
    context: dict[str, Any] = dict(error.get("ctx", {}))
    expected = context.get("expected", context.get("expected_tags", ""))
    context["choices"] = ", ".join(re.findall(r"'([^']*)'", str(expected)))
    if error["type"] == "extra_forbidden":
        context |= _field_names(model, error["loc"])
    return ALLOWED.get(error["type"], _OTHERWISE).format_map(context)


def _field_names(model: object, loc: Path) -> dict[str, str]:
    """List the fields that may stand where *loc* ends, the likely one apart."""
    names = list(_fields_at(model, loc))
    likely = get_close_matches(str(loc[-1]), names, 1)
    hint = f" (có phải {likely[0]}?)" if likely else ""
    return {"fields": ", ".join(names), "hint": hint}


def _fields_at(model: object, loc: Path) -> dict[str, object]:
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


def _merged(problems: list[Problem]) -> list[Problem]:
    """Say once what a union's branches each complain of."""
    merged: dict[tuple[int, str, str], list[str]] = {}
    for one in problems:
        allowed = merged.setdefault((one.line, one.field, one.found), [])
        if one.allowed not in allowed:
            allowed.append(one.allowed)
    return [Problem(*place, "; ".join(allowed)) for place, allowed in merged.items()]


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _join(path: str, part: str | int) -> str:
    return f"{path}.{part}" if path else str(part)


def _quote(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
