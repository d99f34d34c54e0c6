"""Vietnamese names and texts: as they are kept, sorted, found and compared."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


# Letters of other languages that look like ours, and are typed for them.
_TAKEN_FOR = str.maketrans("ÐƉðɖ", "ĐĐđđ")
# Nobody sees these, though for Unicode they are letters, marks or symbols.
_UNSEEN = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
)


def clean(text: str) -> str:
    """Write a text in one line as it is kept: in NFC, with one blank between words.

    What nobody sees is no part of it; a text without anything to see is empty.
    """
    return " ".join(_seen(text).split())


def tidy(text: str) -> str:
    """Write a text of several lines as it is kept, without the blanks around it."""
    return "\n".join(map(_seen, text.splitlines())).strip()


def _seen(line: str) -> str:
    kept = unicodedata.normalize("NFC", line).translate(_TAKEN_FOR)
    if not (kept.isprintable() and _UNSEEN.isdisjoint(kept)):
        letters = (" " if each.isspace() else each for each in kept)
        kept = "".join(x for x in letters if x.isprintable() and x not in _UNSEEN)
    return kept if any(map(_stands_alone, kept)) else ""


def _stands_alone(letter: str) -> bool:
    """Say whether there is something to see without a letter before it."""
    return not (letter.isspace() or unicodedata.category(letter).startswith("M"))


@lru_cache(maxsize=1 << 16)
def as_read(word: str) -> str:
    """Write a word so that what reads alike is one, wherever its tone stands."""
    parts = unicodedata.normalize("NFKD", word.casefold())
    tones = "".join(str(_TONES[each]) for each in parts if each in _TONES)
    return "".join(each for each in parts if each not in _TONES) + tones


def as_awarded(name: str, *, posthumous: bool) -> str:
    """Write a name as a list of awards does."""
    return f"{name} (truy tặng)" if posthumous else name


def search_key(text: str) -> str:
    """Write a text in plain lower-case letters, to be found however it is typed."""
    bare = unicodedata.normalize("NFD", clean(text).lower().replace("đ", "d"))
    return clean("".join(mark for mark in bare if not unicodedata.combining(mark)))


def has_words(text: str, words: str) -> bool:
    """Say whether words of a text begin as those that are looked for."""
    key = f" {_search_key(text)}"
    return all(f" {word}" in key for word in _search_key(words).split())


_search_key = lru_cache(maxsize=1 << 14)(search_key)


@lru_cache(maxsize=1 << 14)
def sort_key(name: str) -> str:
    """Make a key that sorts people by given name first, as lists here do.

    Whoever has another given name, by its marks alone too, stands elsewhere.
    """
    *others, given = clean(name).lower().split() or [""]
    return f"{_key([given])} {_key(others)}"


def text_key(text: str) -> str:
    """Make a key that sorts what is no person's name, as a dictionary does."""
    return _key(clean(text).lower().split())


def _key(words: Sequence[str]) -> str:
    letters = " ".join("".join(_place(letter) for letter in word) for word in words)
    tones = " ".join("".join(_tone(letter) for letter in word) for word in words)
    return f"{letters}!{tones}"  # "!" sorts before every letter


def _split(letter: str) -> tuple[str, str]:
    parts = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in parts if mark in _TONES), "")
    return unicodedata.normalize(
        "NFC", parts.replace(tone, "") if tone else parts
    ), tone


def _place(letter: str) -> str:
    base = _split(letter)[0]
    return chr(ord("0") + _LETTERS.index(base)) if base in _LETTERS else base


def _tone(letter: str) -> str:
    return str(_TONES[_split(letter)[1]])
