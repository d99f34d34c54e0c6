"""The forms of pages, filled in: by whoever tries them, as the matrix asks for them."""

from base64 import b64encode
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import uuid4

from sqlmodel import Session

from api.web.administration.entering import ENTERED
from api.web.launching.sheets import typed_of
from store.accounts.accounts import make_code
from tests.api.accounts.signing import PASSWORD
from tests.api.asking import HOME, NOMINEE, STRANGER, Thing, lines
from tests.api.scenes import (
    Keys,
    Maker,
    a_code_to_witness,
    a_draft,
    a_proposal,
    a_token_to_end,
    a_vote,
    account_of,
    fields_of,
    files_of_lines,
)
from tests.api.throwing import sample
from tests.intake.test_files import PDF
from tests.journeys.cast import a_plan


def filled_in(typed: Mapping[str, str], **where: Any) -> Maker:
    """Send a form of the office's, or of the department that asks for it."""
    return _sent(where, data=dict(typed))


def brought(name: str, content: bytes) -> Maker:
    """Send a form that brings a file, as one of the department."""
    return _sent({}, files={"tep": (name, content)})


def _sent(where: Mapping[str, Any], **sent: Any) -> Maker:
    def make(_session: Session, keys: Keys, _person: str) -> Iterator[Thing]:
        theirs = {"key": keys["phases/key"], "department": HOME, **where}
        yield Thing(theirs, None, HOME, sent=sent)

    return make


def of_a_plan(session: Session, keys: Keys, person: str) -> Iterator[Thing]:
    """Draft a campaign, or correct one that is launched by now."""
    typed = typed_of({**a_plan(), "code": keys["code"]}) | {"_phien_ban": "1"}
    yield Thing({}, sent={"data": typed})


def a_file(_session: Session, _keys: Keys, _person: str) -> Iterator[Thing]:
    """Bring a plan as a file, which is none."""
    yield Thing({}, sent={"files": {"ke_hoach": ("ke-hoach.pdf", PDF)}})


def a_code_to_use(session: Session, _keys: Keys, person: str) -> Iterator[Thing]:
    """Set a password by the code of a slip."""
    code, _ = make_code(session, account_of(session, person))
    typed = {"ma": code, "mat_khau": PASSWORD, "lap_lai": PASSWORD}
    yield Thing({}, sent={"data": typed})


def a_name(_session: Session, _keys: Keys, _person: str) -> Iterator[Thing]:
    """Make an account under a new name."""
    typed = {"viec": "lap", "name": f"tk-{uuid4().hex[:8]}"}
    yield Thing({}, sent={"data": typed})


def a_slip_to_witness(session: Session, keys: Keys, person: str) -> Iterator[Thing]:
    """Witness a slip on the page."""
    for each in a_code_to_witness(session, keys, person):
        yield each.but(keys={}, sent={"data": dict(each.keys)})


def a_token(_session: Session, _keys: Keys, person: str) -> Iterator[Thing]:
    """Make a token of one's own."""
    typed = {"name": "x", "scopes.read": "1", "days": "1", "_mat_khau": PASSWORD}
    owners = frozenset() if person == STRANGER else frozenset({person})
    yield Thing({}, owners=owners, sent={"data": typed})


def a_token_over(session: Session, keys: Keys, person: str) -> Iterator[Thing]:
    """End a token: one's own, and another's."""
    for each in a_token_to_end(session, keys, person):
        yield each.but(sent={"data": {"a": "b"}})


def a_matter(session: Session, keys: Keys, person: str) -> Iterator[Thing]:
    """Write a matter of each kind, and change what somebody else is writing."""
    for each in a_draft(session, keys, person):
        body: dict[str, Any] = each.sent["json"]
        typed = {**fields_of(body), "_ma": str(each.keys["key"])}
        yield each.but(sent={"data": typed, "params": {"loai": body["kind"]}})


def a_sheet(session: Session, keys: Keys, person: str) -> Iterator[Thing]:
    """Cast a sheet on its page."""
    for each in a_vote(session, keys, person):
        [mark] = each.sent["json"]["marks"]
        typed = {"vong": "1", f"chon.{mark['line']}": "yes"}
        typed |= {f"ma.{mark['line']}": mark["code"]}
        yield each.but(sent={"data": typed})


def a_paper(session: Session, _keys: Keys, _person: str) -> Iterator[Thing]:
    """Attach a file on the pages of lines that few may know."""
    for each in lines(session):
        yield each.but(sent={"files": {"tep": ("to-trinh.pdf", PDF)}})


def a_paper_away(session: Session, _keys: Keys, _person: str) -> Iterator[Thing]:
    """Take a file away on the pages of such lines."""
    for each in files_of_lines(session):
        yield each.but(sent={"data": {"a": "b"}})


def a_layout(_session: Session, _keys: Keys, _person: str) -> Iterator[Thing]:
    """Bring a layout of papers, which is none."""
    sent = {"files": {"tep": ("mau.docx", PDF)}}
    yield Thing({"layout": "paper"}, sent=sent)


def a_certificate(_session: Session, _keys: Keys, _person: str) -> Iterator[Thing]:
    """Bring a certificate, which is none."""
    yield Thing({}, sent={"files": {"tep": ("goc.pem", PDF)}})


def a_scan(_session: Session, _keys: Keys, _person: str) -> Iterator[Thing]:
    """Bring the scan of what was signed on paper."""
    content = PDF + uuid4().hex.encode()
    yield Thing({}, sent={"files": {"tep": (f"{uuid4().hex}.pdf", content)}})


