"""People are listed by the whole given name first, in any locale of the database."""

import sqlalchemy as sa
from alembic import op

from domain.names import sort_key

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

_PEOPLE = sa.table("people", sa.column("id"), sa.column("name"), sa.column("sort_key"))


def upgrade() -> None:
    bind = op.get_bind()
    if bind.dialect.name == "postgresql":
        op.alter_column("people", "sort_key", type_=sa.String(400, collation="C"))
    named = bind.execute(sa.select(_PEOPLE.c.id, _PEOPLE.c.name)).all()
    keys = [{"person": person, "key": sort_key(name)} for person, name in named]
    if keys:
        update = sa.update(_PEOPLE).where(_PEOPLE.c.id == sa.bindparam("person"))
        bind.execute(update.values(sort_key=sa.bindparam("key")), keys)


def downgrade() -> None:
    # A key that sorts better does no harm.
    if op.get_bind().dialect.name == "postgresql":
        op.alter_column("people", "sort_key", type_=sa.String(400))
