"""A campaign's plan as data: what the signed paper says, checked as a whole."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import InitErrorDetails

from domain import ladder
from domain.calendar import ONE_DAY, RollPolicy
from domain.ladder import Ladder, Rung
from domain.reports import targets
from domain.reports.targets import Denominator
from domain.rules.rulepack import RulePack
from intake.documents import read_document
from intake.faults import object_to, objection
from intake.fields import Day, DepartmentCode, Share, Text
from intake.ladders import Ladders, PlannedStep
from intake.lists import AS_WRITTEN, Once
from intake.parts import Part, Slug
from intake.phases import PlannedPhase
from intake.titles import Regime, Title, out_of_place, regime, subjects_of

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


# What the paper says, paragraph by paragraph.
Paragraphs = Annotated[tuple[Text, ...], AS_WRITTEN]
Texts = Annotated[Paragraphs, Field(min_length=1)]


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

    who: Annotated[tuple[Organiser, ...], Field(min_length=1), AS_WRITTEN]
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
    title: Annotated[Text, Field(max_length=500)]
    issuer: Text
    signatory: Text = Field(description="Chức vụ người ký, không ghi tên riêng.")
    year: int = Field(ge=2010, le=2100)
    kind: Literal["regular", "thematic"]
    legal_bases: Texts
    occasion: Text | None = None
    opening: Text
    purposes: Texts
    requirements: Texts
    theme: Text
    tasks: Texts
    roll: RollPolicy = Field(
        default=RollPolicy.FORWARD,
        description="Hạn rơi vào ngày nghỉ: forward dời sau, backward dời trước.",
    )
    # Numbered one by one: see `_misnumbered`.
    phases: Annotated[
        tuple[PlannedPhase, ...], Field(min_length=1, max_length=12), AS_WRITTEN
    ]
    commitments: Paragraphs = Field(
        default=(), description="Chỉ tiêu không tính bằng số."
    )
    targets: Annotated[tuple[PlannedTarget, ...], Once("subject", "title")] = ()
    organisation: Annotated[tuple[Responsibility, ...], Field(min_length=1), AS_WRITTEN]
    department_criteria: Annotated[tuple[DepartmentCriterion, ...], AS_WRITTEN] = ()
    recipients: Texts
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
        if phases := info.data.get("phases"):
            object_to(list(_unreachable(targets, phases)))
        return targets

    @field_validator("follow_up")
    @classmethod
    def _follows_the_phases(cls, follow_up: FollowUp, info: ValidationInfo) -> FollowUp:
        if phases := info.data.get("phases"):
            # A plan that a campaign has is as it is; what comes in has rules beside it.
            far = _far(follow_up, phases) if info.context else ()
            object_to([*_too_soon(follow_up, phases), *far])
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


def _too_soon(
    follow_up: FollowUp, phases: tuple[PlannedPhase, ...]
) -> Iterator[InitErrorDetails]:
    """A review speaks of results, so it comes once the director has decided."""
    reviews = {"interim_review_by": phases[0], "final_review_by": phases[-1]}
    for field, phase in reviews.items():
        day = getattr(follow_up, field)
        if day and day < phase.director_due:
            allowed = f"từ {phase.director_due} trở đi (theo `director_due`)"
            yield objection(allowed, field)


# How long before the first period, and after the last one, something may still come.
_BEFORE, _AFTER = timedelta(days=180), timedelta(days=366)


def _far(
    follow_up: FollowUp, phases: tuple[PlannedPhase, ...]
) -> Iterator[InitErrorDetails]:
    """What comes a year before or after it all is a slip of the pen."""
    earliest = phases[0].period_start - _BEFORE
    latest = phases[-1].period_end + _AFTER
    for field, day in follow_up:
        if isinstance(day, date) and not earliest <= day <= latest:
            allowed = f"ngày từ {earliest} đến {latest} (theo các giai đoạn)"
            yield objection(allowed, field)
