"""Vietnamese is spelt one way: composed (NFC), tone marks where decrees have them."""

import re
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

import pytest

from tests.sources import ROOT, packages

# Two vowels that end a syllable carry the tone on the first: hóa, hủy, khỏe. After q
# the u is no vowel: quý.
_LETTER = r"[^\W\d_]"
NEW_STYLE = re.compile(rf"(?i)(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])(?!{_LETTER})")
_TEXTS = {".py", ".yaml", ".md", ".html", ".js", ".svg"}


def texts() -> Iterator[tuple[str, str]]:
    """Read every text of ours but this one: what ships, rules, plans, docs, tests."""
    places = [*packages(), "rules", "plans", "docs", "tests"]
    found = [path for place in places for path in (ROOT / place).rglob("*")]
    for path in (*ROOT.glob("*"), *found):
        if path.suffix in _TEXTS and path != Path(__file__):
            yield path.relative_to(ROOT).as_posix(), path.read_text("utf-8")


def test_tone_marks_stand_as_in_decrees() -> None:
    found = {name: NEW_STYLE.findall(text) for name, text in texts()}

    assert {name: words for name, words in found.items() if words} == {}


def test_a_day_is_written_by_one_function_alone() -> None:
    assert [name for name, text in texts() if "%d/%m/%Y" in text] == []


def test_every_text_is_composed() -> None:
    assert [name for name, text in texts() if normalize("NFC", text) != text] == []


@pytest.mark.parametrize("word", ["hoá", "huỷ", "khoẻ", "HUỶ", "toạ"])
def test_the_other_style_is_noticed(word: str) -> None:
    assert NEW_STYLE.search(f"đã {word} rồi")


@pytest.mark.parametrize("word", ["hóa", "hủy", "quý", "quỹ", "hoàn", "thuyền", "toán"])
def test_what_is_spelt_so_in_both_styles_is_left(word: str) -> None:
    assert not NEW_STYLE.search(f"đã {word} rồi")


def test_the_texts_are_found() -> None:
    assert {"papers/notices.yaml", "rules/vn2017.yaml", "cli.py", "README.md"} <= {
        name for name, _ in texts()
    }
