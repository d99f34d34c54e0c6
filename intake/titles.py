"""The titles that a plan names, held to the rules of the day: which, of whom, when."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Protocol

from pydantic import AfterValidator, Field, ValidationInfo
from pydantic_core import InitErrorDetails

from domain.refusals import Refused
from domain.rules.eligibility import cycle_refusal
from domain.rules.rulepack import RulePack, choose
from domain.rules.titles import Subject
from intake.faults import objection
from intake.fields import only

_CODE = r"[A-Za-z0-9_-]{1,32}"
_REGIME = "regime"
_YEARLY_ELSEWHERE = (
    "danh hiệu thi đua và bằng khen hằng năm chỉ xét ở giai đoạn cuối của phong trào "
    "thường xuyên"
)


class Granting(Protocol):
    """What a phase of a plan says of the titles that it may grant."""

    @property
    def period_end(self) -> date: ...

    @property
    def titles(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Regime:
    """The rule packs that there are, and which of them judges a period by its end.

    None judges a day that no pack covers: such a plan cannot be launched.
    """

    packs: Sequence[RulePack]
    judging: Callable[[date], RulePack | None]

    def beside(self) -> Mapping[str, object]:
        """Give what the validators of a plan find beside it."""
        return {_REGIME: self}


def regime(packs: Sequence[RulePack]) -> Regime:
    """Judge every period by the pack that is in force on its last day."""

    def judging(day: date) -> RulePack | None:
        try:
            return choose(packs, day)
        except Refused:
            return None

    return Regime(packs, judging)


def _is_known(code: str, info: ValidationInfo) -> str:
    known = [title.code for pack in _packs(info) for title in pack.titles]
    if known and code not in known:
        raise ValueError(_one_of(known))
    return code


Title = Annotated[
    str,
    only(_CODE, "mã danh hiệu của bộ quy định (ví dụ LDTT)"),
    Field(json_schema_extra={"pattern": f"^{_CODE}$"}),
    AfterValidator(_is_known),
]


def subjects_of(code: str, info: ValidationInfo) -> list[str]:
    """Say whom a title may be given to; anybody, where no rules are at hand."""
    titles = [title for pack in _packs(info) for title in pack.titles]
    subjects = {title.subject for title in titles if title.code == code}
    one_kind = [Subject.INDIVIDUAL, Subject.COLLECTIVE]
    if not subjects or Subject.BOTH in subjects:
        return [*one_kind]
    return [subject for subject in one_kind if subject in subjects]


def out_of_place(
    phases: Sequence[Granting], kind: str, info: ValidationInfo
) -> Iterator[InitErrorDetails]:
    """Object to titles that a phase's rules do not know, or do not grant in it."""
    found: Regime | None = (info.context or {}).get(_REGIME)
    for at, phase in enumerate(phases):
        pack = found.judging(phase.period_end) if found else None
        if pack is None:
            continue
        last, thematic = at == len(phases) - 1, kind == "thematic"
        known = [title.code for title in pack.titles]
        allowed = [c for c in known if not cycle_refusal(pack, c, last, thematic)]
        for place, title in enumerate(phase.titles):
            if title not in known:
                yield objection(_one_of(known), at, "titles", place)
            elif title not in allowed:
                choices = f"{', '.join(allowed)}; {_YEARLY_ELSEWHERE}"
                yield objection(choices, at, "titles", place)


def _packs(info: ValidationInfo) -> Sequence[RulePack]:
    found: Regime | None = (info.context or {}).get(_REGIME)
    return found.packs if found else ()


def _one_of(codes: Sequence[str]) -> str:
    return f"một trong: {', '.join(dict.fromkeys(codes))}"
