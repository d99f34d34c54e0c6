"""Differences between a signed paper and the record, in words; and its signatures."""

from collections.abc import Iterable, Mapping
from datetime import date

from domain.calendar import day_vi
from domain.record.papers import Difference, Stated
from domain.record.signatures import FaultySignature, SignatureFault

_FACTS: Mapping[str, str] = {
    "number": "số",
    "number_year": "năm của số",
    "series": "ký hiệu",
    "signed_on": "ngày ký",
    "signed_by": "người ký",
    "awarded": "số lượt được khen",
    "sitting": "phiên họp thứ",
    "met_on": "ngày họp",
    "present": "số thành viên có mặt",
    "figures": "số phiếu của",
}
_NOT_NAMED = "một đề nghị thuộc bí mật nhà nước"

_FAULTS: Mapping[SignatureFault, str] = {
    SignatureFault.ALTERED: "không còn khớp: tệp đã bị sửa sau khi ký",
    SignatureFault.ADDED_TO: "không trùm cả tệp: có nội dung thêm vào sau khi ký",
    SignatureFault.UNSUPPORTED: "thuộc kiểu quá yếu hoặc không kiểm tra được",
    SignatureFault.UNTRUSTED: "không dẫn đến chứng thư số nào cơ quan tin cậy",
    SignatureFault.OUT_OF_DATE: "dùng chứng thư số không có hiệu lực lúc ký",
    SignatureFault.UNFIT: "dùng chứng thư số không cấp để ký",
}


def difference_sentence(one: Difference | FaultySignature) -> str:
    """Say what the paper states, and what the record does, or which signature fails."""
    if isinstance(one, FaultySignature):
        return f"chữ ký số của {one.signer} {_FAULTS[one.fault]}"
    fact = _FACTS[one.fact]
    if isinstance(one.on_paper, tuple):
        fact += f" {one.about or _NOT_NAMED}"
    return (
        f"{fact} trên giấy là {_said(one.on_paper)}, trong hồ sơ là "
        f"{_said(one.on_record)}"
    )


def differences_in_words(found: Iterable[Difference | FaultySignature]) -> str:
    """Say every difference in one sentence."""
    said = "; ".join(map(difference_sentence, found))
    return f"{said[:1].upper()}{said[1:]}."


def _said(value: Stated) -> str:
    match value:
        case None:
            return "chưa có"
        case date():
            return day_vi(value)
        case yes, no, blank:
            return f"{yes} đồng ý, {no} không đồng ý, {blank} trắng"
    return str(value)
