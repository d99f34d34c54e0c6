"""What a person is told when something may not be done."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.roles import own_words


class Certainty(StrEnum):
    """How sure we are of a rule's text; shown beside every refusal."""

    VERIFIED = "verified"  # read in a public legal document
    RECALLED = "recalled"  # remembered, no document found: to be confirmed
    PROPOSED = "proposed"  # the office's own default, free to change


@dataclass(frozen=True)
class Refusal:
    """One reason against an act, in a sentence a clerk can read.

    *code* is stable and for programs; *detail* is Vietnamese and says what is
    wrong and what is allowed; *rule* and *source* name the rule and its law;
    *warning* is what a whole regime warns of.
    """

    code: str
    detail: str
    rule: str | None = None
    source: str | None = None
    certainty: Certainty | None = None
    warning: str | None = None


def in_words(refusals: Iterable[Refusal]) -> str:
    """Say every reason, and once what their regime warns of."""
    said = list(refusals)
    warnings = dict.fromkeys(each.warning for each in said if each.warning)
    return " ".join([*(each.detail for each in said), *warnings])


def in_own_words(refusals: Iterable[Refusal], head: str) -> tuple[Refusal, ...]:
    """Say reasons in an agency that calls whoever leads it its *head*."""
    return tuple(
        replace(each, detail=own_words(each.detail, head)) for each in refusals
    )


class Refused(Exception):
    """The act is not allowed. Nothing has been written."""

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(", ".join(refusal.code for refusal in refusals))
        self.refusals = refusals


def refuse(code: str, detail: str) -> Refused:
    """Make a refusal that rests on the process itself and not on a legal rule."""
    return Refused(Refusal(code, detail))


# What is asked for by a key, and its name.
_THINGS = {
    "act": "thao tác",
    "attachment": "tệp",
    "campaign": "phong trào",
    "case": "vụ việc",
    "command": "thao tác",
    "decision": "quyết định",
    "delivery": "thư",
    "department": "phòng",
    "line": "đề nghị",
    "phase": "giai đoạn",
    "session": "phiên họp",
    "subject": "người",
}


def unknown(what: str, key: object) -> Refused:
    """Say that nothing of a kind has this key; the code is `unknown_` and the kind."""
    said = f"Không có {_THINGS[what]} nào mang mã «{key}»."
    return refuse(f"unknown_{what}", said)
