"""Reads the digital signatures of one PDF, in a process of its own: stdin to stdout.

Whatever a file does to its reader, it does it here, within bounds, and ends with this.
"""

import asyncio
import json
import logging
import resource
import sys
from base64 import b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESIndeterminate
from pyhanko.sign.diff_analysis import DiffResult, ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from domain.calendar import VIETNAM
from domain.names import clean
from domain.record.signatures import SignatureFault
from intake.signing.chains import distrust
from intake.signing.reading import ENCRYPTED, MOST_SIGNATURES, TOO_MANY

# A signer's certificate, those above it, and one or two by mistake; how long each is.
_MOST_CERTIFICATES, _LONGEST = 6, 8 * 2**10
_LONGEST_NAME = 200
_BOUNDS = {
    resource.RLIMIT_CPU: 20,  # seconds
    resource.RLIMIT_AS: 2**29,  # bytes of memory
    resource.RLIMIT_FSIZE: 0,  # bytes written into files
}
_WEAK = (
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE,
    AdESIndeterminate.CRYPTO_CONSTRAINTS_FAILURE_NO_POE,
)
Told = dict[str, Any]


def main() -> None:
    """Read the file, and write what was found as JSON; a file that is broken fails."""
    for what, most in _BOUNDS.items():
        resource.setrlimit(what, (most, most))
    logging.disable()
    json.dump(_read(sys.stdin.buffer.read()), sys.stdout)


def _read(content: bytes) -> list[Told] | str:
    # Much of what is signed comes from programs that do not keep to the letter of the
    # format; what was signed is held to all the same.
    reader = PdfFileReader(BytesIO(content), strict=False)
    if reader.encrypted:
        return ENCRYPTED
    fields = {name: (value, field) for name, value, field in _filled(reader)}
    if not fields:
        raise ValueError("signed somewhere, and nobody knows where")
    if len(fields) > MOST_SIGNATURES:
        return TOO_MANY
    return [
        _signature(EmbeddedPdfSignature(reader, field, name), fields)
        for name, (value, field) in fields.items()
        if value.get_object().get("/Type", "/Sig") == "/Sig"
    ]


def _filled(reader: PdfFileReader) -> Any:
    return enumerate_sig_fields(reader, filled_status=True)


def _signature(found: EmbeddedPdfSignature, fields: Mapping[str, Any]) -> Told:
    at = found.self_reported_timestamp
    if at is not None and at.tzinfo is None:
        at = at.replace(tzinfo=VIETNAM)
    own = found.signer_cert
    certificates = [each.dump() for each in (own, *found.other_embedded_certs)]
    if len(certificates[0]) > _LONGEST:
        raise ValueError("a certificate that is none")
    kept = [each for each in certificates if len(each) <= _LONGEST]
    kept = kept[:_MOST_CERTIFICATES]
    # Tried here, so that nothing else is where they are judged.
    distrust(tuple(kept), at or datetime.now(UTC), frozenset())
    return {
        "signer": _name(own.subject),
        "issuer": _name(own.issuer),
        "signed_at": at and at.astimezone(UTC).isoformat(),
        "fault": _fault(found, at, fields),
        "certificates": [b64encode(each).decode() for each in kept],
    }


def _name(name: Any) -> str:
    """Call somebody by their common name, or by all that is said."""
    said = name.native.get("common_name") or name.human_friendly
    return clean(said if isinstance(said, str) else ", ".join(said))[:_LONGEST_NAME]


def _fault(
    found: EmbeddedPdfSignature, at: datetime | None, fields: Mapping[str, Any]
) -> SignatureFault | None:
    """Say what is wrong with a signature, whoever has signed."""
    context = ValidationContext(trust_roots=[], moment=at, allow_fetching=False)
    try:
        status = asyncio.run(async_validate_pdf_signature(found, context))
    except ValueError:
        return SignatureFault.UNSUPPORTED
    if not (status.intact and status.valid):
        return SignatureFault.ALTERED
    if status.trust_problem_indic in _WEAK:
        return SignatureFault.UNSUPPORTED
    whole = _is_whole(status, fields) and not _goes_on(found, status)
    return None if whole else SignatureFault.ADDED_TO


def _is_whole(status: PdfSignatureStatus, fields: Mapping[str, Any]) -> bool:
    """Say whether only further signatures came later: no word, no picture, no field."""
    if status.coverage is SignatureCoverageLevel.ENTIRE_FILE:
        return True
    later = status.diff_result
    return (
        bool(status.docmdp_ok)
        and isinstance(later, DiffResult)
        and later.modification_level <= ModificationLevel.FORM_FILLING
        and later.changed_form_fields <= fields.keys()
    )


def _goes_on(found: EmbeddedPdfSignature, status: PdfSignatureStatus) -> bool:
    """Say whether more than blanks stand behind the last signature, in no revision.

    Few programs show it; one that mends a file may.
    """
    if (
        status.coverage is SignatureCoverageLevel.ENTIRE_FILE
        or found.signed_revision < found.reader.xrefs.total_revisions - 1
    ):
        return False
    _, _, last, length = found.byte_range
    found.reader.stream.seek(last + length)
    return bool(found.reader.stream.read().strip(b"\0 \r\n"))


if __name__ == "__main__":
    main()
