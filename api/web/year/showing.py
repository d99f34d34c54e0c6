"""The pages of one campaign: each with the others that its visitor may open."""

from http import HTTPStatus
from typing import Any

from fastapi import Response
from sqlmodel import Session

from api.admission import open_to
from api.web.rendering import render
from api.web.words import gettext
from store.tables import Campaign, Person

# Where each stands, what it is called, and what it shows, by the policy table.
_TABS = (
    ("tong-quan", gettext("Tổng quan"), "campaigns"),
    ("lich", gettext("Lịch"), "calendar"),
    ("ke-hoach", gettext("Kế hoạch"), "plan"),
    ("bao-cao", gettext("Báo cáo"), "reports"),
    ("bang-vang", gettext("Bảng vàng"), "results"),
    ("nhat-ky", gettext("Nhật ký"), "record"),
)


def show(
    session: Session,
    visitor: Person | None,
    campaign: Campaign,
    name: str,
    status: HTTPStatus = HTTPStatus.OK,
    /,
    **facts: Any,
) -> Response:
    """Make a page of a campaign; whoever has not signed in sees that one alone."""
    tabs = [
        (path, label)
        for path, label, way in _TABS
        if visitor and open_to(session, visitor.id, way)
    ]
    facts |= {"visitor": visitor, "campaign": campaign, "tabs_open": tabs}
    return render(name, status, **facts)
