"""What the parts of plans, offices and casts have in common."""

from collections.abc import Hashable, Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from intake.fields import only

_SLUG = r"[a-z0-9]+(-[a-z0-9]+)*"
Slug = Annotated[
    str,
    only(_SLUG, "mã viết thường không dấu, nối bằng dấu - (ví dụ chuyen-de-2022)"),
    Field(max_length=40, json_schema_extra={"pattern": f"^{_SLUG}$"}),
]
ONCE = "mỗi mã chỉ dùng một lần"


class Part(BaseModel):
    """What all parts of a plan have in common: nothing unknown, nothing changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def repeated_at(values: Sequence[Hashable]) -> list[int]:
    """Say at which places a value stands that has stood before."""
    first: dict[Hashable, int] = {}
    return [at for at, value in enumerate(values) if first.setdefault(value, at) != at]
