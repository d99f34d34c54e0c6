"""A campaign's plan as data: what the signed paper says, checked as a whole."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
    field_validator,
)
from pydantic_core import InitErrorDetails

from domain import ladder
from domain.calendar import ONE_DAY, RollPolicy
from domain.ladder import Addressee, Ladder, Rung
from domain.reports import targets
from domain.reports.targets import Denominator
from domain.rules.rulepack import RulePack
from intake.documents import Clock, Share, object_to, objection, read_document
from intake.fields import Day, DepartmentCode, only
from intake.titles import Regime, Title, out_of_place, regime, subjects_of

_SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"

Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)
]
Slug = Annotated[
    str,
    only(_SLUG, "mã viết thường không dấu, nối bằng dấu - (ví dụ chuyen-de-2022)"),
    Field(max_length=40, json_schema_extra={"pattern": f"^{_SLUG}$"}),
]
Subject = Literal["individual", "collective"]
Organiser = Literal[
    "leadership",
    "director",
    "union",
    "secretariat",
    "departments",
    "council",
    "initiative_council",
    "staff",
]

ONCE = "mỗi mã chỉ dùng một lần"
_BOTH_OR_NEITHER = "phải có cả ngày mở và hạn đăng ký, hoặc không có cả hai"


class Part(BaseModel):
    """What all parts of a plan have in common: nothing unknown, nothing changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PlannedStep(Part):
    """A reminder or escalation as a plan writes it."""

    code: Annotated[
        str,
        only(
            rf"(?!({'|'.join(ladder.OF_THE_PERIOD)})$)[a-z][a-z0-9_]{{0,31}}",
            "mã viết thường, tối đa 32 ký tự (ví dụ before_7), "
            "khác before_period_end và period_end",
        ),
    ]
    days: int = Field(
        ge=-120, le=120, description="Số ngày làm việc sau hạn; số âm là trước hạn."
    )
    to: tuple[Addressee, ...] = Field(min_length=1)
    at: Clock = ladder.MORNING

    def rung(self) -> Rung:
        """Give the step in the ladder's own words."""
        return Rung(self.code, self.days, self.to, self.at)


class Ladders(Part):
    """Who is reminded of each kind of deadline; empty means the product's own."""

    department: tuple[PlannedStep, ...] = ()
    secretariat: tuple[PlannedStep, ...] = ()
    director: tuple[PlannedStep, ...] = ()
    council: tuple[PlannedStep, ...] = ()

    @field_validator("*")
    @classmethod
    def _codes_are_unique(
        cls, steps: tuple[PlannedStep, ...]
    ) -> tuple[PlannedStep, ...]:
        repeated = repeated_at([step.code for step in steps])
        object_to([objection(ONCE, at, "code") for at in repeated])
        return steps


@dataclass(frozen=True)
class _Bound:
    """A date's distance in days from another one, which must stand before it."""

    other: str
    least: int | None = None
    most: int | None = None

    def refusal(self, value: date, other: date) -> str | None:
        if self.least is not None and value < other + timedelta(self.least):
            earliest = other + timedelta(self.least)
            return f"từ {earliest} trở đi (theo `{self.other}` {other})"
        if self.most is not None and value > other + timedelta(self.most):
            latest = other + timedelta(self.most)
            return f"muộn nhất là {latest} (theo `{self.other}` {other})"
        return None


# A window may open before its period (a December for a January) and its papers
# may be due after it, until the end of January; half a year on is a slip of the pen.
_BOUNDS: Mapping[str, tuple[_Bound, ...]] = {
    "period_end": (_Bound("period_start", 1, 366),),
    "registration_opens": (_Bound("period_start", -62), _Bound("period_end", most=0)),
    "registration_due": (
        _Bound("registration_opens", 1),
        _Bound("period_end", most=0),
    ),
    "submission_opens": (_Bound("period_start", 0), _Bound("period_end", most=31)),
    "submission_due": (_Bound("submission_opens", 1), _Bound("period_end", most=31)),
    "peer_review_opens": (_Bound("period_start", 0), _Bound("submission_due", most=0)),
    "appraisal_due": (_Bound("submission_due", 0), _Bound("period_end", most=180)),
    "council_meeting_by": (_Bound("appraisal_due", 0), _Bound("period_end", most=180)),
    "director_due": (
        _Bound("council_meeting_by", 0),
        _Bound("period_end", most=180),
    ),
}


