"""The office's scorecard in its bloc, and the bloc's result."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)
_TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.create_table(
        "scorecards",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("bloc", _TEXT(length=200), nullable=False),
        sa.Column("criteria", _JSON, nullable=False),
        sa.Column("confirmed_by", _TEXT(), nullable=True),
        sa.Column("confirmed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(confirmed_by IS NULL) = (confirmed_at IS NULL)",
            name=op.f("ck_scorecards_confirmed_by_somebody"),
        ),
        sa.ForeignKeyConstraint(
            ["confirmed_by"],
            ["people.id"],
            name=op.f("fk_scorecards_confirmed_by_people"),
        ),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_scorecards")),
    )
    op.create_table(
        "bloc_results",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("papers", _JSON, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "rank >= 1 AND rank <= units",
            name=op.f("ck_bloc_results_ranked_among_units"),
        ),
        sa.ForeignKeyConstraint(
            ["year"], ["scorecards.year"], name=op.f("fk_bloc_results_year_scorecards")
        ),
        sa.PrimaryKeyConstraint("year", name=op.f("pk_bloc_results")),
    )


def downgrade() -> None:
    op.drop_table("bloc_results")
    op.drop_table("scorecards")
