"""An office on one machine, from an empty folder to the end of its last process."""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from contextlib import closing, suppress
from functools import partial
from secrets import token_urlsafe
from typing import Any

from domain.calendar import VIETNAM, day_vi
from engine.client import Engine, connect
from engine.codec import BadKeys, messages_by
from machine.devserver import HOST, NAMESPACE, owned, require_free
from machine.home import FirstStart, open_database
from machine.parts import Parts, Place
from machine.signins import sign_ins
from machine.supervisor import CannotRun, Supervisor
from settings import Settings
from store.clock import now
from store.database import Database

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_LAST_PORT = 65535
_WIDTH = len("temporal")  # the longest name in front of a line

Write = Callable[[str], object]


async def up(settings: Settings, write: Write, first: FirstStart) -> None:
    """Serve an office until told to stop (Ctrl-C, SIGTERM); *write* takes each line.

    A new database gets its office by its *first* start.

    Raises CannotRun, NoDatabase, or EngineTrouble when its folder or a port is
    somebody else's.
    """
    place = _place(settings, practice=first.stands_still)
    await _until_told(_serve(place, partial(_tell, write), first))


async def _until_told(work: Coroutine[Any, Any, None]) -> None:
    """Do the work; being told twice ends it without more ado."""
    task = asyncio.ensure_future(work)
    for name in _SIGNALS:
        asyncio.get_running_loop().add_signal_handler(name, task.cancel)
    with suppress(asyncio.CancelledError):
        await task


def _place(settings: Settings, *, practice: bool) -> Place:
    command = "practice" if practice else "up"
    if settings.database_url:
        raise CannotRun(
            f"`thidua {command}` giữ cơ sở dữ liệu trong thư mục của nó: hãy bỏ "
            "THIDUA_DATABASE_URL, hoặc chạy riêng `thidua worker` và `thidua api`."
        )
    try:
        messages = messages_by(settings.temporal_keys)
    except BadKeys as bad:
        raise CannotRun(f"THIDUA_TEMPORAL_KEYS: {bad}") from None
    host, _, port = settings.temporal_address.rpartition(":")
    place = Place(
        home=settings.home.absolute(),
        port=settings.port,
        engine_port=int(port) if port.isdecimal() else 0,
        task_queue=settings.task_queue,
        practice=practice,
        pages=settings.temporal_pages,
        setup_code=token_urlsafe(),
        messages=messages,
    )
    if host != HOST or not 1 <= place.engine_port < place.pages_port <= _LAST_PORT:
        raise CannotRun(
            f"THIDUA_TEMPORAL_ADDRESS: gặp «{settings.temporal_address}», cho phép: "
            f"{HOST}:CỔNG, cổng từ 1 đến {_LAST_PORT - 1000}."
        )
    return place


async def _serve(
    place: Place, tell: Callable[[str, str], None], first: FirstStart
) -> None:
    say = partial(tell, "thidua")
    with owned(place.files) as lock:
        pages = [place.pages_port] if place.pages else []
        require_free(place.port, place.engine_port, *pages)
        database = await open_database(place.home / "thidua.db", say, first)
        with closing(database):
            client = await connect(
                place.engine_address, NAMESPACE, messages=place.messages
            )
            engine = Engine(client, place.task_queue)
            parts = Parts(place, database, engine, say).all(lock)
            whole = partial(_greet, say, place, database)
            try:
                await Supervisor(parts, tell, whole).run()
            finally:
                say("Đã dừng.")


def _tell(write: Write, who: str, line: str) -> None:
    with suppress(OSError):  # nobody listens any more; to stop in order matters more
        write(f"{who:<{_WIDTH}} │ {line}")


def _greet(say: Write, place: Place, database: Database, first: bool) -> None:
    if not first:
        say("Mọi phần lại sẵn sàng.")
        return
    address = f"http://{HOST}:{place.port}"
    say(f"Sẵn sàng: {address}")
    if place.pages:
        say(f"Trang của Temporal: http://{HOST}:{place.pages_port}")
    with database.read() as session:
        people = sign_ins(session)
    if not people:
        say("Văn phòng còn trống: hãy thiết lập trong trình duyệt, ở địa chỉ này:")
        say(f"  {address}/thiet-lap?ma={place.setup_code}")
        return
    say("Đăng nhập mẫu, ghi mã vào tiêu đề X-Thidua-Person:")
    for person, role in people:
        say(f"  {person:<12} {role}")
    header = f"-H 'X-Thidua-Person: {people[0][0]}'"
    if place.practice:
        _greet_for_practice(say, database, f"{address}/api/v1/practice")
    say(f"Thử: curl {header} {address}/api/v1/campaigns")
    say("Dừng: Ctrl-C.")


def _greet_for_practice(say: Write, database: Database, practice: str) -> None:
    with database.read() as session:
        at = now(session).astimezone(VIETNAM)
    say(f"Đồng hồ đứng ở {at:%H:%M} ngày {day_vi(at.date())}, chỉ bạn đưa đi:")
    say(f"  curl {practice}    # đang mấy giờ, ai do ai đóng, còn nợ gì")
    json = "-H 'Content-Type: application/json' -d"
    say(f'  curl {practice}/take {json} \'{{"people": ["ld-01"]}}\'')
    say(f"  curl -X POST {practice}/advance    # đến lúc bạn có việc")
