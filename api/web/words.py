"""The texts of pages that stand in Python, in the language that is spoken."""

from gettext import NullTranslations

# Another language is a catalogue of `make texts`, translated, and read here at start.
TRANSLATIONS = NullTranslations()


def gettext(text: str, **facts: object) -> str:
    """Say a text in the language that is spoken, with %(facts)s filled in."""
    said = TRANSLATIONS.gettext(text)
    return said % facts if facts else said
