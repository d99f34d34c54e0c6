"""A certificate that the office is to trust: taken from a file, and read for people."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import (
    Certificate,
    load_der_x509_certificate,
    load_pem_x509_certificates,
)

from domain.refusals import Refused, refuse
from intake.signing.chains import distrust

MOST = 16 * 2**10  # bytes of a file
_PEM = b"-----BEGIN "


@dataclass(frozen=True)
class ReadCertificate:
    """What a certificate says: whose it is, who vouches for that, and for how long."""

    subject: str
    issuer: str
    valid_from: datetime
    valid_until: datetime


def certificate_in(content: bytes) -> tuple[str, bytes]:
    """Read the one certificate of a file: its SHA-256, and the whole of it in DER.

    Raises Refused (`bad_certificate`).
    """
    if not 0 < len(content) <= MOST:
        raise _bad(f"trống hoặc lớn quá {MOST // 2**10} KiB")
    try:
        found = _read(content)
        own = [each.public_bytes(Encoding.DER) for each in found]
        for each in own:
            distrust((each,), datetime.now(UTC), frozenset({each}))
            facts_of(each)
    except (ValueError, TypeError):
        raise _bad("không phải là chứng thư số X.509 dạng PEM hoặc DER") from None
    if len(own) != 1:
        raise _bad("có nhiều chứng thư số; mỗi lần chỉ một")
    return sha256(own[0]).hexdigest(), own[0]


def _read(content: bytes) -> list[Certificate]:
    if _PEM in content:
        return load_pem_x509_certificates(content)
    return [load_der_x509_certificate(content)]


def facts_of(certificate: bytes) -> ReadCertificate:
    """Say what a certificate in DER says."""
    read = load_der_x509_certificate(certificate)
    return ReadCertificate(
        read.subject.rfc4514_string(),
        read.issuer.rfc4514_string(),
        read.not_valid_before_utc,
        read.not_valid_after_utc,
    )


def _bad(why: str) -> Refused:
    return refuse("bad_certificate", f"Tệp chứng thư số {why}; chưa ghi gì.")
