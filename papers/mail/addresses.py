"""Addresses and headers: nothing that anybody wrote becomes a header of its own."""

import re
from email.headerregistry import Address

# What servers take everywhere; quoted local parts and comments only hide things.
_LOCAL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
)
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})+")
_LONGEST_LOCAL, _LONGEST = 64, 254
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class BadAddress(ValueError):
    """An address that no letter is sent to."""


def address(name: str, mail: str) -> Address:
    """Write an address with its owner's name. Raises BadAddress."""
    local, at, host = mail.rpartition("@")
    if (
        not at
        or len(local) > _LONGEST_LOCAL
        or len(mail) > _LONGEST
        or not _LOCAL.fullmatch(local)
        or not _HOST.fullmatch(host)
    ):
        raise BadAddress
    return Address(one_line(name), local, host)


def one_line(text: str) -> str:
    """Write a text on one line, without what is not text."""
    return " ".join(_CONTROL.sub(" ", text).split())
