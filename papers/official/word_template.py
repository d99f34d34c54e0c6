"""Builds `official.docx`, the layout that papers in Word are filled into.

Run as `python -m papers.official.word_template`; an office edits the file in Word.
Law: NĐ 30/2020/NĐ-CP Phụ lục I: margins, fonts, sizes and places.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FILE = Path(__file__).with_name("official.docx")

_FONT = "Times New Roman"
_CENTRED, _JUSTIFIED = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_LEFT_SIDE, _RIGHT_SIDE = Mm(60), Mm(105)


def build() -> bytes:
    """Build the layout, with places for what a paper says."""
    document = Document()
    _page(document)
    _heading(document)
    _subject(document)
    _body(document)
    _ending(document)
    _annexes(document)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _page(document: Any) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin = page.bottom_margin = Mm(20)
    page.left_margin, page.right_margin = Mm(30), Mm(15)
    page.different_first_page_header_footer = True
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(0), 1
    number = page.header.paragraphs[0]
    number.alignment = _CENTRED
    _field(number.add_run(), "PAGE")
    for footer in (page.footer, page.first_page_footer):
        origin = footer.paragraphs[0]
        origin.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = origin.add_run("{{ origin.code }} · {{ origin.made_at }}")
        run.font.size = Pt(7)


def _field(run: Any, name: str) -> None:
    for kind, text in (("begin", ""), ("", name), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _heading(document: Any) -> None:
    table = _two_columns(document)
    issuer, nation = table.rows[0].cells
    issuer.paragraphs[0].add_run("{%p if parent %}")
    _line(issuer.add_paragraph(), "{{ parent | upper }}", 13)
    issuer.add_paragraph("{%p endif %}")
    _line(issuer.add_paragraph(), "{{ issuer | upper }}", 13, bold=True)
    _rule(issuer)
    _line(nation.paragraphs[0], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, bold=True)
    _line(nation.add_paragraph(), "Độc lập - Tự do - Hạnh phúc", 14, bold=True)
    _rule(nation, 31)
    number, place = table.add_row().cells
    _line(number.paragraphs[0], "{{ number }}", 13)
    _line(place.paragraphs[0], "{{ place_and_day }}", 14, italic=True)


def _two_columns(document: Any) -> Any:
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    for column, width in zip(table.columns, (_LEFT_SIDE, _RIGHT_SIDE), strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    return table


def _line(
    paragraph: Any, text: str, size: int, *, bold: bool = False, italic: bool = False
) -> None:
    paragraph.alignment = _CENTRED
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)


def _rule(cell: Any, underscores: int = 12) -> None:
    """Draw the line that stands below, by what Word itself draws lines with."""
    paragraph = cell.add_paragraph()
    paragraph.alignment = _CENTRED
    paragraph.paragraph_format.line_spacing = Pt(6)
    paragraph.add_run("_" * underscores).font.size = Pt(8)


def _subject(document: Any) -> None:
    _tag(document, "{%p for each in reservations %}")
    _plain(document, "Dự thảo. {{ each }}", size=11, bold=True)
    _tag(document, "{%p endfor %}")
    for text in ("{{ kind }}", "{{ subject }}"):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(6)
        _line(paragraph, text, 14, bold=True)
    _rule(document)
    _tag(document, "{%p if authority %}")
    paragraph = document.add_paragraph()
    _line(paragraph, "{{ authority | upper }}", 14, bold=True)
    _tag(document, "{%p endif %}")


def _tag(document: Any, text: str) -> None:
    """Add a line that steers, and is gone when the paper is filled in."""
    document.add_paragraph(text)


def _plain(
    document: Any,
    text: str,
    *,
    size: int = 14,
    bold: bool = False,
    italic: bool = False,
) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = _JUSTIFIED
    form = paragraph.paragraph_format
    form.first_line_indent, form.space_before = Mm(10), Pt(6)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _body(document: Any) -> None:
    _tag(document, "{%p for each in bases %}")
    _plain(document, "{{ each }}", italic=True)
    _tag(document, "{%p endfor %}")
    _tag(document, "{%p if proposal %}")
    _plain(document, "{{ proposal }}", italic=True)
    _tag(document, "{%p endif %}")
    _tag(document, "{%p if resolves %}")
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before = Pt(6)
    _line(paragraph, "{{ resolves }}", 14, bold=True)
    _tag(document, "{%p endif %}")
    _tag(document, "{%p for each in articles %}")
    article = _plain(document, "{{ each.heading }} ", bold=True)
    article.add_run("{{ each.text }}")
    _tag(document, "{%p endfor %}")


def _ending(document: Any) -> None:
    document.add_paragraph()
    recipients, signature = _two_columns(document).rows[0].cells
    label = recipients.paragraphs[0].add_run("Nơi nhận:")
    label.bold, label.italic, label.font.size = True, True, Pt(12)
    recipients.add_paragraph("{%p for each in recipients %}")
    recipients.add_paragraph().add_run("- {{ each }}").font.size = Pt(11)
    recipients.add_paragraph("{%p endfor %}")
    signature.paragraphs[0].add_run("{%p for each in signature.capacity %}")
    _line(signature.add_paragraph(), "{{ each }}", 14, bold=True)
    signature.add_paragraph("{%p endfor %}")
    for _room in range(4):
        signature.add_paragraph()
    _line(signature.add_paragraph(), "{{ signature.name }}", 14, bold=True)


def _annexes(document: Any) -> None:
    _tag(document, "{%p for each in annexes %}")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    _line(document.add_paragraph(), "{{ each.title }}", 14, bold=True)
    _line(document.add_paragraph(), "{{ each.subtitle }}", 14, italic=True)
    _rule(document)
    _list(document)
    _tag(document, "{%p endfor %}")


def _list(document: Any) -> None:
    """Add a table with as many columns and rows as a list has."""
    table = document.add_table(rows=0, cols=3)
    table.style = "Table Grid"
    header = _each_cell(table, "each.columns", bold=True)
    _repeat_on_each_page(header)
    table.add_row().cells[0].text = "{%tr for row in each.rows %}"
    _each_cell(table, "row")
    table.add_row().cells[0].text = "{%tr endfor %}"


def _each_cell(table: Any, texts: str, *, bold: bool = False) -> Any:
    row = table.add_row()
    before, cell, after = row.cells
    before.text, after.text = f"{{%tc for text in {texts} %}}", "{%tc endfor %}"
    run = cell.paragraphs[0].add_run("{{ text }}")
    run.bold, run.font.size = bold, Pt(13)
    return row


def _repeat_on_each_page(row: Any) -> None:
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(header)


if __name__ == "__main__":
    FILE.write_bytes(build())
