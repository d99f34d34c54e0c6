"""Our own source, parsed, for the tests that read it."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]


def shipped() -> list[str]:
    """Name all that the wheel holds: packages, single modules, folders of data."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    found: list[str] = wheel["only-include"]
    return found


def packages() -> list[str]:
    """Name the packages that ship."""
    return [name for name in shipped() if (ROOT / name / "__init__.py").exists()]


def modules(*places: str) -> Iterator[tuple[str, ast.Module]]:
    """Parse packages and single modules, without the migrations."""
    for place in places:
        path = ROOT / place
        for each in [path] if path.is_file() else sorted(path.rglob("*.py")):
            if "migrations" not in each.parts:
                yield each.relative_to(ROOT).as_posix(), ast.parse(each.read_text())


def texts(tree: ast.Module) -> Iterator[str]:
    """List the strings of a module, without what only documents it."""
    alone = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in alone:
                yield text


def imports(tree: ast.Module) -> dict[str, str]:
    """Say what the imported names of a module stand for."""
    found: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {a.asname or a.name: a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            whole = {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
            found |= whole
    return found


def dotted(node: ast.AST, names: dict[str, str]) -> str:
    """Write a name or an attribute in full; anything else is empty."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        value = dotted(node.value, names)
        return f"{value}.{node.attr}" if value else ""
    return ""