def entered(about: str, **where: Any) -> Maker:
    """Enter a row of the office, of which the form says all that is needed."""

    def make(_session: Session, _keys: Keys, _person: str) -> Iterator[Thing]:
        schema = ENTERED[about].model_json_schema()
        body = sample(schema, schema.get("$defs", {}))
        yield Thing(where, sent={"data": fields_of(body) | {"_phien_ban": "99"}})

    return make


def answered(make: Maker) -> Maker:
    """Answer a proposal, or take it back, on its page."""

    def on_page(session: Session, keys: Keys, person: str) -> Iterator[Thing]:
        for each in make(session, keys, person):
            yield each.but(sent={"data": {"ly_do": "Vì sao."}})

    return on_page


_LINE = {
    "kind": "individual",
    "subject": NOMINEE,
    "title": "GIAY_KHEN",
    "goc": "",
    "_lam": "xoa",
}
_DAY = {"ngay": "2022-11-01", "la": "nghi", "reason": "Bão.", "source": "Công điện."}
_NO_BOOK = b"PK"  # a spreadsheet that opens nowhere
_LOOKED_AT = {"name": "a.xlsx", "content": b64encode(_NO_BOOK).decode(), "_nhu": "x"}
_LETTERS, _PAPERS = "POST /quan-tri/thu", "POST /de-nghi/{line}/tep"
_SET_ASIDE = "POST /quan-tri/viec-ket/{command_id}"
_PEOPLE, _PROPOSAL = "POST /quan-tri/nguoi", "POST /quan-tri/de-nghi/{key}"
_LIST = "POST /phong/{key}/{department}"
_PAST = "POST /quan-tri/khen-thuong-truoc"
FORMS: Mapping[str, Maker] = {
    "POST /dang-nhap/mat-khau": a_code_to_use,
    "POST /soan-ke-hoach": of_a_plan,
    "POST /soan-ke-hoach/kiem-tra": of_a_plan,
    "POST /soan-ke-hoach/tep": a_file,
    "POST /phat-dong/{code}/sua": of_a_plan,
    "POST /quan-tri/ngay-nghi": filled_in(_DAY),
    "POST /quan-tri/tai-khoan": a_name,
    "POST /quan-tri/chung-kien": a_slip_to_witness,
    "POST /quan-tri/ma-truy-cap": a_token,
    "POST /quan-tri/ma-truy-cap/{key}/ket-thuc": a_token_over,
    f"{_SET_ASIDE}/lam-lai": filled_in({"a": "b"}),
    f"{_SET_ASIDE}/bo": filled_in({"reason": "Vì sao."}),
    f"{_LETTERS}/giu": filled_in({"pham_vi": "2022"}),
    f"{_LETTERS}/tha": filled_in({"pham_vi": "2022"}),
    f"{_LETTERS}/bo": filled_in({"thu": "1", "reason": "Vì sao."}),
    f"{_LETTERS}/{{key}}/gui-lai": filled_in({"a": "b"}, key=1),
    f"{_LETTERS}/{{key}}/tra-ve": filled_in({"a": "b"}, key=1),
    _PAPERS: a_paper,
    f"{_PAPERS}/{{key}}/go": a_paper_away,
    f"{_LIST}/de-nghi/tep": brought("a.xlsx", _NO_BOOK),
    f"{_LIST}/de-nghi/tep/ghi": filled_in(_LOOKED_AT),
    f"{_LIST}/dang-ky/tep": brought("a.xlsx", _NO_BOOK),
    f"{_LIST}/dang-ky/tep/ghi": filled_in(_LOOKED_AT),
    f"{_PAST}/{{key}}": filled_in({"ly_do": "Vì sao."}, key=1),
    f"{_PAST}/tep": brought("a.xlsx", _NO_BOOK),
    f"{_PAST}/tep/ghi": filled_in(_LOOKED_AT),
    "POST /vu-viec-moi": a_matter,
    f"{_LIST}/de-nghi/tu-dang-ky": filled_in({"a": "b"}),
    f"{_LIST}/de-nghi/dong": filled_in(_LINE),
    f"{_LIST}/gui": filled_in({"_phien_ban": "1"}),
    "POST /hoi-dong/{key}/phieu": a_sheet,
    "POST /quan-tri/phong-moi": entered("departments/new"),
    "POST /quan-tri/phong/{department}": entered("departments", department=HOME),
    f"{_PEOPLE}-moi": entered("people/new"),
    f"{_PEOPLE}/{{who}}/thong-tin": entered("people"),
    f"{_PEOPLE}/{{who}}/hai-nguoi": entered("people/told-apart"),
    f"{_PEOPLE}/{{who}}/{{history}}": entered("disciplines", history="ky-luat"),
    f"{_PEOPLE}/{{who}}/{{history}}/{{key}}": entered(
        "disciplines", history="ky-luat", key=1
    ),
    "POST /quan-tri/mau-giay-to": filled_in({"a": "b"}),
    "POST /quan-tri/mau-giay-to/{layout}": a_layout,
    "POST /quyet-dinh/{key}/ban-giay": a_scan,
    "POST /hoi-dong/{key}/bien-ban/ban-giay": a_scan,
    "POST /quan-tri/chung-thu-so": a_certificate,
    "POST /quan-tri/chung-thu-so/{fingerprint}/bo": filled_in({"a": "b"}),
    "POST /quan-tri/xep-loai": filled_in({"nam": "2022", "phong": HOME}),
    f"{_PROPOSAL}/xac-nhan": answered(a_proposal),
    f"{_PROPOSAL}/tu-choi": answered(a_proposal),
    f"{_PROPOSAL}/rut": answered(a_proposal),
}
