"""What people were told."""

from sqlmodel import Session, col, select

from store.tables import Notice


def notices_of(
    session: Session, person: str, before: int | None, limit: int
) -> list[Notice]:
    """List a person's notices, the newest first."""
    query = select(Notice).where(Notice.recipient == person)
    if before is not None:
        query = query.where(col(Notice.id) < before)
    return list(session.exec(query.order_by(col(Notice.id).desc()).limit(limit)))
