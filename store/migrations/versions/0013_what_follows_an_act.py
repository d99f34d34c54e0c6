"""What a workflow has still to do after an act stands beside the act's answer."""

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_FOLLOWS = ("start", "wake", "spent")


def upgrade() -> None:
    json = "JSON" if _sqlite() else "JSONB"
    for name in _FOLLOWS:
        op.execute(
            f"ALTER TABLE commands ADD COLUMN {name} {json} DEFAULT '[]' NOT NULL"
        )
    taken = ", ".join(f"{name} = {_of_answer(name)}" for name in _FOLLOWS)
    op.execute(
        f"UPDATE commands SET {taken}, answer = {_without_follows()} "
        "WHERE answer IS NOT NULL"
    )


def _sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _of_answer(name: str) -> str:
    if _sqlite():
        return f"COALESCE(json_extract(answer, '$.{name}'), '[]')"
    return f"COALESCE(answer -> '{name}', '[]')"


def _without_follows() -> str:
    if _sqlite():
        paths = ", ".join(f"'$.{name}'" for name in _FOLLOWS)
        return f"json_remove(answer, {paths})"
    return "answer" + "".join(f" - '{name}'" for name in _FOLLOWS)


def downgrade() -> None:
    if _sqlite():
        said = ", ".join(f"'$.{name}', json({name})" for name in _FOLLOWS)
        whole = f"json_set(answer, {said})"
    else:
        said = ", ".join(f"'{name}', {name}" for name in _FOLLOWS)
        whole = f"answer || jsonb_build_object({said})"
    op.execute(f"UPDATE commands SET answer = {whole} WHERE answer IS NOT NULL")
    for name in _FOLLOWS:
        op.drop_column("commands", name)
