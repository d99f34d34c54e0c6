"""`thidua rehearse` as a command: the same bytes, in seconds, or refused at once."""

import os
import subprocess
from pathlib import Path
from time import monotonic

import pytest

from rehearsal.playbill import PLANS
from tests.processes import THIDUA, spent, time_of_help
from tests.rehearsal.telling import GOLDEN

# A whole year may take 15 s (DESIGN §8). How many it takes says more about who else
# is at work on the machine than about us; so what is held to a measure is the
# processors' time, and the measure is the time of `thidua --help` just then: twelve
# times as much is usual, and on two free processors fifteen times are the 15 s.
SOON = 15


def thidua(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
    """Run the command to its end."""
    command = [THIDUA, *map(str, arguments)]
    return subprocess.run(
        command, capture_output=True, timeout=240, env=os.environ | {"COLUMNS": "160"}
    )


@pytest.mark.long
@pytest.mark.timeout(500)
def test_the_year_is_rehearsed_in_seconds_and_twice_the_same() -> None:
    before, began = spent(), monotonic()
    first = thidua("rehearse", PLANS / "2022.yaml", "--json")
    took, worked = monotonic() - began, spent() - before
    second = thidua("rehearse", PLANS / "2022.yaml", "--json")
    measure = time_of_help()

    print(f"\nrehearsed in {took:.1f} s, {worked:.1f} s of processors")  # noqa: T201
    assert (first.returncode, second.returncode) == (0, 0)
    assert first.stdout == second.stdout == (GOLDEN / "2022.jsonl").read_bytes()
    assert worked / measure < SOON


@pytest.mark.long
@pytest.mark.timeout(300)
def test_on_a_terminal_a_year_ends_with_its_lists_targets_and_escalations() -> None:
    office, cast = PLANS / "so-mau" / "co-quan.yaml", PLANS / "so-mau" / "dan-vai.yaml"
    plan = PLANS / "so-mau" / "ke-hoach-2025.yaml"

    done = thidua("rehearse", plan, "--office", office, "--cast", cast)

    said = done.stdout.decode()
    assert done.returncode == 0
    for found in ("Tháng 01/2025", "Kết quả", "Chỉ tiêu", "Chiến sĩ thi đua cơ sở"):
        assert found in said
    assert "Số thông báo đôn đốc khi đã quá hạn:" in said.splitlines()[-1]


def test_a_wrong_cast_or_plan_is_refused_before_anything_starts(tmp_path: Path) -> None:
    cast = tmp_path / "dan-vai.yaml"
    cast.write_text("interim:\n  director: {returns: [khong-ai]}\n", "utf-8")
    plan = tmp_path / "ke-hoach.yaml"
    plan.write_text("code: 2022\n", "utf-8")

    refused = thidua("rehearse", PLANS / "2022.yaml", "--cast", cast)
    unread = thidua("rehearse", tmp_path / "khong-co.yaml")
    broken = thidua("rehearse", plan)

    assert (refused.returncode, refused.stdout.decode()) == (
        1,
        "dòng 2: `interim.director.returns.0`: gặp «khong-ai», cho phép: mã một phòng "
        "hoặc một người của văn phòng\n",
    )
    assert (unread.returncode, unread.stderr.decode()) == (
        2,
        f"Không đọc được tệp «{tmp_path / 'khong-co.yaml'}».\n",
    )
    assert broken.returncode == 1
    assert "dòng 1: `title`: còn thiếu, phải có mục này" in broken.stdout.decode()
