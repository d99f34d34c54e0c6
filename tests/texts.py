"""Every text of the pages, as a catalogue to be written in another language.

``make texts`` writes it; it is made from the templates and the code of the pages and
stands nowhere else, so it is never stale.
"""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

from jinja2 import Environment

from domain.grouping import grouped
from tests.sources import ROOT, modules

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
    """Find every text, and where it stands: in templates, and in the pages' code."""
    pages = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    pages.policies["ext.i18n.trimmed"] = True
    for file in templates():
        where = file.relative_to(ROOT)
        source = file.read_text("utf-8")
        found = pages.extract_translations(source)  # type: ignore[attr-defined]
        for line, _, said in found:
            for text in [said] if isinstance(said, str) else filter(None, said or ()):
                yield text, f"{where}:{line}"
    for path, tree in modules("api/web"):
        for call in said_in(tree):
            yield ast.literal_eval(call.args[0]), f"{path}:{call.lineno}"


def said_in(tree: ast.Module) -> Iterator[ast.Call]:
    """Find the texts that a module says in the language that is spoken."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="gettext")):
                yield node


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
