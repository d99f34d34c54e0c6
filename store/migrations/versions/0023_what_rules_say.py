"""A step of a line keeps what the rules said against it, rule by rule."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

_JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("nomination_moves", sa.Column("refusals", _JSON))


def downgrade() -> None:
    op.drop_column("nomination_moves", "refusals")
