"""Builds `official.docx` and `certificate.docx`, which papers in Word are filled into.

Run as `python -m papers.official.word_template`; an office edits the files in Word.
Law: NĐ 30/2020/NĐ-CP Phụ lục I: margins, fonts, sizes and places.
"""

from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from papers.official.paper import Layout

_HERE = Path(__file__)
FILES = {
    Layout.PAPER: _HERE.with_name("official.docx"),
    Layout.CERTIFICATE: _HERE.with_name("certificate.docx"),
}

_FONT = "Times New Roman"
_CENTRED, _JUSTIFIED = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
_LEFT_SIDE, _RIGHT_SIDE = Mm(60), Mm(105)


def build(layout: Layout) -> bytes:
    """Build a layout, with places for what a paper says."""
    document = Document()
    _page(document)
    if layout is Layout.CERTIFICATE:
        _certificate(document)
    else:
        for part in (_heading, _subject, _body, _ending, _annexes):
            part(document)
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
    _plain(document, "{{ each }}", size=11, bold=True)
    _tag(document, "{%p endfor %}")
    for text in ("{{ kind }}", "{{ subject }}"):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_before = Pt(6)
        _line(paragraph, text, 14, bold=True)
    _rule(document)
    _tag(document, "{%p for each in addressed %}")
    _line(document.add_paragraph(), "Kính gửi: {{ each }}", 14)
    _tag(document, "{%p endfor %}")
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
    _tag(document, "{%p for each in body %}")
    _tag(document, "{%p if each.shape == 'table' %}")
    _list(document)
    _tag(document, "{%p elif each.shape == 'chart' %}")
    _line(document.add_paragraph(), "{{ each.caption }}", 13, bold=True)
    document.add_paragraph("{{ each.image }}")
    _tag(document, "{%p elif not each.text %}")
    heading = _plain(document, "{{ each.heading }}", bold=True)
    heading.paragraph_format.keep_with_next = True
    _tag(document, "{%p else %}")
    article = _plain(document, "{{ each.heading }} ", bold=True)
    article.add_run("{{ each.text }}")
    _tag(document, "{%p endif %}")
    _tag(document, "{%p endfor %}")


def _ending(document: Any) -> None:
    document.add_paragraph()
    table = _two_columns(document)
    left, right = table.rows[0].cells
    left.paragraphs[0].add_run("{%p if beside %}")
    _signed(left, "beside")
    left.add_paragraph("{%p else %}")
    _recipients(left)
    left.add_paragraph("{%p endif %}")
    right.paragraphs[0].add_run("{%p if signature %}")
    _signed(right, "signature")
    right.add_paragraph("{%p endif %}")
    below, _ = table.add_row().cells
    below.paragraphs[0].add_run("{%p if beside %}")
    _recipients(below)
    below.add_paragraph("{%p endif %}")


def _recipients(cell: Any) -> None:
    cell.add_paragraph("{%p if recipients %}")
    label = cell.add_paragraph().add_run("Nơi nhận:")
    label.bold, label.italic, label.font.size = True, True, Pt(12)
    cell.add_paragraph("{%p for each in recipients %}")
    cell.add_paragraph().add_run("- {{ each }}").font.size = Pt(11)
    cell.add_paragraph("{%p endfor %}")
    cell.add_paragraph("{%p endif %}")


def _signed(cell: Any, which: str) -> None:
    cell.add_paragraph(f"{{%p for each in {which}.capacity %}}")
    _line(cell.add_paragraph(), "{{ each }}", 14, bold=True)
    cell.add_paragraph("{%p endfor %}")
    for _room in range(4):
        cell.add_paragraph()
    _line(cell.add_paragraph(), f"{{{{ {which}.name }}}}", 14, bold=True)


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
    _tag(document, "{%p if each.note %}")
    _plain(document, "{{ each.note }}", italic=True)
    _tag(document, "{%p endif %}")


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


def _certificate(document: Any) -> None:
    """Lay the page on its side, and put everything in its middle."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.orientation = WD_ORIENT.LANDSCAPE
    page.left_margin = page.right_margin = Mm(30)
    _tag(document, "{%p for each in reservations %}")
    _plain(document, "{{ each }}", size=11, bold=True)
    _tag(document, "{%p endfor %}")
    for text, size in (
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13),
        ("Độc lập - Tự do - Hạnh phúc", 14),
        ("{{ authority | upper }}", 17),
        ("{{ resolves }}", 16),
        ("{{ kind }}", 32),
        ("{{ subject }}", 20),
    ):
        _line(document.add_paragraph(), text, size, bold=True)
    _tag(document, "{%p for each in body %}")
    _line(document.add_paragraph(), "{{ each.text }}", 15)
    _tag(document, "{%p endfor %}")
    left, right = _two_columns(document).rows[0].cells
    left.paragraphs[0].add_run("{{ number }}").font.size = Pt(12)
    _line(right.paragraphs[0], "{{ place_and_day }}", 15, italic=True)
    right.add_paragraph("{%p if signature %}")
    _signed(right, "signature")
    right.add_paragraph("{%p endif %}")


if __name__ == "__main__":
    for layout, file in FILES.items():
        file.write_bytes(build(layout))
