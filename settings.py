"""The environment, read once into one frozen object."""

import re
from datetime import timedelta
from ipaddress import IPv4Address
from pathlib import Path
from socket import gethostname
from typing import Annotated, Literal
from urllib.parse import quote

from pydantic import (
    AfterValidator,
    AnyHttpUrl,
    BeforeValidator,
    Field,
    FilePath,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from intake.rulepacks import RULES
from papers.mail.addresses import address


def _seconds(value: object) -> object:
    """A shell writes 0.2; pydantic alone would take a text only as PT0.2S."""
    return float(value) if isinstance(value, str) else value


def _origin(value: str) -> str:
    """Write an origin as browsers do: without a path, or a port that is understood."""
    if not value:
        return value
    written = str(AnyHttpUrl(value)).removesuffix("/")
    if not re.fullmatch(r"https?://[^/?#@]+", written):
        raise ValueError
    return written


def _secret(file: Path | None) -> str:
    return file.read_text("utf-8").rstrip("\n") if file else ""


def _days(value: object) -> object:
    return timedelta(days=float(value)) if isinstance(value, str) else value


Days = Annotated[timedelta, BeforeValidator(_days), Field(gt=timedelta(0))]
Seconds = Annotated[timedelta, BeforeValidator(_seconds), Field(gt=timedelta(0))]


Origin = Annotated[str, AfterValidator(_origin)]


class Settings(BaseSettings):
    """What a process of ours may be told from outside, as THIDUA_…"""

    model_config = SettingsConfigDict(env_prefix="THIDUA_", frozen=True)

    home: Path = Path("var")
    rules: Path = RULES
    database_url: str = ""
    # The password lies apart from the address: as a secret of compose is a file.
    database_password_file: FilePath | None = None
    # The role as which the service acts, for whoever migrates: it owns nothing.
    database_role: str = ""
    temporal_address: str = "127.0.0.1:7233"
    temporal_namespace: str = "default"
    # The keys by which what goes to Temporal is sealed; without, it goes as it is.
    temporal_keys: Path | None = None
    # Temporal's own pages under `thidua up`, which end workflows at a click.
    temporal_pages: bool = False
    task_queue: str = "thidua"
    # Any other address lets in whoever reaches it: for a container, or behind a proxy.
    host: IPv4Address = IPv4Address("127.0.0.1")
    port: int = Field(default=8000, ge=1, le=65535)
    # What browsers go to, where that is a proxy's address and not ours.
    public_origin: Origin = ""
    # In a sample a header names a person, and anybody may be played.
    sample: bool = False
    # Lets whoever has it set an empty office up in the browser: `thidua up` makes one.
    setup_code: str = ""
    # Whose word counts on where a request comes from: addresses, joined by commas.
    proxies: str = "127.0.0.1"
    # A provider of single sign-on (OIDC), which sends browsers back to public_origin.
    oidc_issuer: str = Field(default="", pattern=r"^(https?://\S+)?$")
    oidc_client_id: str = Field(default="", validate_default=True)
    oidc_client_secret_file: FilePath | None = None
    # A sample whose clock the visitor moves.
    practice: bool = False
    stuck_after: Seconds = timedelta(minutes=5)
    sweep_every: Seconds = timedelta(seconds=1)
    # How large a file that is attached may be, and how many one thing may have.
    file_mib: int = Field(default=20, ge=1, le=1024)
    files_each: int = Field(default=20, ge=1, le=1000)
    # A scanner that looks into each: clamd, by host:port or by the path of its socket.
    clamd: str = Field(default="", pattern=r"^(/.+|[^:/]+:[0-9]{1,5})?$")
    # How long what is in no record is kept: drafts after the end of their campaign, the
    # digests by which a request is known again after the end of its act, and sessions,
    # codes and tokens after their own.
    keep_drafts: Days = timedelta(days=365)
    keep_fingerprints: Days = timedelta(days=30)
    keep_sign_ins: Days = timedelta(days=30)

    # A server that takes our letters; without one, none go out (docs/operating.md).
    mail_host: str = Field(default="", pattern=r"^[A-Za-z0-9.:-]*$")
    mail_port: int = Field(default=587, ge=1, le=65535)
    mail_security: Literal["starttls", "tls", "none"] = "starttls"
    mail_user: str = ""
    mail_password_file: FilePath | None = None
    mail_authorities: FilePath | None = None
    # As whom they go out, and where answers, and letters that come back, go to.
    mail_from: str = Field(default="", validate_default=True)
    mail_from_name: str = "Thi đua, khen thưởng"
    mail_reply_to: str = ""
    # What the server takes: letters a minute, and by one connection.
    mail_per_minute: int = Field(default=300, ge=1, le=60_000)
    mail_at_once: int = Field(default=50, ge=1, le=500)
    # Longer, and others would take what one batch still sends.
    mail_patience: Annotated[Seconds, Field(le=timedelta(seconds=40))] = timedelta(
        seconds=30
    )
    # A program that is told of each notice, and the secret by which it knows us.
    webhook_url: str = Field(default="", pattern=r"^(https?://\S+)?$")
    webhook_secret_file: FilePath | None = Field(default=None, validate_default=True)

    @field_validator("webhook_secret_file")
    @classmethod
    def _is_signed(cls, file: Path | None, others: ValidationInfo) -> Path | None:
        if others.data.get("webhook_url") and file is None:
            raise ValueError
        return file

    @field_validator("mail_from")
    @classmethod
    def _comes_from_somebody(cls, sender: str, others: ValidationInfo) -> str:
        if others.data.get("mail_host") or sender:
            address("", sender)
        return sender

    @field_validator("mail_user")
    @classmethod
    def _signs_in_unseen(cls, user: str, others: ValidationInfo) -> str:
        if user and others.data.get("mail_security") == "none":
            raise ValueError
        return user

    @field_validator("oidc_issuer")
    @classmethod
    def _has_a_way_back(cls, issuer: str, others: ValidationInfo) -> str:
        if issuer and not others.data.get("public_origin"):
            raise ValueError
        return issuer

    @field_validator("oidc_client_id")
    @classmethod
    def _is_known_to_it(cls, client_id: str, others: ValidationInfo) -> str:
        if bool(client_id) != bool(others.data.get("oidc_issuer")):
            raise ValueError
        return client_id

    @property
    def oidc_client_secret(self) -> str:
        """What the provider knows us by; empty for a client without a secret."""
        return _secret(self.oidc_client_secret_file)

    @property
    def webhook_secret(self) -> str:
        """What requests to the webhook are signed with."""
        return _secret(self.webhook_secret_file)

    @property
    def mail_password(self) -> str:
        """What the mail server lets us in by; empty for one that asks for nothing."""
        return _secret(self.mail_password_file)

    @property
    def database(self) -> str:
        """The database's address: the one given, else SQLite in *home*."""
        url = self.database_url or f"sqlite:///{self.home / 'thidua.db'}"
        if self.database_password_file is None:
            return url
        password = _secret(self.database_password_file)
        user, _, server = url.rpartition("@")
        return f"{user}:{quote(password, safe='')}@{server}"

    @property
    def liveness_file(self) -> Path:
        """The file that a worker keeps young while it can do its work.

        Workers in containers share their home, and each has a host name.
        """
        return self.home / f"worker-{gethostname()}.alive"

    @property
    def files(self) -> Path:
        """The folder of the files that people attach: api and worker need the same."""
        return self.home / "files"

    @property
    def keys(self) -> Path:
        """The folder of the keys of ballot boxes: the worker's, in no backup."""
        return self.home / "keys"


class PracticeSettings(Settings):
    """The same for `thidua practice`, which may run beside `thidua up`."""

    home: Path = Path("var/practice")
    temporal_address: str = "127.0.0.1:7234"
    port: int = Field(default=8001, ge=1, le=65535)
