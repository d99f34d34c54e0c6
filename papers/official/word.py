"""A paper as Word has it, filled into a layout that the office may edit."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2.sandbox import SandboxedEnvironment

from papers.official.paper import Layout, ListedTable, OfficialPaper
from papers.official.pdf import as_picture
from papers.official.word_template import FILES

_WIDTH = 165  # millimetres between the margins


def as_word(
    paper: OfficialPaper, layout: Layout = Layout.PAPER, own: bytes | None = None
) -> bytes:
    """Fill a paper into a layout: ours, or the office's *own* file.

    Raises jinja2's SecurityError where the layout reaches beyond what it is given.
    """
    template = DocxTemplate(FILES[layout] if own is None else BytesIO(own))
    said = paper.as_data()
    for each in said["body"]:
        if each["shape"] == "chart":
            picture = BytesIO(as_picture(each))
            each["image"] = InlineImage(template, picture, width=Mm(_WIDTH))
    template.render(said, jinja_env=SandboxedEnvironment(autoescape=True))
    _lay_out(template.docx.tables, paper)
    written = BytesIO()
    template.save(written)
    return written.getvalue()


def _lay_out(tables: Iterable[Any], paper: OfficialPaper) -> None:
    """Give the tables their widths: those that are there, whatever the layout has."""
    within = [each for each in paper.body if isinstance(each, ListedTable)]
    listed = [each for each in tables if each.style.name == "Table Grid"]
    for table, said in zip(listed, [*within, *paper.annexes], strict=False):
        if len(table.columns) == len(said.widths):
            _set_columns(table, said)


def _set_columns(table: Any, said: ListedTable) -> None:
    """Give columns their widths, in each cell too: Word passes over the grid alone."""
    table.autofit = False
    widths = [Mm(_WIDTH * part / sum(said.widths)) for part in said.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, cell in enumerate(table._cells):
        row, at = divmod(number, len(widths))
        cell.width = widths[at]
        if row == 0 or at in said.centred:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
