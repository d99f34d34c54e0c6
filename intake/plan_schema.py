"""A plan described as JSON Schema, for editors and other programs."""

import json
from typing import Any

from intake.plans import Plan


def plan_schema() -> dict[str, Any]:
    """Describe a plan as JSON Schema, for editors and other programs."""
    schema = Plan.model_json_schema()
    for model in (schema, *schema["$defs"].values()):
        # Docstrings speak to developers; the schema is read by who writes a plan.
        model.pop("description", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "Kế hoạch phát động phong trào thi đua",
    }


def published_schema() -> str:
    """Write the schema as plans/plan.schema.json holds it."""
    return json.dumps(plan_schema(), ensure_ascii=False, indent=2) + "\n"
