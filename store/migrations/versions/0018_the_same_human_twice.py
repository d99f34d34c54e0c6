"""One human under two codes: the birth date, and who was told apart."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_CODE = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.add_column("people", sa.Column("born_on", sa.Date(), nullable=True))
    op.create_table(
        "told_apart",
        sa.Column("one", _CODE(), nullable=False),
        sa.Column("other", _CODE(), nullable=False),
        sa.CheckConstraint("one < other", name=op.f("ck_told_apart_in_order")),
        sa.ForeignKeyConstraint(["one"], ["people.id"], name=op.f("fk_told_apart_one")),
        sa.ForeignKeyConstraint(
            ["other"], ["people.id"], name=op.f("fk_told_apart_other")
        ),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_told_apart")),
    )


def downgrade() -> None:
    op.drop_table("told_apart")
    op.drop_column("people", "born_on")
