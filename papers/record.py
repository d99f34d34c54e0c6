"""What is said of a record that somebody has checked."""

from collections.abc import Mapping

from domain.acts import RULES
from domain.record import OFFICE
from domain.record.flaws import Flaw
from papers.boards import BOARD_FAULTS

_FLAWS: Mapping[str, str] = {
    **BOARD_FAULTS,
    "applied_without_act": "đã ghi là thực hiện xong nhưng nhật ký không có thao tác",
    "board_changed": "bảng phiếu không khớp với thao tác kiểm phiếu",
    "command_changed": "yêu cầu đã gửi bị sửa",
    "command_missing": "yêu cầu đã gửi bị mất",
    "command_not_erased": "nội dung đã xóa vẫn còn trong yêu cầu đã gửi",
    "cut_off": "tệp bị cắt ngắn hoặc ghép thêm",
    "decision_changed": "người quyết định đã bị sửa",
    "does not follow the link before it": "không nối tiếp thao tác đứng trước",
    "expected link": "không đúng thứ tự: thiếu thao tác đứng trước",
    "erased": "nội dung đã xóa theo thao tác nêu tên, không đối chiếu được",
    "erased_without_act": "nội dung bị mất mà không thao tác nào xóa",
    "head_changed": "dấu nhật ký trên quyết định đã bị sửa",
    "head_of_another_record": "dấu nhật ký trên quyết định không có trong nhật ký này",
    "file_changed": "tệp đính kèm đã bị thay, hoặc người đính kèm, người gỡ bị sửa",
    "file_missing": "tệp đính kèm bị mất",
    "file_without_act": "tệp đính kèm không do thao tác nào",
    "has no head behind it": "mất đầu chuỗi: không biết còn thiếu thao tác nào",
    "is another than the one known": "khác với dấu đã lưu bên ngoài",
    "is known, and missing": "có dấu lưu bên ngoài nhưng không còn trong nhật ký",
    "is the head, but not the last link": "là đầu chuỗi nhưng không phải thao tác cuối",
    "its payload was changed": "nội dung đã bị sửa",
    "its trace was changed": "các bước chuyển đã bị sửa",
    "miscounted_lines": "số đề nghị đã bị sửa",
    "moved_from_elsewhere": "bước chuyển không bắt đầu từ trạng thái đang có",
    "not_erased": "ghi là đã xóa nhưng nội dung vẫn còn, hoặc không phải nội dung ấy",
    "not_applied": "yêu cầu đã gửi không được ghi là thực hiện xong",
    "not_counted_again": "không kiểm lại được phiếu, vì có nội dung đã xóa",
    "notice_changed": "lời nhắn đã bị sửa",
    "notice_missing": "lời nhắn đã bị mất",
    "notice_twice": "lời nhắn gửi hai lần",
    "notice_without_cause": "lời nhắn không do thao tác hay hạn nào",
    "notices_miscounted": "số lời nhắn đã gửi không đúng",
    "number_changed": "số quyết định đã bị sửa",
    "of_another_chain": "là thao tác của nhật ký khác",
    "outcome_changed": "kết quả đã bị sửa",
    "round_missing": "vòng bỏ phiếu đã kiểm bị mất",
    "row_missing": "có trong nhật ký nhưng không còn trong dữ liệu",
    "state_changed": "trạng thái không phải do các thao tác đưa đến",
    "state_without_act": "trạng thái không do thao tác nào",
    "undeclared_move": "bước chuyển mà thao tác không được làm",
    "unknown_notices": "lời nhắn có từ trước khi ghi vết, không đối chiếu được",
    "unknown_states": "trạng thái có từ trước khi ghi vết, không suy lại được",
    "unreadable": "không đọc được",
    "was changed": "đã bị sửa",
}
# What things in a record are called, by their kind in a trace.
KIND_NAMES: Mapping[str, str] = {
    "campaign": "phong trào",
    "case": "vụ việc",
    "decision": "quyết định",
    "file": "tệp",
    "line": "đề nghị",
    "phase": "giai đoạn",
    "registration": "đăng ký",
    "session": "phiên họp",
    "submission": "hồ sơ của phòng",
    "window": "thời gian nhận",
}
# What stands in a record and is no rule of the process.
_BESIDE = {
    "count_ballots": "Kiểm phiếu kín",
    "distrust_certificate": "Thôi tin cậy một chứng thư số",
    "erase": "Xóa nội dung đã ghi",
    "forget": "Xóa bản nháp quá hạn giữ",
    "load_office": "Ghi nhân sự ban đầu",
    "record_past_awards": "Nhập danh hiệu, khen thưởng đã có từ trước",
    "trust_certificate": "Thêm chứng thư số tin cậy",
}
# Behind it stands which link was awaited.
_EXPECTED = "expected link"


def act_name(kind: str) -> str:
    """Call an act of a record as people do."""
    rule = RULES.get(kind)
    return rule.summary if rule else _BESIDE.get(kind, kind)


def chain_name(chain: str) -> str:
    """Name a record."""
    return "Cơ quan" if chain == OFFICE else chain


def flaw_sentence(chain: str, flaw: Flaw) -> str:
    """Say what is wrong, and where."""
    act = f", thao tác số {flaw.seq}" if flaw.seq is not None else ""
    kind, _, rest = (flaw.what or "").partition(" ")
    what = f", {KIND_NAMES.get(kind, kind)} {rest}".rstrip() if flaw.what else ""
    code = _EXPECTED if flaw.code.startswith(_EXPECTED) else flaw.code
    return f"{chain_name(chain)}{act}{what}: {_FLAWS[code]}."


def whole_record_sentence(chain: str, acts: int) -> str:
    """Say that a record is whole."""
    return f"{chain_name(chain)}: nhật ký nguyên vẹn, {acts} thao tác."
