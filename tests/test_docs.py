"""What the documents say of the process, of the commands and of the files is so."""

import re
from itertools import chain

import pytest
from typer.main import get_command

from cli import app
from tests.docs import POLICY, PROCESS, TABLES, written
from tests.rehearsal.telling import the_year_2022
from tests.sources import ROOT, packages
from tests.year import PICTURE, picture

DOCUMENTS = {
    path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
    for path in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"))
    if path.name != "CHANGELOG.md"  # it tells of what was
}
# Another project's image, and a function behind its module.
NO_FILES = {"temporalio/auto-setup", "store/commands.receive", "var/practice"}
_LINK = re.compile(r"\]\((?!https?:)([^)#]+)")
_CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
# What is copied from a block must be there; what a reader makes is named otherwise.
_DATA = re.compile(r"\b(?:plans|rules|docs|tests)/[\w./-]+")
_FILE = re.compile(r"`([a-z_]+(?:/[a-zA-Z0-9_.-]+)+/?)`")


def test_the_tables_of_the_documents_are_those_of_the_code() -> None:
    texts = [page.read_text(encoding="utf-8") for page in (PROCESS, POLICY)]

    assert texts == list(map(written, texts)), "write them anew: python -m tests.docs"
    assert all(f"<!-- table: {name} -->" in "".join(texts) for name in TABLES)


@pytest.mark.parametrize("document", sorted(DOCUMENTS))
def test_a_file_that_a_document_names_is_there(document: str) -> None:
    named = set(_FILE.findall(DOCUMENTS[document])) - NO_FILES

    assert {name for name in named if not (ROOT / name).exists()} == set()


@pytest.mark.parametrize("document", sorted(DOCUMENTS))
def test_a_link_leads_to_a_file(document: str) -> None:
    folder = (ROOT / document).parent

    linked = _LINK.findall(DOCUMENTS[document])
    assert [name for name in linked if not (folder / name).exists()] == []


def test_a_file_in_a_block_of_commands_is_there() -> None:
    blocks = chain.from_iterable(map(_CONSOLE.findall, DOCUMENTS.values()))

    named = set(chain.from_iterable(map(_DATA.findall, blocks)))
    assert "plans/2024.yaml" in named
    assert {name for name in named if not (ROOT / name).exists()} == set()


def test_the_picture_is_that_of_the_rehearsed_year() -> None:
    drawn = picture(the_year_2022())

    assert PICTURE.read_text("utf-8") == drawn, "draw it anew: python -m tests.docs"


def test_the_readme_names_every_room_and_no_other() -> None:
    table = re.compile(r"^\| ((?:`[a-z]+/`(?:, )?)+) \|", re.MULTILINE)

    rows = table.findall(DOCUMENTS["README.md"])
    named = set(chain.from_iterable(re.findall(r"`([a-z]+)/`", row) for row in rows))
    assert named == {*packages(), "rules", "plans", "tests", "bench", "docs"}


def test_a_make_command_that_a_document_names_is_there() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))

    text = "\n".join(DOCUMENTS.values())
    named = set(re.findall(r"(?:^\$ |`)make ([a-z-]+)", text, re.MULTILINE))
    assert named - targets == set()


def test_a_command_of_thidua_that_a_document_names_is_there() -> None:
    commands = get_command(app).commands

    text = "\n".join(DOCUMENTS.values())
    named = re.findall(
        r"(?:`|^\$ .*)(?:\.venv/bin/)?thidua ([a-z][a-z-]*)", text, re.MULTILINE
    )
    assert "rehearse" in named
    assert set(named) - set(commands) == set()
