"""What a letter says, and that nothing which anybody wrote becomes more than text."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers.mail.addresses import BadAddress, address
from papers.mail.letters import Attached, Letter, LetterPart, message_of
from tests.outbox.ledger import MORNING, SENDER

TO = address("Nguyễn Văn Ánh", "ctqh-02@vanphong.example")
PART = LetterPart(
    "Nhắc gửi đề nghị khen thưởng: Giai đoạn 1",
    "Phòng Công tác Quốc hội chưa gửi đề nghị. Hạn: hết ngày 30/6/2022.",
    (("Hạn", "hết ngày 30/6/2022"),),
)
HEADERS = {
    *("Subject", "From", "To", "Reply-To", "Date", "Message-ID", "Auto-Submitted"),
    *("X-Auto-Response-Suppress", "Content-Language", "MIME-Version", "Content-Type"),
}
# Whatever breaks a line somewhere, and what headers are made of.
NASTY = st.text(
    st.sampled_from("aĐ:\r\n\t \x00\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029<>\"'@,;=?&{}%"),
    max_size=60,
) | st.text(max_size=60)


def a_letter(*parts: LetterPart, to: str = "", subject: str = "") -> Letter:
    said = parts or (LetterPart(subject, PART.body) if subject else PART,)
    receiver = address(to, "ctqh-02@vanphong.example") if to else TO
    return Letter("0123abc", receiver, said, MORNING)


def as_received(letter: Letter) -> EmailMessage:
    found = message_from_bytes(message_of(letter, SENDER).as_bytes(), policy=default)
    assert isinstance(found, EmailMessage)
    return found


def said(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    content: str = body.get_content()
    return content


def test_a_letter_says_the_same_in_text_and_in_html() -> None:
    message = as_received(a_letter())

    assert message["Subject"] == "Nhắc gửi đề nghị khen thưởng: Giai đoạn 1"
    assert message["From"] == '"Thi đua, khen thưởng" <thi-dua@vanphong.example>'
    assert message["To"] == "Nguyễn Văn Ánh <ctqh-02@vanphong.example>"
    assert message["Message-ID"] == "<0123abc@vanphong.example>"
    assert message["Date"].datetime == MORNING
    for kind in ("plain", "html"):
        assert PART.body in said(message, kind)
        assert "hết ngày 30/6/2022" in said(message, kind)
        assert "https://thidua.vanphong.example" in said(message, kind)


def test_a_letter_is_the_same_to_the_last_byte_however_often_it_is_written() -> None:
    file = Attached("han.ics", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
    letter = Letter("0123abc", TO, [PART], MORNING, attached=[file])

    first, again = (message_of(letter, SENDER).as_bytes() for _ in range(2))

    assert first == again


def test_several_notices_go_as_one_letter_that_says_how_many() -> None:
    message = as_received(a_letter(PART, LetterPart("Sơ kết: Giai đoạn 1", "Đã có.")))

    assert message["Subject"] == "2 thông báo về phong trào thi đua"
    assert "1. Nhắc gửi đề nghị" in said(message, "plain")
    assert "2. Sơ kết: Giai đoạn 1" in said(message, "plain")


@settings(deadline=None, max_examples=50)
@given(subject=NASTY, body=NASTY, name=NASTY, fact=NASTY)
def test_nothing_that_is_written_becomes_a_header_an_address_or_a_tag(
    subject: str, body: str, name: str, fact: str
) -> None:
    part = LetterPart(subject, body, (("Lý do", fact),))

    message = as_received(Letter("0123abc", address(name, "a@b.vn"), [part], MORNING))

    assert {*message.keys()} == HEADERS
    assert [each.addr_spec for each in message["To"].addresses] == ["a@b.vn"]
    assert message["Subject"].splitlines()[1:] == []
    html = said(message, "html")
    assert html.count("<") - html.count("</") == PLAIN_TAGS


PLAIN_TAGS = said(as_received(a_letter()), "html").count("<") - said(
    as_received(a_letter()), "html"
).count("</")


@pytest.mark.parametrize(
    "mail",
    [
        "",
        "a",
        "@b.vn",
        "a@",
        "a@b",
        "a@b.vn\r\nBcc: c@d.vn",
        "a@b.vn\nX: y",
        "a b@c.vn",
        '"a\r\nb"@c.vn',
        "a@b.vn,c@d.vn",
        "<a@b.vn>",
        "a@b.vn (c)",
        "a..b@c.vn",
        "ă@b.vn",
        "a@b_c.vn",
        "a@b..vn",
        "a@[127.0.0.1]",
        "a" * 65 + "@b.vn",
        "a@b.vn\x00",
    ],
)
def test_what_is_no_plain_address_gets_no_letter(mail: str) -> None:
    with pytest.raises(BadAddress):
        address("Ai đó", mail)
