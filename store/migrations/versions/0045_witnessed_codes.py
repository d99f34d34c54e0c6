"""A code for an account in use opens nothing until a witness has added to it."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_NEW = ("made_by", "half")


def upgrade() -> None:
    for name in _NEW:
        op.add_column("one_time_codes", sa.Column(name, _TEXT(length=64)))


def downgrade() -> None:
    # Without its witness none may open.
    op.execute("DELETE FROM one_time_codes WHERE made_by IS NOT NULL")
    for name in _NEW:
        op.drop_column("one_time_codes", name)
