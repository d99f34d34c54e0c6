"""Facts stay: acts and moves are only added, and a line changes state by a move."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_APPEND_ONLY = ("acts", "nomination_moves")

# A line's state is written only after, and exactly as, its next move says.
_MOVED = """
    SELECT 1 FROM nomination_moves AS m
    WHERE m.line = NEW.id AND m.n = NEW.moves AND m.to_state = NEW.state
"""
_CHANGED = f"""
    NEW.moves = OLD.moves + 1
    AND EXISTS ({_MOVED} AND m.from_state = OLD.state)
"""
_WRITES_A_STATE = "UPDATE OF state, moves, held_from"
_CREATED = f"NEW.moves = 1 AND EXISTS ({_MOVED} AND m.from_state IS NULL)"


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _upgrade_sqlite()
    else:
        _upgrade_postgresql()


def _upgrade_sqlite() -> None:
    for table in _APPEND_ONLY:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are only added'); END"
            )
    # A deleted line could be written anew in its first state.
    op.execute(
        "CREATE TRIGGER nominations_no_delete BEFORE DELETE ON nominations "
        "BEGIN SELECT RAISE(ABORT, 'nominations are not deleted'); END"
    )
    refuse = "SELECT RAISE(ABORT, 'only a move changes the state of a line')"
    op.execute(
        "CREATE TRIGGER nominations_created BEFORE INSERT ON nominations "
        f"WHEN NOT ({_CREATED}) BEGIN {refuse}; END"
    )
    op.execute(
        f"CREATE TRIGGER nominations_moved BEFORE {_WRITES_A_STATE} ON nominations "
        f"WHEN NOT ({_CHANGED}) BEGIN {refuse}; END"
    )


def _upgrade_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'check_violation'; "
        "END $$"
    )
    for table in _APPEND_ONLY:
        op.execute(
            f"CREATE TRIGGER {table}_stay BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION refuse('{table} are only added')"
        )
    op.execute(
        "CREATE TRIGGER nominations_stay BEFORE DELETE ON nominations "
        "FOR EACH ROW EXECUTE FUNCTION refuse('nominations are not deleted')"
    )
    for name, condition, moment in (
        ("created", _CREATED, "INSERT"),
        ("moved", _CHANGED, _WRITES_A_STATE),
    ):
        op.execute(
            f"CREATE FUNCTION nominations_{name}() RETURNS trigger LANGUAGE plpgsql "
            f"AS $$ BEGIN IF NOT ({condition}) THEN "
            "RAISE EXCEPTION 'only a move changes the state of a line' "
            "USING ERRCODE = 'check_violation'; END IF; RETURN NEW; END $$"
        )
        op.execute(
            f"CREATE TRIGGER nominations_{name} BEFORE {moment} ON nominations "
            f"FOR EACH ROW EXECUTE FUNCTION nominations_{name}()"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for table in _APPEND_ONLY:
            op.execute(f"DROP TRIGGER {table}_no_update")
            op.execute(f"DROP TRIGGER {table}_no_delete")
        op.execute("DROP TRIGGER nominations_no_delete")
        op.execute("DROP TRIGGER nominations_created")
        op.execute("DROP TRIGGER nominations_moved")
        return
    for table in _APPEND_ONLY:
        op.execute(f"DROP TRIGGER {table}_stay ON {table}")
    op.execute("DROP TRIGGER nominations_stay ON nominations")
    for name in ("created", "moved"):
        op.execute(f"DROP TRIGGER nominations_{name} ON nominations")
        op.execute(f"DROP FUNCTION nominations_{name}()")
    op.execute("DROP FUNCTION refuse()")
