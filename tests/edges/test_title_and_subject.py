"""A title meets only those it is for: refused at once, at every door, by its name."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from domain.cases.ad_hoc import Proposed
from domain.refusals import Refused
from domain.rules.subjects import require_for
from engine.client import Engine
from intake.rulepacks import load_packs
from store.database import Database
from tests.activities.paper import Paper
from tests.api.calls import Caller, idle_office
from tests.council.day import REVIEWED, Lists, a_review, act, registered
from tests.journeys.cast import HEADS, line
from tests.office import Office

# A person's, a collective's, and one that both may get.
LISTS: Lists = {
    "CTQH": (("ctqh-02", "LDTT"), ("CTQH", "TTLDTT"), ("ctqh-02", "GIAY_KHEN"))
}
HEAD = HEADS["CTQH"]
WRONG = (("individual", "ctqh-03", "TTLDTT"), ("collective", "CTQH", "LDTT"))


def aim(kind: str, subject: str, title: str) -> dict[str, str]:
    """What is aimed for, as it is written."""
    return {"kind": kind, "subject": subject, "title": title}


def a_line(kind: str, subject: str, title: str) -> dict[str, Any]:
    """The same as a nomination."""
    return {**line(subject, title), "kind": kind}


def refused_at_every_door(paper: Paper, desk: str) -> set[str]:
    """Send what does not fit in each way in which it can be sent."""
    bodies: dict[str, Callable[[dict[str, str]], dict[str, Any]]] = {
        "record_peer_review": lambda each: {
            **a_review("CTQH", HEAD),
            "votes": [{**each, "yes": 1, "no": 0}],
        },
        "submit": lambda each: {"lines": [a_line(**each)]},
    }
    return {
        paper.act(HEAD, kind, desk, body(aim(*each)))
        for kind, body in bodies.items()
        for each in WRONG
    }


async def test_a_persons_title_is_no_collectives_nor_the_other_way_at_any_door(
    sqlite_database: Database, engine: Engine
) -> None:
    paper = registered(sqlite_database, LISTS)
    desk = paper.desk("CTQH")

    registering = {
        paper.act(HEAD, kind, desk, {"aims": [aim(*each)]})
        for kind in ("register", "amend_registration")
        for each in WRONG
    }
    paper.pass_to(REVIEWED)
    act(paper, HEAD, "record_peer_review", desk, a_review("CTQH", HEAD))
    sending = refused_at_every_door(paper, desk)
    async with idle_office(sqlite_database, engine) as office:
        plain = [await by_http(office, *each) for each in WRONG]

    assert registering == sending == {"wrong_subject"}
    assert plain == [[(409, "wrong_subject")] * 2] * 2


async def by_http(
    office: Office, kind: str, subject: str, title: str
) -> list[tuple[int, Any]]:
    """Write the same into a draft, and propose it for an ad hoc commendation."""
    head = Caller(office.http, HEAD)
    draft = {"lines": [a_line(kind, subject, title)]}
    matter = {
        "campaign": "2022",
        "kind": "ad_hoc",
        "title": "Cứu người",
        "matter": "Cứu người bị nước cuốn.",
        "event_on": "2022-06-12",
        "subject_kind": kind,
        "subject": subject,
        "award": title,
        "basis": ["clear_achievement"],
    }
    return [
        await head.put("/phases/2022-1/departments/CTQH/draft", draft),
        await head.put(f"/cases/{uuid4()}", matter),
    ]


def test_the_refusal_names_whom_the_title_is_for_and_what_the_subject_may_get() -> None:
    titles = load_packs()[0].titles
    offered = ["LDTT", "TTLDTT", "GIAY_KHEN"]
    wrong = [Proposed(*each) for each in WRONG]

    with pytest.raises(Refused) as refused:
        require_for(titles, [*wrong, Proposed("individual", "x", "LDTT")], offered)

    assert [each.detail for each in refused.value.refusals] == [
        "«Tập thể lao động tiên tiến» chỉ xét cho tập thể; cá nhân ctqh-03 được xét: "
        "LDTT, GIAY_KHEN.",
        "«Lao động tiên tiến» chỉ xét cho cá nhân; tập thể CTQH được xét: TTLDTT, "
        "GIAY_KHEN.",
    ]
