"""The office has a chain of its own, and its rows have versions and proposals."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_OFFICE, _GENESIS = "@office", "0" * 64
_VERSIONED = (
    "service_spans",
    "appointments",
    "council_seats",
    "disciplines",
    "leaves",
    "recognitions",
    "calendar_overrides",
)
_NAME = sqlmodel.sql.sqltypes.AutoString
_OF_CAMPAIGN, _OF_CHAIN = "campaigns (id)", "chains (campaign)"
_CHAIN_OF_CAMPAIGN = (
    ", CONSTRAINT fk_chains_campaign FOREIGN KEY(campaign) REFERENCES campaigns (id)"
)


def upgrade() -> None:
    _refer("acts", _OF_CAMPAIGN, _OF_CHAIN)
    _refer("notices", _OF_CAMPAIGN, _OF_CHAIN)
    if _sqlite():
        _rewrite("chains", _CHAIN_OF_CAMPAIGN, "")
    else:
        op.drop_constraint("fk_chains_campaign", "chains", type_="foreignkey")
    op.execute(
        "INSERT INTO chains (campaign, seq, digest) "
        f"VALUES ('{_OFFICE}', 0, '{_GENESIS}')"
    )
    for table in _VERSIONED:
        version = sa.Column("version", sa.Integer(), server_default="1", nullable=False)
        op.add_column(table, version)
    _create_proposals()


def _create_proposals() -> None:
    json = sa.JSON(none_as_null=True).with_variant(
        postgresql.JSONB(none_as_null=True), "postgresql"
    )
    moment = sqlmodel.sql.sqltypes.UTCDateTime
    op.create_table(
        "proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("about", _NAME(length=32), nullable=False),
        sa.Column("key", _NAME(length=64), nullable=True),
        sa.Column("verb", _NAME(length=16), nullable=False),
        sa.Column("said", json, nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("posts", json, nullable=False),
        sa.Column("person", _NAME(), nullable=True),
        sa.Column("proposed_by", _NAME(), nullable=False),
        sa.Column("proposed_at", moment(), nullable=False),
        sa.Column(
            "outcome",
            sa.Enum(
                "confirmed",
                "declined",
                "withdrawn",
                name="proposalend",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=True,
        ),
        sa.Column("ended_by", _NAME(), nullable=True),
        sa.Column("ended_at", moment(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(outcome IS NULL) = (ended_at IS NULL)",
            name=op.f("ck_proposals_ended_with_an_outcome"),
        ),
        sa.CheckConstraint(
            "outcome <> 'confirmed' OR ended_by <> proposed_by",
            name=op.f("ck_proposals_two_people"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column], ["people.id"], name=op.f(f"fk_proposals_{column}")
            )
            for column in ("person", "proposed_by", "ended_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposals")),
    )


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _refer(table: str, before: str, after: str) -> None:
    """Let a table's campaign refer to another table, with its rows and triggers."""
    name = f"fk_{table}_campaign"
    if _sqlite():
        start = f"CONSTRAINT {name} FOREIGN KEY(campaign) REFERENCES "
        _rewrite(table, start + before, start + after)
        return
    op.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    op.execute(
        f"ALTER TABLE {table} ADD CONSTRAINT {name} "
        f"FOREIGN KEY (campaign) REFERENCES {after}"
    )


def _rewrite(table: str, before: str, after: str) -> None:
    """Change a constraint in place, which SQLite allows where no row changes by it.

    A table made anew would lose its triggers, and could not be dropped while others
    refer to it (sqlite.org/lang_altertable.html, section 7).
    """
    bind = op.get_bind()
    written = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :table"
    sql = bind.execute(sa.text(written), {"table": table}).scalar_one()
    tidy = " ".join(sql.split())
    if before not in tidy:
        raise LookupError(f"{table}: {before}")
    version = bind.execute(sa.text("PRAGMA schema_version")).scalar_one()
    op.execute("PRAGMA writable_schema = ON")
    bind.execute(
        sa.text("UPDATE sqlite_master SET sql = :sql WHERE name = :table"),
        {"sql": tidy.replace(before, after), "table": table},
    )
    op.execute(f"PRAGMA schema_version = {version + 1}")
    op.execute("PRAGMA writable_schema = OFF")


def downgrade() -> None:
    op.drop_table("proposals")
    for table in _VERSIONED:
        op.drop_column(table, "version")
    _forget_the_office()
    _refer("acts", _OF_CHAIN, _OF_CAMPAIGN)
    _refer("notices", _OF_CHAIN, _OF_CAMPAIGN)
    if _sqlite():
        key = "CONSTRAINT pk_chains PRIMARY KEY (campaign)"
        _rewrite("chains", key, key + _CHAIN_OF_CAMPAIGN)
    else:
        op.create_foreign_key(
            "fk_chains_campaign", "chains", "campaigns", ["campaign"], ["id"]
        )


def _forget_the_office() -> None:
    """Take out what has no place in the tables of before; acts are only added."""
    office = f"campaign = '{_OFFICE}'"
    payloads = f"act IN (SELECT id FROM acts WHERE {office})"
    op.execute(f"DELETE FROM act_payloads WHERE {payloads}")
    op.execute(f"DELETE FROM notices WHERE {office}")
    if _sqlite():
        op.execute("DROP TRIGGER acts_no_delete")
        op.execute(f"DELETE FROM acts WHERE {office}")
        op.execute(
            "CREATE TRIGGER acts_no_delete BEFORE DELETE ON acts "
            "BEGIN SELECT RAISE(ABORT, 'acts are only added'); END"
        )
    else:
        op.execute("ALTER TABLE acts DISABLE TRIGGER acts_stay")
        op.execute(f"DELETE FROM acts WHERE {office}")
        # What refers to acts is looked at once the transaction ends, else.
        op.execute("SET CONSTRAINTS ALL IMMEDIATE")
        op.execute("ALTER TABLE acts ENABLE TRIGGER acts_stay")
    op.execute(f"DELETE FROM chains WHERE {office}")
