"""The files of a campaign are handed over to the archive, in time after its end."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("campaigns", sa.Column("archived_on", sa.Date()))
    op.add_column("campaigns", sa.Column("archived_with", sa.Text()))


def downgrade() -> None:
    op.drop_column("campaigns", "archived_with")
    op.drop_column("campaigns", "archived_on")
