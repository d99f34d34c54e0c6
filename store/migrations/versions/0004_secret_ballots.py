"""Rounds of the vote, sealed sheets, boards and the tellers' counts."""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy import Text
from sqlalchemy.dialects import postgresql

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_APPEND_ONLY = ("board_entries", "ballots_cast")
_JSON = sa.JSON(none_as_null=True).with_variant(
    postgresql.JSONB(none_as_null=True), "postgresql"
)
_ROUNDS = sa.table(
    "voting_rounds",
    sa.column("session", sa.String),
    sa.column("number", sa.Integer),
    sa.column("roll", _JSON),
    sa.column("present", _JSON),
    sa.column("opened_at", sqlmodel.sql.sqltypes.UTCDateTime),
)
_ROUND_LINES = sa.table(
    "round_lines",
    sa.column("session", sa.String),
    sa.column("round", sa.Integer),
    sa.column("line", sa.Uuid),
    sa.column("method", sa.String),
    sa.column("threshold", sa.String),
    sa.column("electors", sa.Integer),
    sa.column("recused", _JSON),
    sa.column("masked", sa.Boolean),
)
_VOTING = sa.text(
    "SELECT id, opened_at FROM council_sessions WHERE state = 'voting' ORDER BY id"
).columns(id=sa.String, opened_at=sqlmodel.sql.sqltypes.UTCDateTime)
_MEMBERS = sa.text(
    "SELECT person, present FROM session_members WHERE session = :session"
).columns(person=sa.String, present=sa.Boolean)
_LINES = sa.text(
    "SELECT n.id, n.subject, n.title, p.pack, c.packs FROM session_lines AS l "
    "JOIN nominations AS n ON n.id = l.line JOIN phases AS p ON p.id = n.phase "
    "JOIN campaigns AS c ON c.id = p.campaign WHERE l.session = :session"
).columns(id=sa.Uuid, subject=sa.String, title=sa.String, pack=sa.String, packs=_JSON)


