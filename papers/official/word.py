"""A paper as Word has it, filled into a layout that the office may edit."""

from io import BytesIO
from os import PathLike
from typing import IO, Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from papers.official.paper import OfficialPaper
from papers.official.word_template import FILE

_WIDTH = 165  # millimetres between the margins


def as_word(
    paper: OfficialPaper, layout: str | PathLike[str] | IO[bytes] = FILE
) -> bytes:
    """Fill a paper into a layout, ours or one that an office has edited.

    Raises jinja2's SecurityError where the layout reaches beyond what it is given.
    """
    template = DocxTemplate(layout)
    template.render(paper.as_data(), jinja_env=SandboxedEnvironment(autoescape=True))
    listed = [each for each in template.docx.tables if each.style.name == "Table Grid"]
    for table, annex in zip(listed, paper.annexes, strict=True):
        _set_widths(table, annex.widths)
    written = BytesIO()
    template.save(written)
    return written.getvalue()


def _set_widths(table: Any, parts: tuple[int, ...]) -> None:
    """Give columns their widths, in each cell too: Word passes over the grid alone."""
    table.autofit = False
    widths = [Mm(_WIDTH * part / sum(parts)) for part in parts]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    for cell in [*table.rows[0].cells, *table.columns[0].cells]:
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
