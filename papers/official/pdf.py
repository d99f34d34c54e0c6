"""A paper as PDF/A, by Typst, in letters as wide as those of Times New Roman."""

import json
from io import BytesIO
from pathlib import Path

import segno
import typst

from papers.official.paper import OfficialPaper

_HERE = Path(__file__).parent


def as_pdf(paper: OfficialPaper, address: str = "") -> bytes:
    """Draw a paper; *address* leads to its facts, and stands on it as a QR code."""
    data = json.dumps(paper.as_data(), ensure_ascii=False)
    drawn: bytes = typst.compile(
        str(_HERE / "official.typ"),
        font_paths=[str(_HERE / "fonts")],
        ignore_system_fonts=True,
        sys_inputs={"paper": data, "mark": _mark(address)},
        pdf_standards=["a-2b"],
    )
    return drawn


def _mark(address: str) -> str:
    if not address:
        return ""
    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", border=0)
    return drawn.getvalue().decode()
