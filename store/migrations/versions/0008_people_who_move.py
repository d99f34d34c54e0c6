"""People who move within the year: what the department that they left says of them."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_NAME = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table(
        "opinions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("phase", _NAME(), nullable=False),
        sa.Column("department", _NAME(), nullable=False),
        sa.Column("person", _NAME(), nullable=False),
        sa.Column("author", _NAME(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author"], ["people.id"], name=op.f("fk_opinions_author")
        ),
        sa.ForeignKeyConstraint(
            ["department"], ["departments.code"], name=op.f("fk_opinions_department")
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_opinions_person")
        ),
        sa.ForeignKeyConstraint(
            ["phase"], ["phases.id"], name=op.f("fk_opinions_phase")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinions")),
    )
    op.create_index(op.f("ix_opinions_phase"), "opinions", ["phase"])


def downgrade() -> None:
    op.drop_index(op.f("ix_opinions_phase"), "opinions")
    op.drop_table("opinions")
