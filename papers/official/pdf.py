"""A paper as PDF/A, by Typst, in letters as wide as those of Times New Roman."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst

from papers.official.paper import Layout, OfficialPaper

_HERE = Path(__file__).parent


_SOURCES = {Layout.PAPER: "official.typ", Layout.CERTIFICATE: "certificate.typ"}


def as_pdf(
    paper: OfficialPaper, address: str = "", layout: Layout = Layout.PAPER
) -> bytes:
    """Draw a paper; *address* leads to its facts, and stands on it as a QR code."""
    data = json.dumps(paper.as_data(), ensure_ascii=False)
    said = {"paper": data, "mark": _mark(address)}
    return _compiled(_SOURCES[layout], said, pdf_standards=["a-2b"])


def as_picture(chart: Any) -> bytes:
    """Draw a chart alone, from its plain data, as a PNG."""
    said = {"chart": json.dumps(chart, ensure_ascii=False)}
    return _compiled("picture.typ", said, format="png", ppi=200.0)


def _compiled(source: str, said: dict[str, str], **form: Any) -> bytes:
    drawn: bytes = typst.compile(
        str(_HERE / source),
        font_paths=[str(_HERE / "fonts")],
        ignore_system_fonts=True,
        sys_inputs=said,
        **form,
    )
    return drawn


def _mark(address: str) -> str:
    if not address:
        return ""
    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", border=0)
    return drawn.getvalue().decode()
