"""Starting: `make run` on an empty and on a used home, and back after `kill -9`.

Seconds until it is ready, and until an act has been judged by a worker: applied or
refused, either is an answer.
"""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any
from uuid import uuid4

import httpx2

from bench.gauges import children, spent_with_children
from machine.devserver import unused_port
from tests.office import DIRECTOR
from tests.processes import ROOT

_LOOK, _PATIENCE, _CALM = 0.05, 300, 3
# What tells the processes of `make run` apart.
_PARTS = {"worker": "thidua\0worker", "api": "thidua\0api", "temporal": "start-dev"}
_JUDGED = {200, 403, 404, 409}


def play() -> list[dict[str, Any]]:
    """Start an office twice in one home; the second time kill each of its parts."""
    found = []
    with TemporaryDirectory(prefix="thidua-bench-") as home:
        for what in ("empty home", "used home"):
            with _running(Path(home)) as (process, http):
                ready = _wait(lambda: _is_ready(http) or _has_ended(process))
                if _has_ended(process):
                    raise RuntimeError((Path(home) / "said.txt").read_text("utf-8"))
                acted = _wait(lambda: _is_judged(http))
                cpu = round(spent_with_children(process.pid), 2)
                row = {"what": what, "ready_s": ready, "then_judged_s": acted}
                found.append(row | {"cpu_s": cpu})
                if what == "used home":
                    found += [_killed(process.pid, part, http) for part in _PARTS]
    return found


@contextmanager
def _running(home: Path) -> Iterator[tuple[subprocess.Popen[bytes], httpx2.Client]]:
    port, engine = unused_port(), unused_port()
    env = {
        **os.environ,
        "THIDUA_HOME": str(home),
        "THIDUA_PORT": str(port),
        "THIDUA_TEMPORAL_ADDRESS": f"127.0.0.1:{engine}",
    }
    with (home / "said.txt").open("wb") as log:
        process = subprocess.Popen(
            ["make", "--silent", "run"],
            cwd=ROOT,
            env=env,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=6) as http:
        try:
            yield process, http
        finally:
            if not _has_ended(process):
                os.killpg(process.pid, signal.SIGINT)
            process.wait(_PATIENCE)


def _has_ended(process: subprocess.Popen[bytes]) -> bool:
    return process.poll() is not None


def _killed(make: int, part: str, http: httpx2.Client) -> dict[str, Any]:
    time.sleep(_CALM)
    [pid, *_] = [each for each in _below(make) if _PARTS[part] in _command(each)]
    os.kill(pid, signal.SIGKILL)
    acted = _wait(lambda: _is_judged(http))
    ready = _wait(lambda: _is_ready(http))
    return {"what": f"kill -9 {part}", "then_judged_s": acted, "then_ready_s": ready}


def _below(pid: int) -> Iterator[int]:
    for child in children(pid):
        yield child
        yield from _below(child)


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8")
    except OSError:
        return ""


def _wait(look: Callable[[], bool]) -> float:
    """Look until it is so; return the seconds that this took."""
    began = perf_counter()
    while not look():
        if perf_counter() - began > _PATIENCE:
            raise TimeoutError
        time.sleep(_LOOK)
    return round(perf_counter() - began, 2)


def _is_ready(http: httpx2.Client) -> bool:
    try:
        return http.get("/health/ready").status_code == 200
    except httpx2.TransportError:
        return False


def _is_judged(http: httpx2.Client) -> bool:
    """Send an act that needs everything: the director gives a power."""
    year = date.today().year  # noqa: DTZ011 - the office's own year, on this machine
    body = {
        "to": "ld-02",
        "capacity": "signed_for",
        "acts": ["decide"],
        "starts": date.today().isoformat(),  # noqa: DTZ011 - see above
        "until": f"{year}-12-31",
        "basis": "Giấy ủy quyền",
    }
    try:
        answer = http.post(
            f"/api/v1/campaigns/{year}/delegate",
            json=body,
            headers={"X-Thidua-Person": DIRECTOR, "Idempotency-Key": uuid4().hex},
        )
    except httpx2.TransportError:
        return False
    return answer.status_code in _JUDGED and "command" in answer.json()
