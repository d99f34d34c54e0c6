"""Every text of a page can be written in another language."""

import re
from pathlib import Path

import pytest

from tests.sources import ROOT
from tests.texts import catalogue, templates, texts

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
_LETTERS = re.compile(r"[^\W\d_]{2,}")


@pytest.mark.parametrize(
    "file", templates(), ids=lambda file: str(file.relative_to(ROOT))
)
def test_no_text_stands_in_a_template_that_is_not_marked(file: Path) -> None:
    bare = _TOLD.sub("", file.read_text("utf-8"))

    aloud = " ".join(_READ_ALOUD.findall(bare))
    assert _LETTERS.findall(aloud) == []
    assert _LETTERS.findall(re.sub(r"&\w+;|<[^>]*>", " ", bare)) == []


def test_the_catalogue_has_every_text_once() -> None:
    found = {text for text, _ in texts()}

    written = re.findall(r'^msgid "(.+)"$', catalogue(), re.MULTILINE)

    assert {"Việc của tôi", "Đăng nhập"} <= found
    assert len(written) == len(found)
