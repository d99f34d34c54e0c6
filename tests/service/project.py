"""docker-compose.yml with its variables put in, as compose reads it; nothing runs."""

import re
from functools import partial
from typing import Any

import yaml

from tests.processes import ROOT

FILE = ROOT / "docker-compose.yml"
SECRETS = ("db_superuser", "db_owner", "db_service", "temporal_db")
OURS = ("migrate", "worker", "api")
# ${NAME:-what holds without it}
_VARIABLE = re.compile(r"\$\{(\w+):-([^}]*)\}")

Service = dict[str, Any]


def read(**variables: str) -> dict[str, Any]:
    """Read the project."""
    found: dict[str, Any] = _put_in(yaml.safe_load(FILE.read_text("utf-8")), variables)
    return found


def services(**variables: str) -> dict[str, Service]:
    """Read the services."""
    found: dict[str, Service] = read(**variables)["services"]
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
    name, otherwise = found.groups()
    return variables.get(name) or otherwise
