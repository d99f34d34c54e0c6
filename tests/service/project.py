"""docker-compose.yml with its variables put in, as compose reads it; nothing runs."""

import re
from functools import partial
from typing import Any

import yaml

from tests.processes import ROOT

FILE = ROOT / "docker-compose.yml"
SECRETS = ("DB_PASSWORD", "TEMPORAL_DB_PASSWORD")
OURS = ("migrate", "worker", "api")
# ${NAME:-what holds without it}, ${NAME:?what is said without it}
_VARIABLE = re.compile(r"\$\{(\w+):([-?])([^}]*)\}")

Service = dict[str, Any]


class Missing(Exception):
    """A variable without which compose refuses to start anything."""


def read(**variables: str) -> dict[str, Any]:
    """Read the project. Raises Missing."""
    found: dict[str, Any] = _put_in(yaml.safe_load(FILE.read_text("utf-8")), variables)
    return found


def services(**variables: str) -> dict[str, Service]:
    """Read the services, with a password wherever none is given. Raises Missing."""
    found: dict[str, Service] = read(**(dict.fromkeys(SECRETS, "x") | variables))[
        "services"
    ]
    return found


def _put_in(value: Any, variables: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _put_in(each, variables) for key, each in value.items()}
    if isinstance(value, list):
        return [_put_in(each, variables) for each in value]
    if isinstance(value, str):
        return _VARIABLE.sub(partial(_value, variables), value)
    return value


def _value(variables: dict[str, str], found: re.Match[str]) -> str:
    name, kind, otherwise = found.groups()
    if variables.get(name):
        return variables[name]
    if kind == "?":
        raise Missing(f"{name}: {otherwise}")
    return otherwise
