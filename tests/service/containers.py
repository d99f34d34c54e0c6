"""Our services as they run in containers, without containers: as processes.

They have the files that the Dockerfile copies and no others of ours, the command, the
health check and the whole environment that docker-compose.yml gives them. Only the
addresses differ.
"""

import asyncio
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from machine.child import leashed
from machine.devserver import TEMPORAL
from tests.processes import PATIENCE, ROOT
from tests.service.project import Service

DOCKERFILE = ROOT / "Dockerfile"
# The packages, without the links by which an editable install finds our own files.
_PACKAGES = sysconfig.get_path("purelib")
# What the image's commands are, by what they start.
SCRIPT = '#!/bin/sh\nexec {} "$@"\n'


def copied() -> dict[str, str]:
    """Read which of our files and folders the image gets, and where each lies in it."""
    image = DOCKERFILE.read_text("utf-8").rpartition("\nFROM ")[2]
    lines = [line.split()[1:] for line in image.splitlines() if line[:5] == "COPY "]
    ours = [words for words in lines if not words[0].startswith("--from=")]
    return {
        source: f"{target}{source}" if target.endswith("/") else target
        for *sources, target in ours
        for source in sources
    }


def lay_image(home: Path) -> None:
    """Lay the image's files: ours in srv, and in bin what its PATH finds."""
    for source, target in copied().items():
        copy = shutil.copytree if (ROOT / source).is_dir() else shutil.copy
        copy(ROOT / source, home / "srv" / target)
    for name, starts in {
        "python": f"{sys.executable} -S",
        "thidua": f"python {home}/srv/start.py",
        "temporal": TEMPORAL,
    }.items():
        command = home / "bin" / name
        command.write_text(SCRIPT.format(starts))
        command.chmod(0o755)


@dataclass
class Containers:
    """The services of a project, each started by its name."""

    home: Path
    services: Mapping[str, Service]
    # What stands in the file for an address, and what it is on this machine.
    places: Mapping[str, str]
    _running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for folder in ("srv", "bin", "tmp"):
            (self.home / folder).mkdir()
        lay_image(self.home)

    def run(
        self,
        name: str,
        command: Sequence[str] | None = None,
        given: Mapping[str, str] | None = None,
        without: Collection[str] = (),
    ) -> tuple[int, str]:
        """Run a service's command to its end; return its code and what it said.

        *given* and *without* say how its environment differs from the file.
        """
        environment = self._environment(name) | (given or {})
        done = subprocess.run(
            self._here(command or self.services[name]["command"]),
            cwd=self.home / "srv",
            env={key: environment[key] for key in environment.keys() - set(without)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            timeout=PATIENCE,
        )
        return done.returncode, done.stdout

    def start(
        self, name: str, given: Mapping[str, str] | None = None, called: str = ""
    ) -> None:
        """Start a service that stays; one more of them is *called* otherwise."""
        called = called or name
        with (self.home / f"{called}.log").open("ab") as log:
            self._running[called] = subprocess.Popen(
                leashed(self._here(self.services[name]["command"])),
                cwd=self.home / "srv",
                env=self._environment(name) | (given or {}),
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    async def is_well(self, name: str) -> bool:
        """Ask a service how it is, as compose does."""
        kind, *test = self.services[name]["healthcheck"]["test"]
        assert kind == "CMD"
        code, _ = await asyncio.to_thread(self.run, name, test)
        return code == 0

    def stop(self, name: str) -> int:
        """Ask a service to end, and wait until it has; return how it did."""
        process = self._running.pop(name)
        process.terminate()
        return process.wait(PATIENCE)

    @contextmanager
    def standing_still(self, name: str) -> Iterator[None]:
        """Let a service do nothing at all for the length of the block."""
        self._running[name].send_signal(signal.SIGSTOP)
        yield
        self._running[name].send_signal(signal.SIGCONT)

    def end_all(self) -> None:
        """End whatever still runs."""
        for process in self._running.values():
            process.kill()
            process.wait()

    def _environment(self, name: str) -> dict[str, str]:
        service = self.services[name]
        given = service["environment"]
        ours = dict(zip(given, self._here(given.values()), strict=True))
        if "ports" in service:
            # Without a network of its own it listens where it would be published.
            ours["THIDUA_PORT"] = service["ports"][0].split(":")[1]
        path = f"{self.home / 'bin'}:/usr/bin:/bin"
        return {"PATH": path, "PYTHONPATH": _PACKAGES, "HOME": "/", **ours}

    def _here(self, words: Iterable[str]) -> list[str]:
        """Put the addresses of this machine for those of the file."""
        return [self._place(word) for word in words]

    def _place(self, word: str) -> str:
        there = "|".join(map(re.escape, self.places))
        return re.sub(there, lambda found: self.places[found[0]], word)
