"""An account may be mapped to a subject of a provider of single sign-on."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString


def upgrade() -> None:
    op.add_column("accounts", sa.Column("issuer", _TEXT(length=500), nullable=True))
    op.add_column("accounts", sa.Column("subject", _TEXT(length=255), nullable=True))
    op.create_index(
        "uq_accounts_subject", "accounts", ["issuer", "subject"], unique=True
    )


def downgrade() -> None:
    op.drop_index("uq_accounts_subject", "accounts")
    op.drop_column("accounts", "subject")
    op.drop_column("accounts", "issuer")
