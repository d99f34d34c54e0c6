"""Minutes that were signed on paper are held against the record as decisions are."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0049"
down_revision = "0047"
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True), "postgresql"
)
_OF_ONE = op.f("ck_signed_papers_of_one_thing")
_SESSION = op.f("fk_signed_papers_session_council_sessions")
_ONCE = op.f("uq_signed_papers_session_file")


def upgrade() -> None:
    with op.batch_alter_table("signed_papers") as papers:
        papers.alter_column("decision", existing_type=_TEXT(), nullable=True)
        papers.add_column(sa.Column("session", _TEXT(), nullable=True))
        papers.add_column(sa.Column("sitting", sa.Integer(), nullable=True))
        papers.add_column(sa.Column("met_on", sa.Date(), nullable=True))
        papers.add_column(sa.Column("present", sa.Integer(), nullable=True))
        papers.add_column(sa.Column("figures", _JSON, nullable=True))
        papers.create_foreign_key(_SESSION, "council_sessions", ["session"], ["id"])
        papers.create_unique_constraint(_ONCE, ["session", "file"])
        papers.create_check_constraint(
            _OF_ONE, "(decision IS NULL) <> (session IS NULL)"
        )


def downgrade() -> None:
    op.execute("DELETE FROM signed_papers WHERE session IS NOT NULL")
    with op.batch_alter_table("signed_papers") as papers:
        papers.drop_constraint(_OF_ONE, type_="check")
        papers.drop_constraint(_ONCE, type_="unique")
        papers.drop_constraint(_SESSION, type_="foreignkey")
        for column in ("figures", "present", "met_on", "sitting", "session"):
            papers.drop_column(column)
        papers.alter_column("decision", existing_type=_TEXT(), nullable=False)
