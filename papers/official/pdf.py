"""A paper as PDF/A, by Typst, in letters as wide as those of Times New Roman."""

import json
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Any

import segno
import typst

from papers.official.paper import Layout, OfficialPaper

_HERE = Path(__file__).parent

_STANDARDS = ["a-2b"]


def as_pdf(
    paper: OfficialPaper, address: str = "", layout: Layout = Layout.PAPER
) -> bytes:
    """Draw a paper; *address* leads to its facts, and stands on it as a QR code."""
    if layout is Layout.CERTIFICATE:
        return certificates_as_pdf([(paper, address)])
    data = json.dumps(paper.as_data(), ensure_ascii=False)
    said = {"paper": data, "mark": _mark(address)}
    return _compiled("official.typ", said, pdf_standards=_STANDARDS)


def certificates_as_pdf(papers: Iterable[tuple[OfficialPaper, str]]) -> bytes:
    """Draw one certificate or more, each on its page and with its address."""
    said = [paper.as_data() | {"mark": _mark(address)} for paper, address in papers]
    data = json.dumps(said, ensure_ascii=False)
    return _compiled("certificate.typ", {"papers": data}, pdf_standards=_STANDARDS)


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
