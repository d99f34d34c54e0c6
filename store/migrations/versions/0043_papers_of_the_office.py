"""How the office's papers are headed, and the layouts of its own for Word."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table(
        "letterheads",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent", _TEXT(length=200), nullable=False),
        sa.Column("place", _TEXT(length=100), nullable=False),
        sa.Column("symbol", _TEXT(length=24), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_letterheads_one_letterhead")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letterheads")),
    )
    op.create_table(
        "word_layouts",
        sa.Column("kind", _TEXT(length=16), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("put_by", _TEXT(), nullable=False),
        sa.Column("put_at", _MOMENT(), nullable=False),
        sa.ForeignKeyConstraint(
            ["put_by"], ["people.id"], name=op.f("fk_word_layouts_put_by_people")
        ),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_word_layouts")),
    )


def downgrade() -> None:
    op.drop_table("word_layouts")
    op.drop_table("letterheads")
