"""Whether the service is alive and ready, also when what it stands on is away."""

import httpx2

from api.app import create_app
from engine.client import Engine, connect
from intake.rulepacks import load_packs
from store.database import Database
from tests.processes import unused_port


async def test_without_its_database_the_api_lives_and_says_what_is_away() -> None:
    nobody = f"127.0.0.1:{unused_port()}"
    database = Database(f"postgresql+psycopg://postgres@{nobody}/thidua")
    app = create_app(database, Engine(await connect(nobody)), load_packs(), sample=True)
    transport = httpx2.ASGITransport(app=app)

    async with httpx2.AsyncClient(transport=transport, base_url="http://api") as http:
        alive = await http.get("/health/live")
        ready = await http.get("/health/ready")
        headers = {"X-Thidua-Person": "ld-01"}
        asked = await http.get("/api/v1/me/tasks", headers=headers)

    away = {
        "type": "/problems/database_away",
        "title": "Hệ thống đang bận",
        "status": 503,
        "detail": "Cơ sở dữ liệu tạm thời không trả lời. Hãy gửi lại; với một thao tác "
        "thì gửi lại cùng Idempotency-Key.",
    }
    assert (alive.status_code, alive.json()) == (200, {"status": "alive"})
    assert [(each.status_code, each.json()) for each in (ready, asked)] == [
        (503, away),
        (503, away),
    ]
