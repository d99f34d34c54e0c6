"""The commands that run one process of the service, or start what it had begun."""

import asyncio
import logging

import typer

from engine import rebuild as again
from engine.client import Engine, connect
from intake.commands import Trouble
from intake.faults import BadDocument
from machine.commands import settings_read
from machine.existing import existing
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
    address = settings.temporal_address
    try:
        client = await connect(address, settings.temporal_namespace, lazy=False)
    except RuntimeError:
        raise Trouble(f"Không tới được Temporal ở {address}.") from None
    return Engine(client, settings.task_queue)


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
    with existing(settings.database):
        asyncio.run(_engine(settings))
    logging.basicConfig(level=logging.INFO)
    try:
        asyncio.run(worker.main(settings))
    except BadDocument as refused:
        raise Trouble(str(refused)) from None
