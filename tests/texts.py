"""Every text of the pages, as a catalogue to be written in another language.

``make texts`` writes it; it is made from the templates and stands nowhere else, so it
is never stale.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment

from api.web.navigation import MENU
from domain.grouping import grouped
from tests.sources import ROOT

_HEADER = """\
msgid ""
msgstr ""
"Language: \\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


def templates() -> list[Path]:
    """List the templates of the pages."""
    return sorted((ROOT / "api/web/templates").rglob("*.html"))


def texts() -> Iterator[tuple[str, str]]:
    """Find every text, and where it stands; the menu's labels are texts too."""
    pages = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    pages.policies["ext.i18n.trimmed"] = True
    for file in templates():
        where = file.relative_to(ROOT)
        source = file.read_text("utf-8")
        found = pages.extract_translations(source)  # type: ignore[attr-defined]
        for line, _, said in found:
            for text in [said] if isinstance(said, str) else filter(None, said or ()):
                yield text, f"{where}:{line}"
    for each in MENU:
        yield each.label, "api/web/navigation.py"


def catalogue() -> str:
    """Write the catalogue, in the form of gettext."""
    entries = (_entry(text, places) for text, places in grouped(texts()).items())
    return "\n".join([_HEADER, *entries])


def _entry(text: str, places: list[str]) -> str:
    escaped = text.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
    named = "#, python-format\n" if "%(" in text else ""
    return f'#: {" ".join(places)}\n{named}msgid "{escaped}"\nmsgstr ""\n'


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(catalogue(), "utf-8")
