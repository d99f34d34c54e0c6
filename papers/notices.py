"""The text of every notice: why you, what is asked, until when, what ends it."""

from collections.abc import Mapping
from typing import Any

from papers.wording import Words

_WORDS = Words()

# kind → (subject, body). A fact that a text names is given by whoever notifies.
_TEXTS: Mapping[str, tuple[str, str]] = {
    "pact_waits": (
        "Mời ký giao ước: {title}",
        "Giao ước thi đua giữa Chính quyền và Công đoàn của «{title}» đã có một bên "
        "ký. Mời bạn ký bên còn lại; ký xong, phong trào được phát động.",
    ),
    "launched": (
        "Phát động: {title}",
        "Chánh Văn phòng đã phát động phong trào theo «{title}». Chủ đề: {theme}.",
    ),
    "amended": (
        "Kế hoạch sửa đổi: {title}",
        "Kế hoạch «{title}» có phiên bản {revision}. Lý do: {reason}",
    ),
    "suspended": (
        "Tạm dừng: {title}",
        "«{title}» tạm dừng từ {at:moment}. Lý do: {reason} "
        "Khi tiếp tục, các hạn đang chạy được dời theo thời gian làm việc đã mất.",
    ),
    "resumed": (
        "Tiếp tục: {title}",
        "«{title}» tiếp tục từ {at:moment}. Các hạn mới có trong lịch của phong trào.",
    ),
    "cancelled": ("Hủy: {title}", "«{title}» đã bị hủy. Lý do: {reason}"),
    "closed": ("Tổng kết: {title}", "«{title}» đã tổng kết và kết thúc."),
    "delegation_given": (
        "Ủy quyền: {title}",
        "{delegate} ký {prefix} Chánh Văn phòng từ ngày {starts:day} đến {until:due} "
        "trong «{title}»: {acts:list}. Căn cứ: {basis}",
    ),
    "delegation_ends": (
        "Sắp hết hạn ủy quyền: {title}",
        "{delegate} ký {prefix} Chánh Văn phòng đến {until:due}. Sau đó những việc "
        "này lại do Chánh Văn phòng ký: {acts:list}.",
    ),
    "delegation_ended": (
        "Hết hạn ủy quyền: {title}",
        "{delegate} đã thôi ký {prefix} Chánh Văn phòng: ủy quyền có hiệu lực đến "
        "{until:due}.",
    ),
    "delegation_revoked": (
        "Thu hồi ủy quyền: {title}",
        "{delegate} thôi ký {prefix} Chánh Văn phòng từ {at:moment}. Lý do: {reason}",
    ),
    "registration_opens": (
        "Mời đăng ký thi đua: {phase}",
        "Mời {department} đăng ký thi đua cho «{phase}», đến {until:due}. "
        "Thông báo này hết hiệu lực khi phòng đã đăng ký.",
    ),
    "submission_opens": (
        "Mời bình xét và gửi đề nghị: {phase}",
        "Mời {department} bình xét và gửi đề nghị khen thưởng của «{phase}», đến "
        "{until:due}. "
        "Không có đề nghị thì gửi báo cáo không có đề nghị.",
    ),
    "registration_due": (
        "Nhắc đăng ký thi đua: {phase}",
        "{department} chưa đăng ký thi đua cho «{phase}». Hạn: {until:due}.",
    ),
    "submission_due": (
        "Nhắc gửi đề nghị khen thưởng: {phase}",
        "{department} chưa gửi đề nghị khen thưởng của «{phase}». Hạn: {until:due}. "
        "Không có đề nghị thì gửi báo cáo không có đề nghị.",
    ),
    "supplement_due": (
        "Nhắc bổ sung hồ sơ: {phase}",
        "{department} chưa bổ sung hồ sơ của «{phase}». Hạn: {until:due}.",
    ),
    "appraisal_due": (
        "Nhắc thẩm định: {phase}",
        "Danh sách của «{phase}» chưa được thẩm định xong và công khai. "
        "Hạn: {until:due}.",
    ),
    "council_due": (
        "Nhắc họp Hội đồng: {phase}",
        "Hội đồng Thi đua - Khen thưởng chưa kết luận về «{phase}». "
        "Hạn họp: {until:due}.",
    ),
    "meeting_due": (
        "Nhắc họp Hội đồng: {phase}",
        "Phiên họp Hội đồng về «{phase}»: {until:moment}.",
    ),
    "ballots_due": (
        "Nhắc bỏ phiếu kín: {phase}",
        "Phiếu kín về «{phase}» chưa được kiểm. Hạn gửi phiếu: {until:due}. Phiếu "
        "không gửi trước khi kiểm phiếu tính là không đồng ý.",
    ),
    "minutes_due": (
        "Nhắc ký biên bản: {phase}",
        "Biên bản phiên họp Hội đồng về «{phase}» chưa đủ chữ ký. Hạn: {until:due}.",
    ),
    "decision_due": (
        "Nhắc quyết định: {phase}",
        "Danh sách Hội đồng đề nghị của «{phase}» đang chờ Chánh Văn phòng quyết "
        "định. Hạn: {until:due}.",
    ),
    "own_decision_due": (
        "Nhắc quyết định: {phase}",
        "Đề nghị của «{phase}» mà chính người có quyền quyết định được đề nghị đang "
        "chờ người khác ký. Hạn: {until:due}.",
    ),
    "issue_due": (
        "Nhắc ban hành quyết định: {phase}",
        "Quyết định của «{phase}» đã ký, đang chờ vào số và ban hành. "
        "Hạn: {until:due}.",
    ),
    "extended": (
        "Gia hạn: {phase}",
        "Hạn «{what}» của «{phase}» dời đến {until:due}. Lý do: {reason}",
    ),
    "registration_lapsed": (
        "Đăng ký hết hiệu lực: {phase}",
        "{subject} đã rời Văn phòng nên đăng ký thi đua không còn hiệu lực. Phòng vẫn "
        "có thể đề nghị, nếu {subject} đủ tiêu chuẩn khi rời.",
    ),
    "registration_missed": (
        "Hết hạn đăng ký thi đua: {phase}",
        "{department} chưa đăng ký thi đua khi hết hạn ({until:due}). Người chưa "
        "đăng ký có thể không được xét danh hiệu thi đua.",
    ),
    "submission_missed": (
        "Quá hạn: {phase}",
        "{department} chưa gửi đề nghị khen thưởng khi hết hạn ({until:due}). "
        "Phòng có thể xin nộp muộn, nêu rõ lý do.",
    ),
    "pact_due": (
        "Nhắc ký giao ước: {title}",
        "Giao ước thi đua của «{title}» chưa đủ chữ ký của Chính quyền và Công đoàn. "
        "Hạn: {until:due}.",
    ),
    "launch_due": (
        "Nhắc phát động: {title}",
        "Giao ước của «{title}» đã ký đủ; phong trào chưa được phát động. "
        "Hạn: {until:due}.",
    ),
    "closing_due": (
        "Nhắc tổng kết: {title}",
        "Các giai đoạn của «{title}» đã kết thúc; phong trào chưa tổng kết. "
        "Hạn: {until:due}.",
    ),
    "late_answer_due": (
        "Nhắc trả lời đề nghị nộp muộn: {phase}",
        "Đề nghị nộp muộn của một phòng trong «{phase}» chưa được trả lời. "
        "Hạn: {until:due}.",
    ),
    "forward_due": (
        "Nhắc trình cấp trên: {phase}",
        "Quyết định của «{phase}» còn đề nghị phải trình cấp trên. Hạn: {until:due}.",
    ),
    "answer_due": (
        "Nhắc kết quả của cấp trên: {phase}",
        "Đề nghị của «{phase}» đã trình cấp trên, chưa có kết quả. "
        "Hạn theo dõi: {until:due}.",
    ),
    "submitted": (
        "Đề nghị khen thưởng mới: {department}",
        "{department} đã gửi {count} đề nghị của «{phase}» lúc {at:moment}.",
    ),
    "recalled": (
        "Thu hồi hồ sơ: {department}",
        "{department} đã thu hồi hồ sơ của «{phase}» trước khi được tiếp nhận.",
    ),
    "nil_return": (
        "Không có đề nghị: {department}",
        "{department} báo cáo không có đề nghị khen thưởng trong «{phase}».",
    ),
    "received": (
        "Đã tiếp nhận hồ sơ: {phase}",
        "Hồ sơ của {department} cho «{phase}» đã được tiếp nhận lúc {at:moment}.",
    ),
    "returned_for_supplement": (
        "Trả lại để bổ sung: {phase}",
        "Hồ sơ của {department} cho «{phase}» cần bổ sung: {missing:list}. "
        "Lý do: {reason} Hạn: {until:due}.",
    ),
    "supplemented": (
        "Đã bổ sung hồ sơ: {department}",
        "{department} đã bổ sung hồ sơ của «{phase}» lúc {at:moment}.",
    ),
    "appraised": (
        "Kết quả thẩm định: {phase}",
        "Hồ sơ của {department} cho «{phase}»: {eligible} đề nghị đủ điều kiện, "
        "{ineligible} không đủ điều kiện.",
    ),
    "opinion_wanted": (
        "Mời cho ý kiến: {person}",
        "{department} đề nghị khen thưởng {person} trong «{phase}». Trong năm {person} "
        "đã công tác ở phòng của bạn, nên mời trưởng phòng cho ý kiến bằng văn bản; "
        "chưa có ý kiến thì đề nghị còn phải chờ.",
    ),
    "opinion_given": (
        "Đã có ý kiến: {person}",
        "{department} đã cho ý kiến về {person} trong «{phase}». Đề nghị chờ ý kiến "
        "này có thể được thẩm định tiếp.",
    ),
    "late_requested": (
        "Xin nộp muộn: {department}",
        "{department} xin nộp muộn hồ sơ của «{phase}». Lý do: {reason}",
    ),
    "late_accepted": (
        "Được nộp muộn: {phase}",
        "{department} được nộp hồ sơ của «{phase}» đến {until:due}.",
    ),
    "late_refused": (
        "Không được nộp muộn: {phase}",
        "{department} không được nộp muộn hồ sơ của «{phase}». Lý do: {reason}",
    ),
    "published": (
        "Công khai danh sách: {phase}",
        "Danh sách đề nghị khen thưởng của «{phase}» được công khai đến {until:due}. "
        "Mời góp ý trong thời gian đó.",
    ),
    "commented": ("Góp ý mới: {phase}", "Có góp ý về danh sách của «{phase}»."),
    "convened": (
        "Giấy mời họp Hội đồng: {phase}",
        "Mời dự phiên họp Hội đồng Thi đua - Khen thưởng về «{phase}» lúc "
        "{at:moment}, tại {place}. Mời xác nhận dự họp.",
    ),
    "quorum_at_risk": (
        "Phiên họp có nguy cơ không đủ thành viên: {phase}",
        "Phiên họp Hội đồng về «{phase}» lúc {at:moment} có nguy cơ không họp được. "
        "{reason} Mời cử người thay trước khi mở biểu quyết, hoặc dời phiên họp.",
    ),
    "cannot_pass": (
        "Đề nghị không thể đủ phiếu: {phase}",
        "Với những thành viên sẽ dự phiên họp Hội đồng về «{phase}» lúc {at:moment}, "
        "các đề nghị sau không thể đủ phiếu dù mọi người đều đồng ý: {lines:list}. Mời "
        "cử người thay trước khi mở biểu quyết, hoặc dời phiên họp.",
    ),
    "ballot_opens": (
        "Mời bỏ phiếu kín: {phase}",
        "Mời bạn bỏ phiếu kín về các đề nghị của «{phase}», đến {until:due}. Thành "
        "viên vắng mặt cũng gửi phiếu như vậy. Hãy giữ các mã phiếu của mình để đối "
        "chiếu sau khi kiểm phiếu; không ai cấp lại được.",
    ),
    "ballots_counted": (
        "Đã kiểm phiếu kín: {phase}",
        "Phiếu kín về «{phase}» đã được kiểm. Mời đối chiếu mã phiếu của bạn với bảng "
        "phiếu của phiên họp.",
    ),
    "minutes_wait": (
        "Mời ký biên bản: {phase}",
        "Biên bản phiên họp Hội đồng về «{phase}» chờ chữ ký của Chủ tọa và Thư ký. "
        "Hạn: {until:due}.",
    ),
    "decision_waits": (
        "Chờ quyết định: {phase}",
        "Hội đồng đề nghị khen thưởng {count} trường hợp của «{phase}». "
        "Hạn quyết định: {until:due}.",
    ),
    "own_decision_waits": (
        "Chờ quyết định: {phase}",
        "{count} đề nghị Hội đồng thông qua của «{phase}» là của chính người có quyền "
        "quyết định, nên do người khác ký: Phó Chánh Văn phòng ký KT. khi là đề nghị "
        "của Chánh Văn phòng. Hạn quyết định: {until:due}.",
    ),
    "returned_to_council": (
        "Trả lại Hội đồng: {phase}",
        "Chánh Văn phòng trả lại {count} đề nghị của «{phase}» để Hội đồng xem lại. "
        "Lý do: {reason}",
    ),
    "decided": (
        "Đã có quyết định: {phase}",
        "Quyết định khen thưởng của «{phase}» đã ký, chờ vào số và ban hành. "
        "Hạn: {until:due}.",
    ),
    "decision_void": (
        "Thôi ban hành quyết định: {phase}",
        "Quyết định{which} của «{phase}» đã ký nhưng không còn đề nghị nào nên không "
        "ban hành. {reason} {asked}",
    ),
    "correction_signed": (
        "Chờ vào số bản đính chính: {phase}",
        "Bản đính chính một quyết định của «{phase}» đã ký, chờ vào số và ban hành. "
        "Hạn: {until:due}.",
    ),
    "corrected": (
        "Đính chính: {phase}",
        "Quyết định số {number} đính chính Quyết định số {amended}: «{printed}» đọc "
        "đúng là «{corrected}». Lý do: {reason}",
    ),
    "rescission_signed": (
        "Chờ vào số quyết định hủy bỏ: {phase}",
        "Quyết định hủy bỏ một khen thưởng của «{phase}» đã ký, chờ vào số và ban "
        "hành. Hạn: {until:due}.",
    ),
    "rescinded": (
        "Hủy bỏ khen thưởng: {phase}",
        "«{award}» đã tặng {subject} bị hủy bỏ theo Quyết định số {number}. Lý do: "
        "{reason} Hiện vật và tiền thưởng được thu hồi.",
    ),
    "rescission_issued": (
        "Hủy bỏ khen thưởng: {phase}",
        "Quyết định số {number} hủy bỏ một phần Quyết định số {amended}: "
        "{subjects:list}.",
    ),
    "award_declined": (
        "Từ chối khen thưởng: {phase}",
        "{subject} từ chối «{award}» đã được tặng. Lý do: {reason}",
    ),
    "no_longer_met": (
        "Cần xem lại khen thưởng: {phase}",
        "Sau khi thay đổi: {fallen:list}, những đề nghị sau không còn đủ điều kiện: "
        "{doubtful:list}. Không có gì tự động bị hủy bỏ; mời xem lại từng đề nghị."
        "{upward}",
    ),
    "line_held": (
        "Tạm giữ đề nghị: {phase}",
        "Đề nghị tặng «{award}» cho {subject} được tạm giữ để xác minh theo quy định. "
        "Xác minh xong, đề nghị được xét tiếp, kể cả khi giai đoạn đã kết thúc.",
    ),
    "line_released": (
        "Xét tiếp đề nghị: {phase}",
        "Đề nghị tặng «{award}» cho {subject} đã xác minh xong và được xét tiếp.",
    ),
    "line_ended": (
        "Dừng xét đề nghị: {phase}",
        "Đề nghị tặng «{award}» cho {subject} không được xét nữa. Kết luận: {reason}",
    ),
    "case_filed": ("Vụ việc mới: {matter}", "Đã nhận {matter}, chờ xử lý."),
    "case_returned": (
        "Trả lại để bổ sung: {matter}",
        "{matter} cần bổ sung rồi gửi lại. Lý do: {reason}",
    ),
    "case_accepted": ("Thụ lý: {matter}", "{matter} đã được thụ lý."),
    "initiative_to_score": (
        "Mời cho điểm: {matter}",
        "Mời thành viên Hội đồng sáng kiến xem xét và cho điểm {matter} một cách độc "
        "lập, đến {until:due}.",
    ),
    "initiative_recognised": (
        "Được công nhận: {matter}",
        "Hội đồng sáng kiến công nhận {matter}: {yes}/{members} thành viên đồng ý. "
        "{reason}",
    ),
    "initiative_not_recognised": (
        "Không được công nhận: {matter}",
        "Hội đồng sáng kiến không công nhận {matter}: {yes}/{members} thành viên đồng "
        "ý. Lý do: {reason}",
    ),
    "initiative_to_certify": (
        "Mời ký giấy chứng nhận: {matter}",
        "Hội đồng sáng kiến đã công nhận {matter}. Mời ký giấy chứng nhận, đến "
        "{until:due}.",
    ),
    "initiative_certified": (
        "Giới thiệu để áp dụng: {matter}",
        "{matter} của {by:list} được công nhận, Giấy chứng nhận số {number}. Mời các "
        "phòng, cá nhân nghiên cứu áp dụng. Nội dung: {use}",
    ),
    "poll_opened": (
        "Mời cho ý kiến bằng văn bản: {matter}",
        "Chủ tịch Hội đồng lấy ý kiến bằng văn bản về {matter}. Mời cho ý kiến trước "
        "khi Chánh Văn phòng quyết định, đến {until:due}.",
    ),
    "case_refused": (
        "Không thụ lý: {matter}",
        "{matter} không được thụ lý. Lý do: {reason}",
    ),
    "case_reported": (
        "Xin ý kiến: {matter}",
        "Hồ sơ về {matter} đã trình Chánh Văn phòng. Nội dung: {report}",
    ),
    "case_resolved": (
        "Kết luận: {matter}",
        "{matter} đã được kết luận: {conclusion}",
    ),
    "case_withdrawn": (
        "Rút: {matter}",
        "{matter} đã được rút. Lý do: {reason}",
    ),
    "case_check_due": (
        "Nhắc kiểm tra hồ sơ: {matter}",
        "Hồ sơ {matter} chưa được thụ lý hoặc trả lại. Hạn: {until:due}.",
    ),
    "case_supplement_due": (
        "Nhắc bổ sung hồ sơ: {matter}",
        "Hồ sơ {matter} đã trả lại, chưa được bổ sung. Hạn: {until:due}.",
    ),
    "initiative_scoring_due": (
        "Nhắc cho điểm: {matter}",
        "Hội đồng sáng kiến chưa kết luận về {matter}. Hạn: {until:due}.",
    ),
    "initiative_certificate_due": (
        "Nhắc ký giấy chứng nhận: {matter}",
        "{matter} đã được công nhận, chưa có giấy chứng nhận. Hạn: {until:due}.",
    ),
    "ad_hoc_award_due": (
        "Nhắc quyết định: {matter}",
        "{matter} đang chờ Chánh Văn phòng quyết định. Hạn: {until:due}.",
    ),
    "case_answer_due": (
        "Nhắc trả lời: {matter}",
        "{matter} chưa được trả lời. Hạn: {until:due}.",
    ),
    "case_acceptance_due": (
        "Nhắc thụ lý: {matter}",
        "{matter} chưa được thụ lý hoặc từ chối. Hạn: {until:due}.",
    ),
    "case_resolution_due": (
        "Nhắc kết luận: {matter}",
        "{matter} đã thụ lý, chưa được kết luận. Hạn: {until:due}.",
    ),
    "rescission_report_due": (
        "Nhắc trình hồ sơ: {matter}",
        "Hồ sơ về {matter} chưa được trình. Hạn: {until:due}.",
    ),
    "rescission_due": (
        "Nhắc quyết định: {matter}",
        "Chánh Văn phòng chưa kết luận về {matter}. Hạn: {until:due}.",
    ),
    "awarded": (
        "Kết quả khen thưởng: {phase}",
        "{subject} được tặng «{award}» theo Quyết định số {number}.",
    ),
    "declined": (
        "Kết quả khen thưởng: {phase}",
        "Đề nghị tặng «{award}» cho {subject} không được chấp nhận. Lý do: {reason}",
    ),
    "not_passed": (
        "Kết quả xét tại Hội đồng: {phase}",
        "Đề nghị tặng «{award}» cho {subject} không được Hội đồng thông qua. Lý do: "
        "{reason}",
    ),
    "downgraded": (
        "Kết quả xét tại Hội đồng: {phase}",
        "Đề nghị tặng «{award}» cho {subject}: {reason}",
    ),
    "forwarded": (
        "Đã trình cấp trên: {phase}",
        "Đề nghị tặng «{award}» cho {subject} đã được trình cấp trên.",
    ),
    "results": (
        "Công bố kết quả: {phase}",
        "Kết quả của «{phase}»: {count} trường hợp được khen thưởng theo Quyết định "
        "số {number}.",
    ),
    "superior_answered": (
        "Kết quả của cấp trên: {phase}",
        "Cấp trên trả lời về «{award}» cho {subject}: {answer}.",
    ),
    "interim_review": (
        "Sơ kết: {phase}",
        "Báo cáo sơ kết của «{phase}» đã có, tính từ số liệu của hệ thống.",
    ),
    "scorecard_confirmed": (
        "Bảng điểm năm {year} đã được xác nhận",
        "Chánh Văn phòng đã xác nhận bảng điểm của Văn phòng năm {year}: "
        "{points}/{most} điểm. Gửi Cụm, Khối thi đua, rồi ghi thứ hạng được xếp.",
    ),
    "command_stuck": (
        "Cần xem lại một thao tác",
        "Thao tác «{what}» nhận lúc {at:moment} chưa ghi được do lỗi của hệ thống. "
        "Thao tác được giữ chỗ, không bị coi là muộn.",
    ),
}

_OVERDUE = "Quá hạn. "
KINDS = frozenset(_TEXTS)


def render(kind: str, facts: Mapping[str, Any]) -> tuple[str, str]:
    """Write subject and body of a notice; *overdue* among the facts says so first."""
    subject, body = (_WORDS.vformat(text, (), facts) for text in _TEXTS[kind])
    if facts.get("overdue"):
        return _OVERDUE + subject, body
    return subject, body
