"""People who move or leave within the year, and lines that are not for everybody."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_NAME = sqlmodel.sql.sqltypes.AutoString
_STATES = ("registered", "amended", "withdrawn")
_STATE = "ck_registrations_registrationstate"
_LIVE = "uq_registrations_live"
_ONCE = ["campaign", "kind", "subject", "title"]


def upgrade() -> None:
    op.create_table(
        "opinions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("phase", _NAME(), nullable=False),
        sa.Column("department", _NAME(), nullable=False),
        sa.Column("person", _NAME(), nullable=False),
        sa.Column("author", _NAME(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author"], ["people.id"], name=op.f("fk_opinions_author")
        ),
        sa.ForeignKeyConstraint(
            ["department"], ["departments.code"], name=op.f("fk_opinions_department")
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_opinions_person")
        ),
        sa.ForeignKeyConstraint(
            ["phase"], ["phases.id"], name=op.f("fk_opinions_phase")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinions")),
    )
    op.create_index(op.f("ix_opinions_phase"), "opinions", ["phase"])
    op.add_column("people", sa.Column("died_on", sa.Date(), nullable=True))
    _let_registrations_be(_STATES, (*_STATES, "lapsed"))
    # In place: a table made anew would lose its triggers.
    secret = sa.Column(
        "secret", sa.Boolean(), server_default=sa.false(), nullable=False
    )
    op.add_column("nominations", secret)


def _let_registrations_be(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    """Change which states a registration may have; nothing refers to that table."""
    op.drop_index(_LIVE, "registrations")
    with op.batch_alter_table("registrations", copy_from=_registrations(before)) as to:
        to.drop_constraint(op.f(_STATE), type_="check")
        to.create_check_constraint(op.f(_STATE), f"state IN {after}")
    live = "state NOT IN ('lapsed', 'withdrawn')"
    if after == _STATES:
        live = "state <> 'withdrawn'"
    where = {"sqlite_where": sa.text(live), "postgresql_where": sa.text(live)}
    op.create_index(_LIVE, "registrations", _ONCE, unique=True, **where)


def _registrations(states: tuple[str, ...]) -> sa.Table:
    """Describe the table whole: SQLite makes it anew, and cannot tell its checks."""
    return sa.Table(
        "registrations",
        sa.MetaData(),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("campaign", _NAME(), nullable=False),
        sa.Column("department", _NAME(), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("subject", _NAME(length=64), nullable=False),
        sa.Column("title", _NAME(length=32), nullable=False),
        sa.Column("state", sa.String(32), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('individual', 'collective')",
            name=op.f("ck_registrations_subjectkind"),
        ),
        sa.CheckConstraint(f"state IN {states}", name=op.f(_STATE)),
        sa.ForeignKeyConstraint(
            ["campaign"], ["campaigns.id"], name=op.f("fk_registrations_campaign")
        ),
        sa.ForeignKeyConstraint(
            ["department"],
            ["departments.code"],
            name=op.f("fk_registrations_department"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_registrations")),
    )


def downgrade() -> None:
    op.drop_column("nominations", "secret")
    op.execute("UPDATE registrations SET state = 'withdrawn' WHERE state = 'lapsed'")
    _let_registrations_be((*_STATES, "lapsed"), _STATES)
    op.drop_column("people", "died_on")
    op.drop_index(op.f("ix_opinions_phase"), "opinions")
    op.drop_table("opinions")
