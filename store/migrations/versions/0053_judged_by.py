"""A session knows by which acts it was last judged what becomes of its lines."""

import sqlalchemy as sa
from alembic import op

from store.tables.columns import JSON_TYPE

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("council_sessions", sa.Column("judged_by", JSON_TYPE, nullable=True))


def downgrade() -> None:
    op.drop_column("council_sessions", "judged_by")
