"""Who may sign in: accounts, their sessions, one-time codes and tokens."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), "postgresql"
)
_TEXT = sqlmodel.sql.sqltypes.AutoString
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", _TEXT(length=50), nullable=False),
        sa.Column("person", _TEXT(), nullable=True),
        sa.Column("administrator", sa.Boolean(), nullable=False),
        sa.Column("shut", sa.Boolean(), nullable=False),
        sa.Column("password", _TEXT(length=200), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _refers("accounts", "person", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("name", name=op.f("uq_accounts_name")),
        sa.UniqueConstraint("person", name=op.f("uq_accounts_person")),
    )
    op.create_table(
        "user_sessions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest", _TEXT(length=64), nullable=False),
        sa.Column("account", sa.Integer(), nullable=True),
        sa.Column("person", _TEXT(), nullable=True),
        sa.Column("agent", _TEXT(length=200), nullable=False),
        sa.Column("began_at", _MOMENT(), nullable=False),
        sa.Column("seen_at", _MOMENT(), nullable=False),
        sa.Column("ends_at", _MOMENT(), nullable=False),
        sa.Column("confirmed_at", _MOMENT(), nullable=True),
        sa.CheckConstraint(
            "(account IS NULL) <> (person IS NULL)",
            name=op.f("ck_user_sessions_of_one"),
        ),
        _refers("user_sessions", "account", "accounts.id"),
        _refers("user_sessions", "person", "people.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user_sessions")),
        sa.UniqueConstraint("digest", name=op.f("uq_user_sessions_digest")),
    )
    op.create_index(op.f("ix_user_sessions_account"), "user_sessions", ["account"])
    op.create_table(
        "one_time_codes",
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("digest", _TEXT(length=64), nullable=False),
        sa.Column("ends_at", _MOMENT(), nullable=False),
        _refers("one_time_codes", "account", "accounts.id"),
        sa.PrimaryKeyConstraint("account", name=op.f("pk_one_time_codes")),
        sa.UniqueConstraint("digest", name=op.f("uq_one_time_codes_digest")),
    )
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest", _TEXT(length=64), nullable=False),
        sa.Column("prefix", _TEXT(length=16), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("name", _TEXT(length=200), nullable=False),
        sa.Column("scopes", _JSON, nullable=False),
        sa.Column("campaign", _TEXT(length=64), nullable=True),
        sa.Column("made_at", _MOMENT(), nullable=False),
        sa.Column("ends_at", _MOMENT(), nullable=False),
        sa.Column("seen_at", _MOMENT(), nullable=True),
        _refers("api_tokens", "account", "accounts.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_tokens")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_tokens_digest")),
    )
    op.create_index(op.f("ix_api_tokens_account"), "api_tokens", ["account"])


def _refers(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], name=op.f(f"fk_{table}_{column}"))


def downgrade() -> None:
    for table in ("api_tokens", "one_time_codes", "user_sessions", "accounts"):
        op.drop_table(table)
