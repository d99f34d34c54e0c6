"""A letter: one notice or several to one person, as a message that can be sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from domain.calendar import VIETNAM
from papers.mail.addresses import one_line

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_TEXT, _HTML = "letter.txt", "letter.html"
_SEVERAL = "{} thông báo về phong trào thi đua"


@dataclass(frozen=True)
class LetterPart:
    """One notice in a letter; *facts* are what stands below it, each by its name."""

    subject: str
    body: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Attached:
    """A calendar file that goes with a letter."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Sender:
    """As whom letters go out, where answers go, and where the office is on the web."""

    address: Address
    reply_to: Address | None = None
    link: str = ""


@dataclass(frozen=True)
class Letter:
    """What is sent to one person as one message.

    By its *key* it is known again, when it is sent once more; *at* is when it was sent
    first. Letters about one matter have one *thread*.
    """

    key: str
    to: Address
    parts: Sequence[LetterPart]
    at: datetime
    thread: str = ""
    attached: Sequence[Attached] = ()


@dataclass(frozen=True)
class Looks:
    """What a letter is called and says, in text and in HTML."""

    subject: str
    text: str
    html: str


def looks(name: str, parts: Sequence[LetterPart], link: str = "") -> Looks:
    """Write notices to somebody as a letter shows them."""
    several = _SEVERAL.format(len(parts))
    subject = one_line(parts[0].subject) if len(parts) == 1 else several
    said = {"subject": subject, "name": one_line(name), "parts": parts, "link": link}
    text, html = (_TEMPLATES.get_template(file).render(said) for file in (_TEXT, _HTML))
    return Looks(subject, text, html)


def message_of(letter: Letter, sender: Sender) -> EmailMessage:
    """Write a letter as a message: the same one, however often it is written."""
    message, host = EmailMessage(policy=SMTP), sender.address.domain
    shown = looks(letter.to.display_name, letter.parts, sender.link)
    message["Subject"] = shown.subject
    message["From"] = sender.address
    message["To"] = letter.to
    if sender.reply_to is not None:
        message["Reply-To"] = sender.reply_to
    message["Date"] = letter.at.astimezone(VIETNAM)
    message["Message-ID"] = f"<{letter.key}@{host}>"
    if letter.thread:
        message["References"] = f"<{letter.thread}@{host}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(shown.text, cte="quoted-printable")
    message.add_alternative(shown.html, subtype="html", cte="quoted-printable")
    for file in letter.attached:
        message.add_attachment(
            file.content,
            maintype="text",
            subtype="calendar",
            filename=file.name,
            params={"method": "PUBLISH", "charset": "utf-8"},
        )
    # Not before: whatever speaks of the content goes along with its first part.
    message["Content-Language"] = "vi"
    _bound(message, letter.key)
    return message


def _bound(message: EmailMessage, key: str) -> None:
    """Part the message by its key, where a new number would be drawn each time."""
    several = [part for part in message.walk() if part.is_multipart()]
    for n, part in enumerate(several):
        part.set_boundary(f"={key}={n}=")
