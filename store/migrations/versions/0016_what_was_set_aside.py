"""A command fails by a mistake of ours at once, and one set aside may be discarded."""

from alembic import op
from sqlalchemy import text

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None

_STATES = ("received", "applied", "refused", "stuck")
_BEFORE = (_STATES, ("refused",))
_AFTER = ((*_STATES, "failed", "discarded"), ("refused", "discarded"))


def upgrade() -> None:
    _change(_limits(*_BEFORE), _limits(*_AFTER))


def downgrade() -> None:
    """What has failed is stuck there, and what was discarded was refused."""
    op.execute("UPDATE commands SET state = 'stuck' WHERE state = 'failed'")
    op.execute("UPDATE commands SET state = 'refused' WHERE state = 'discarded'")
    _change(_limits(*_AFTER), _limits(*_BEFORE))


def _limits(states: tuple[str, ...], refused: tuple[str, ...]) -> dict[str, str]:
    with_reasons = f"state IN {_listed(*refused)}"
    if len(refused) == 1:
        with_reasons = f"state = '{refused[0]}'"
    return {
        "ck_commands_commandstate": f"state IN {_listed(*states)}",
        "ck_commands_ended_when_ended": (
            f"(state IN {_listed('applied', *refused)}) = (ended_at IS NOT NULL)"
        ),
        "ck_commands_refused_with_reasons": (
            f"({with_reasons}) = (refusals IS NOT NULL)"
        ),
    }


def _listed(*states: str) -> str:
    return f"({', '.join(repr(state) for state in states)})"


def _change(before: dict[str, str], after: dict[str, str]) -> None:
    if op.get_bind().dialect.name == "sqlite":
        _edit(before, after)
        return
    for name, limit in after.items():
        op.execute(f"ALTER TABLE commands DROP CONSTRAINT {name}")
        op.execute(f"ALTER TABLE commands ADD CONSTRAINT {name} CHECK ({limit})")


def _edit(before: dict[str, str], after: dict[str, str]) -> None:
    """Change what SQLite's schema says, in place.

    Made anew, the table could not lose the columns that came later. SQLite's
    documentation names this way for constraints that change nothing of what is stored
    (ALTER TABLE, section 7).
    """
    bind = op.get_bind()
    bind.exec_driver_sql("PRAGMA writable_schema=ON")
    for name, limit in after.items():
        bind.execute(
            text(
                "UPDATE sqlite_schema SET sql = replace(sql, :old, :new) "
                "WHERE type = 'table' AND name = 'commands'"
            ),
            {
                "old": f"{name} CHECK ({before[name]})",
                "new": f"{name} CHECK ({limit})",
            },
        )
    version = bind.exec_driver_sql("PRAGMA schema_version").scalar_one()
    bind.exec_driver_sql(f"PRAGMA schema_version={version + 1}")
    bind.exec_driver_sql("PRAGMA writable_schema=OFF")
