"""What people were granted before this service, by decisions on paper."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table(
        "past_awards",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", _TEXT(), nullable=False),
        sa.Column("title", _TEXT(length=32), nullable=False),
        sa.Column("called", _TEXT(length=200), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", _TEXT(length=64), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("decided_by", _TEXT(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_past_awards_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_awards")),
        sa.UniqueConstraint(
            "person", "title", "year", name=op.f("uq_past_awards_person_title_year")
        ),
    )
    op.create_index(op.f("ix_past_awards_person"), "past_awards", ["person"])


def downgrade() -> None:
    op.drop_table("past_awards")