def upgrade() -> None:
    op.create_table(
        "recusals",
        sa.Column("session", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("line", sa.Uuid(), nullable=False),
        sa.Column("person", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line"], ["nominations.id"], name=op.f("fk_recusals_line")
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_recusals_person")
        ),
        sa.ForeignKeyConstraint(
            ["session"], ["council_sessions.id"], name=op.f("fk_recusals_session")
        ),
        sa.PrimaryKeyConstraint("session", "line", "person", name=op.f("pk_recusals")),
    )
    op.create_table(
        "voting_rounds",
        sa.Column("session", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "roll",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column(
            "present",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("public_key", sa.LargeBinary(), nullable=True),
        sa.Column("opened_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.Column("closed_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("counted_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session"], ["council_sessions.id"], name=op.f("fk_voting_rounds_session")
        ),
        sa.PrimaryKeyConstraint("session", "number", name=op.f("pk_voting_rounds")),
    )
    op.create_table(
        "ballots_cast",
        sa.Column("session", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("person", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_ballots_cast_person")
        ),
        sa.ForeignKeyConstraint(
            ["session", "round"],
            ["voting_rounds.session", "voting_rounds.number"],
            name=op.f("fk_ballots_cast_session_round"),
        ),
        sa.PrimaryKeyConstraint(
            "session", "round", "person", name=op.f("pk_ballots_cast")
        ),
    )
    op.create_table(
        "round_lines",
        sa.Column("session", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("line", sa.Uuid(), nullable=False),
        sa.Column(
            "method",
            sa.Enum(
                "hands",
                "sheets",
                "paper",
                name="method",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "threshold", sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False
        ),
        sa.Column("electors", sa.Integer(), nullable=False),
        sa.Column(
            "recused",
            sa.JSON(none_as_null=True).with_variant(
                postgresql.JSONB(none_as_null=True, astext_type=Text()), "postgresql"
            ),
            nullable=False,
        ),
        sa.Column("ballots", sa.Integer(), nullable=True),
        sa.Column("yes", sa.Integer(), nullable=True),
        sa.Column("no", sa.Integer(), nullable=True),
        sa.Column("blank", sa.Integer(), nullable=True),
        sa.Column("masked", sa.Boolean(), nullable=False),
        sa.Column("carried", sa.Boolean(), nullable=True),
        sa.Column("voided_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(yes IS NULL) = (no IS NULL) AND (yes IS NULL) = (blank IS NULL)",
            name=op.f("ck_round_lines_counted_whole"),
        ),
        sa.CheckConstraint(
            "NOT masked OR yes IS NULL",
            name=op.f("ck_round_lines_masked_without_figures"),
        ),
        sa.CheckConstraint(
            "voided_at IS NULL OR (carried IS NULL AND void_reason IS NOT NULL)",
            name=op.f("ck_round_lines_void_without_outcome"),
        ),
        sa.CheckConstraint(
            "yes IS NULL OR (yes >= 0 AND no >= 0 AND blank >= 0)",
            name=op.f("ck_round_lines_not_negative"),
        ),
        sa.ForeignKeyConstraint(
            ["line"], ["nominations.id"], name=op.f("fk_round_lines_line")
        ),
        sa.ForeignKeyConstraint(
            ["session", "round"],
            ["voting_rounds.session", "voting_rounds.number"],
            name=op.f("fk_round_lines_session_round"),
        ),
        sa.PrimaryKeyConstraint(
            "session", "round", "line", name=op.f("pk_round_lines")
        ),
    )
    op.create_table(
        "sealed_sheets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("session", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session", "round"],
            ["voting_rounds.session", "voting_rounds.number"],
            name=op.f("fk_sealed_sheets_session_round"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_sheets")),
    )
    op.create_table(
        "tellers",
        sa.Column("session", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("person", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("attested_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person"], ["people.id"], name=op.f("fk_tellers_person")
        ),
        sa.ForeignKeyConstraint(
            ["session", "round"],
            ["voting_rounds.session", "voting_rounds.number"],
            name=op.f("fk_tellers_session_round"),
        ),
        sa.PrimaryKeyConstraint("session", "round", "person", name=op.f("pk_tellers")),
    )
    op.create_table(
        "board_entries",
        sa.Column("session", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("line", sa.Uuid(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column(
            "choice",
            sa.Enum(
                "yes",
                "nay",
                "nil",
                name="choice",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["session", "round", "line"],
            ["round_lines.session", "round_lines.round", "round_lines.line"],
            name=op.f("fk_board_entries_session_round_line"),
        ),
        sa.PrimaryKeyConstraint(
            "session", "round", "line", "code", name=op.f("pk_board_entries")
        ),
    )
    op.create_table(
        "paper_counts",
        sa.Column("session", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("line", sa.Uuid(), nullable=False),
        sa.Column("teller", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("issued", sa.Integer(), nullable=False),
        sa.Column("collected", sa.Integer(), nullable=False),
        sa.Column("valid", sa.Integer(), nullable=False),
        sa.Column("invalid", sa.Integer(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=True),
        sa.Column("no", sa.Integer(), nullable=True),
        sa.Column("blank", sa.Integer(), nullable=True),
        sa.Column("carried", sa.Boolean(), nullable=True),
        sa.CheckConstraint(
            "(carried IS NULL AND yes IS NOT NULL AND no IS NOT NULL AND blank IS NOT NULL AND yes + no + blank = valid) OR (carried IS NOT NULL AND yes IS NULL AND no IS NULL AND blank IS NULL)",
            name=op.f("ck_paper_counts_figures_or_outcome"),
        ),
        sa.CheckConstraint(
            "collected <= issued AND valid + invalid = collected AND valid >= 0 AND invalid >= 0",
            name=op.f("ck_paper_counts_adds_up"),
        ),
        sa.ForeignKeyConstraint(
            ["session", "round", "line"],
            ["round_lines.session", "round_lines.round", "round_lines.line"],
            name=op.f("fk_paper_counts_session_round_line"),
        ),
        sa.ForeignKeyConstraint(
            ["teller"], ["people.id"], name=op.f("fk_paper_counts_teller")
        ),
        sa.PrimaryKeyConstraint(
            "session", "round", "line", "teller", name=op.f("pk_paper_counts")
        ),
    )
    _keep(_APPEND_ONLY)
    _carry_open_votes()


def _keep(tables: tuple[str, ...]) -> None:
    """Let rows be added and nothing else: a board that changed would prove nothing."""
    for table in tables:
        if op.get_bind().dialect.name == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                op.execute(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                    f"BEGIN SELECT RAISE(ABORT, '{table} are only added'); END"
                )
        else:
            op.execute(
                f"CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION refuse('{table} are only added')"
            )


def _carry_open_votes() -> None:
    """Let a vote that is under way go on as it began: by hands, on every line."""
    connection = op.get_bind()
    for session, opened_at in connection.execute(_VOTING).all():
        members = connection.execute(_MEMBERS, {"session": session}).all()
        roll = sorted(person for person, _ in members)
        present = sorted(person for person, there in members if there)
        op.bulk_insert(
            _ROUNDS,
            [
                {
                    "session": session,
                    "number": 1,
                    "roll": roll,
                    "present": present,
                    "opened_at": opened_at,
                }
            ],
        )
        lines = connection.execute(_LINES, {"session": session}).all()
        op.bulk_insert(
            _ROUND_LINES, [_hands(session, roll, line._mapping) for line in lines]
        )


def _hands(session: str, roll: list[str], line: Mapping[str, Any]) -> dict[str, Any]:
    recused = [line["subject"]] if line["subject"] in roll else []
    titles = line["packs"][line["pack"]]["titles"]
    title = next(t for t in titles if t["id"].endswith(f".{line['title']}"))
    return {
        "session": session,
        "round": 1,
        "line": line["id"],
        "method": "hands",
        "threshold": title["vote"]["threshold"],
        "electors": len(roll) - len(recused),
        "recused": recused,
        "masked": False,
    }


def downgrade() -> None:
    op.drop_table("paper_counts")
    op.drop_table("board_entries")
    op.drop_table("tellers")
    op.drop_table("sealed_sheets")
    op.drop_table("round_lines")
    op.drop_table("ballots_cast")
    op.drop_table("voting_rounds")
    op.drop_table("recusals")