class PlannedPhase(Part):
    """One phase: its period, its windows and the titles it may grant.

    None of its dates is derived from another: a plan that is silent is refused.
    The bounds look backwards only, so a field stands after those it is held to.
    """

    number: int = Field(ge=1, le=12)
    name: Text
    text: Text = Field(description="Lời của kế hoạch về giai đoạn này.")
    period_start: Day
    period_end: Day = Field(description="Ngày cuối tính thành tích; không bao giờ dời.")
    registration_opens: Day | None = Field(
        default=None, description="Giai đoạn 1: đăng ký; sau đó: điều chỉnh đăng ký."
    )
    registration_due: Day | None = Field(default=None, validate_default=True)
    submission_opens: Day = Field(description="Ngày bắt đầu nhận hồ sơ của các phòng.")
    submission_due: Day = Field(
        description="Hạn nhận hồ sơ; rơi vào ngày nghỉ thì dời theo `roll`."
    )
    peer_review_opens: Day = Field(
        default_factory=lambda earlier: earlier["submission_opens"],
        description="Ngày các phòng bắt đầu bình xét; mặc định là `submission_opens`.",
    )
    appraisal_due: Day
    public_notice_working_days: int = Field(default=5, ge=0, le=30)
    council_meeting_by: Day
    director_due: Day
    final: bool = Field(default=False, description="Giai đoạn cuối của phong trào.")
    titles: tuple[Title, ...] = Field(min_length=1)

    @field_validator(*_BOUNDS)
    @classmethod
    def _in_order(cls, value: date | None, info: ValidationInfo) -> date | None:
        for bound in _BOUNDS[info.field_name or ""]:
            other = info.data.get(bound.other)
            refusal = bound.refusal(value, other) if value and other else None
            if refusal:
                raise ValueError(refusal)
        return value

    @field_validator("registration_due")
    @classmethod
    def _a_registration_has_both_ends(
        cls, due: date | None, info: ValidationInfo
    ) -> date | None:
        opens = info.data.get("registration_opens", due)
        if (due is None) != (opens is None):
            raise ValueError(_BOTH_OR_NEITHER)
        return due

    @field_validator("council_meeting_by")
    @classmethod
    def _the_notice_fits_before_the_council(
        cls, value: date, info: ValidationInfo
    ) -> date:
        appraised = info.data.get("appraisal_due", value)
        posted = info.data.get("public_notice_working_days", 0)
        if value < appraised + timedelta(posted):
            raise ValueError(f"đủ {posted} ngày làm việc công khai sau `appraisal_due`")
        return value

    @field_validator("titles")
    @classmethod
    def _titles_are_unique(cls, titles: tuple[Title, ...]) -> tuple[Title, ...]:
        object_to([objection(ONCE, at) for at in repeated_at(titles)])
        return titles


