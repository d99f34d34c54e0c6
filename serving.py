"""The commands that run one process of the service, or start what it had begun."""

import asyncio
import logging

import typer

from engine import rebuild as again
from engine.client import Engine
from engine.codec import add_key
from engine.payloads import NoKey
from engine.readable import require_keys
from intake.commands import File, Trouble, readable
from intake.faults import BadDocument
from machine.commands import settings_read
from machine.existing import existing
from machine.way import connect_as_told
from settings import Settings
from store.database import Database


def rebuild() -> None:
    """Khởi động lại mọi quy trình đang dở, từ riêng cơ sở dữ liệu."""
    settings = settings_read()
    with existing(settings.database) as database:
        started, ran = asyncio.run(_rebuild(settings, database))
    typer.echo(f"Đã khởi động {started} quy trình; {ran} quy trình đã có từ trước.")


async def _rebuild(settings: Settings, database: Database) -> tuple[int, int]:
    return await again.rebuild(database, await _engine(settings))


async def _engine(settings: Settings) -> Engine:
    client = await connect_as_told(settings, lazy=False)
    return Engine(client, settings.task_queue)


async def _require_keys(settings: Settings, database: Database) -> None:
    try:
        await require_keys(database, await _engine(settings))
    except NoKey as missing:
        raise Trouble(
            f"Ở Temporal có quy trình được niêm phong bằng khóa «{missing}»: hãy đưa "
            "khóa đó vào tệp khóa (THIDUA_TEMPORAL_KEYS)."
        ) from None


def add_temporal_key(file: File) -> None:
    """Thêm một khóa niêm phong vào tệp khóa; chưa có tệp thì lập tệp."""
    with readable():
        key = add_key(file)
    typer.echo(f"Đã thêm khóa «{key}» vào {file}.")


def serve() -> None:
    """Phục vụ HTTP."""
    import api.main  # noqa: PLC0415 - slow: whoever needs it not must not wait
    from api.app import NotASample  # noqa: PLC0415 - slow

    settings = settings_read()
    with existing(settings.database):
        pass  # say at once what is missing, not at the first request
    opening = api.main.open_app
    if settings.practice:
        from rehearsal.practice.stage import open_app  # noqa: PLC0415 - slow

        opening = open_app
    try:
        api.main.main(settings, opening)
    except (NotASample, BadDocument) as refused:
        raise Trouble(str(refused)) from None
    except api.main.PortTaken:
        raise Trouble(f"Cổng {settings.port} đã có chương trình khác dùng.") from None
    except api.main.NotOurAddress:
        raise Trouble(
            f"THIDUA_HOST: máy này không có địa chỉ {settings.host}."
        ) from None


def work() -> None:
    """Chạy các quy trình."""
    import worker  # noqa: PLC0415 - slow

    settings = settings_read()
    with existing(settings.database) as database:
        asyncio.run(_require_keys(settings, database))
    logging.basicConfig(level=logging.INFO)
    try:
        worker.run(settings)
    except BadDocument as refused:
        raise Trouble(str(refused)) from None
