"""The form of a plan: from where it is filled in, and what it says when it is sent."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import yaml
from pydantic import ValidationError

from api.problems import told
from api.web.forms import Form, Wrong
from domain.roles import HEAD
from domain.rules.rulepack import RulePack
from intake.copying import copied
from intake.plans import Plan, judged_plan
from intake.titles import regime
from papers.plans import plan_template

_WIDE = 10**6  # a paragraph is one line, so that what moves in it is told as one


@cache
def plan_form() -> Form:
    """Make the form of a plan; lists of codes are typed as such, a line each."""
    schema = Plan.model_json_schema()
    for part in schema["$defs"].values():
        for field in part.get("properties", {}).values():
            named = field.get("items", {}).get("$ref", "").rpartition("/")[2]
            if "enum" in schema["$defs"].get(named, {}):
                field["items"] = schema["$defs"][named]
    return Form(schema)


def model_of(year: int, agency: str, head: str = HEAD) -> dict[str, str]:
    """Fill the form in with the model plan of a year."""
    return typed_of(yaml.safe_load(plan_template(year, agency, head)))


def copy_of(plan: Plan) -> tuple[dict[str, str], list[str]]:
    """Fill the form in with a plan of the year before; tell what is to be read again.

    Its dates keep their days and months.
    """
    content = plan.model_dump(mode="json")
    text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=_WIDE)
    copy = copied(text, plan.year, plan.year + 1)
    moved = yaml.safe_load(copy.text)
    return typed_of(moved), [said for _, said in copy.prose]


def typed_of(content: Mapping[str, Any]) -> dict[str, str]:
    """Write what a document says as somebody would type it into its form."""
    return dict(_typed(content, ""))


def _typed(content: Mapping[str, Any], before: str) -> Iterator[tuple[str, str]]:
    for key, value in content.items():
        name = f"{before}{key}"
        match value:
            case None | False | [] | ():
                continue
            case True:
                yield name, "1"
            case Mapping():
                yield from _typed(value, f"{name}.")
            case [Mapping(), *_]:
                for at, each in enumerate(value):
                    yield from _typed(each, f"{name}.{at}.")
            case [*_]:
                yield name, "\n".join(" ".join(str(each).split()) for each in value)
            case _:
                yield name, str(value)


def plan_typed(
    typed: Mapping[str, str], packs: Sequence[RulePack]
) -> tuple[Plan | None, Wrong]:
    """Read the plan that was typed, or say what is wrong in it, by field."""
    try:
        return judged_plan(plan_form().read(typed), regime(packs)), {}
    except ValidationError as error:
        return None, told(error.errors(), Plan)