class PlannedTarget(Part):
    """A share to reach, of whom, and whether the law caps it at the same time."""

    title: Title
    subject: Subject
    ratio: Share
    denominator: Denominator
    comparison: Literal["at_least", "legal_cap"] = Field(
        default="at_least",
        description="legal_cap: đạt khi số được tặng bằng mức tối đa luật cho phép.",
    )
    legal_cap: Share | None = Field(default=None, validate_default=True)
    text: Text

    @field_validator("subject")
    @classmethod
    def _fits_the_title(cls, subject: Subject, info: ValidationInfo) -> Subject:
        allowed = subjects_of(info.data.get("title", ""), info)
        if subject not in allowed:
            raise ValueError(f"{', '.join(allowed)} (danh hiệu {info.data['title']})")
        return subject

    @field_validator("denominator")
    @classmethod
    def _counts_the_subject(
        cls, denominator: Denominator, info: ValidationInfo
    ) -> Denominator:
        subject, collective = info.data.get("subject"), Denominator.DEPARTMENTS
        if subject == "collective" and denominator is not collective:
            raise ValueError("departments (chỉ tiêu tập thể)")
        if subject == "individual" and denominator is collective:
            raise ValueError("participants hoặc headcount (chỉ tiêu cá nhân)")
        return denominator

    @field_validator("legal_cap")
    @classmethod
    def _is_given_when_compared(
        cls, cap: Fraction | None, info: ValidationInfo
    ) -> Fraction | None:
        capped = info.data.get("comparison") == "legal_cap"
        if "comparison" in info.data and capped != (cap is not None):
            raise ValueError("có khi và chỉ khi `comparison` là legal_cap")
        if cap is not None and cap < info.data.get("ratio", cap):
            raise ValueError(f"từ {info.data['ratio']} trở lên (theo `ratio`)")
        return cap

    def aim(self) -> targets.Target:
        """Give the target in the rules' own words."""
        capped = self.comparison == "legal_cap"
        return targets.Target(self.title, self.ratio, self.denominator, capped)


class Responsibility(Part):
    """Who organises what (section III of the plan)."""

    who: tuple[Organiser, ...] = Field(min_length=1)
    what: Text


class DepartmentCriterion(Part):
    """A criterion that a department adds for its own function."""

    department: DepartmentCode
    text: Text
    max_points: int | None = Field(default=None, ge=1, le=1000)


class FollowUp(Part):
    """What comes around the phases: the pact before, the reviews after."""

    pact_signing_by: Day | None = None
    pact_occasion: Text | None = None
    interim_review_by: Day | None = Field(default=None, description="Hạn sơ kết.")
    final_review_by: Day | None = Field(default=None, description="Hạn tổng kết.")


class Plan(Part):
    """A whole plan. Checks look backwards, so the order of the fields matters."""

    code: Slug
    title: Text
    issuer: Text
    signatory: Text = Field(description="Chức vụ người ký, không ghi tên riêng.")
    year: int = Field(ge=2010, le=2100)
    kind: Literal["regular", "thematic"]
    legal_bases: tuple[Text, ...] = Field(min_length=1)
    occasion: Text | None = None
    opening: Text
    purposes: tuple[Text, ...] = Field(min_length=1)
    requirements: tuple[Text, ...] = Field(min_length=1)
    theme: Text
    tasks: tuple[Text, ...] = Field(min_length=1)
    roll: RollPolicy = Field(
        default=RollPolicy.FORWARD,
        description="Hạn rơi vào ngày nghỉ: forward dời sau, backward dời trước.",
    )
    phases: tuple[PlannedPhase, ...] = Field(min_length=1, max_length=12)
    commitments: tuple[Text, ...] = Field(
        default=(), description="Chỉ tiêu không tính bằng số."
    )
    targets: tuple[PlannedTarget, ...] = ()
    organisation: tuple[Responsibility, ...] = Field(min_length=1)
    department_criteria: tuple[DepartmentCriterion, ...] = ()
    recipients: tuple[Text, ...] = Field(min_length=1)
    closing: Text | None = None
    follow_up: FollowUp = FollowUp()
    ladders: Ladders = Ladders()

    @field_validator("phases")
    @classmethod
    def _phases_fit_together(
        cls, phases: tuple[PlannedPhase, ...], info: ValidationInfo
    ) -> tuple[PlannedPhase, ...]:
        year, kind = info.data.get("year"), info.data.get("kind")
        object_to(
            [
                *_misnumbered(phases),
                *_apart(phases),
                *(_outside(phases, year) if year else ()),
                *_not_final(phases),
                *(out_of_place(phases, kind, info) if kind else ()),
                *(_unregistered(phases[0]) if kind == "regular" else ()),
            ]
        )
        return phases

    @field_validator("targets")
    @classmethod
    def _targets_can_be_reached(
        cls, targets: tuple[PlannedTarget, ...], info: ValidationInfo
    ) -> tuple[PlannedTarget, ...]:
        aims = [(target.title, target.subject) for target in targets]
        found = [objection(ONCE, at, "title") for at in repeated_at(aims)]
        if phases := info.data.get("phases"):
            found += _unreachable(targets, phases)
        object_to(found)
        return targets

    @field_validator("follow_up")
    @classmethod
    def _follows_the_phases(cls, follow_up: FollowUp, info: ValidationInfo) -> FollowUp:
        if phases := info.data.get("phases"):
            object_to(list(_reviewed_too_soon(follow_up, phases)))
        return follow_up

    @property
    def titles(self) -> tuple[Title, ...]:
        """List every title that some phase may grant, each once."""
        return tuple(dict.fromkeys(t for phase in self.phases for t in phase.titles))

    def ladder(self, which: Ladder) -> tuple[Rung, ...]:
        """Give the rungs of a ladder; the product's own where the plan is silent."""
        steps: tuple[PlannedStep, ...] = getattr(self.ladders, which, ())
        return tuple(step.rung() for step in steps) or ladder.LADDERS[which]


