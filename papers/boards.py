"""What is said of a board that somebody has checked."""

from collections.abc import Mapping

from domain.council.boards import Board, Fault

BOARD_FAULTS: Mapping[str, str] = {
    "doubled": "có mã xuất hiện hai lần",
    "forged": "nội dung không khớp với thao tác kiểm phiếu trong nhật ký",
    "half_masked": "không công bố số phiếu thì không được ghi phiếu nào",
    "line_twice": "có đề nghị xuất hiện hai lần",
    "long": "thừa phiếu so với số đã kiểm",
    "miscounted": "cộng các phiếu không ra số đã ghi",
    "other_act": "dấu không phải của thao tác đã nêu",
    "short": "thiếu phiếu so với số đã kiểm",
    "strange_code": "có mã không đúng dạng",
    "too_many_ballots": "số phiếu vượt số người bỏ phiếu",
    "unchained": "thao tác kiểm phiếu đã bị sửa",
    "unsealed": "không kèm thao tác kiểm phiếu của nhật ký",
    "wrong_outcome": "đạt hay không đạt không theo số phiếu",
}


def fault_sentence(fault: Fault) -> str:
    """Say what is wrong, and on which line."""
    where = f"Đề nghị {fault.line}" if fault.line else "Bảng phiếu"
    return f"{where}: {BOARD_FAULTS[fault.code]}."


def whole_sentence(board: Board) -> str:
    """Say that a board is whole, and what to hold it against."""
    masked = sum(line.entries is None for line in board.lines)
    kept = f", trong đó {masked} đề nghị không công bố số phiếu" if masked else ""
    said = (
        f"Bảng phiếu đúng: phiên {board.session}, vòng {board.round}, "
        f"{len(board.lines)} đề nghị{kept}, {board.cast} người bỏ phiếu."
    )
    if board.seal is None:
        return said
    return (
        f"{said}\nDấu của thao tác số {board.seal.link.seq} trong nhật ký "
        f"{board.seal.link.campaign}: {board.seal.digest}"
    )
