"""What the headings of a department's own spreadsheets mean is kept for the next one."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

_JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)
_TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table(
        "list_headings",
        sa.Column("department", _TEXT(length=32), nullable=False),
        sa.Column("list", _TEXT(length=32), nullable=False),
        sa.Column("meant", _JSON, nullable=False),
        sa.ForeignKeyConstraint(
            ["department"],
            ["departments.code"],
            name=op.f("fk_list_headings_department"),
        ),
        sa.PrimaryKeyConstraint("department", "list", name=op.f("pk_list_headings")),
    )


def downgrade() -> None:
    op.drop_table("list_headings")
