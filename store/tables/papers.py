"""How the office's papers are headed, and the layouts of its own for Word."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary
from sqlmodel import Field, SQLModel


class OfficeLetterhead(SQLModel, table=True):
    """What stands at the head of the office's papers, and no plan says.

    *parent* is the body above, *place* where papers are signed, *symbol* how the office
    is called in numbers («VP» of QĐ-VP).
    """

    __tablename__ = "letterheads"
    __table_args__ = (CheckConstraint("id = 1", name="one_letterhead"),)
    id: int = Field(default=1, primary_key=True)
    parent: str = Field(default="", max_length=200)
    place: str = Field(default="", max_length=100)
    symbol: str = Field(default="", max_length=24)
    version: int = 1


class WordLayout(SQLModel, table=True):
    """A layout for Word that the office has put in the place of the house's own."""

    __tablename__ = "word_layouts"
    kind: str = Field(primary_key=True, max_length=16)
    content: bytes = Field(sa_type=LargeBinary)
    put_by: str = Field(foreign_key="people.id")
    put_at: datetime
