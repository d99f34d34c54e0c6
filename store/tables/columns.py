"""Column kinds that both databases store alike."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Enum, String, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLModel's `sa_type` is annotated as a class but takes an instance as well.
JSON_TYPE: Any = JSON(none_as_null=True).with_variant(
    JSONB(none_as_null=True), "postgresql"
)
TEXT_TYPE: Any = Text()
# A key that sorts by itself, whatever the locale of the database.
KEY_TYPE: Any = String(400).with_variant(String(400, collation="C"), "postgresql")


def coded(codes: type[StrEnum], name: str | None = None) -> Any:
    """Store a StrEnum as its value, and let the database refuse any other.

    A table's second column of one enum needs a *name* for its constraint.
    """
    return Enum(
        codes,
        name=name or codes.__name__.lower(),
        native_enum=False,
        length=32,
        create_constraint=True,
        values_callable=lambda enum: [member.value for member in enum],
    )
