"""An archive file read back: whether each part is what its index says."""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

from intake.files.zips import BROKEN_ZIP
from papers.archive.writing import DIGESTS, INDEX, digest_of

# A list of digests is text of some megabytes at most, whatever a file says of itself.
_MOST_DIGESTS = 64 * 2**20
_RECORDS = "nhat-ky/"


class NotAnArchive(Exception):
    """The file is no archive of a campaign; the message says so."""

    def __init__(self) -> None:
        super().__init__(
            "Tệp zip không phải bản lưu do `thidua archive` hay trang Nhật ký lập ra, "
            "hoặc đã hỏng: không có danh sách mã kiểm tra SHA256SUMS."
        )


def wrong_parts(file: Path) -> Iterator[str]:
    """Say of each part that was changed, lost or put in. Raises NotAnArchive."""
    with _opened(file) as archive:
        told = _told(archive)
        for name in sorted({*archive.namelist()} - {*told} - {INDEX, DIGESTS}):
            yield f"{name}: không có trong danh sách mã kiểm tra."
        for name, digest in told.items():
            yield from _wrong(archive, name, digest)


def records_in(file: Path) -> list[str]:
    """List the records that an archive holds. Raises NotAnArchive."""
    with _opened(file) as archive:
        return [each for each in archive.namelist() if each.startswith(_RECORDS)]


def lines_of_record(file: Path, name: str) -> Iterator[bytes]:
    """Read a record of an archive line by line."""
    with _opened(file) as archive, archive.open(name) as record:
        yield from record


def _wrong(archive: ZipFile, name: str, digest: str) -> Iterator[str]:
    try:
        with archive.open(name) as part:
            if digest_of(part) != digest:
                yield f"{name}: nội dung đã bị sửa."
    except KeyError:
        yield f"{name}: bị mất."
    except (OSError, *BROKEN_ZIP):
        yield f"{name}: không đọc được."


def _opened(file: Path) -> ZipFile:
    try:
        return ZipFile(file)
    except BROKEN_ZIP:
        raise NotAnArchive from None


def _told(archive: ZipFile) -> dict[str, str]:
    try:
        with archive.open(DIGESTS) as part:
            said = part.read(_MOST_DIGESTS).decode()
    except BROKEN_ZIP:
        raise NotAnArchive from None
    lines = (line.partition("  ") for line in said.splitlines())
    return {name: digest for digest, _, name in lines}
