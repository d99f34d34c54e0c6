"""Every official paper of a phase, made at its moment, drawn both ways, read back."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from unicodedata import is_normalized

from sqlmodel import Session, select

from domain.states import CaseKind
from papers.official.every import EVERY_PAPER
from papers.official.kinds import PaperKind, PaperOf
from papers.official.paper import Layout, OfficialPaper
from papers.official.pdf import as_pdf
from papers.official.word import as_word
from store.database import Database
from store.tables import (
    Campaign,
    Case,
    CouncilSession,
    Decision,
    Nomination,
    OfficeLetterhead,
    PastAward,
    Phase,
    Report,
    RoundLine,
    Submission,
)
from tests.api.asking import certified, filed
from tests.council.day import (
    DAY,
    EVERY_KIND,
    MORNING,
    POSTED,
    registered,
    sent,
)
from tests.council.votes import COUNCIL, MINUTES, TELLERS
from tests.office import DIRECTOR, SECRETARIAT
from tests.papers.reading import pages, words
from tests.scale.story import SITTING, Story

_AIM = {
    "title": "GIAY_KHEN",
    "subject": "individual",
    "ratio": "15/100",
    "denominator": "participants",
    "text": "15% cá nhân được tặng Giấy khen.",
}
BEFORE: dict[str, Any] = {
    "person": "cthdnd-02",
    "title": "LDTT",
    "called": "Lao động tiên tiến",
    "year": 2020,
    "number": "07/QĐ-VP",
    "decided_on": date(2021, 1, 5),
    "decided_by": "Chánh Văn phòng",
}
Made = dict[str, OfficialPaper]


@dataclass
class Year(Story):
    """A phase with lines of every kind, and the papers of each of its moments."""

    made: Made = field(default_factory=dict)

    def keep(self, *names: str) -> None:
        """Write those papers that there are just now."""
        for kind in EVERY_PAPER:
            if kind.name in names:
                with self.database.read() as session:
                    facts = kind.made_of(session, row_of(session, kind))
                self.made[kind.name] = kind.write(facts)

    def returned(self) -> None:
        """Give the first list back for what is missing, and get it whole again."""
        self.pass_to(POSTED)
        [first, *_] = keys = self.lines(["CTQH"], ["BANG_KHEN_TINH"])
        desk = self.desk("CTQH")
        self.act(SECRETARIAT, "receive", desk)
        wanted = {"items": [{"line": first, "missing": "Biên bản."}]}
        body = {**wanted, "reason": "Thiếu hồ sơ.", "until": "2022-07-05"}
        self.act(SECRETARIAT, "return_for_supplement", desk, body)
        self.keep("return-notice")
        given = {"line": first, "achievement": "Đổi mới kỳ họp.", "documents": []}
        self.at_desk("CTQH", "supplement", {"lines": [given]})
        self.act(SECRETARIAT, "receive", self.desk("CTHDND"))
        assert len(keys) == 2

    def voted(self) -> None:
        """Post, convene, and vote: by hands, and on paper."""
        self.in_phase("appraise_lists")
        self.publish()
        self.pass_to(MORNING)
        self.end_notice()
        self.convene(DAY)
        self.keep("invitation", "ballot", "written-ballot", "nominees")
        self.pass_to(DAY)
        self.in_council(DIRECTOR, "open_voting", paper=True, **SITTING)
        self.made["opened"] = self._again("ballot")
        rows = self._rows()
        hands = [_hands(row) for row in rows if row.method == "hands"]
        self.in_council(SECRETARIAT, "record_show_of_hands", lines=hands)
        counts = [_on_paper(row) for row in rows if row.method == "paper"]
        for teller in TELLERS:
            self.in_council(teller, "record_paper_count", lines=counts)
        self.in_council(SECRETARIAT, "close_voting", minutes=MINUTES)
        for signer in (SECRETARIAT, DIRECTOR):
            self.in_council(signer, "sign_minutes")

    def _again(self, name: str) -> OfficialPaper:
        before = self.made.pop(name)
        self.keep(name)
        again, self.made[name] = self.made[name], before
        return again

    def _rows(self) -> list[RoundLine]:
        with self.database.read() as session:
            return list(session.exec(select(RoundLine)))

    def issued(self) -> None:
        """Decide, number, issue, and sum up, with a year before it."""
        self.decided(DIRECTOR, "decide", others="approve")
        self.numbered_and_issued()
        self.sum_up()
        with self.database.write() as session:
            session.add(PastAward(**BEFORE))
            basis = ["clear_achievement", "outstanding_ad_hoc"]
            session.add(filed("2022", CaseKind.AD_HOC, basis=basis))
            certified(session, "2022", {"ctqh-05": 40, "cthdnd-02": 60})
            interim = session.exec(select(Report)).one()
            whole = session.get_one(Campaign, "2022").model_dump()
            earlier = {"id": "2021", "year": 2021, "draft_key": None}
            session.add(Campaign(**whole | earlier))
            session.flush()
            for campaign, people in (("2021", ["An", "Bình"]), ("2022", ["Chi"])):
                content = interim.content | {"lists": {"GIAY_KHEN": people}}
                of = {"campaign": campaign, "kind": "final", "version": 1}
                session.add(Report(**of, content=content, at=interim.at))


def row_of(session: Session, kind: PaperKind) -> Any:
    """Find what a kind of paper is of."""
    if kind.holder is PaperOf.LINE:
        query = select(Nomination).where(Nomination.subject == "cthdnd-02")
        return session.exec(query).one()
    if kind.holder is PaperOf.CASE:
        cases = session.exec(select(Case)).all()
        return next(each for each in cases if kind.once(session, each))
    table, key = {
        PaperOf.CAMPAIGN: (Campaign, "2022"),
        PaperOf.PHASE: (Phase, "2022-1"),
        PaperOf.PART: (Submission, ("2022-1", "CTQH")),
        PaperOf.SESSION: (CouncilSession, "2022-1-hd1"),
        PaperOf.DECISION: (Decision, "2022-1-qd1"),
    }[kind.holder]
    return session.get_one(table, key)


def _hands(row: RoundLine) -> dict[str, Any]:
    yes = len(COUNCIL) - len(row.recused)
    return {"line": str(row.line), "yes": yes, "no": 0, "chair_yes": True}


def _on_paper(row: RoundLine) -> dict[str, Any]:
    many = len(COUNCIL) - len(row.recused)
    sheets = dict.fromkeys(("issued", "collected", "valid", "yes"), many)
    return {"line": str(row.line), **sheets, "invalid": 0, "no": 0, "blank": 0}


def played(database: Database) -> Made:
    """Play the phase, and keep the papers of each of its moments."""
    registered(database, EVERY_KIND, [_AIM])
    with database.write() as session:
        session.get_one(OfficeLetterhead, 1).parent = "Tỉnh ủy"
    year = Year(database)
    sent(year, EVERY_KIND)
    year.returned()
    year.voted()
    year.keep("letter", "minutes", "teller-minutes", "province-letter")
    year.issued()
    year.keep(*{kind.name for kind in EVERY_PAPER} - year.made.keys())
    return year.made


_LAYOUTS = {kind.name: kind.layout for kind in EVERY_PAPER}
# What each paper must say, in this order.
SAID: dict[str, tuple[str, ...]] = {
    "return-notice": (
        "TỈNH ỦY",
        "Số: /TB-VP",
        "Bình An, ngày tháng năm",
        "THÔNG BÁO",
        "Kính gửi: Phòng Công tác Quốc hội",
        "Biên bản.",
        "trước khi hết ngày 05 tháng 7 năm 2022",
        "TL. CHÁNH VĂN PHÒNG",
        "TRƯỞNG PHÒNG HÀNH CHÍNH, TỔ CHỨC, QUẢN TRỊ",
    ),
    "invitation": (
        "Số: /GM-HĐTĐKT",
        "GIẤY MỜI",
        "Lương Đình Khải (Chủ tịch)",
        "1. Thời gian: 14 giờ 00 ngày 13/7/2022.",
        "2. Địa điểm: Phòng họp số 1.",
        "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh: 02 đề nghị",
        "CHỦ TỊCH",
    ),
    "ballot": ("PHIẾU BẦU", "Tờ 1/1.", "Đồng ý Không đồng ý", "☐ ☐", "Không ký tên"),
    "opened": ("Tờ 1/2.", "1 Khổng Minh Tuệ", "(Tờ 2/2)", "1 Âu Thị Hạnh Nguyên"),
    "written-ballot": ("PHIẾU LẤY Ý KIẾN BẰNG VĂN BẢN", "5 ", "phong bì dán kín"),
    "nominees": ("DANH SÁCH TRÍCH NGANG", "1 Khổng Minh Tuệ", "Đổi mới kỳ họp."),
    "letter": (
        "Số: /TTr-HĐTĐKT",
        "Kính gửi: Chánh Văn phòng",
        "05 đề nghị",
        "Trong đó 03 đề nghị thuộc thẩm quyền cấp trên",
        "TM. HỘI ĐỒNG CHỦ TỊCH Lương Đình Khải",
        "08/08",
    ),
    "minutes": (
        "Bình An, ngày 13 tháng 7 năm 2022",
        "BIÊN BẢN",
        "Phiên họp thứ 1, 14 giờ 00 ngày 13/7/2022, tại Phòng họp số 1.",
        "Có mặt 09/09 thành viên: Lương Đình Khải (Chủ tịch)",
        MINUTES,
        "08 08 00 00 Đạt",
        "Khổng Minh Tuệ không tham gia biểu quyết.",
        "IV. KẾT LUẬN",
        "Hội đồng thông qua",
        "THƯ KÝ",
        "CHỦ TRÌ",
        "Lương Đình Khải",
    ),
    "teller-minutes": (
        "BIÊN BẢN KIỂM PHIẾU",
        "(xác nhận lúc 14 giờ 00 ngày 13/7/2022)",
        "Lượt bỏ phiếu thứ 1",
        "08 08 00 00 Đạt",
        "TM. BAN KIỂM PHIẾU",
    ),
    "province-letter": (
        "Số: /TTr-VP",
        "Kính gửi: Chủ tịch Ủy ban nhân dân tỉnh",
        "Cờ thi đua của Ủy ban nhân dân tỉnh 01",
    ),
    "plan": (
        "Số: /KH-VP",
        "Bình An, ngày 03 tháng 01 năm 2022",
        "Phát động phong trào thi đua năm 2022",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "- Gửi hồ sơ đề nghị: từ 15/6/2022 đến hết 30/6/2022",
        "III. TỔ CHỨC THỰC HIỆN",
        "- Lãnh đạo Đoàn ĐBQH Tỉnh;",
        "- Lưu: VT.",
        "CHÁNH VĂN PHÒNG",
    ),
    "pact": (
        "BẢN GIAO ƯỚC THI ĐUA",
        "Tại Hội nghị cán bộ, công chức, viên chức năm 2021, lãnh đạo",
        "3. Chỉ tiêu",
        "15% cá nhân được tặng Giấy khen.",
        "TM. BCH CÔNG ĐOÀN CHỦ TỊCH Vi Văn Thuyên",
        "CHÁNH VĂN PHÒNG Lương Đình Khải",
    ),
    "registrations": ("TỔNG HỢP ĐĂNG KÝ THI ĐUA", "DANH SÁCH ĐĂNG KÝ THI ĐUA", "5 "),
    "registration": (
        "PHÒNG CÔNG TÁC QUỐC HỘI",
        "BẢN ĐĂNG KÝ THI ĐUA",
        "1 Phòng Công tác Quốc hội Cờ thi đua của Ủy ban nhân dân tỉnh",
    ),
    "review-minutes": (
        "Họp bình xét khen thưởng giai đoạn 1 năm 2022",
        "Cuộc họp ngày 20 tháng 6 năm 2022. Chủ trì: Khổng Minh Tuệ.",
        "Có mặt (09): Khổng Minh Tuệ, Âu Thị Hạnh Nguyên",
        "Tập thể phòng thống nhất.",
    ),
    "submission-letter": (
        "TỜ TRÌNH",
        "Kính gửi: Hội đồng Thi đua - Khen thưởng",
        "Căn cứ Biên bản họp bình xét ngày 20 tháng 6 năm 2022 của phòng.",
        "1 Giấy khen của Chánh Văn phòng 01",
        "TRƯỞNG PHÒNG Khổng Minh Tuệ",
        "(Kèm theo Tờ trình ngày 20 tháng 6 năm 2022)",
        "Đổi mới kỳ họp.",
    ),
    "achievement-report": (
        "BÁO CÁO THÀNH TÍCH CÁ NHÂN",
        "Đề nghị tặng Giấy khen của Chánh Văn phòng",
        "từ 01/01/2022 đến hết 30/6/2022",
        "Thành tích của cthdnd-02 cho GIAY_KHEN.",
        "- Năm 2020: Lao động tiên tiến (theo hồ sơ nhập).",
        "XÁC NHẬN CỦA PHÒNG",
        "Đỗ Khắc Huân",
    ),
    "initiative-application": (
        "Bình An, ngày 01 tháng 7 năm 2022",
        "ĐƠN YÊU CẦU CÔNG NHẬN SÁNG KIẾN",
        "Sổ tay họp số",
        "Kính gửi: Hội đồng sáng kiến Văn phòng",
        "Chúng tôi là tác giả của sáng kiến nêu trên:",
        "1 Đỗ Khắc Huân Phòng Công tác Hội đồng nhân dân 60",
        "Ngày áp dụng lần đầu hoặc áp dụng thử: 01/7/2022.",
        "Bản chất của sáng kiến: Dùng chung một sổ tay.",
        "NGƯỜI NỘP ĐƠN",
    ),
    "initiative-report": (
        "BÁO CÁO SÁNG KIẾN",
        "Đỗ Khắc Huân, Phòng Công tác Hội đồng nhân dân: 60%",
        "Dùng chung một sổ tay.",
        "XÁC NHẬN CỦA PHÒNG",
    ),
    "initiative-certificate": (
        "CHÁNH VĂN PHÒNG CẤP GIẤY CHỨNG NHẬN SÁNG KIẾN Đỗ Khắc Huân, ",
        "Là tác giả sáng kiến: “Sổ tay họp số”",
        "Số: 01/2022",
        "Bình An, ngày 01 tháng 7 năm 2022",
        "CHÁNH VĂN PHÒNG",
    ),
    "ad-hoc-letter": (
        "PHÒNG CÔNG TÁC QUỐC HỘI",
        "TỜ TRÌNH",
        "Kính gửi: Chánh Văn phòng",
        "tặng Giấy khen của Chánh Văn phòng cho",
        "đã có thành tích ngày 01/7/2022.",
        "Thuộc trường hợp: Thành tích, công trạng rõ ràng; Lập thành tích xuất sắc",
        "TRƯỞNG PHÒNG",
    ),
    "ad-hoc-report": (
        "BÁO CÁO TÓM TẮT THÀNH TÍCH",
        "Đề nghị tặng Giấy khen của Chánh Văn phòng (khen thưởng đột xuất)",
        "Lập thành tích ngày 01/7/2022.",
        "Chỉ ít người được biết.",
        "- Thành tích, công trạng rõ ràng.",
    ),
    "decision": (
        "Số: 07/QĐ-VP",
        "Bình An, ngày 13 tháng 7 năm 2022",
        "Điều 1. Công nhận danh hiệu thi đua, khen thưởng 02 lượt cá nhân",
        "(Kèm theo Quyết định số 07/QĐ-VP ngày 13 tháng 7 năm 2022)",
        "1 Đỗ Khắc Huân Phòng Công tác Hội đồng nhân dân Giấy khen",
        "2 Khổng Minh Tuệ",
    ),
    "result-notice": (
        "Theo Quyết định số 07/QĐ-VP ngày 13 tháng 7 năm 2022",
        "02 lượt cá nhân được khen thưởng giai đoạn 1 năm 2022",
        "1 Đỗ Khắc Huân",
    ),
    "certificate": (
        "CHÁNH VĂN PHÒNG TẶNG GIẤY KHEN Đỗ Khắc Huân",
        "Phòng Công tác Hội đồng nhân dân",
        "Đã có thành tích: Thành tích của cthdnd-02 cho GIAY_KHEN.",
        "Quyết định số 07/QĐ-VP ngày 13 tháng 7 năm 2022",
        "Bình An, ngày 13 tháng 7 năm 2022",
        "Lương Đình Khải",
    ),
    "pay-list": (
        "Chưa đối chiếu được với văn bản: văn bản quy định mức lương cơ sở",
        "mức của «Giấy khen của Chánh Văn phòng»; cách làm tròn. Kế toán so lại",
        "DANH SÁCH CHI TIỀN THƯỞNG",
        "Ký nhận",
        "1 Đỗ Khắc Huân Phòng Công tác Hội đồng nhân dân Giấy khen",
        "450.000",
        "CỘNG 900.000",
        "Tổng số tiền (bằng chữ): Chín trăm nghìn đồng.",
        "ngày ký quyết định (13/7/2022): 1.490.000 đồng (NĐ 38/2019/NĐ-CP",
        "0,3 lần 450.000 NĐ 91/2017/NĐ-CP Điều 69; chưa đối chiếu được văn bản",
    ),
    "interim-report": (
        "Số: /BC-VP",
        "Sơ kết phong trào thi đua giai đoạn 1 năm 2022",
        "Giấy khen của Chánh Văn phòng 2/31 người tham gia 5 Chưa đạt",
        "Giấy khen của Chánh Văn phòng 02 02",
        "Giai đoạn 1 chờ lâu nhất ở bước thẩm định (phòng thường trực thi đua): 11",
    ),
    "final-report": (
        "Tổng kết phong trào thi đua năm 2022",
        "So với các năm trước",
        "2021 2022",
        "Giấy khen của Chánh Văn phòng 02 01",
        "1 Chi Giấy khen",
    ),
}


def told(value: Any) -> Iterator[str]:
    """List every word that a paper says, wherever it stands."""
    if isinstance(value, str):
        yield from value.split()
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from told(each)


def untold(paper: OfficialPaper, text: str) -> Counter[str]:
    """Count the words of a paper that a drawing of it lacks."""
    said = paper.as_data()
    # Word takes a chart as a picture; its words stand in the table before it.
    said["body"] = [each for each in said["body"] if each.pop("shape") != "chart"]
    said["origin"] = []  # at the foot
    for each in said["body"]:  # of a table among the text it heads nothing
        each.pop("title", None), each.pop("subtitle", None)
    for part in ("issuer", "parent", "authority"):
        said[part] = said[part].upper()
    if paper.resolves in ("TẶNG", "CẤP"):  # a certificate is the head's own
        said["issuer"] = said["parent"] = ""
    return Counter(told(said)) - Counter(text.split())


def out_of_order(text: str, expected: tuple[str, ...]) -> list[str]:
    """Keep of what is expected what does not stand in a text after the one before."""
    missing, at = [], 0
    for each in expected:
        found = text.find(each, at)
        at = found + len(each) if found >= 0 else at
        missing += [each] if found < 0 else []
    return missing


def test_each_paper_says_its_facts_on_paper_and_in_word_alike(
    sqlite_database: Database,
) -> None:
    made = played(sqlite_database)

    missing = {}
    for name, paper in made.items():
        layout = _LAYOUTS.get(name, Layout.PAPER)
        word = words(as_word(paper, layout))
        pdf = " ".join(pages(as_pdf(paper, "http://a/b", layout)))
        lacking = (
            out_of_order(word, SAID[name]),
            untold(paper, word),
            untold(paper, pdf),
            is_normalized("NFC", word + pdf),
        )
        if lacking != ([], Counter(), Counter(), True):
            missing[name] = lacking
    assert missing == {}
    assert made.keys() == SAID.keys()
    assert {kind.name for kind in EVERY_PAPER} == SAID.keys() - {"opened"}
    drafts = {name: x.reservations[0] for name, x in made.items() if x.reservations}
    assert drafts == {
        "province-letter": "Dự thảo, Chánh Văn phòng chưa quyết định; lập 13/7/2022.",
        "pay-list": "Dự thảo, kế toán chưa đối chiếu mức chi; lập 13/7/2022.",
        "interim-report": "Dự thảo, chưa ký; lập 13/7/2022.",
        "final-report": "Dự thảo, chưa ký; lập 13/7/2022.",
    }
