"""The commands that serve an office on this machine: one to live in, one to try."""

import asyncio
from datetime import datetime

import typer

from intake.commands import Trouble
from machine.commands import Empty, Intended, Own, Yes, found_first, settings_read
from machine.devserver import EngineTrouble
from machine.home import FirstStart
from machine.supervisor import CannotRun
from machine.up import up as serve_office
from settings import PracticeSettings, Settings
from store.database import Database

_YEAR = (
    "văn phòng mẫu đang diễn tập phong trào của năm và các đợt chuyên đề đến hôm nay, "
    "chừng nửa phút."
)
_EMPTY = "văn phòng còn trống, chờ thiết lập trong trình duyệt."
_STANDING = (
    "văn phòng còn trống, chờ thiết lập trong trình duyệt; đồng hồ chỉ bạn đưa đi."
)
_CAMPAIGN = "văn phòng mẫu đang soạn một đợt thi đua chuyên đề để thực hành."


def up(
    context: typer.Context,
    own: Own = None,
    intended: Intended = None,
    yes: Yes = False,
    empty: Empty = False,
) -> None:
    """Chạy cả văn phòng trên máy này: Temporal, worker, api."""
    settings = settings_read()
    if own is not None:
        found_first(settings, own, intended, context.obj, yes=yes)
    first = FirstStart(_nobody, _EMPTY) if empty else FirstStart(_sample_year, _YEAR)
    _serve(settings, first)


def practice(empty: Empty = False) -> None:
    """Mở văn phòng thực hành: bạn đưa đồng hồ đi, dàn vai đóng những người còn lại."""
    fill, said = (_standing, _STANDING) if empty else (_practice, _CAMPAIGN)
    first = FirstStart(fill, said, stands_still=True)
    _serve(settings_read(PracticeSettings), first)


def _serve(settings: Settings, first: FirstStart) -> None:
    try:
        asyncio.run(serve_office(settings, typer.echo, first))
    except (CannotRun, EngineTrouble) as trouble:
        raise Trouble(str(trouble)) from None


async def _nobody(_database: Database, _moment: datetime) -> None:
    """Leave the office empty."""


async def _standing(database: Database, moment: datetime) -> None:
    from rehearsal.practice.stage import leave_empty  # noqa: PLC0415 - slow

    await leave_empty(database, moment)


async def _sample_year(database: Database, moment: datetime) -> None:
    from rehearsal.sample import play_up_to  # noqa: PLC0415 - slow, and needed once

    await play_up_to(database, moment)


async def _practice(database: Database, moment: datetime) -> None:
    from rehearsal.practice.stage import prepare  # noqa: PLC0415 - slow, needed once
    from rehearsal.rehearse import an_engine  # noqa: PLC0415 - the same

    async with an_engine() as engine:
        await prepare(database, engine, moment)
