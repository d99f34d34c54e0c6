"""The simplified procedure: which awards, in which cases, proposed by whom, on what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.refusals import Refusal
from domain.roles import Role
from domain.rules.rulepack import RulePack
from domain.rules.subjects import require_for
from domain.rules.titles import Cycle, Title

_AD_HOC = (Cycle.PER_PHASE_OR_AD_HOC, Cycle.ANNUAL_OR_THEMATIC_OR_AD_HOC)
_OF_THE_HEAD = "discovered_by_head"


@dataclass(frozen=True)
class Proposed:
    """Who is proposed, a person or a collective, and for which award."""

    kind: str
    subject: str
    title: str


def may_award(title: Title) -> bool:
    """Say whether a title is one for what is achieved at any time."""
    return title.cycle in _AD_HOC


def require_for_whom(titles: Sequence[Title], proposed: Proposed) -> None:
    """Raise Refused (`wrong_subject`) when an award is not for whom it is proposed."""
    offered = [title.code for title in titles if may_award(title)]
    require_for(titles, [proposed], offered)


def against(
    pack: RulePack, award: str, basis: frozenset[str], roles: frozenset[Role]
) -> tuple[Refusal, ...]:
    """Find everything against proposing *award* on this *basis* by such a person.

    Raises Refused (`unknown_title`). Law: NĐ 98/2023/NĐ-CP Điều 40; Luật TĐKT 2022
    Điều 85 (until 2023: NĐ 91/2017/NĐ-CP Điều 55).
    """
    return (*_against_award(pack.title(award)), *_against_basis(pack, basis, roles))


def _against_award(title: Title) -> Iterator[Refusal]:
    if not may_award(title):
        said = f"«{title.name_vi}» không xét cho thành tích đột xuất."
        yield title.refusal(said, "wrong_cycle")


def _against_basis(
    pack: RulePack, basis: frozenset[str], roles: frozenset[Role]
) -> Iterator[Refusal]:
    simplified = pack.simplified
    cases = {case.code: case.name_vi for case in simplified.cases}
    every = simplified.needs == "all"
    if not (basis == cases.keys() if every else basis and basis <= cases.keys()):
        how = "khi có đủ" if every else "cho một trong"
        named = "; ".join(f"{name} ({code})" for code, name in cases.items())
        yield simplified.refusal(
            f"Thủ tục đơn giản chỉ áp dụng {how} các trường hợp: {named}.",
            "not_simplified",
        )
    if _OF_THE_HEAD in basis and Role.DIRECTOR not in roles:
        yield simplified.refusal(
            "Thành tích do người đứng đầu phát hiện thì chính Chánh Văn phòng đề xuất.",
            "not_discovered_by_head",
        )


def papers_missing(pack: RulePack, documents: frozenset[str]) -> Refusal | None:
    """Refuse a file that lacks one of the few papers of the simplified procedure."""
    names = {kind.code: kind.name_vi for kind in pack.document_kinds}
    missing = [names[c] for c in pack.simplified.dossier if c not in documents]
    if not missing:
        return None
    return pack.simplified.refusal(
        f"Hồ sơ còn thiếu: {'; '.join(missing)}.", "papers_missing"
    )
