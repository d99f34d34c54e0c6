"""The rules that the service judges by: each with its source, and how sure we are."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from fastapi import Response

from api.admission import reads
from api.deps import Packs
from api.identity import Asking
from api.web.rendering import render
from api.web.visiting import pages
from api.web.words import gettext
from domain.refusals import refuse
from domain.rules.criteria import Rule

router = pages()


@router.get("/quan-tri/quy-dinh", dependencies=[reads("plan")])
def every(visitor: Asking, packs: Packs) -> Response:
    """List the packs, by when they hold."""
    ordered = sorted(packs, key=lambda pack: pack.valid_from, reverse=True)
    return render("administration/packs.html", visitor=visitor, packs=ordered)


@router.get("/quan-tri/quy-dinh/{code}", dependencies=[reads("plan")])
def one(code: str, visitor: Asking, packs: Packs) -> Response:
    """Show one pack: its titles, and each rule with what it rests on. Refused."""
    pack = next((each for each in packs if each.id == code), None)
    if pack is None:
        said = gettext("Không có bộ quy định nào mang mã «%(code)s».", code=code)
        raise refuse("unknown_pack", said)
    return render(
        "administration/pack.html",
        visitor=visitor,
        pack=pack,
        titles=[(each, list(rules_in(each.criteria))) for each in pack.titles],
        others=list(rules_in([getattr(pack, name) for name in _BESIDE])),
    )


_BESIDE = (
    "service",
    "council",
    "general_criteria",
    "simplified",
    "slas",
    "policies",
    "publication",
    "archive",
)


def rules_in(part: Any) -> Iterator[Rule]:
    """Find every rule in a part of a pack, in its order."""
    if isinstance(part, Rule):
        yield part
    if isinstance(part, tuple | list):
        for each in part:
            yield from rules_in(each)
    elif is_dataclass(part):
        for field in fields(part):
            yield from rules_in(getattr(part, field.name))
