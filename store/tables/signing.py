"""Who has signed files digitally, and whose word for that the office takes."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlmodel import Field, SQLModel

from domain.record.signatures import SignatureFault
from store.tables.columns import JSON_TYPE, coded


class TrustedCertificate(SQLModel, table=True):
    """A certificate in DER by which signatures are trusted, under its SHA-256."""

    __tablename__ = "trusted_certificates"
    fingerprint: str = Field(primary_key=True, max_length=64)
    content: bytes = Field(sa_type=LargeBinary)
    put_by: str = Field(foreign_key="people.id")
    put_at: datetime


class FileSignature(SQLModel, table=True):
    """A signature in a file, as it was found when the file came.

    *certificates* are in DER and base 64, the signer's own first.
    """

    __tablename__ = "file_signatures"
    file: UUID = Field(primary_key=True, foreign_key="attachments.id")
    ordinal: int = Field(primary_key=True)
    signer: str = Field(max_length=200)
    issuer: str = Field(max_length=200)
    signed_at: datetime | None = None
    fault: SignatureFault | None = Field(default=None, sa_type=coded(SignatureFault))
    certificates: list[str] = Field(sa_type=JSON_TYPE)
