"""Papers read back: their words, where letters stand, and what is missing."""

import io
import re
import zipfile
from collections.abc import Iterator

import pypdfium2 as pdfium

MM = 72 / 25.4  # points


def pages(pdf: bytes) -> list[str]:
    """Read the words of each page, on one line each."""
    with pdfium.PdfDocument(pdf) as document:
        read = [page.get_textpage().get_text_range() for page in document]
    return [" ".join(each.replace("\ufffe", "").split()) for each in read]


def boxes(pdf: bytes, page: int) -> Iterator[tuple[float, float, float, float]]:
    """Say where letters stand: left, bottom, right, top, in points."""
    with pdfium.PdfDocument(pdf) as document:
        text = document[page].get_textpage()
        for at in range(text.count_chars()):
            if not text.get_text_range(at, 1).isspace():
                yield text.get_charbox(at)


def marks(pdf: bytes, page: int) -> list[tuple[float, float, float, float]]:
    """Say where a QR code stands: as `boxes` does."""
    with pdfium.PdfDocument(pdf) as document:
        found = [each.get_bounds() for each in document[page].get_objects()]
    sized = ((right - left, top - low) for left, low, right, top in found)
    near = [min(each) > 13 * MM and max(each) < 17 * MM for each in sized]
    return [box for box, is_mark in zip(found, near, strict=True) if is_mark]


def words(docx: bytes) -> str:
    """Read the words of a paper in Word."""
    with zipfile.ZipFile(io.BytesIO(docx)) as unzipped:
        body = unzipped.read("word/document.xml").decode()
    paragraphs = re.sub(r"</w:p>", "\n", body)
    return " ".join(re.sub(r"<[^>]*>", "", paragraphs).split())


def found_in(text: str, *expected: str) -> list[str]:
    """Keep of what is expected what does not stand in a text."""
    return [each for each in expected if each not in text]
