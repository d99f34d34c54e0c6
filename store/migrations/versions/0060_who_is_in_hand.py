"""What is known of some people is found by their codes, and ratings are counted."""

from alembic import op

revision = "0060"
down_revision = "0030"
branch_labels = None
depends_on = None

_SUBJECT, _LEVEL = "ix_nominations_subject", "ix_ratings_year_kind_level"


def upgrade() -> None:
    op.create_index(_SUBJECT, "nominations", ["subject"])
    op.create_index(_LEVEL, "ratings", ["year", "kind", "level"])


def downgrade() -> None:
    op.drop_index(_LEVEL, "ratings")
    op.drop_index(_SUBJECT, "nominations")
