"""The certificate of an initiative (giấy chứng nhận sáng kiến).

Law: NĐ 13/2012/NĐ-CP (Điều lệ sáng kiến); the forms of TT 18/2013/TT-BKHCN.
"""

from domain.states import CaseState
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import of_office
from papers.official.matters.initiative import InitiativeFacts, facts_of, shares
from papers.official.paper import Layout, OfficialPaper, Signature
from papers.official.writing import (
    day_in_full,
    paragraphs,
)


@paper(
    "initiative-certificate",
    "Giấy chứng nhận sáng kiến",
    PaperOf.CASE,
    "matter",
    facts_of,
    once=lambda _, row: row.state is CaseState.CERTIFIED,
    when="giấy có khi sáng kiến đã được công nhận và cấp số",
    layout=Layout.CERTIFICATE,
)
def initiative_certificate(facts: InitiativeFacts) -> OfficialPaper:
    """Certify whose initiative it is, with room for the head's own signature."""
    return OfficialPaper(
        **of_office(facts.by, facts.key, "GCN", facts.certified_on)
        | {"number": f"Số: {facts.number}"},
        kind="GIẤY CHỨNG NHẬN SÁNG KIẾN",
        subject=", ".join(each.name for each in facts.authors),
        authority=facts.by.head,
        resolves="CẤP",
        body=paragraphs(
            f"Là tác giả sáng kiến: “{facts.title}”",
            *(shares(facts) if len(facts.authors) > 1 else ()),
            f"Áp dụng lần đầu {day_in_full(facts.used_on)}" if facts.used_on else "",
        ),
        signature=Signature(capacity=(facts.by.head.upper(),)),
    )
