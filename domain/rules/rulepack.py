"""The rules of one legal regime as data."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Literal

from domain.calendar import day_vi
from domain.council.thresholds import Threshold
from domain.refusals import Refusal, refuse
from domain.rules.criteria import Criterion, DisciplineLevel, RatingLevel, Rule
from domain.rules.limits import Publication, Sla, YearlyDate
from domain.rules.titles import Title


class Absence(StrEnum):
    """Why a person in service was not at work."""

    MATERNITY = "maternity"
    SICK_LEAVE = "sick_leave"
    RESCUE_INJURY = "rescue_injury"
    TRAINING = "training"
    SECONDMENT = "secondment"


@dataclass(frozen=True, kw_only=True)
class Authority:
    """Who decides a title; *ours* when it is the office's own head."""

    code: str
    name_vi: str
    ours: bool


@dataclass(frozen=True, kw_only=True)
class DocumentKind:
    """A kind of paper in a dossier."""

    code: str
    name_vi: str


@dataclass(frozen=True, kw_only=True)
class RatingName:
    """A rating's name."""

    code: RatingLevel
    name_vi: str


@dataclass(frozen=True, kw_only=True)
class DisciplineName:
    """A disciplinary measure's name."""

    code: DisciplineLevel
    name_vi: str


@dataclass(frozen=True, kw_only=True)
class CountedAbsences(Rule):
    """Absences that count as service."""

    counted: tuple[Absence, ...]


@dataclass(frozen=True, kw_only=True)
class LongTraining(Rule):
    """Training of so many months or more, and whether it counts only if good."""

    months: int
    needs_good_result: bool


@dataclass(frozen=True, kw_only=True)
class OldUnitOpinion(Rule):
    """After so many months there, the unit left behind gives its opinion.

    It is asked in periods that end by *asked_until*.
    """

    months: int
    asked_until: date | None = None


@dataclass(frozen=True, kw_only=True)
class ServiceRules:
    """What counts as time of service, and whom it obliges one to hear.

    Packs from before secondments were recorded ask nobody about them.
    """

    absences: CountedAbsences
    long_training: LongTraining
    old_unit_opinion: OldUnitOpinion
    seconded_out: Rule | None = None


@dataclass(frozen=True, kw_only=True)
class MemberRule(Rule):
    """A share of all members of a council."""

    threshold: Threshold

    def missing(self, present: int, members: int) -> Refusal | None:
        """Give the refusal while too few of *members* are *present*, else None."""
        if self.threshold.reached(present, members):
            return None
        return self.refusal(
            f"Có {present}/{members} thành viên; cần ít nhất "
            f"{max(self.threshold.needed(members), 1)} ({self.threshold.words} "
            "tổng số thành viên)."
        )


@dataclass(frozen=True, kw_only=True)
class Permission(Rule):
    """Something that a regulation allows or does not."""

    allowed: bool


@dataclass(frozen=True, kw_only=True)
class MaskedBallots(Rule):
    """So many ballots on a line or fewer are published as carried or not, only."""

    ballots: int


@dataclass(frozen=True, kw_only=True)
class CouncilRules:
    """How the two councils sit and count.

    Packs from before the secret ballot mask nothing, and poll nobody in writing.
    Without *head_votes* a head of department votes on what the own department has
    nominated.
    """

    quorum: MemberRule
    chair_breaks_open_tie: Permission
    second_secret_round: Permission
    written_ballot: Permission
    initiative_pass: MemberRule
    masked_ballots: MaskedBallots | None = None
    head_votes: Permission | None = None
    written_poll: Permission | None = None

    @property
    def heads_vote(self) -> bool:
        """Say whether a head votes, flagged, on the own department's lines."""
        return self.head_votes is None or self.head_votes.allowed


@dataclass(frozen=True, kw_only=True)
class SimplifiedCase:
    """A case for the simplified procedure."""

    code: str
    name_vi: str


@dataclass(frozen=True, kw_only=True)
class SimplifiedProcedure(Rule):
    """When no council need meet: *needs* all of the cases, or any one."""

    needs: Literal["all", "any"]
    cases: tuple[SimplifiedCase, ...]
    dossier: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Policies:
    """The office's own switches.

    Whoever fails one of the rules in *participants_meet* takes no part in the
    movement and stays out of its targets' denominator.
    """

    require_registration: bool
    exclude_non_reviewable: bool
    consider_leavers: bool
    max_supplement_returns: int
    max_council_returns: int
    participants_meet: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class RulePack(Rule):
    """One legal regime, whole. Ratings and disciplines go from lowest to highest.

    What it warns of stands on each of its rules (`domain.rules.warning`). Packs from
    before results had to be posted, or files archived, ask nobody to do so.
    """

    name_vi: str
    valid_from: date
    valid_to: date | None
    authorities: tuple[Authority, ...]
    document_kinds: tuple[DocumentKind, ...]
    ratings: tuple[RatingName, ...]
    disciplines: tuple[DisciplineName, ...]
    titles: tuple[Title, ...]
    dependency_order: tuple[str, ...]
    general_criteria: tuple[Criterion, ...]
    service: ServiceRules
    council: CouncilRules
    simplified: SimplifiedProcedure
    slas: tuple[Sla, ...]
    rating_due: YearlyDate
    policies: Policies
    publication: Publication | None = None
    archive: Sla | None = None

    def title(self, code: str) -> Title:
        """Give the title, or refuse a code that this pack does not know."""
        for title in self.titles:
            if title.code == code:
                return title
        allowed = ", ".join(title.code for title in self.titles)
        raise refuse(
            "unknown_title", f"Không có danh hiệu «{code}»; được dùng: {allowed}."
        )

    def is_ours(self, title: str) -> bool:
        """Say whether the agency grants a title, and no superior."""
        code = self.title(title).authority
        return next(each.ours for each in self.authorities if each.code == code)

    @cached_property
    def met_by_participants(self) -> tuple[Criterion, ...]:
        """The criteria of titles that whoever takes part meets, by the policies."""
        rules = (criterion for title in self.titles for criterion in title.criteria)
        return tuple(x for x in rules if x.id in self.policies.participants_meet)

    def sla(self, code: str, before: str | None = None) -> Sla:
        """Give the time limit; a KeyError is the caller's mistake.

        Packs from before it was one of its own have the one of *before* instead.
        """
        known = {sla.code: sla for sla in self.slas}
        return known[before] if before and code not in known else known[code]

    def covers(self, day: date) -> bool:
        """Say whether the regime is in force on *day*."""
        return self.valid_from <= day and (
            self.valid_to is None or day <= self.valid_to
        )


def choose(packs: Iterable[RulePack], day: date) -> RulePack:
    """Give the pack in force on *day*, the day on which a phase's period ends.

    So a campaign may hold phases under two packs. Refused (`no_rule_pack`) when no
    pack covers the day.
    """
    known = sorted(packs, key=lambda pack: pack.valid_from)
    for pack in reversed(known):
        if pack.covers(day):
            return pack
    spans = "; ".join(f"{pack.code}: {_span(pack)}" for pack in known) or "chưa có"
    raise refuse(
        "no_rule_pack",
        f"Không có bộ quy định nào có hiệu lực ngày {day_vi(day)}; hiện có: {spans}.",
    )


def _span(pack: RulePack) -> str:
    since = f"từ {day_vi(pack.valid_from)}"
    return since if pack.valid_to is None else f"{since} đến {day_vi(pack.valid_to)}"
