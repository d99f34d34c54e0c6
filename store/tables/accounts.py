"""Who may sign in: accounts, their sessions, one-time codes and tokens of programs.

Of what opens something only a digest is kept.
"""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field, SQLModel

from store.tables.columns import JSON_TYPE


class UserAccount(SQLModel, table=True):
    """A sign-in name: of one person, of an administrator of accounts, or of both."""

    __tablename__ = "accounts"
    __table_args__ = (Index("uq_accounts_subject", "issuer", "subject", unique=True),)
    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=50, unique=True)
    person: str | None = Field(default=None, foreign_key="people.id", unique=True)
    administrator: bool = False
    shut: bool = False
    # None until the first one-time code is used.
    password: str | None = Field(default=None, max_length=200)
    # Whom a provider of single sign-on knows by this subject.
    issuer: str | None = Field(default=None, max_length=500)
    subject: str | None = Field(default=None, max_length=255)
    version: int = 1


class UserSession(SQLModel, table=True):
    """A browser that is signed in; in a sample office as any *person*.

    *confirmed_at* is when a password was given last.
    """

    __tablename__ = "user_sessions"
    __table_args__ = (
        CheckConstraint("(account IS NULL) <> (person IS NULL)", name="of_one"),
    )
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    digest: str = Field(max_length=64, unique=True)
    account: int | None = Field(default=None, foreign_key="accounts.id", index=True)
    person: str | None = Field(default=None, foreign_key="people.id")
    agent: str = Field(default="", max_length=200)
    began_at: datetime
    seen_at: datetime
    ends_at: datetime
    confirmed_at: datetime | None = None


class OneTimeCode(SQLModel, table=True):
    """What sets the password of an account, once; an account has one at most.

    One that is *made_by* somebody for an account in use opens nothing before a witness
    has added a *half*, of which this is the digest.
    """

    __tablename__ = "one_time_codes"
    account: int = Field(primary_key=True, foreign_key="accounts.id")
    digest: str = Field(max_length=64, unique=True)
    ends_at: datetime
    # As the record names who acts; None where no witness is needed.
    made_by: str | None = Field(default=None, max_length=64)
    half: str | None = Field(default=None, max_length=64)


class SignInTry(SQLModel, table=True):
    """How often somebody has tried to get in since a count began, until it ends.

    *key* is of a digest of the name or the address: names of nobody are typed too.
    """

    __tablename__ = "sign_in_tries"
    key: str = Field(primary_key=True, max_length=8)
    many: int
    ends_at: datetime = Field(index=True)


class ApiToken(SQLModel, table=True):
    """What a program shows in place of a person; *campaign* is the only one it is for.

    *prefix* is how its owner knows it again.
    """

    __tablename__ = "api_tokens"
    id: UUID = Field(default_factory=uuid4, primary_key=True)
    digest: str = Field(max_length=64, unique=True)
    prefix: str = Field(max_length=16)
    account: int = Field(foreign_key="accounts.id", index=True)
    name: str = Field(max_length=200)
    scopes: list[str] = Field(sa_type=JSON_TYPE)
    # A draft may be thrown away, and a token for it then opens nothing.
    campaign: str | None = Field(default=None, max_length=64)
    made_at: datetime
    ends_at: datetime
    seen_at: datetime | None = None
