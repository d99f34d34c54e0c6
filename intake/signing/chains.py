"""Whether a signer's certificate leads to one that the office trusts, offline."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from domain.record.signatures import SignatureFault

_SIGNING = {"digital_signature", "non_repudiation"}


@lru_cache(maxsize=512)
def distrust(
    certificates: Sequence[bytes], at: datetime, anchors: frozenset[bytes]
) -> SignatureFault | None:
    """Say why a signer is not trusted, by certificates in DER, the signer's own first.

    The chain is judged as of a moment, by RFC 5280; whether a certificate was revoked
    is not asked. A certificate that is itself an anchor is trusted while it is valid.
    Not to be asked where a loop runs: it runs one of its own.
    """
    # Slow to load, and seldom needed.
    from asn1crypto.x509 import Certificate  # noqa: PLC0415
    from pyhanko_certvalidator import (  # noqa: PLC0415
        CertificateValidator,
        ValidationContext,
    )
    from pyhanko_certvalidator.errors import (  # noqa: PLC0415
        ExpiredError,
        NotYetValidError,
        PathError,
        ValidationError,
    )

    own, *others = map(Certificate.load, certificates)
    if not own.not_valid_before <= at <= own.not_valid_after:
        return SignatureFault.OUT_OF_DATE
    usage = own.key_usage_value
    if usage is not None and not usage.native & _SIGNING:
        return SignatureFault.UNFIT
    context = ValidationContext(
        trust_roots=[*map(Certificate.load, anchors)],
        other_certs=others,
        moment=at,
        allow_fetching=False,
    )
    try:
        asyncio.run(
            CertificateValidator(own, validation_context=context).async_validate_path()
        )
    except (ExpiredError, NotYetValidError):
        return SignatureFault.OUT_OF_DATE
    except (PathError, ValidationError):
        return SignatureFault.UNTRUSTED
    return None
