"""The nodes of a YAML file: texts as they were written, each with its line."""

import re
import unicodedata
from typing import Any

import yaml
from yaml.composer import Composer

from intake.faults import BadDocument, Problem

_NULL_TAG = "tag:yaml.org,2002:null"
_TAGS = {_NULL_TAG, *(f"tag:yaml.org,2002:{kind}" for kind in ("str", "map", "seq"))}
_LONGEST_QUOTE = 60


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


class _Loader(Composer, yaml.CSafeLoader):
    """Composes nodes; every scalar but null stays the text that was written.

    The words are found by libyaml, ten times as fast. The nodes are not: nested deep
    enough, it would take the process down with it.

    YAML 1.1 would guess: `no` becomes False, `12:30` becomes 750, `010` becomes
    8, `2022-01-01` becomes a date. Here the model's field alone gives the type.
    """

    yaml_implicit_resolvers = {}  # noqa: RUF012 -- declared so by PyYAML

    def __init__(self, text: bytes) -> None:
        Composer.__init__(self)
        yaml.CSafeLoader.__init__(self, text)

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        # One text, one place: with aliases a problem would have two lines, and
        # a few lines could unfold to gigabytes.
        if self.check_event(yaml.AliasEvent):
            mark: Any = self.peek_event().start_mark  # type: ignore[union-attr]
            raise yaml.MarkedYAMLError(problem="alias", problem_mark=mark)
        return super().compose_node(parent, index)


_Loader.add_implicit_resolver(
    _NULL_TAG, re.compile(r"^(?:~|null|Null|NULL|)$"), ["~", "n", "N", ""]
)


_NO_TAB = "thụt dòng bằng dấu cách, không bằng tab"
_SYNTAX = {
    "alias": "không dùng tham chiếu (dấu * ở đầu): hãy viết lại nội dung",
    "but found another document": "một tài liệu trong một tệp (không có --- thứ hai)",
    "found a tab character that violates indentation": _NO_TAB,
    "mapping values are not allowed in this context": (
        "một dấu hai chấm sau tên mục; chữ có dấu hai chấm thì đặt trong ngoặc kép"
    ),
}
_SYNTAX_OTHERWISE = "YAML đúng cú pháp (xem thụt dòng, dấu hai chấm, dấu ngoặc)"


def compose(text: str, name: str) -> yaml.Node:
    try:
        root = _Loader(_in_bytes(text)).get_single_node()
    except yaml.YAMLError as error:
        raise BadDocument(name, [_syntax_problem(error, text)]) from None
    except RecursionError:
        raise BadDocument(
            name, [Problem(1, "", "lồng quá sâu", "không quá vài chục tầng")]
        ) from None
    if root is None:
        raise BadDocument(name, [Problem(1, "", "tệp rỗng", "một tệp có nội dung")])
    return root


def _in_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _syntax_problem(error: yaml.YAMLError, text: str) -> Problem:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        mark = error.problem_mark
        written = "".join(text.splitlines()[mark.line : mark.line + 1])
        allowed = _SYNTAX.get(error.problem or "", _SYNTAX_OTHERWISE)
        if written[mark.column : mark.column + 1] == "\t":
            allowed = _NO_TAB
        return Problem(mark.line + 1, "", quoted(written) or "hết tệp", allowed)
    position = getattr(error, "position", 0)
    before, after = _in_bytes(text)[:position], _in_bytes(text)[position:]
    found = f"ký tự U+{ord(after.decode('utf-8', 'surrogatepass')[0]):04X}"
    line = before.count(b"\n") + 1
    return Problem(line, "", found, "chữ in được, không có ký tự điều khiển")


def value_of(node: yaml.Node, path: str, problems: list[Problem]) -> object:
    if node.tag not in _TAGS:
        problems.append(
            Problem(line_of(node), path, node.tag, "không dùng thẻ (dấu !)")
        )
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, problems)
    if isinstance(node, yaml.SequenceNode):
        return [
            value_of(item, joined(path, at), problems)
            for at, item in enumerate(node.value)
        ]
    return None if node.tag == _NULL_TAG else nfc(node.value)


def _mapping(
    node: yaml.MappingNode, path: str, problems: list[Problem]
) -> dict[str, object]:
    values: dict[str, object] = {}
    for key, value in node.value:
        name = written_at(key)
        where = joined(path, name)
        if name in values:
            allowed = "mỗi mục chỉ viết một lần"
            problems.append(Problem(line_of(key), where, name, allowed))
        else:
            values[name] = value_of(value, where, problems)
    return values


def nfc(text: str) -> str:
    """Give the composed form: the same letters always compare equal."""
    return unicodedata.normalize("NFC", text)


def written_at(node: yaml.Node) -> str:
    """Name what was written at *node*."""
    if isinstance(node, yaml.MappingNode):
        return "một nhóm mục"
    if isinstance(node, yaml.SequenceNode):
        return "một danh sách"
    return nfc(node.value)


def line_of(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def joined(path: str, part: str | int) -> str:
    return f"{path}.{part}" if path else str(part)


def quoted(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"
