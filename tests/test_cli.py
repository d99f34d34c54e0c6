"""The command `thidua`, as a process of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from sqlalchemy import text
from sqlmodel import func, select
from temporalio.client import Client
from typer.main import get_command

import cli
from activities.deed import Deed
from api.main import PortTaken, main
from domain.states import CampaignState
from intake.plan_schema import published_schema
from settings import Settings
from store import record
from store.database import Database
from store.tables import Appointment, Campaign, Person, ServiceSpan
from tests.office import PLANS, prepare
from tests.postgres import free_port
from tests.processes import THIDUA

MOMENT = datetime(2022, 6, 1, tzinfo=UTC)
HEADINGS = "mã,họ tên,email,phòng,tên phòng,chức vụ,ngày vào,rời ngày"
LINES = (
    "qt-01,Lê Văn Tám,,QT,Phòng Quản trị,TRUONG_PHONG,01/3/2015,",
    "qt-02,Trần Thị Đào,dao@vp.vn,QT,,NHAN_VIEN,01/3/2020,",
)


def environment(**settings: str) -> dict[str, str]:
    """The environment of a process: of our settings, only these."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("THIDUA_")}
    return kept | {f"THIDUA_{name.upper()}": value for name, value in settings.items()}


def thidua(*arguments: object, **settings: str) -> tuple[int, str, str]:
    """Run a command to its end; return its code and what it said."""
    done = subprocess.run(
        [THIDUA, *map(str, arguments)],
        env=environment(**settings),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_a_right_plan_is_called_right_and_a_wrong_one_told_all_that_is_wrong(
    tmp_path: Path,
) -> None:
    text = (PLANS / "2022.yaml").read_text("utf-8")
    wrong = tmp_path / "sai.yaml"
    wrong.write_text(
        text.replace("year: 2022", "year: hai nghìn").replace(
            "roll: forward", "roll: x"
        ),
        "utf-8",
    )

    assert thidua("plan", "check", PLANS / "2022.yaml") == (
        0,
        "Kế hoạch hợp lệ: Kế hoạch phát động phong trào thi đua năm 2022\n",
        "",
    )
    assert thidua("plan", "check", wrong) == (
        1,
        "dòng 12: `year`: gặp «hai nghìn», cho phép: số nguyên\n"
        "dòng 101: `roll`: gặp «x», cho phép: một trong: forward, backward, none\n",
        "",
    )


def test_the_schema_is_the_one_that_is_published() -> None:
    assert thidua("plan", "schema") == (0, published_schema(), "")


def test_a_rule_pack_is_checked() -> None:
    pack = PLANS.parent / "rules" / "vn2017.yaml"

    assert thidua("rules", "check", pack) == (
        0,
        "Bộ quy định hợp lệ: VN2017 (Luật Thi đua, khen thưởng 2003 và Nghị định "
        "91/2017/NĐ-CP)\n",
        "",
    )


def counts(database: Database) -> tuple[int, ...]:
    """Count people, spans and offices."""
    with database.read() as session:
        return tuple(
            session.exec(select(func.count()).select_from(table)).one()
            for table in (Person, ServiceSpan, Appointment)
        )


def test_a_roster_is_imported_whole_or_only_looked_at(
    database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "nhan-su.csv"
    file.write_text("\n".join((HEADINGS, *LINES)), "utf-8")
    command = ("import", file, "--secretariat", "QT")
    summary = (
        "phòng mới 1, người mới 2, đổi tên hoặc thư 0, thời gian công tác mới 2, "
        "chức vụ mới 1, ghế mới 0, kết thúc 0.\n"
    )

    looked = thidua(*command, "--dry-run", database_url=database.url)
    before = counts(database)
    imported = thidua(*command, database_url=database.url)

    assert looked == (0, f"Chưa ghi gì; nếu nhập thì:\n{summary}", "")
    assert before == (0, 0, 0)
    assert imported == (0, f"Đã nhập:\n{summary}", "")
    assert counts(database) == (2, 2, 1)


def test_a_wrong_roster_is_refused_whole(
    sqlite_database: Database, tmp_path: Path
) -> None:
    file = tmp_path / "nhan-su.csv"
    wrong = "qt-03,Hồ Minh,,QT,,NHAN_VIEN,31/02/2020,"
    file.write_text("\n".join((HEADINGS, *LINES, wrong)), "utf-8")

    refused = thidua("import", file, database_url=sqlite_database.url)

    assert refused == (
        2,
        "",
        "dòng 4, cột «ngày vào»: gặp «31/02/2020», cho phép: ngày có thật, dạng "
        "NGÀY/THÁNG/NĂM (ví dụ 01/3/2022)\n",
    )
    assert counts(sqlite_database) == (0, 0, 0)


def test_a_new_database_gets_its_tables_and_the_sample_office_once(
    tmp_path: Path,
) -> None:
    home = tmp_path / "mới"

    answers = [
        thidua("migrate", home=str(home)),
        thidua("sample", 2022, home=str(home)),
        thidua("sample", 2022, home=str(home)),
    ]

    assert answers == [
        (0, "Cơ sở dữ liệu đã có đủ các bảng của bản này.\n", ""),
        (0, "Đã ghi văn phòng mẫu năm 2022: 38 người.\n", ""),
        (2, "", "Cơ sở dữ liệu đã có người; văn phòng mẫu cần một cơ sở trống.\n"),
    ]
    database = Database(f"sqlite:///{home / 'thidua.db'}")
    assert counts(database) == (40, 34, 15)
    database.close()


_WAYS = {
    "sign_pact": (CampaignState.PENDING_UNION, CampaignState.PACT_SIGNED),
    "launch": (CampaignState.RUNNING,),
}


def write_campaign(database: Database, code: str) -> None:
    """Write a running campaign with two acts in its record."""
    prepare(database, 2022, MOMENT)
    with database.write() as session:
        session.add(
            Campaign(
                id=code,
                title="Phong trào thi đua năm 2022",
                kind="regular",
                year=2022,
                state=CampaignState.RUNNING,
                plan={},
                pact_signed_at=MOMENT,
                launched_at=MOMENT,
                launched_by="ld-01",
            )
        )
        session.flush()
        record.begin_chain(session, code)
        before = CampaignState.DRAFT
        for kind, way in _WAYS.items():
            deed = Deed(session, code, kind, MOMENT)
            for after in way:
                deed.moved(before, after, code)
                before = after
            deed.close()


def test_a_record_is_found_whole_or_broken_where_it_was_changed(
    sqlite_database: Database,
) -> None:
    write_campaign(sqlite_database, "2022")
    whole = thidua("verify", "2022", database_url=sqlite_database.url)
    every = thidua("verify", database_url=sqlite_database.url)

    with sqlite_database.write() as session:
        second = "SELECT id FROM acts WHERE seq = 2"
        session.connection().execute(
            text(f"UPDATE act_payloads SET payload = '[1]' WHERE act = ({second})")
        )
    broken = thidua("verify", "2022", database_url=sqlite_database.url)

    assert whole == (0, "2022: nhật ký nguyên vẹn, 2 thao tác.\n", "")
    assert every == (
        0,
        "Cơ quan: nhật ký nguyên vẹn, 1 thao tác.\n"
        "2022: nhật ký nguyên vẹn, 2 thao tác.\n",
        "",
    )
    assert broken == (1, "2022, thao tác số 2: nội dung đã bị sửa.\n", "")


async def test_a_rebuild_starts_what_does_not_run_yet(
    sqlite_database: Database, temporal: Client
) -> None:
    write_campaign(sqlite_database, f"c{uuid4().hex[:8]}")
    settings = {
        "database_url": sqlite_database.url,
        "temporal_address": temporal.service_client.config.target_host,
    }

    first, second = (thidua("rebuild", **settings) for _ in range(2))

    assert first == (0, "Đã khởi động 1 quy trình; 0 quy trình đã có từ trước.\n", "")
    assert second == (0, "Đã khởi động 0 quy trình; 1 quy trình đã có từ trước.\n", "")


def test_contents_that_no_file_has_are_removed_by_a_command(
    sqlite_database: Database, tmp_path: Path
) -> None:
    content = tmp_path / "files/ab/cdef"
    content.parent.mkdir(parents=True)
    content.touch()
    settings = {"home": str(tmp_path), "database_url": sqlite_database.url}

    said = thidua("files", "collect", **settings)

    assert (said, content.exists()) == ((0, "Đã dọn 1 tệp.\n", ""), False)


@pytest.mark.parametrize(
    ("command", "settings", "sentence"),
    [
        (
            ("plan", "check", "khong-co.yaml"),
            {},
            "Không đọc được tệp «khong-co.yaml».",
        ),
        (
            ("verify", "2022"),
            {"home": "khong-co"},
            "Chưa có cơ sở dữ liệu «khong-co/thidua.db»: hãy chạy `thidua migrate`.",
        ),
        (
            ("verify", "2022"),
            {"database_url": "postgresql+psycopg://postgres@127.0.0.1:1/khong"},
            "Không dùng được cơ sở dữ liệu: chưa chạy, đang bị giữ, hoặc sai địa chỉ "
            "hay mật khẩu.",
        ),
        (
            ("verify", "2022"),
            {"database_url": "khong phai dia chi"},
            "THIDUA_DATABASE_URL hoặc THIDUA_HOME chưa đúng: không mở được ở đó.",
        ),
        (("api",), {"port": "tám"}, "Biến môi trường chưa đúng: THIDUA_PORT."),
        (("api",), {"host": "nhà"}, "Biến môi trường chưa đúng: THIDUA_HOST."),
        (("sample",), {}, "Còn thiếu NĂM; xem `thidua sample --help`."),
        (("verify", "a", "b"), {}, "Thừa tham số: b; xem `thidua verify --help`."),
        (("nhap",), {}, "Không có lệnh «nhap»; xem `thidua --help`."),
        (("plan",), {}, "Còn thiếu tên lệnh; xem `thidua plan --help`."),
        (
            ("import", "a.csv", "--dryrun"),
            {},
            "Không có tùy chọn --dryrun (có phải --dry-run?); xem `thidua import "
            "--help`.",
        ),
        (
            ("import", "a.csv", "--secretariat"),
            {},
            "Tùy chọn --secretariat cần một giá trị; xem `thidua --help`.",
        ),
        (
            ("import", "a.csv", "--dry-run=x"),
            {},
            "Tùy chọn --dry-run không nhận giá trị; xem `thidua --help`.",
        ),
        (
            ("sample", "1999"),
            {},
            "NĂM: chỉ nhận từ 2010 trở lên; xem `thidua sample --help`.",
        ),
        (
            ("sample", "nay"),
            {},
            "NĂM: chỉ nhận số nguyên; xem `thidua sample --help`.",
        ),
    ],
)
def test_what_a_person_can_put_right_is_said_in_one_sentence(
    command: tuple[str, ...],
    settings: dict[str, str],
    sentence: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment(**settings).items():
        monkeypatch.setenv(name, value)

    code = cli.run(command)

    said = capsys.readouterr()
    assert (code, said.out, said.err) == (2, "", f"{sentence}\n")


@pytest.mark.parametrize("command", [(), ("import",), ("plan",), ("plan", "check")])
def test_the_help_speaks_vietnamese_throughout(
    command: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli.run([*command, "--help"])

    said = capsys.readouterr().out
    english = ("Usage", "Show", "OPTIONS", "COMMAND", "ARGS", "required", "default")
    assert (code, [word for word in english if word in said]) == (0, [])
    assert ("Cách gọi" in said, "In hướng dẫn này." in said) == (True, True)


def test_the_list_of_commands_loads_none_of_them() -> None:
    heavy = {"temporalio", "sqlalchemy", "sqlmodel", "alembic", "fastapi", "pydantic"}
    heavy |= {"yaml", "holidays", "nacl", "uvicorn", "store", "engine", "api", "worker"}

    loaded = _loaded_by("import cli; cli.run(['--help'])")

    assert "typer" in loaded
    assert loaded & heavy == set()


def test_what_draws_the_help_is_loaded_for_the_help_alone() -> None:
    loaded = [_loaded_by(f"import cli; cli.run(['{x}'])") for x in ("--help", "ghost")]

    assert ["rich" in each for each in loaded] == [True, False]


def test_a_rehearsal_loads_no_page() -> None:
    loaded = _loaded_by("import rehearsal.rehearse, rehearsal.theatre")

    assert "api.app" in loaded
    assert {name for name in loaded if name.startswith("api.web.")} == set()


def test_a_file_that_is_empty_or_has_all_loads_no_migration(tmp_path: Path) -> None:
    file = f"Database('sqlite:///{tmp_path / 'thidua.db'}')"
    imports = "from store.database import Database; from store.migrate import upgrade"

    loaded = [_loaded_by(f"{imports}; upgrade({file})") for _ in range(2)]

    assert [{"alembic", "store.migrate"} & each for each in loaded] == [
        {"store.migrate"},
        {"store.migrate"},
    ]


def _loaded_by(script: str) -> set[str]:
    asked = f"{script}; import sys; print('|', *sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, check=True, text=True
    )
    return set(done.stdout.rpartition("|")[2].split())


def test_the_list_says_of_a_command_what_it_says_of_itself() -> None:
    listed = get_command(cli.app).commands

    said = {name: _first_sentence(each) for name, each in listed.items()}
    assert said == {name: _first_sentence(cli.load(name)) for name in listed}


def _first_sentence(command: Any) -> str:
    paragraph: str = command.help.split("\n\n")[0]
    return paragraph.replace("\n", " ")


def test_without_an_engine_nothing_is_rebuilt(sqlite_database: Database) -> None:
    address = "127.0.0.1:1"
    settings = {"database_url": sqlite_database.url, "temporal_address": address}

    answer = thidua("rebuild", **settings)

    assert answer == (2, "", f"Không tới được Temporal ở {address}.\n")


async def test_a_worker_without_the_key_of_an_open_workflow_says_which_it_lacks(
    sqlite_database: Database, temporal: Client, tmp_path: Path
) -> None:
    write_campaign(sqlite_database, f"c{uuid4().hex[:8]}")
    keys = str(tmp_path / "temporal.keys")
    settings = {
        "database_url": sqlite_database.url,
        "temporal_address": temporal.service_client.config.target_host,
    }
    _, made, _ = thidua("temporal-key", keys)
    by = made.partition("«")[2].partition("»")[0]

    sealed = thidua("rebuild", **settings, temporal_keys=keys)
    lacking = thidua("worker", **settings)

    assert made == f"Đã thêm khóa «{by}» vào {keys}.\n"
    assert sealed[0] == 0
    assert lacking == (
        2,
        "",
        f"Ở Temporal có quy trình được niêm phong bằng khóa «{by}»: hãy đưa khóa đó "
        "vào tệp khóa (THIDUA_TEMPORAL_KEYS).\n",
    )


def test_a_taken_port_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings = Settings(port=taken.getsockname()[1], sample=True)

        with pytest.raises(PortTaken):
            main(settings)


def test_an_address_of_another_machine_is_told(sqlite_database: Database) -> None:
    elsewhere = "192.0.2.1"  # kept for documents; no machine has it
    settings = {"database_url": sqlite_database.url, "host": elsewhere, "sample": "1"}

    assert thidua("api", **settings) == (
        2,
        "",
        f"THIDUA_HOST: máy này không có địa chỉ {elsewhere}.\n",
    )


def test_the_api_answers_where_it_should_until_it_is_told_to_stop(
    sqlite_database: Database,
) -> None:
    port, url = free_port(), sqlite_database.url
    settings = environment(
        database_url=url, host="127.0.0.2", port=str(port), sample="1"
    )
    # An answer is logged where standard output goes, all else where errors do.
    with (
        subprocess.Popen(
            [THIDUA, "api"],
            env=settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as api,
        ended(api),
    ):
        address = f"http://127.0.0.2:{port}"
        alive = answered(f"{address}/health/live")
        for path in ("people?q=Đào", "accounts/tran.dao/code?x=1"):
            httpx2.get(f"{address}/api/v1/{path}", timeout=60)
        with pytest.raises(httpx2.ConnectError):
            httpx2.get(f"http://127.0.0.1:{port}/health/live")
        api.send_signal(signal.SIGTERM)
        said, _ = api.communicate(timeout=20)

    assert alive == {"status": "alive"}
    assert api.returncode == -signal.SIGTERM
    assert re.findall(r'"GET /api/v1/(\S+) HTTP', said.decode()) == [
        "people",
        "accounts/…/code",
    ]


def test_a_worker_works_until_it_is_told_to_stop(
    sqlite_database: Database, temporal: Client, tmp_path: Path
) -> None:
    settings = environment(
        home=str(tmp_path),
        database_url=sqlite_database.url,
        temporal_address=temporal.service_client.config.target_host,
        task_queue=f"thidua-{uuid4().hex}",
    )
    with (
        subprocess.Popen(
            [THIDUA, "worker"], env=settings, stderr=subprocess.PIPE, encoding="utf-8"
        ) as worker,
        ended(worker),
    ):
        assert worker.stderr is not None
        said = next(line for line in worker.stderr if "working on" in line)
        worker.send_signal(signal.SIGTERM)
        code = worker.wait(20)

    assert (said.startswith("INFO:thidua.worker:"), code) == (True, 0)


@contextmanager
def ended(process: subprocess.Popen[Any]) -> Iterator[None]:
    """Leave no process behind where a test fails: who started it waits for its end."""
    try:
        yield
    finally:
        process.kill()


def answered(address: str) -> object:
    """Ask until somebody answers."""
    deadline = monotonic() + 30
    while monotonic() < deadline:
        try:
            return json.loads(httpx2.get(address, timeout=60).text)
        except httpx2.ConnectError:
            sleep(0.1)
    raise AssertionError(f"nobody answers at {address}")