def read_plan(text: str | bytes, name: str, packs: Sequence[RulePack]) -> Plan:
    """Read a plan whole, or raise `BadDocument` with everything wrong in it."""
    return read_document(text, Plan, name, regime(packs).beside())


def judged_plan(data: Mapping[str, object], by: Regime) -> Plan:
    """Read a plan that came as JSON. Raises `ValidationError`."""
    return Plan.model_validate(data, context=by.beside())


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


def repeated_at(values: Sequence[object]) -> list[int]:
    """Say at which places a value stands that has stood before."""
    return [at for at, value in enumerate(values) if value in values[:at]]


def _misnumbered(phases: tuple[PlannedPhase, ...]) -> Iterator[InitErrorDetails]:
    for at, phase in enumerate(phases):
        if phase.number != at + 1:
            yield objection(f"{at + 1} (đánh số lần lượt từ 1)", at, "number")


def _apart(phases: tuple[PlannedPhase, ...]) -> Iterator[InitErrorDetails]:
    for at, (before, phase) in enumerate(pairwise(phases), 1):
        expected = before.period_end + ONE_DAY
        if phase.period_start != expected:
            allowed = f"{expected} (ngay sau giai đoạn trước)"
            yield objection(allowed, at, "period_start")


def _outside(phases: tuple[PlannedPhase, ...], year: int) -> Iterator[InitErrorDetails]:
    for at, phase in enumerate(phases):
        for field in ("period_start", "period_end"):
            if getattr(phase, field).year != year:
                yield objection(f"ngày trong năm {year} (theo `year`)", at, field)


def _not_final(phases: tuple[PlannedPhase, ...]) -> Iterator[InitErrorDetails]:
    for at, phase in enumerate(phases):
        last = at == len(phases) - 1
        if phase.final != last:
            allowed = "true ở giai đoạn cuối" if last else "false trước giai đoạn cuối"
            yield objection(allowed, at, "final")


def _unregistered(first: PlannedPhase) -> Iterator[InitErrorDetails]:
    if first.registration_opens is None:
        allowed = "phải có: phong trào thường xuyên mở đăng ký ở giai đoạn 1"
        yield objection(allowed, 0, "registration_opens")


def _unreachable(
    targets: tuple[PlannedTarget, ...], phases: tuple[PlannedPhase, ...]
) -> Iterator[InitErrorDetails]:
    granted = {title for phase in phases for title in phase.titles}
    for at, target in enumerate(targets):
        if target.title not in granted:
            allowed = f"danh hiệu có xét: {', '.join(sorted(granted))}"
            yield objection(allowed, at, "title")


def _reviewed_too_soon(
    follow_up: FollowUp, phases: tuple[PlannedPhase, ...]
) -> Iterator[InitErrorDetails]:
    """A review speaks of results, so it comes once the director has decided."""
    reviews = {"interim_review_by": phases[0], "final_review_by": phases[-1]}
    for field, phase in reviews.items():
        day = getattr(follow_up, field)
        if day and day < phase.director_due:
            allowed = f"từ {phase.director_due} trở đi (theo `director_due`)"
            yield objection(allowed, field)
