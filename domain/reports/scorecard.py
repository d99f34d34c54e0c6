"""The office's own scoring in its Cụm or Khối, and the file for the province's flag."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.refusals import Refusal, refuse
from domain.rules.criteria import Rule
from domain.rules.rulepack import RulePack
from domain.rules.titles import Title

# The criterion that the bloc's result answers, by its code: whose it is, is the flag.
_LEADER = "bloc_leader"
_FIRST = 1


@dataclass(frozen=True)
class Score:
    """One criterion: the most it can bring, and what was scored with what proof."""

    code: str
    criterion: str
    max_points: Decimal
    self_score: Decimal | None = None
    appraised_score: Decimal | None = None
    evidence: str | None = None


@dataclass(frozen=True)
class Total:
    """The sums of a scorecard, and the criteria that are not appraised yet."""

    max_points: Decimal
    self_score: Decimal
    appraised_score: Decimal
    open: tuple[str, ...]


@dataclass(frozen=True)
class BlocRank:
    """What the bloc concluded: the office's rank among so many units."""

    rank: int
    units: int


@dataclass(frozen=True)
class DossierPaper:
    """A paper of the file; *reference* is where it is to be found, None is missing."""

    code: str
    name_vi: str
    reference: str | None


@dataclass(frozen=True)
class FlagDossier:
    """The papers that the flag asks for, and what stands against proposing for it."""

    papers: tuple[DossierPaper, ...]
    refusals: tuple[Refusal, ...]

    @property
    def entitled(self) -> bool:
        """Say whether the office may be proposed."""
        return not self.refusals

    @property
    def missing(self) -> tuple[DossierPaper, ...]:
        """List the papers that are not there."""
        return tuple(paper for paper in self.papers if paper.reference is None)


def require_sound(scores: Iterable[Score]) -> None:
    """Raise Refused (`bad_document`) unless codes differ and no score is too high."""
    scores = tuple(scores)
    counts = Counter(score.code for score in scores)
    wrong = [f"{code}: mã dùng hai lần" for code, n in counts.items() if n > 1]
    wrong += [
        f"{score.code}: điểm quá {score.max_points}"
        for score in scores
        if max(score.self_score or 0, score.appraised_score or 0) > score.max_points
    ]
    if wrong:
        raise refuse("bad_document", f"Bảng điểm chưa đúng: {'; '.join(wrong)}.")


def total(scores: Iterable[Score]) -> Total:
    """Add a scorecard up; what is not scored counts nothing."""
    scores = tuple(scores)
    return Total(
        max_points=sum((s.max_points for s in scores), Decimal(0)),
        self_score=sum((s.self_score or Decimal(0) for s in scores), Decimal(0)),
        appraised_score=sum(
            (s.appraised_score or Decimal(0) for s in scores), Decimal(0)
        ),
        open=tuple(s.code for s in scores if s.appraised_score is None),
    )


def flag_of(pack: RulePack) -> Title:
    """Find the title for who leads the bloc. Refused (`no_flag`) where none is."""
    for title in pack.titles:
        if any(criterion.code == _LEADER for criterion in title.criteria):
            return title
    raise refuse(
        "no_flag", "Bộ quy định không có danh hiệu cho đơn vị dẫn đầu Cụm, Khối."
    )


def flag_dossier(
    pack: RulePack,
    papers: Mapping[str, str],
    standing: BlocRank | None,
    *,
    confirmed: bool,
) -> FlagDossier:
    """Say which papers of the flag's file are there, and whether the rank entitles."""
    title = flag_of(pack)
    names = {kind.code: kind.name_vi for kind in pack.document_kinds}
    return FlagDossier(
        papers=tuple(
            DossierPaper(code, names[code], papers.get(code)) for code in title.dossier
        ),
        refusals=tuple(_against(_leader_rule(title), standing, confirmed)),
    )


def _leader_rule(title: Title) -> Rule:
    return next(c for c in title.criteria if c.code == _LEADER)


def _against(
    rule: Rule, standing: BlocRank | None, confirmed: bool
) -> Iterable[Refusal]:
    if not confirmed:
        yield rule.refusal(
            "Bảng điểm của năm chưa được Chánh Văn phòng xác nhận.", "not_confirmed"
        )
    if standing is None:
        yield rule.refusal(
            "Chưa có kết quả chấm điểm của Cụm, Khối thi đua.", "no_bloc_result"
        )
    elif standing.rank != _FIRST:
        yield rule.refusal(
            f"Xếp thứ {standing.rank}/{standing.units} đơn vị trong Cụm, Khối thi đua; "
            "chỉ đơn vị dẫn đầu được đề nghị."
        )
