"""Sign-in names, and how an account stands in the record."""

import unicodedata

# Of a name: small letters and digits, joined by a dot, a dash or a low line.
NAME, LONGEST = r"[a-z0-9]+([._-][a-z0-9]+)*", 50


def sign_in_name(text: str) -> str:
    """Write a sign-in name as it is kept."""
    return unicodedata.normalize("NFC", text).strip().lower()


def actor_of(name: str, person: str | None) -> str:
    """Name who acts in the record: a person, or else an account of nobody's.

    No code of a person has a colon.
    """
    return person or f"account:{name}"
