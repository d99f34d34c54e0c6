"""What tellers counted on paper, each apart, and whether they agree."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, select

from domain.grouping import grouped
from store.tables import PaperCount


def paper_counts(
    session: Session, key: str
) -> defaultdict[tuple[int, UUID], list[PaperCount]]:
    """Read what each teller of a session counted, by round and line."""
    query = select(PaperCount).where(PaperCount.session == key)
    rows = session.exec(query.order_by(PaperCount.teller))
    return grouped(((row.round, row.line), row) for row in rows)


def agreed(counts: Sequence[PaperCount]) -> PaperCount | None:
    """Find the figures that two tellers or more wrote, and nobody wrote otherwise."""
    said = {_figures(each) for each in counts}
    return counts[0] if len(counts) > 1 and len(said) == 1 else None


def _figures(count: PaperCount) -> tuple[object, ...]:
    whole = count.model_dump(exclude={"teller"})
    return tuple(whole[name] for name in sorted(whole))
