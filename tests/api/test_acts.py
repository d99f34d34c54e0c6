"""Every act has one route, and says of itself what the table of acts says."""

from fastapi.routing import APIRoute

from api.commands import router
from domain.acts import ACTS, COMMANDS
from papers.acts import describe


def test_every_act_has_a_route_that_says_what_the_table_says() -> None:
    routes = [route for route in router.routes if isinstance(route, APIRoute)]
    said = {
        route.operation_id: (route.summary, route.description, route.tags)
        for route in routes
        if route.operation_id in ACTS
    }

    acts = {kind: ACTS[kind] for kind in COMMANDS}
    assert said == {
        kind: (rule.summary, describe(rule), ["acts", rule.target])
        for kind, rule in acts.items()
    }


def test_an_act_is_described_by_who_does_it_while_what_stands_how() -> None:
    assert describe(ACTS["request_late"]) == (
        "Người được làm: trưởng phòng; người được phòng giao việc thi đua. Chỉ làm "
        "được khi phong trào ở trạng thái «đang diễn ra»; giai đoạn ở trạng thái "
        "«thẩm định»; hồ sơ của phòng ở trạng thái «quá hạn». Đặt hoặc dời hạn: trả "
        "lời đề nghị nộp muộn."
    )
