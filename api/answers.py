"""What every route answers with."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from domain.refusals import Certainty


class Answer(BaseModel):
    """An answer, read from a row or from whatever else has its fields."""

    model_config = ConfigDict(from_attributes=True)


class RefusalOut(Answer):
    """A reason against an act or a line, with its rule and law where it has one."""

    code: str
    detail: str
    rule: str | None
    source: str | None
    certainty: Certainty | None
    warning: str | None = None


class OfLineOut(Answer):
    """A line that something is about."""

    line: UUID
