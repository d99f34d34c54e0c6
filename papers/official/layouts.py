"""An office's own layout for Word: looked at whole before any paper is filled into it.

What is put in is data, and what a layout may do with it is little: show a field, go
through a list, ask whether something is there. Anything else is refused when it comes.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from io import BytesIO
from types import UnionType
from typing import Any, get_args, get_origin
from zipfile import ZipFile

from docx.oxml import parse_xml
from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError, nodes
from jinja2.sandbox import SandboxedEnvironment

from domain.refusals import Refused, refuse
from intake.files.kinds import require_kind
from intake.files.zips import BROKEN_ZIP
from papers.official.paper import (
    Article,
    Chart,
    ChartBar,
    Layout,
    ListedTable,
    OfficialPaper,
    Origin,
    Signature,
)
from papers.official.word import as_word

MOST = 320 * 2**10  # bytes, with an emblem or two
_UNPACKED, _TEXT, _PARTS = 8 * 2**20, 2**20, 300
_DEPTH = 4  # loops inside one another: annexes, their rows, their cells
_REPEATED = 32 * 2**10  # letters within one loop; ours have some 1,400
# What a part may be: text, pictures, letters; and fields of Word count pages alone.
_PART = re.compile(r"(?i).*(\.(xml|rels|png|jpe?g|gif|bmp|tiff?|emf|wmf|svg|odttf)|/)")
_BROUGHT = ("/attachedTemplate", "/aFChunk", "/subDocument", "/frame")
_PAGES = re.compile(r"(PAGE|NUMPAGES|SECTIONPAGES|\\\* *\w+|\s)*")
_MAIN = "wordprocessingml.document.main+xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FILTERS = frozenset({"upper", "lower", "capitalize", "title", "trim", "e", "escape"})
_NODES = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr),
    *(nodes.For, nodes.If, nodes.Filter, nodes.Const, nodes.Not, nodes.And, nodes.Or),
    *(nodes.Compare, nodes.Operand),
)
_LOOP = frozenset({"index", "first", "last"})
# What is seen by hand: without them a draft would look signed, or a paper say less.
_NEEDED: Mapping[Layout, frozenset[str]] = {
    Layout.PAPER: frozenset(
        {
            *("issuer", "number", "place_and_day", "kind", "subject", "body"),
            *("recipients", "signature", "annexes", "reservations", "origin"),
        }
    ),
    Layout.CERTIFICATE: frozenset({"kind", "subject", "body", "signature", "origin"}),
}


def require_layout(content: bytes, layout: Layout) -> None:
    """Refuse a file that is no layout that papers can be filled into.

    Raises Refused (`file_too_large`, `file_unlike_name`, `bad_layout`).
    """
    if len(content) > MOST:
        raise refuse("file_too_large", f"Mẫu lớn quá {MOST // 2**10} KiB.")
    require_kind(BytesIO(content), ".docx")
    _require_plain(content)
    named = _require_simple(content)
    if missing := sorted(_NEEDED[layout] - named):
        raise _bad(f"thiếu trường {', '.join(missing)}")
    try:
        as_word(_SAMPLE, layout, content)
    except Exception:  # noqa: BLE001 - whatever it is, the office hears one sentence
        raise _bad("không điền thử được; hãy sửa từ mẫu tải xuống ở đây") from None


def _require_plain(content: bytes) -> None:
    """Refuse what unpacks to too much, or brings what is no text and no picture."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
            if len(parts) > _PARTS or sum(x.file_size for x in parts) > _UNPACKED:
                raise _bad(f"mở ra lớn quá {_UNPACKED // 2**20} MiB")
            for part in parts:
                _require_known(part.filename, packed.read(part))
    except (SyntaxError, OSError, *BROKEN_ZIP):
        raise _bad("tệp bị hỏng hay có mật khẩu") from None


def _require_known(name: str, content: bytes) -> None:
    if re.search(r"(?i)activex|embeddings/|vba", name) or not _PART.fullmatch(name):
        raise _bad("có macro hay đối tượng nhúng")
    if not name.endswith((".xml", ".rels")):
        return
    if len(content) > _TEXT:
        raise _bad(f"có phần chữ lớn quá {_TEXT // 2**20} MiB")
    part = parse_xml(content)
    if part.getroottree().docinfo.doctype:
        raise _bad("có khai báo kiểu tài liệu (DOCTYPE)")
    if name == "[Content_Types].xml" and not any(map(_is_main, part)):
        raise _bad("không phải là tài liệu Word không có macro (.docx)")
    if name.endswith(".rels") and any(map(_leads_out, part)):
        raise _bad("gọi đến tệp ở nơi khác")
    if not _PAGES.fullmatch("".join(_fields_of_word(part))):
        raise _bad("có trường của Word ngoài số trang (PAGE, NUMPAGES)")
    filled = re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)
    if not filled and re.search(r"\{[{%#]", "".join(part.itertext())):
        raise _bad("đặt trường ngoài thân, đầu trang, chân trang")


def _leads_out(relation: Any) -> bool:
    kind = str(relation.get("Type", ""))
    outside = relation.get("TargetMode") == "External"
    return kind.endswith(_BROUGHT) or (outside and not kind.endswith("/hyperlink"))


def _is_main(kind: Any) -> bool:
    return str(kind.get("ContentType", "")).endswith(_MAIN)


def _fields_of_word(part: Any) -> Iterator[str]:
    """Give what Word itself would work out, which may read files or run programs."""
    for code in part.iter(f"{_W}instrText", f"{_W}fldSimple"):
        yield code.text or code.get(f"{_W}instr") or ""


