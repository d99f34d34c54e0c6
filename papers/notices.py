"""The text of every notice: why you, what is asked, until when, what ends it."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

import yaml

from domain.acts import DEADLINES
from domain.ladder import OF_THE_PERIOD
from domain.roles import HEAD, own_words
from papers.wording import Words

_WORDS = Words()
_OVERDUE = "Quá hạn. "
# libyaml reads them in a tenth of the time, where PyYAML was built with it.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TEXTS: Mapping[str, Mapping[str, Any]] = yaml.load(
    Path(__file__).with_suffix(".yaml").read_text("utf-8"),
    _LOADER,  # noqa: S506 - both are safe
)
KINDS = frozenset(TEXTS)


class Advice(StrEnum):
    """What a reminder advises: its key in the texts."""

    SOON = "soon"
    LATE = "late"
    ABOVE = "above"


def require_texts(texts: Mapping[str, Mapping[str, str]]) -> None:
    """Raise LookupError when no text reminds people of what they owe, or invites them.

    What can be late says too what can then be done, and by who stands above.
    """
    wanted = [
        (f"{kind}_due", part)
        for kind, rule in DEADLINES.items()
        if rule.owed
        for part in ("body", *((Advice.LATE, Advice.ABOVE) if rule.ended_by else ()))
    ]
    wanted += [(f"{kind}_opens", "body") for kind, r in DEADLINES.items() if r.invites]
    if missing := [each for each in wanted if each[1] not in texts.get(each[0], ())]:
        raise LookupError(f"notices without a text: {missing}")


require_texts(TEXTS)


# Why something is reminded of on days that are not counted from its due day.
_OF_THE_PERIOD = dict(
    zip(
        OF_THE_PERIOD,
        (
            "Nhắc hôm nay vì kỳ tính thành tích kết thúc ngày {period_end:day}.",
            "Nhắc hôm nay vì là ngày cuối tính thành tích của kỳ.",
        ),
        strict=True,
    )
)


def render(
    kind: str,
    facts: Mapping[str, Any],
    step: str = "",
    advice: Advice | None = None,
    warning: str | None = None,
    head: str = HEAD,
) -> tuple[str, str]:
    """Write subject and body of a notice; of a reminder its *advice*, where it has one.

    The agency calls whoever leads it its *head*. Whatever is no longer in time says so
    first. A *warning* of the rules stands below what rests on them (`warns`).
    """
    text = TEXTS[kind]
    said = [text["body"], _OF_THE_PERIOD.get(step, ""), text.get(advice or "", "")]
    subject = _WORDS.vformat(text["subject"], (), facts)
    body = _WORDS.vformat(" ".join(filter(None, said)), (), facts)
    if warning and text.get("warns") and warning not in body:
        body = f"{body} {warning}"
    overdue = advice in (Advice.LATE, Advice.ABOVE)
    subject = _OVERDUE + subject if overdue else subject
    return own_words(subject, head), own_words(body, head)
