"""The way to a Temporal that may be elsewhere, as the environment tells it."""

from typing import Any

from temporalio.client import Client
from temporalio.envconfig import ClientConfigProfile

from engine.client import connect
from engine.codec import BadKeys, messages_by
from intake.commands import Trouble
from settings import Settings


async def connect_as_told(settings: Settings, *, lazy: bool = True) -> Client:
    """Connect by our own settings, and by Temporal's: TEMPORAL_TLS, TEMPORAL_API_KEY.

    Where both name an address or a namespace, ours is meant. Raises Trouble, also
    where nobody answers unless it is done lazily.
    """
    told, ours = _told(), settings.model_fields_set
    address = told.pop("target_host", None)
    namespace = told.pop("namespace", None)
    if address is None or "temporal_address" in ours:
        address = settings.temporal_address
    if namespace is None or "temporal_namespace" in ours:
        namespace = settings.temporal_namespace
    try:
        messages = messages_by(settings.temporal_keys)
        return await connect(
            address, namespace, lazy=lazy, messages=messages, door=told
        )
    except BadKeys as bad:
        raise Trouble(f"THIDUA_TEMPORAL_KEYS: {bad}") from None
    except RuntimeError:
        raise Trouble(f"Không tới được Temporal ở {address}.") from None


def _told() -> dict[str, Any]:
    """Read what Temporal's tools read, but no file of theirs: that is a person's."""
    try:
        profile = ClientConfigProfile.load(disable_file=True)
        return {**profile.to_client_connect_config()}
    except (RuntimeError, ValueError, OSError) as error:
        raise Trouble(f"Biến môi trường TEMPORAL_… chưa đúng: {error}.") from None
