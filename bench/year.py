"""The rehearsed year as a whole process: time, CPU, statements and commits."""

import json
import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

PLAN = "plans/2022.yaml"


def rehearse(plan: str) -> dict[str, Any]:
    """Rehearse a plan once; say what that took, the engine's process with it."""
    with TemporaryDirectory(prefix="thidua-bench-") as folder:
        file = Path(folder) / "year.json"
        command = [sys.executable, "-m", "bench.counted", str(file), "rehearse", plan]
        cpu, began = _spent(), perf_counter()
        subprocess.run([*command, "--json"], check=True, stdout=subprocess.DEVNULL)
        seconds, cpu = perf_counter() - began, _spent() - cpu
        found = json.loads(file.read_text("utf-8"))
    return {
        "plan": plan,
        "seconds": round(seconds, 2),
        "cpu_s": round(cpu, 2),
        "statements": found["statements"],
        "commits": found["commits"],
        "database_seconds": round(found["seconds"], 2),
    }


def _spent() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime
