"""The results of a decision are posted, and stay on view for a time."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table(
        "postings",
        sa.Column("decision", _TEXT(length=80), nullable=False),
        sa.Column("posted_on", sa.Date(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("on_view_until", sa.Date(), nullable=False),
        sa.Column("taken_down_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "on_view_until >= posted_on", name=op.f("ck_postings_on_view_for_a_time")
        ),
        sa.CheckConstraint(
            "taken_down_on IS NULL OR taken_down_on > on_view_until",
            name=op.f("ck_postings_on_view_long_enough"),
        ),
        sa.ForeignKeyConstraint(
            ["decision"], ["decisions.id"], name=op.f("fk_postings_decision_decisions")
        ),
        sa.PrimaryKeyConstraint("decision", name=op.f("pk_postings")),
    )


def downgrade() -> None:
    op.drop_table("postings")
