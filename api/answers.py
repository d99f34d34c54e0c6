"""What every route answers with."""

from pydantic import BaseModel, ConfigDict


class Answer(BaseModel):
    """An answer, read from a row or from whatever else has its fields."""

    model_config = ConfigDict(from_attributes=True)
