"""What an act said is erased by its owner's function, where the service may not."""

from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute(
        "CREATE FUNCTION erase_payload(erased uuid) RETURNS void LANGUAGE sql "
        "SECURITY DEFINER SET search_path = public, pg_temp "
        "AS $$ DELETE FROM act_payloads WHERE act = erased $$"
    )
    op.execute("REVOKE EXECUTE ON FUNCTION erase_payload(uuid) FROM PUBLIC")


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION erase_payload(uuid)")
