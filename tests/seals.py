"""Certificates, and PDFs that are digitally signed with them, by pyHanko itself."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from typing import Any

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.generic import StreamObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers.pdf_cms import SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

FROM, UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2045, 1, 1, tzinfo=UTC)
_A4 = (0, 0, 595, 842)


@dataclass(frozen=True)
class Seal:
    """A certificate with its key, and the seals above it, the next one first."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey
    above: tuple["Seal", ...] = ()

    @property
    def der(self) -> bytes:
        """The certificate alone."""
        return self.certificate.public_bytes(Encoding.DER)

    @property
    def pem(self) -> bytes:
        """The certificate alone, in letters."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def chain(self) -> tuple[bytes, ...]:
        """The certificate and those above it."""
        return (self.der, *(each.der for each in self.above))


def a_seal(
    name: str,
    by: Seal | None = None,
    *,
    authority: bool = False,
    since: datetime = FROM,
    until: datetime = UNTIL,
    signs: bool = True,
) -> Seal:
    """Issue a certificate; one that nobody issues is a root."""
    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(by.certificate.subject if by else named)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(until)
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
        .add_extension(_usage(signs=signs, authority=authority), critical=True)
        .sign(by.key if by else key, SHA256())
    )
    return Seal(certificate, key, (by, *by.above) if by else ())


def _usage(*, signs: bool, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs and not authority,
        content_commitment=signs and not authority,
        key_encipherment=not signs,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


@cache
def root() -> Seal:
    """The root that an office trusts."""
    return a_seal("Chứng thực gốc", authority=True)


@cache
def signer(name: str = "Trần Văn Bình") -> Seal:
    """Somebody whom the root vouches for, by a second authority."""
    return a_seal(name, a_seal("Chứng thực con", root(), authority=True))


def plain_pdf(*, password: str = "") -> bytes:
    """Write a page that nobody has signed."""
    writer = PdfFileWriter()
    words = writer.add_object(StreamObject(stream_data=b"0 0 10 10 re f"))
    writer.insert_page(PageObject(contents=words, media_box=_A4))
    if password:
        writer.encrypt(password, password, pdf_mac=False)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def signed_pdf(
    seal: Seal,
    content: bytes = b"",
    *,
    field: str = "Ky1",
    password: str = "",
    **how: Any,
) -> bytes:
    """Sign a page, or what is signed already once more, in a *field* of its own."""
    writer = IncrementalPdfFileWriter(BytesIO(content or plain_pdf(password=password)))
    if password:
        writer.encrypt(password)
    said = {"subfilter": SigSeedSubFilter.PADES, "md_algorithm": "sha256"} | how
    metadata = PdfSignatureMetadata(field_name=field, **said)
    # It runs a loop of its own, which cannot be where one runs already.
    with ThreadPoolExecutor(1) as apart:
        signing = apart.submit(PdfSigner(metadata, _by(seal)).sign_pdf, writer)
        signed: BytesIO = signing.result()
    return signed.getvalue()


def _by(seal: Seal) -> SimpleSigner:
    key = seal.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    store = SimpleCertificateStore()
    store.register_multiple(Certificate.load(each.der) for each in seal.above)
    return SimpleSigner(Certificate.load(seal.der), PrivateKeyInfo.load(key), store)


def added_to(content: bytes) -> bytes:
    """Write more onto the page of a signed file, as an update that leaves the rest."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    more = writer.add_object(StreamObject(stream_data=b"50 50 90 90 re f"))
    page = writer.root["/Pages"]["/Kids"][0]
    page[pdf_name("/Contents")] = more
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def altered(content: bytes) -> bytes:
    """Change one letter of what was signed, and leave its place and length."""
    before, found, after = content.partition(b"10 10 re")
    assert found
    return before + b"90 10 re" + after
