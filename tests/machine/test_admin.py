"""The commands of whoever runs the service, for the first administrator of accounts."""

import pytest
from sqlmodel import select

import cli
from domain.record import OFFICE, PROCESS
from store.accounts.sessions import begin_session
from store.clock import real_now
from store.database import Database
from store.tables import Act, ActPayload, UserAccount, UserSession
from tests.office import CLERK, DIRECTOR, prepare


@pytest.fixture
def run(
    database: Database,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    """Run a command on an office's database; return its code and what it said."""
    prepare(database, 2026)
    monkeypatch.setenv("THIDUA_DATABASE_URL", database.url)
    monkeypatch.setenv("THIDUA_PUBLIC_ORIGIN", "https://thidua.example.vn")

    def call(*arguments: str) -> tuple[int, str, str]:
        code = cli.run(list(arguments))
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


def test_the_first_administrator_is_made_with_a_slip_and_in_the_record(
    run, database: Database
) -> None:
    code, slip, _ = run("admin", "create", "quan-tri", "--person", CLERK)

    with database.read() as session:
        row = session.exec(select(UserAccount)).one()
        acts = session.exec(
            select(Act.kind, Act.actor, ActPayload.payload)
            .join(ActPayload, ActPayload.act == Act.id)
            .where(Act.campaign == OFFICE, Act.kind == "account_made")
        ).all()
    assert code == 0
    assert (row.name, row.person, row.administrator) == ("quan-tri", CLERK, True)
    assert "Tên đăng nhập: quan-tri\nMã dùng một lần: " in slip
    assert "Địa chỉ: https://thidua.example.vn\n" in slip
    said = {"name": "quan-tri", "person": CLERK, "administrator": True}
    assert acts == [("account_made", PROCESS, said)]


def test_who_is_locked_out_gets_another_code(run) -> None:
    _, first, _ = run("admin", "create", "quan-tri")
    code, second, _ = run("admin", "code", "quan-tri")

    assert code == 0
    assert first.splitlines()[2] != second.splitlines()[2]


def test_a_wrong_administrator_is_told(run, database: Database) -> None:
    run("admin", "create", "quan-tri", "--person", CLERK)
    with database.write() as session:
        session.add(UserAccount(name="giam-doc", person=DIRECTOR))

    said = [
        run("admin", "create", "quan-tri"),
        run("admin", "create", "khac", "--person", CLERK),
        run("admin", "create", "khac", "--person", "khong-co"),
        run("admin", "create", "Tên lạ"),
        run("admin", "code", "khong-co"),
        run("admin", "code", "giam-doc"),
    ]

    assert said == [
        (2, "", "Đã có tài khoản «quan-tri».\n"),
        (2, "", f"«{CLERK}» đã có tài khoản.\n"),
        (2, "", "Không có người nào mang mã «khong-co».\n"),
        (
            2,
            "",
            "Tên đăng nhập: chữ thường không dấu và số, nối bằng . - _, dài nhất 50 "
            "ký tự.\n",
        ),
        (2, "", "Không có tài khoản quản trị nào tên «khong-co».\n"),
        (2, "", "Không có tài khoản quản trị nào tên «giam-doc».\n"),
    ]


def test_a_real_office_does_not_open_while_somebody_plays_a_person(
    run, database: Database
) -> None:
    with database.write() as session:
        begin_session(session, None, real_now(session), "", person=DIRECTOR)

    refused = run("api")
    ended = run("admin", "end-samples")

    with database.read() as session:
        left = session.exec(select(UserSession)).all()
    assert refused == (
        2,
        "",
        "Còn phiên đăng nhập mẫu trong cơ sở dữ liệu: hãy chạy `thidua admin "
        "end-samples` trước khi phục vụ văn phòng thật.\n",
    )
    assert ended == (0, "Đã kết thúc 1 phiên đăng nhập mẫu.\n", "")
    assert left == []
