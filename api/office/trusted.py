"""The certificates by which the office trusts digital signatures."""

from base64 import b64decode
from datetime import datetime
from typing import Annotated

from fastapi import Path
from pydantic import Field
from sqlmodel import Session, func, select

from api.admission import does, reads
from api.answers import Answer
from api.deps import Reading
from api.headers import Router
from api.office.master import edits
from api.paging import Cursor, Limit, Order, Page
from domain.refusals import refuse
from duties.office_deed import OfficeDeed
from intake.fields import Base64, Body, only
from intake.signing.certificates import MOST, certificate_in, facts_of
from store.tables import Person, TrustedCertificate

router = Router(prefix="/api/v1/office/trusted-certificates", tags=["office"])

_MOST_OF_THEM = 100
_SHA256 = "[0-9a-f]{64}"
Fingerprint = Annotated[
    str,
    only(_SHA256, "mã SHA-256 của chứng thư số, 64 chữ số 0-9 và a-f"),
    Path(json_schema_extra={"pattern": f"^{_SHA256}$"}),
]


class CertificateIn(Body):
    """A certificate in PEM or DER, in base 64."""

    content: Annotated[Base64, Field(max_length=MOST * 3 // 2)]


class CertificateOut(Answer):
    """A trusted certificate: whose it is, who issued it, until when, by its SHA-256."""

    fingerprint: str
    subject: str
    issuer: str
    valid_from: datetime
    valid_until: datetime
    put_by: str
    put_at: datetime


_LATEST = Order(TrustedCertificate, ("put_at", "fingerprint"), last_first=True)


@router.get("", dependencies=[reads("directory")])
def trusted_certificates(
    session: Reading, limit: Limit = 100, cursor: Cursor = None
) -> Page[CertificateOut]:
    """List the certificates that the office trusts, the one that came last first."""
    return _LATEST.page(session, select(TrustedCertificate), limit, cursor, _read)


@router.post(
    "",
    status_code=201,
    summary="Thêm chứng thư số tin cậy",
    dependencies=[does("master_data")],
)
@edits
def trust(body: CertificateIn, session: Session, person: Person) -> CertificateOut:
    """Trust whoever a certificate is of, and whoever it vouches for."""
    fingerprint, content = certificate_in(b64decode(body.content))
    if session.get(TrustedCertificate, fingerprint) is not None:
        raise refuse("certificate_there", "Chứng thư số này đã có trong danh sách.")
    if session.exec(select(func.count()).select_from(TrustedCertificate)).one() >= (
        _MOST_OF_THEM
    ):
        said = f"Đã có đủ {_MOST_OF_THEM} chứng thư số; hãy bỏ bớt."
        raise refuse("too_many_certificates", said)
    deed = OfficeDeed.begin(session, person.id)
    row = TrustedCertificate(
        fingerprint=fingerprint, content=content, put_by=person.id, put_at=deed.at
    )
    session.add(row)
    deed.close("trust_certificate", {"fingerprint": fingerprint})
    return _read(row)


@router.delete(
    "/{fingerprint}",
    status_code=204,
    summary="Thôi tin cậy một chứng thư số",
    dependencies=[does("master_data")],
)
@edits
def distrust(fingerprint: Fingerprint, session: Session, person: Person) -> None:
    """Trust a certificate no more: signatures that rest on it have to be settled."""
    if (row := session.get(TrustedCertificate, fingerprint)) is not None:
        session.delete(row)
        deed = OfficeDeed.begin(session, person.id)
        deed.close("distrust_certificate", {"fingerprint": fingerprint})


def _read(row: TrustedCertificate) -> CertificateOut:
    said = facts_of(row.content)
    return CertificateOut(
        fingerprint=row.fingerprint,
        subject=said.subject,
        issuer=said.issuer,
        valid_from=said.valid_from,
        valid_until=said.valid_until,
        put_by=row.put_by,
        put_at=row.put_at,
    )
