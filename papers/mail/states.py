"""How letters stand, in the words of the office."""

from collections.abc import Mapping

from domain.outgoing.deliveries import Cause, Channel, DeliveryState

CHANNELS: Mapping[Channel, str] = {
    Channel.EMAIL: "Thư điện tử",
    Channel.WEBHOOK: "Webhook",
}
DELIVERY_STATES: Mapping[DeliveryState, str] = {
    DeliveryState.HELD: "đang giữ lại",
    DeliveryState.WAITING: "chờ gửi",
    DeliveryState.SENDING: "đang gửi",
    DeliveryState.SENT: "đã gửi",
    DeliveryState.FAILED: "gửi hỏng",
    DeliveryState.BOUNCED: "bị trả về",
    DeliveryState.OBSOLETE: "không còn cần",
    DeliveryState.DISCARDED: "đã bỏ",
}
CAUSES: Mapping[Cause, str] = {
    Cause.NO_ADDRESS: "người nhận chưa có địa chỉ thư",
    Cause.BAD_ADDRESS: "địa chỉ thư sai",
    Cause.REFUSED: "máy chủ thư từ chối",
    Cause.NO_SUCH_ADDRESS: "không có địa chỉ thư này",
    Cause.RETURNED: "thư bị trả về hộp thư của cơ quan",
    Cause.TOO_OFTEN: "đã thử nhiều lần",
    Cause.OVER: "việc đã xong",
    Cause.OUT_OF_OFFICE: "người nhận không còn ở cơ quan",
    Cause.NOT_WANTED: "người nhận không muốn nhận thư này",
    Cause.BY_HAND: "phòng thường trực bỏ",
}
