"""A department's own spreadsheet as it comes, and what is said of it."""

from base64 import b64decode
from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import Field

from api.answers import Answer
from intake.fields import Base64, Body, Count, Name, SubjectKind
from intake.sheets.columns import NOMINATIONS, ListColumn
from intake.sheets.reading import ChosenLayout

_MOST = 2**20  # letters of a file, as base64 has them
FIRST = 1  # columns are counted from one, as people count them
Column = Annotated[int, Field(ge=1, le=64)] | None


class BroughtFileIn(Body):
    """A spreadsheet (.xlsx, .csv), and where its columns are if nobody should guess.

    *top* is the row of the headings.
    """

    KNOWN: ClassVar[Mapping[str, ListColumn]]
    name: Name
    content: Annotated[Base64, Field(max_length=_MOST)]
    top: Annotated[int, Field(ge=1, le=50_000)] | None = None

    @property
    def layout(self) -> ChosenLayout:
        """Say what was chosen; columns are chosen all together, or not at all."""
        said = {key: getattr(self, key) for key in self.KNOWN}
        chosen = {key: at - FIRST for key, at in said.items() if at is not None}
        return ChosenLayout(self.top, chosen or None)

    @property
    def file(self) -> bytes:
        """Give what the file holds."""
        return b64decode(self.content)


class ListFileIn(BroughtFileIn):
    """A department's own spreadsheet."""

    KNOWN = NOMINATIONS
    subject: Column = None
    title: Column = None
    code: Column = None
    achievement: Column = None
    documents: Column = None
    secret: Column = None


class CellFault(Answer):
    """One thing that is wrong: in which row and column, what is there, what may be."""

    row: int
    column: str
    found: str
    allowed: str
    detail: str


class ListedOut(Answer):
    """A line as its row says it, and what becomes of it: new, changed, or the same."""

    row: int
    kind: SubjectKind
    subject: str
    title: str
    change: str


class BroughtFileOut(Answer):
    """What a spreadsheet says: the column of each field, all faults.

    *passed_over* are rows that are about nobody; of faults the first hundred are told.
    """

    sheet: str
    top: int
    headings: list[str]
    columns: dict[str, int]
    faults: list[CellFault]
    passed_over: list[int]
    written: bool = False


class ListFileOut(BroughtFileOut):
    """What a department's spreadsheet says, with all its lines."""

    lines: list[ListedOut]
    version: Count = 0
