"""Digital signatures of files, and the certificates that the office trusts."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0047"
down_revision = "0045"
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime
_LIST = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True), "postgresql"
)
_FAULT = sa.Enum(
    "altered",
    "added_to",
    "unsupported",
    "untrusted",
    "out_of_date",
    "unfit",
    name="signaturefault",
    native_enum=False,
    length=32,
    create_constraint=True,
)


def upgrade() -> None:
    op.create_table(
        "trusted_certificates",
        sa.Column("fingerprint", _TEXT(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("put_by", _TEXT(), nullable=False),
        sa.Column("put_at", _MOMENT(), nullable=False),
        sa.ForeignKeyConstraint(
            ["put_by"],
            ["people.id"],
            name=op.f("fk_trusted_certificates_put_by_people"),
        ),
        sa.PrimaryKeyConstraint("fingerprint", name=op.f("pk_trusted_certificates")),
    )
    op.create_table(
        "file_signatures",
        sa.Column("file", sa.Uuid(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("signer", _TEXT(length=200), nullable=False),
        sa.Column("issuer", _TEXT(length=200), nullable=False),
        sa.Column("signed_at", _MOMENT(), nullable=True),
        sa.Column("fault", _FAULT, nullable=True),
        sa.Column("certificates", _LIST, nullable=False),
        sa.ForeignKeyConstraint(
            ["file"],
            ["attachments.id"],
            name=op.f("fk_file_signatures_file_attachments"),
        ),
        sa.PrimaryKeyConstraint("file", "ordinal", name=op.f("pk_file_signatures")),
    )


def downgrade() -> None:
    op.drop_table("file_signatures")
    op.drop_table("trusted_certificates")
