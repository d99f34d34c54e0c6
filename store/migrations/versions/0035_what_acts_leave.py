"""An act's trace: which states were reached by it, and who was told what.

Acts from before have none, and their links stay as they are.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None

_JSON = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.add_column("acts", sa.Column("trace", _JSON))
    op.add_column(
        "chains", sa.Column("told", _JSON, nullable=False, server_default="[]")
    )


def downgrade() -> None:
    op.drop_column("chains", "told")
    op.drop_column("acts", "trace")