def _require_simple(content: bytes) -> set[str]:
    """Refuse what a layout may not do, or does not know; return what it shows."""
    template = DocxTemplate(BytesIO(content))
    environment = SandboxedEnvironment(autoescape=True)
    named: set[str] = set()
    try:
        for text in _texts(template):
            named |= _shown(environment.parse(text))
    except TemplateSyntaxError as error:
        raise _bad(f"có chỗ viết sai: {str(error)[:120]}") from None
    except RecursionError:
        raise _bad("có chỗ viết sai: lồng nhau quá nhiều") from None
    return named


def _texts(template: Any) -> Iterator[str]:
    template.init_docx()
    yield template.patch_xml(template.get_xml())
    for uri in (template.HEADER_URI, template.FOOTER_URI):
        for _, part in template.get_headers_footers(uri):
            yield template.patch_xml(template.get_part_xml(part))


def _shown(tree: nodes.Template) -> set[str]:
    """List the fields that a part shows, by the names that papers have for them."""
    strange = [x for x in _every(tree) if not isinstance(x, _NODES)]
    filters = {x.name for x in tree.find_all(nodes.Filter)} - _FILTERS
    if strange or filters:
        raise _bad("dùng lệnh ngoài hiện trường, lặp và điều kiện")
    if _depth(tree) > _DEPTH:
        raise _bad(f"lặp lồng nhau quá {_DEPTH} lần")
    loops = [*tree.find_all(nodes.For)]
    if not all(map(_goes_deeper, loops)):
        raise _bad("lặp trong một lần lặp mà không qua phần của chính nó")
    if any(_letters_of(loop) > _REPEATED for loop in loops):
        raise _bad("lặp một đoạn quá dài")
    own = {x.target.name for x in loops if isinstance(x.target, nodes.Name)}
    named = {x.name for x in tree.find_all(nodes.Name)} - own
    inner = {x.attr for x in tree.find_all(nodes.Getattr)}
    unknown = (named - _FIELDS - {"loop"}) | (inner - _INNER - _LOOP)
    if unknown:
        known = ", ".join(sorted(_FIELDS))
        raise _bad(f"dùng trường không có: {', '.join(sorted(unknown))}; có: {known}")
    return named


def _every(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for each in node.iter_child_nodes():
        yield from _every(each)


def _depth(node: nodes.Node) -> int:
    deepest = max(map(_depth, node.iter_child_nodes()), default=0)
    return deepest + isinstance(node, nodes.For)


def _goes_deeper(loop: nodes.For) -> bool:
    """Say whether what is within a loop goes through a part of what that goes through.

    So a paper is gone through once, however deep its loops are.
    """
    here = loop.target.name if isinstance(loop.target, nodes.Name) else ""
    inner = (each for node in loop.body for each in _nearest(node))
    return all(_root_of(each.iter) == here for each in inner)


def _nearest(node: nodes.Node) -> Iterator[nodes.For]:
    if isinstance(node, nodes.For):
        yield node
        return
    for each in node.iter_child_nodes():
        yield from _nearest(each)


def _root_of(said: nodes.Node) -> str | None:
    while isinstance(said, nodes.Getattr):
        said = said.node
    return said.name if isinstance(said, nodes.Name) else None


def _letters_of(loop: nodes.For) -> int:
    return sum(len(each.data) for each in loop.find_all(nodes.TemplateData))


def _bad(why: str) -> Refused:
    return refuse("bad_layout", f"Mẫu Word không dùng được: {why}.")


def _inner(kind: Any) -> Iterator[str]:
    """List the names of fields of whatever a field holds."""
    if is_dataclass(kind):
        for each in fields(kind):
            yield each.name
            yield from _inner(each.type)
    elif get_origin(kind) in (tuple, UnionType):
        for each in get_args(kind):
            yield from _inner(each)


_FIELDS = frozenset(each.name for each in fields(OfficialPaper))
_INNER = frozenset({*_inner(OfficialPaper), "shape", "image"}) - _FIELDS | {
    *("title", "subtitle", "heading", "text", "name"),
}
_SAMPLE = OfficialPaper(
    parent="Cơ quan cấp trên",
    issuer="Cơ quan",
    number="Số: 05/QĐ-VP",
    place_and_day="Tỉnh, ngày 05 tháng 7 năm 2022",
    kind="QUYẾT ĐỊNH",
    subject="Về việc khen thưởng",
    addressed=("Nơi gửi",),
    authority="Chánh Văn phòng",
    bases=("Căn cứ luật.",),
    proposal="Theo đề nghị.",
    resolves="QUYẾT ĐỊNH:",
    body=(
        Article(heading="Điều 1.", text="Nội dung <b>&</b> nội dung."),
        ListedTable(columns=("TT", "Tên"), widths=(1, 5), rows=(("1", "A"),)),
        Chart(caption="Biểu", bars=(ChartBar(label="A", part=1, whole=2, said="1/2"),)),
    ),
    recipients=("Lưu: VT.",),
    signature=Signature(capacity=("CHÁNH VĂN PHÒNG",), name="Nguyễn Văn Ánh"),
    beside=Signature(capacity=("THƯ KÝ",)),
    annexes=(
        ListedTable(title="DANH SÁCH", columns=("TT",), widths=(1,), rows=(("1",),)),
    ),
    reservations=("Dự thảo.",),
    origin=Origin(code="mau", made_at=datetime(2022, 7, 5, tzinfo=UTC)),
)
