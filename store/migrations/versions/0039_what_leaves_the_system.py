"""What leaves the system: each notice on each channel, and how the channels are."""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_TEXT = sqlmodel.sql.sqltypes.AutoString
_MOMENT = sqlmodel.sql.sqltypes.UTCDateTime
_STATES = (
    "held",
    "waiting",
    "sending",
    "sent",
    "failed",
    "bounced",
    "obsolete",
    "discarded",
)
_CHANNELS = ("email", "webhook")
_CAUSES = (
    *("no_address", "bad_address", "refused", "no_such_address", "returned"),
    *("too_often", "over", "out_of_office", "not_wanted", "by_hand"),
)
_MOVES = {
    "held": "discarded obsolete waiting",
    "waiting": "bounced discarded failed held obsolete sending",
    "sending": "bounced failed sent waiting",
    "sent": "bounced",
    "failed": "discarded obsolete waiting",
    "bounced": "discarded obsolete waiting",
}
_SAID = "deliveries do not go from that state to this one"


def _coded(name: str, codes: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(
        *codes, name=name, native_enum=False, length=32, create_constraint=True
    )


def upgrade() -> None:
    op.add_column("notices", sa.Column("planned_at", _MOMENT()))
    unplanned = sa.text("planned_at IS NULL")
    op.create_index(
        "ix_notices_unplanned",
        "notices",
        ["id"],
        sqlite_where=unplanned,
        postgresql_where=unplanned,
    )
    op.create_table(
        "deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice", sa.Integer(), nullable=False),
        sa.Column("channel", _coded("channel", _CHANNELS), nullable=False),
        sa.Column("key", _TEXT(length=40), nullable=False),
        sa.Column("state", _coded("deliverystate", _STATES), nullable=False),
        sa.Column("cause", _coded("cause", _CAUSES), nullable=True),
        sa.Column("due_at", _MOMENT(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("unsure", sa.Integer(), nullable=False),
        sa.Column("claim", sa.Uuid(), nullable=True),
        sa.Column("claimed_until", _MOMENT(), nullable=True),
        sa.Column("first_at", _MOMENT(), nullable=True),
        sa.Column("ended_at", _MOMENT(), nullable=True),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("letter", _TEXT(length=40), nullable=True),
        sa.CheckConstraint(
            "(state = 'sending') = (claim IS NOT NULL) "
            "AND (state = 'sending') = (claimed_until IS NOT NULL)",
            name=op.f("ck_deliveries_claimed_while_sending"),
        ),
        sa.CheckConstraint(
            "(state IN ('held', 'waiting', 'sending')) = (ended_at IS NULL)",
            name=op.f("ck_deliveries_ended_when_ended"),
        ),
        sa.CheckConstraint(
            "(state IN ('failed', 'bounced', 'obsolete', 'discarded')) "
            "= (cause IS NOT NULL)",
            name=op.f("ck_deliveries_not_sent_for_a_cause"),
        ),
        sa.ForeignKeyConstraint(
            ["notice"], ["notices.id"], name=op.f("fk_deliveries_notice")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("key", name=op.f("uq_deliveries_key")),
        sa.UniqueConstraint(
            "notice", "channel", name=op.f("uq_deliveries_notice_channel")
        ),
    )
    _index("due", ["channel", "due_at", "id"], "state = 'waiting'")
    _index("claimed", ["channel", "claimed_until"], "state = 'sending'")
    op.create_index("ix_deliveries_listed", "deliveries", ["state", "id"])
    op.create_index(op.f("ix_deliveries_letter"), "deliveries", ["letter"])
    op.create_table(
        "outbox_channels",
        sa.Column("channel", _coded("channel", _CHANNELS), nullable=False),
        sa.Column("since", _MOMENT(), nullable=False),
        sa.Column("away_since", _MOMENT(), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("resume_at", _MOMENT(), nullable=True),
        sa.Column("trouble", _TEXT(length=40), nullable=True),
        sa.Column("last_at", _MOMENT(), nullable=True),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_outbox_channels")),
    )
    _only_moves()


def _index(name: str, columns: list[str], where: str) -> None:
    only = sa.text(where)
    op.create_index(
        f"ix_deliveries_{name}",
        "deliveries",
        columns,
        sqlite_where=only,
        postgresql_where=only,
    )


def _only_moves() -> None:
    pairs = (
        f"'{before} > {x}'" for before, onward in _MOVES.items() for x in onward.split()
    )
    wrong = (
        "OLD.state <> NEW.state AND "
        f"(OLD.state || ' > ' || NEW.state) NOT IN ({', '.join(pairs)})"
    )
    trigger = "CREATE TRIGGER deliveries_state AFTER UPDATE OF state ON deliveries"
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"{trigger} WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{_SAID}'); END")
    else:
        op.execute(
            f"{trigger} FOR EACH ROW WHEN ({wrong}) EXECUTE FUNCTION refuse('{_SAID}')"
        )


def downgrade() -> None:
    op.drop_table("outbox_channels")
    op.drop_table("deliveries")
    op.drop_index("ix_notices_unplanned", "notices")
    op.drop_column("notices", "planned_at")
