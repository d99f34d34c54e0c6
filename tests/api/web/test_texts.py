"""Every text of a page can be written in another language."""

import ast
import re
from pathlib import Path

import pytest

from tests.sources import ROOT, modules
from tests.texts import catalogue, said_in, templates, texts

_TOLD = re.compile(
    r"<code\b.*?</code>|\{#.*?#\}"
    r"|\{%-?\s*trans\b.*?endtrans\s*-?%\}"
    r"|\{%-?\s*set \w+\s*-?%\}.*?\{%-?\s*endset\s*-?%\}"
    # Attributes that several fields have, and no text.
    r"|\{%-?\s*macro \w+\(.*?\)\s*-?%\}[^<]*?\{%-?\s*endmacro\s*-?%\}"
    r"|\{%.*?%\}|\{\{.*?\}\}",
    re.DOTALL,
)
_READ_ALOUD = re.compile(r'(?:aria-label|placeholder|title|alt)="([^"]*)"')
_VIETNAMESE = re.compile("[À-ỹ]")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


@pytest.mark.parametrize(
    "file", templates(), ids=lambda file: str(file.relative_to(ROOT))
)
def test_no_text_stands_in_a_template_that_is_not_marked(file: Path) -> None:
    bare = _TOLD.sub("", file.read_text("utf-8"))

    aloud = " ".join(_READ_ALOUD.findall(bare))
    assert _LETTERS.findall(aloud) == []
    assert _LETTERS.findall(re.sub(r"&\w+;|<[^>]*>", " ", bare)) == []


CODE = dict(modules("api/web"))


@pytest.mark.parametrize("path", CODE)
def test_no_text_stands_in_the_code_of_a_page_that_is_not_marked(path: str) -> None:
    tree = CODE[path]

    marked = {id(x) for call in said_in(tree) for x in ast.walk(call.args[0])}

    alone = {id(x.value) for x in ast.walk(tree) if isinstance(x, ast.Expr)}
    bare = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and id(node) not in marked | alone
        if isinstance(node.value, str) and _VIETNAMESE.search(node.value)
    ]
    assert bare == []


def test_the_catalogue_has_every_text_once() -> None:
    found = {text for text, _ in texts()}

    written = re.findall(r'^msgid "(.+)"$', catalogue(), re.MULTILINE)

    assert {"Việc của tôi", "Đăng nhập", "Hãy chọn một ngày."} <= found
    assert len(written) == len(found)
