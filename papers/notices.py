"""The text of every notice: why you, what is asked, until when, what ends it."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import yaml

from domain.deadlines import DEADLINES
from papers.wording import Words

_WORDS = Words()
_OVERDUE = "Quá hạn. "
# libyaml reads them in a tenth of the time, where PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TEXTS: Mapping[str, Mapping[str, Any]] = yaml.load(
    Path(__file__).with_suffix(".yaml").read_text("utf-8"),
    _LOADER,  # noqa: S506 - both are safe
)
KINDS = frozenset(_TEXTS)


def require_texts(kinds: Collection[str]) -> None:
    """Raise LookupError when people owe something and no text reminds them of it."""
    reminders = (f"{kind}_due" for kind, rule in DEADLINES.items() if rule.owed)
    if missing := [kind for kind in reminders if kind not in kinds]:
        raise LookupError(f"notices without a text: {missing}")


require_texts(KINDS)


def render(
    kind: str, facts: Mapping[str, Any], warning: str | None = None
) -> tuple[str, str]:
    """Write subject and body of a notice; *overdue* among the facts says so first.

    A *warning* of the rules stands below what rests on them (`warns`).
    """
    text = _TEXTS[kind]
    subject = _WORDS.vformat(text["subject"], (), facts)
    body = _WORDS.vformat(text["body"], (), facts)
    if warning and text.get("warns") and warning not in body:
        body = f"{body} {warning}"
    return (_OVERDUE + subject if facts.get("overdue") else subject), body
