"""The digital signatures of a PDF that comes in: found by a process of its own."""

import json
import logging
import subprocess
import sys
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from domain.record.signatures import SignatureFault
from domain.refusals import Refused, refuse

# What every signature has, and what nothing packs: it says where the signed bytes are.
_SIGNED = b"/ByteRange"
_CHILD = (sys.executable, "-I", "-B", "-m", "intake.signing.child")
_SECONDS = 30
MOST_SIGNATURES = 20
# What it says in the place of signatures.
ENCRYPTED, TOO_MANY = "encrypted", "too_many"
_WHY = {
    ENCRYPTED: "Tệp PDF đặt mật khẩu nên không kiểm tra được chữ ký số; hãy "
    "gửi bản không đặt mật khẩu.",
    TOO_MANY: f"Tệp PDF có quá {MOST_SIGNATURES} chữ ký số; hãy gửi tệp có ít hơn.",
}
_BROKEN = (
    "Tệp PDF có dấu của chữ ký số nhưng không đọc được để kiểm tra: tệp hỏng, bị sửa "
    "cấu trúc hoặc quá phức tạp; hãy gửi lại đúng tệp đã ký."
)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FoundSignature:
    """A signature in a file, and the certificates that came with it, in DER.

    The first one is the signer's; *fault* is of the file.
    """

    signer: str
    issuer: str
    signed_at: datetime | None
    fault: SignatureFault | None
    certificates: tuple[bytes, ...]


def signatures_in(content: IO[bytes]) -> tuple[FoundSignature, ...]:
    """Find who has signed a PDF; one that nobody has signed is not looked into.

    Takes half a minute at most. Raises Refused (`signatures_unreadable`).
    """
    content.seek(0)
    whole = content.read()
    if _SIGNED not in whole:
        return ()
    said = _asked(whole)
    if isinstance(said, str):
        raise _unreadable(_WHY[said])
    return tuple(map(_found, said))


def _asked(whole: bytes) -> Any:
    """Ask a process that is told nothing of ours, and may fail."""
    try:
        done = subprocess.run(  # noqa: S603 - ours
            _CHILD,
            input=whole,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={},
        )
    except subprocess.SubprocessError as error:
        _log.info("a signed file was not read: %s", type(error).__name__)
        raise _unreadable(_BROKEN) from None
    return json.loads(done.stdout)


def _found(said: dict[str, Any]) -> FoundSignature:
    at, fault = said["signed_at"], said["fault"]
    return FoundSignature(
        said["signer"],
        said["issuer"],
        datetime.fromisoformat(at) if at else None,
        SignatureFault(fault) if fault else None,
        tuple(map(b64decode, said["certificates"])),
    )


def _unreadable(why: str) -> Refused:
    return refuse("signatures_unreadable", why)
