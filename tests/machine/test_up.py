"""`thidua up`: one command serves an office, and leaves nothing running behind it."""

import os
import signal
import socket
import sys
from pathlib import Path

import pytest

import cli
from tests.machine.running import Home, up
from tests.machine.scenes import launched, none_left, start
from tests.office import DIRECTOR, SECRETARIAT
from tests.processes import ROOT

SIGN_INS = [
    "  ld-01        Chánh Văn phòng",
    "  ld-02        Phó Chánh Văn phòng",
    "  ld-04        Chủ tịch Công đoàn",
    "  hctcqt-03    phòng thường trực thi đua",
    "  hctcqt-04    văn thư",
    "  cthdnd-01    trưởng phòng",
    "  ctqh-01      ủy viên Hội đồng",
    "  cthdnd-02    cán bộ, công chức, người lao động của cơ quan",
    "  kiem-tra-01  người kiểm tra",
]


async def test_an_office_is_served_and_ctrl_c_leaves_no_process(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path / "var")
    home.furnish()
    async with up(home) as office:
        await start(office, "start with an engine that knows nothing")
        tasks = await office.person(SECRETARIAT).pages("/me/tasks")
        said = [line.partition(" │ ")[2] for line in office.lines]
        async with up(home) as second:
            refused = await second.ended()
        children = office.children()

        code = await office.stop()

    assert (code, len(children), tasks) == (0, 3, [])
    assert [line for line in said if line.startswith("  ")] == SIGN_INS
    assert refused == 2
    assert second.lines == [
        f"«{home.folder}» đang có một `thidua` khác dùng "
        f"(tiến trình {office.process.pid})."
    ]
    await none_left(office, children)


def test_a_port_of_somebody_else_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = Home(tmp_path)
    for name, value in home.environment().items():
        monkeypatch.setenv(name, value)
    with socket.create_server(("127.0.0.1", home.port)):
        code = cli.run(["up"])

    said = capsys.readouterr()
    refused = f"Cổng {home.port} đã có chương trình khác dùng.\n"
    assert (code, said.out, said.err) == (2, "", refused)
    assert [file.name for file in tmp_path.iterdir()] == ["temporal.lock"]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "DATABASE_URL",
            "postgresql+psycopg://postgres@127.0.0.1/x",
            "`thidua up` giữ cơ sở dữ liệu trong thư mục của nó: hãy bỏ "
            "THIDUA_DATABASE_URL, hoặc chạy riêng `thidua worker` và `thidua api`.",
        ),
        *(
            (
                "TEMPORAL_ADDRESS",
                address,
                f"THIDUA_TEMPORAL_ADDRESS: gặp «{address}», cho phép: "
                "127.0.0.1:CỔNG, cổng từ 1 đến 64535.",
            )
            for address in ("temporal.vp:7233", "127.0.0.1", "127.0.0.1:64536")
        ),
        ("HOME", "/dev/null/x", "Không ghi được vào thư mục «/dev/null/x»."),
    ],
)
def test_what_cannot_be_served_is_refused_in_one_sentence(
    name: str,
    value: str,
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(f"THIDUA_{name}", value)

    code = cli.run(["up"])

    said = capsys.readouterr()
    assert (code, said.out, said.err) == (2, "", f"{sentence}\n")


@pytest.mark.long
@pytest.mark.timeout(400)
async def test_a_first_start_that_was_killed_begins_again_and_finds_the_year_played(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path / "var")
    async with up(home) as office:
        await office.says("Lần đầu chạy")
        await office.starts_something()
        children = office.children()
        os.kill(office.process.pid, signal.SIGKILL)
        await none_left(office, children)

    async with up(home) as office:
        await start(office, "first start")
        secretary = office.person(SECRETARIAT)
        campaigns = await secretary.pages("/campaigns")
        (campaign,) = (each for each in campaigns if each["kind"] == "regular")
        acts = await office.acts(campaign["id"])

    assert [campaign["state"], acts[:3]] == [
        "running",
        ["sign_pact", "sign_pact", "launch"],
    ]


@pytest.mark.long
@pytest.mark.timeout(400)
async def test_two_homes_run_side_by_side(tmp_path: Path) -> None:
    homes = Home(tmp_path / "một"), Home(tmp_path / "hai")
    for home in homes:
        home.furnish()
    async with up(homes[0]) as one, up(homes[1]) as two:
        await one.ready()
        await two.ready()
        await launched(one)

        found = [
            len(await each.person(DIRECTOR).pages("/campaigns")) for each in (one, two)
        ]

    assert found == [1, 0]


@pytest.mark.long
@pytest.mark.timeout(400)
async def test_make_run_serves_an_office_and_killing_make_ends_it(
    tmp_path: Path,
) -> None:
    home = Home(tmp_path)
    # What is installed is what runs this test.
    command = ["make", "-C", str(ROOT), "-o", "install", "run"]
    command += [f"BIN={Path(sys.executable).parent}"]
    home.furnish()
    async with up(home, command) as office:
        await office.ready()
        children = office.children()
        os.kill(office.process.pid, signal.SIGKILL)
        await office.ended()
        await none_left(office, children)

    async with up(home, command) as office:
        await office.ready()
        again = office.children()
        await office.stop()
        await none_left(office, again)

    assert (len(children), len(again)) == (4, 4)
