"""Files stand with lines, council sessions and matters; their contents lie elsewhere."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

_NAME = sqlmodel.sql.sqltypes.AutoString
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime
_STANDS = sa.text("voided_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column(
            "holder",
            sa.Enum(
                "line",
                "session",
                "case",
                name="holderkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("key", _NAME(length=80), nullable=False),
        sa.Column("name", _NAME(length=255), nullable=False),
        sa.Column("media_type", _NAME(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", _NAME(length=64), nullable=False),
        sa.Column("added_by", _NAME(), nullable=False),
        sa.Column("added_at", _MOMENT(), nullable=False),
        sa.Column("voided_by", _NAME(), nullable=True),
        sa.Column("voided_at", _MOMENT(), nullable=True),
        sa.CheckConstraint(
            "(voided_at IS NULL) = (voided_by IS NULL)",
            name=op.f("ck_attachments_voided_by_somebody"),
        ),
        sa.CheckConstraint("size > 0", name=op.f("ck_attachments_not_empty")),
        *(
            sa.ForeignKeyConstraint(
                [column], ["people.id"], name=op.f(f"fk_attachments_{column}")
            )
            for column in ("added_by", "voided_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    _index("uq_attachments_standing", ["holder", "key", "sha256"], unique=True)
    _index("ix_attachments_kept", ["sha256"])
    listed = ["holder", "key", "added_at", "id"]
    op.create_index("ix_attachments_listed", "attachments", listed)


def _index(name: str, columns: list[str], *, unique: bool = False) -> None:
    """Index the files that nobody took away."""
    op.create_index(
        name,
        "attachments",
        columns,
        unique=unique,
        sqlite_where=_STANDS,
        postgresql_where=_STANDS,
    )


def downgrade() -> None:
    op.drop_table("attachments")
