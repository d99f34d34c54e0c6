"""The list of all who are before a council session (danh sách trích ngang)."""

from papers.official.council.facts import SittingFacts
from papers.official.council.sittings import sitting_facts
from papers.official.kinds import PaperOf, paper
from papers.official.letterhead import council_recipients, of_council
from papers.official.paper import OfficialPaper, Signature
from papers.official.writing import WHAT, WHERE, WHO, WHY, listing, recipient_lines


@paper("nominees", "Danh sách trích ngang", PaperOf.SESSION, "sessions", sitting_facts)
def nominees(facts: SittingFacts) -> OfficialPaper:
    """List who is before the council, for what and why, in the order of the vote."""
    rows = ((x.subject, x.department, x.title, x.achievement) for x in facts.live)
    return OfficialPaper(
        **of_council(facts.by, facts.row.id, "DS") | {"number": ""},
        kind="DANH SÁCH TRÍCH NGANG",
        subject=f"Đề nghị khen thưởng {facts.occasion}",
        body=(listing({WHO: 7, WHERE: 7, WHAT: 7, WHY: 12}, rows),),
        recipients=recipient_lines(*council_recipients()),
        signature=Signature(capacity=("THƯ KÝ HỘI ĐỒNG",)),
    )
