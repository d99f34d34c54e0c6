"""The commands that make the first administrator, and help one who is locked out."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlmodel import Session

from domain.accounts.names import LONGEST, NAME
from intake.commands import Trouble
from machine.commands import settings_read
from machine.existing import existing
from papers.slips import slip
from store import record
from store.accounts import sessions
from store.accounts.accounts import account_of, find_account, make_code
from store.tables import Person, UserAccount

admin = typer.Typer(help="Quản trị tài khoản.")

_Name = Annotated[str, typer.Argument(metavar="TÊN", help="Tên đăng nhập.")]
_OfPerson = Annotated[
    str | None, typer.Option("--person", metavar="MÃ", help="Người giữ tài khoản.")
]


@admin.command("create")
def create(name: _Name, person: _OfPerson = None) -> None:
    """Lập một tài khoản quản trị, và in phiếu đặt mật khẩu."""
    if not re.fullmatch(NAME, name) or len(name) > LONGEST:
        raise Trouble(
            f"Tên đăng nhập: chữ thường không dấu và số, nối bằng . - _, dài nhất "
            f"{LONGEST} ký tự."
        )
    with _writing() as session:
        _require_new(session, name, person)
        account = UserAccount(name=name, person=person, administrator=True)
        session.add(account)
        session.flush()
        said = {"name": name, "person": person, "administrator": True}
        record.append_office(session, "account_made", said)
        text = _slip(session, account)
    typer.echo(text, nl=False)


@admin.command("code")
def code(name: _Name) -> None:
    """In phiếu đặt lại mật khẩu của một tài khoản quản trị."""
    with _writing() as session:
        account = find_account(session, name)
        if account is None or not account.administrator:
            raise Trouble(f"Không có tài khoản quản trị nào tên «{name}».")
        if account.shut:
            raise Trouble(f"Tài khoản «{name}» đã đóng.")
        record.append_office(session, "code_made", {"account": name})
        text = _slip(session, account)
    typer.echo(text, nl=False)


@admin.command("end-samples")
def end_samples() -> None:
    """Kết thúc mọi phiên đăng nhập mẫu, trước khi phục vụ văn phòng thật."""
    with _writing() as session:
        ended = sessions.end_samples(session)
    typer.echo(f"Đã kết thúc {ended} phiên đăng nhập mẫu.")


@contextmanager
def _writing() -> Iterator[Session]:
    """Act on the office's rows, one at a time."""
    with existing(settings_read().database) as database, database.write() as session:
        record.hold_office(session)
        yield session


def _require_new(session: Session, name: str, person: str | None) -> None:
    if find_account(session, name) is not None:
        raise Trouble(f"Đã có tài khoản «{name}».")
    if person is None:
        return
    if session.get(Person, person) is None:
        raise Trouble(f"Không có người nào mang mã «{person}».")
    if account_of(session, person) is not None:
        raise Trouble(f"«{person}» đã có tài khoản.")


def _slip(session: Session, account: UserAccount) -> str:
    found, ends_at = make_code(session, account)
    return slip(account.name, found, ends_at, settings_read().public_origin)
