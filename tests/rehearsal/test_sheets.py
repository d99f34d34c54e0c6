"""What a rehearsal says of itself, on a terminal and as a page: of a year kept."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from rehearsal.playbill import PLANS, read_playbill
from rehearsal.programme import programme
from rehearsal.show import page, show
from tests.rehearsal.telling import the_year_2022

BILL = read_playbill(PLANS / "2022.yaml")


def test_first_it_says_what_is_played_what_is_scripted_and_when_everything_is_due() -> (
    None
):
    what, scripted, year = programme(BILL)

    assert what.title == "Diễn tập: Kế hoạch phát động phong trào thi đua năm 2022"
    pack = "quy định VN2017: Luật Thi đua, khen thưởng 2003 và Nghị định 91/2017/NĐ-CP"
    assert what.rows == [
        ("Văn phòng", "Văn phòng Đoàn ĐBQH và HĐND Tỉnh: 4 phòng, 38 người"),
        ("Hội đồng", "9 thành viên; Hội đồng sáng kiến 5 thành viên"),
        ("Giai đoạn 1", pack),
        ("Giai đoạn 2", pack),
    ]
    assert [row for row in scripted.rows if row[0] == "Giai đoạn 2"] == [
        (
            "Giai đoạn 2",
            "Phòng Công tác Hội đồng nhân dân",
            "xin gia hạn gửi đề nghị",
        ),
        (
            "Giai đoạn 2",
            "Phòng Hành chính, Tổ chức, Quản trị",
            "bị trả hồ sơ để bổ sung 1 lần",
        ),
        ("Giai đoạn 2", "Phòng Thông tin, Dân nguyện", "gửi đề nghị phút chót"),
        (
            "Giai đoạn 2",
            "Khổng Minh Tuệ",
            "vắng mặt ở phiên họp Hội đồng đầu tiên",
        ),
        ("Giai đoạn 2", "Vi Văn Thuyên", "vắng mặt ở phiên họp Hội đồng đầu tiên"),
        (
            "Giai đoạn 2",
            "Chánh Văn phòng",
            "ủy quyền quyết định cho Tạ Quang Nhuận",
        ),
        (
            "Giai đoạn 2",
            "Chánh Văn phòng",
            "hỏi lại Hội đồng: Phòng Thông tin, Dân nguyện",
        ),
        ("Giai đoạn 2", "Cấp trên", "không tặng: Phòng Công tác Hội đồng nhân dân"),
    ]
    assert year.rows[-5] == (
        "thứ Ba 03/01/2023",
        "gửi đề nghị khen thưởng, Giai đoạn 2",
        "kế hoạch ghi 31/12/2022 là thứ Bảy, dời sang ngày làm việc",
    )


def test_a_hundred_columns_hold_it_and_the_lists_stand_at_the_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show(the_year_2022(), BILL)

    lines = [line.rstrip() for line in capsys.readouterr().out.splitlines()]
    assert max(map(len, lines)) <= 100
    titles = [line for line in lines if line and not line.startswith((" ", "Ai "))]
    assert [titles[0], *titles[-3:]] == [
        "Diễn tập: Kế hoạch phát động phong trào thi đua năm 2022",
        "Kết quả",
        "Chỉ tiêu",
        "Số thông báo đôn đốc khi đã quá hạn: 15",
    ]
    (late,) = [line for line in lines if "việc" in line and "Xin nộp muộn" in line]
    assert "Xin nộp muộn: Phòng Công tác Hội đồng" in late


def test_the_page_says_the_same_and_needs_nothing_beside_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = the_year_2022()
    events[0]["text"] = "<script>alert(1)</script>"

    written = page(events, BILL)

    show(events, BILL)
    read = _Page()
    read.feed(written)
    assert read.links == []
    assert "script" not in read.tags
    words = " ".join(read.text).split()
    printed = [
        word for word in capsys.readouterr().out.split() if not word.startswith("─")
    ]
    assert sorted(words) == sorted([*printed, *BILL.plan.title.split(), "Diễn", "tập:"])


class _Page(HTMLParser):
    """Collects what a page shows, its elements, and where it would go for more."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        if self.get_starttag_text() != "<style>":
            self.text.append(data)
