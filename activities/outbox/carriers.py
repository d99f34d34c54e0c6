"""The channels that are on, as the environment says."""

from collections.abc import Mapping
from datetime import timedelta

from activities.outbox.channel import Carrier
from activities.outbox.smtp import Email, MailServer, Security
from activities.outbox.webhook import Webhook
from domain.outgoing.deliveries import Channel
from papers.mail.addresses import address
from papers.mail.letters import Sender
from settings import Settings

_MINUTE = timedelta(minutes=1)


def carriers_of(settings: Settings) -> Mapping[Channel, Carrier]:
    """Make the carriers of the channels that are on. Raises BadAddress."""
    found: dict[Channel, Carrier] = {}
    if settings.mail_host:
        found[Channel.EMAIL] = _email(settings)
    if settings.webhook_url:
        found[Channel.WEBHOOK] = Webhook(
            settings.webhook_url, settings.webhook_secret, settings.public_origin
        )
    return found


def _email(settings: Settings) -> Email:
    reply_to = settings.mail_reply_to
    server = MailServer(
        host=settings.mail_host,
        port=settings.mail_port,
        security=Security(settings.mail_security),
        user=settings.mail_user,
        password=settings.mail_password,
        authorities=settings.mail_authorities,
        patience=settings.mail_patience.total_seconds(),
    )
    sender = Sender(
        address=address(settings.mail_from_name, settings.mail_from),
        reply_to=address("", reply_to) if reply_to else None,
        link=settings.public_origin,
    )
    return Email(
        server,
        sender,
        at_once=settings.mail_at_once,
        pace=_MINUTE / settings.mail_per_minute,
    )
