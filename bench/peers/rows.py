"""The same few tables for every peer, written by plain synchronous statements."""

import sqlalchemy as sa

metadata = sa.MetaData()
EVIDENCE = {
    "achievement": "Hoàn thành xuất sắc nhiệm vụ được giao; có báo cáo kèm theo.",
    "documents": ["BAOCAO", "BIENBAN"],
}


def _key(name: str, kind: type = sa.String) -> "sa.Column[object]":
    return sa.Column(name, kind, primary_key=True)


def _text(name: str, *, index: bool = False) -> "sa.Column[object]":
    return sa.Column(name, sa.String, index=index)


DESK = sa.Table("desk", metadata, _key("phase"), _key("code"), _text("state"))
REGISTRATION = sa.Table(
    "registration",
    metadata,
    _key("phase"),
    _key("subject"),
    _key("title"),
    _text("desk"),
)
PROPOSAL = sa.Table(
    "proposal",
    metadata,
    _key("id"),
    _text("phase", index=True),
    _text("desk", index=True),
    _text("title"),
    sa.Column("evidence", sa.JSON),
    _text("state"),
    sa.Column("yes", sa.Integer),
    sa.Column("no", sa.Integer),
)
MOVE = sa.Table(
    "move",
    metadata,
    _key("proposal"),
    _key("number", sa.Integer),
    _text("state"),
    sa.Column("at", sa.DateTime(timezone=True), server_default=sa.func.now()),
)
VOTE = sa.Table(
    "vote",
    metadata,
    _key("proposal"),
    _key("member", sa.Integer),
    sa.Column("yes", sa.Boolean),
)
SHEET = sa.Table(
    "sheet",
    metadata,
    _key("phase"),
    _key("member", sa.Integer),
    sa.Column("content", sa.LargeBinary),
)
DECISION = sa.Table(
    "decision",
    metadata,
    _key("proposal"),
    sa.Column("approved", sa.Boolean),
    _text("director"),
)
NOTICE = sa.Table(
    "notice",
    metadata,
    _key("id", sa.BigInteger),
    _text("recipient", index=True),
    _text("proposal", index=True),
    _text("kind"),
    sa.Column("body", sa.JSON),
)
ACT = sa.Table(
    "act",
    metadata,
    _key("id"),
    _text("phase"),
    sa.Column("seq", sa.Integer),
    _text("digest"),
    sa.Column("payload", sa.JSON),
    sa.UniqueConstraint("phase", "seq"),
)
COMMAND = sa.Table(
    "command",
    metadata,
    _key("id"),
    _text("target", index=True),
    _text("kind"),
    _text("state"),
    sa.Column("payload", sa.JSON),
)
HEAD = sa.Table("head", metadata, _key("phase"), sa.Column("seq", sa.Integer))


def open_database(url: str) -> sa.Engine:
    """Open an empty database, and make the tables."""
    engine = sa.create_engine(url, pool_size=20, max_overflow=10)
    metadata.create_all(engine)
    return engine
