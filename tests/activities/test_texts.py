"""Every notice that is sent has its text, and every text is of such a notice."""

import ast
from collections.abc import Iterator

import pytest

from domain.acts import DEADLINES
from papers.notices import KINDS, TEXTS, require_texts
from tests.sources import modules

# Where each function that sends takes the kind of what it sends.
SENDING = {
    "notify": 1,
    "tell_secretariat": 1,
    "tell_all": 2,
    "tell_line": 2,
    "tell": 2,
    "tell_desk": 2,
    "tell_filer": 2,
    "tell_each": 4,
}
# The kinds of windows name their notices, and what the chair answers its own.
MADE = {
    f"{window}_{what}"
    for window in ("registration", "submission")
    for what in ("opens", "missed")
} | {"late_accepted", "late_refused"}
REMINDERS = {f"{kind}_due" for kind, rule in DEADLINES.items() if rule.owed}


def constants(tree: ast.AST) -> set[str]:
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def sent(tree: ast.AST) -> Iterator[str]:
    """Find the kinds that are written where something is sent, or just before."""
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            yield from _sent_by(function)


def _sent_by(function: ast.AST) -> Iterator[str]:
    assigned = dict(_assigned(function))
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = node.func.id if isinstance(node.func, ast.Name) else name
        place = SENDING.get(name)
        if place is not None and place < len(node.args):
            kind = node.args[place]
            either = assigned.get(kind.id) if isinstance(kind, ast.Name) else kind
            yield from _either(either)


def _either(kind: ast.expr | None) -> Iterator[str]:
    """Read a kind that is written out, or one of two."""
    if isinstance(kind, ast.IfExp):
        yield from (*_either(kind.body), *_either(kind.orelse))
    elif isinstance(kind, ast.Constant) and isinstance(kind.value, str):
        yield kind.value


def _assigned(function: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    """Find what is assigned to names, one by one or several at once."""
    for node in ast.walk(function):
        for target in node.targets if isinstance(node, ast.Assign) else ():
            if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                pairs = zip(target.elts, node.value.elts, strict=True)
            else:
                pairs = zip([target], [node.value], strict=True)
            yield from ((x.id, value) for x, value in pairs if isinstance(x, ast.Name))


def test_a_kind_that_is_named_before_it_is_sent_is_found() -> None:
    text = "def f(): kind, x = 'a' if yes else 'b', 1; tell(call, 'task', kind)"

    assert {*sent(ast.parse(text))} == {"a", "b"}


# The rooms whose code writes notices.
ROOMS = ("activities", "api", "duties")


def test_every_notice_that_is_sent_has_its_text() -> None:
    found = {kind for _, tree in modules(*ROOMS) for kind in sent(tree)}

    assert len(found) > 40
    assert found | MADE | REMINDERS <= KINDS


def test_every_text_is_of_a_notice_that_is_sent() -> None:
    trees = [tree for _, tree in modules(*ROOMS)]
    said = {word for tree in trees for word in constants(tree)}

    assert said | MADE | REMINDERS >= KINDS


def test_a_reminder_without_its_text_keeps_the_service_from_starting() -> None:
    whole = TEXTS["supplement_due"]
    spoiled = [
        {kind: text for kind, text in TEXTS.items() if text is not whole},
        *(
            {**TEXTS, "supplement_due": {k: v for k, v in whole.items() if k != part}}
            for part in ("late", "above")
        ),
    ]

    for texts in spoiled:
        with pytest.raises(LookupError, match="supplement_due"):
            require_texts(texts)
