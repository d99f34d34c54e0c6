"""What is held back, how people want their letters, and their calendar feeds."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table(
        "outbox_holds",
        sa.Column("scope", _TEXT(length=64), nullable=False),
        sa.Column("since", _MOMENT(), nullable=False),
        sa.Column("held_by", _TEXT(), nullable=False),
        _of_person("outbox_holds", "held_by"),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_outbox_holds")),
    )
    op.create_table(
        "letter_wishes",
        sa.Column("person", _TEXT(), nullable=False),
        sa.Column("daily", sa.Boolean(), nullable=False),
        sa.Column("only_needed", sa.Boolean(), nullable=False),
        _of_person("letter_wishes", "person"),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_letter_wishes")),
    )
    op.create_table(
        "calendar_feeds",
        sa.Column("person", _TEXT(), nullable=False),
        sa.Column("digest", _TEXT(length=64), nullable=False),
        sa.Column("made_at", _MOMENT(), nullable=False),
        _of_person("calendar_feeds", "person"),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_feeds_digest")),
    )


def _of_person(table: str, column: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}")
    return sa.ForeignKeyConstraint([column], ["people.id"], name=name)


def downgrade() -> None:
    for table in ("calendar_feeds", "letter_wishes", "outbox_holds"):
        op.drop_table(table)
