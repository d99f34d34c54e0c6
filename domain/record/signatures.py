"""Digital signatures in the file of a signed paper: what of each is not as it says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class SignatureFault(StrEnum):
    """Why a digital signature is not taken for what it says.

    The first three are of the file and stay with it; the others are of the signer's
    certificate, by those that the office trusts at the time of asking.
    """

    ALTERED = "altered"
    ADDED_TO = "added_to"
    UNSUPPORTED = "unsupported"
    UNTRUSTED = "untrusted"
    OUT_OF_DATE = "out_of_date"
    UNFIT = "unfit"


@dataclass(frozen=True)
class DigitalSignature:
    """A signature in a file: by whom, whose word that is, and of when, as it says.

    *fault* is of the file, *distrust* of the certificate.
    """

    signer: str
    issuer: str
    signed_at: datetime | None
    fault: SignatureFault | None
    distrust: SignatureFault | None

    @property
    def intact(self) -> bool:
        """Say whether what was signed is there as it was signed."""
        return self.fault in (None, SignatureFault.ADDED_TO)

    @property
    def whole(self) -> bool:
        """Say whether nothing but further signatures came into the file later."""
        return self.fault is None

    @property
    def faults(self) -> Iterator["FaultySignature"]:
        """Name what has to be settled of it."""
        for each in (self.fault, self.distrust):
            if each is not None:
                yield FaultySignature(self.signer, each)


@dataclass(frozen=True)
class FaultySignature:
    """A signature that says otherwise than it is."""

    signer: str
    fault: SignatureFault
    fact = "signature"
