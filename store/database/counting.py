"""How many rows there are under each value of a column."""

from collections import Counter
from typing import Any

from sqlmodel import Session, col, func, select


def count_by(session: Session, column: Any, *where: Any) -> Counter[Any]:
    """Count the rows under each value of a column, by one statement."""
    query = select(column, func.count()).where(*where).group_by(col(column))
    return Counter(dict(session.exec(query).all()))
