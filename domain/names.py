"""Vietnamese names: how they sort, and how they are found without their marks."""

import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def clean(text: str) -> str:
    """Trim a text and bring it to NFC, as everything that is stored must be."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def tidy(text: str) -> str:
    """Bring a text of several lines to NFC, without the blanks around it."""
    return unicodedata.normalize("NFC", text).strip()


def as_awarded(name: str, *, posthumous: bool) -> str:
    """Write a name as a list of awards does."""
    return f"{name} (truy tặng)" if posthumous else name


def search_key(text: str) -> str:
    """Write a text in plain lower-case letters, to be found however it is typed."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return clean("".join(mark for mark in bare if not unicodedata.combining(mark)))


def sort_key(name: str) -> str:
    """Make a key that sorts people by given name first, as lists here do."""
    words = clean(name).lower().split()
    ordered = words[-1:] + words[:-1]
    letters = " ".join("".join(_place(letter) for letter in word) for word in ordered)
    tones = " ".join("".join(_tone(letter) for letter in word) for word in ordered)
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
