"""No key, password or token lies in the repository."""

import base64
import math
import re
import subprocess
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.sources import ROOT

_KEY_BLOCK = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
_TOKEN = re.compile(
    r"\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_\w{36}|glpat-[\w-]{20}|xox[abp]-[\w-]{10,}"
    r"|eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,})"
)
# A value given to something that is called a secret.
_NAMED = re.compile(
    r"(?:secret|passw(?:or)?d|api_?key|token|private_?key)\w*[\"']?\s*[:=]\s*[\"']?"
    r"([A-Za-z0-9+/_=-]{16,})",
    re.IGNORECASE,
)
_LOOSE = re.compile(r"[A-Za-z0-9+/_-]{40,}={0,2}")
_BITS = 4.7  # a letter: chance has more, words and paths have less


# Others' work as it was published, with pictures written in letters.
_PUBLISHED = "api/browser/swagger/"


def secrets_in(text: str) -> list[str]:
    """Find what looks like a secret: by its form, by its name, or by chance in it."""
    formed = [
        found[0] for found in (*_KEY_BLOCK.finditer(text), *_TOKEN.finditer(text))
    ]
    named = [found[1] for found in _NAMED.finditer(text) if by_chance(found[1], 3.0)]
    loose = [found for found in _LOOSE.findall(text) if by_chance(found, _BITS)]
    return [*formed, *named, *(found for found in loose if not legible(found))]


def legible(text: str) -> bool:
    """Say whether it is only a text in other letters: histories are written so."""
    try:
        return base64.b64decode(text).decode().isprintable()
    except ValueError:
        return False


def by_chance(text: str, bits: float) -> bool:
    """Say whether letters and digits are so mixed as nobody writes them."""
    kinds = (str.islower, str.isupper, str.isdigit)
    mixed = sum(any(kind(letter) for letter in text) for kind in kinds)
    counted = Counter(text).values()
    entropy = -sum(n / len(text) * math.log2(n / len(text)) for n in counted)
    return mixed == 3 and entropy > bits


def texts() -> Iterator[tuple[str, str]]:
    """Read every text that git keeps."""
    listed = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT)
    for name in listed.decode().split("\0"):
        file = ROOT / name
        if name and file.is_file() and not name.startswith(_PUBLISHED):
            yield name, file.read_text("utf-8", "replace")


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="not a repository of git")
def test_no_secret_lies_in_the_repository() -> None:
    assert {name: found for name, text in texts() if (found := secrets_in(text))} == {}


@pytest.mark.parametrize(
    "parts",
    [
        ("-----BEGIN ", "PRIVATE KEY-----"),
        ("-----BEGIN RSA ", "PRIVATE KEY-----"),
        ("AKIA", "IOSFODNN7EXAMPLE"),
        ("ghp_", "16C7e42F292c6912E7710c838347Ae178B4a"),
        ("DB_PASS", "WORD=kJ8sLq29xZpV4mTn"),
        ("api_key", ': "Zx81-kdPq02LmNs7_Yt"'),
        ("mQ3vT9xLr2Zk8WnB", "yJ5hC7sDf1GpA4uE6iO0tVbN+/KqXzRw"),
    ],
)
def test_what_looks_like_a_secret_is_found(parts: tuple[str, str]) -> None:
    assert len(secrets_in("".join(parts))) >= 1
