"""A matter knows since when it stands as it does, and how often it was put off."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cases", sa.Column("stepped_on", sa.Date(), nullable=True))
    extended = sa.Column("extended", sa.Integer(), server_default="0", nullable=False)
    op.add_column("cases", extended)


def downgrade() -> None:
    op.drop_column("cases", "extended")
    op.drop_column("cases", "stepped_on")
