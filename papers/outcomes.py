"""What an act came to, in a sentence or two for whoever has done it."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from domain.acts import ACTS
from domain.calendar import day_vi, due_day
from papers.terms import LINE_STATES, STATES
from papers.wording import due


def outcome(kind: str, answer: Mapping[str, Any]) -> list[str]:
    """Say what an act's answer tells that its name does not; often nothing."""
    return [*_sentences(kind, answer)]


def _sentences(kind: str, answer: Mapping[str, Any]) -> Iterator[str]:
    for name, say in _SAID.items():
        if answer.get(name):
            yield say(answer[name])
    if isinstance(state := answer.get("state"), str):
        yield from _state(kind, state)
    if isinstance(outcomes := answer.get("outcomes"), Mapping):
        yield from _outcomes(outcomes)


def _state(kind: str, state: str) -> Iterator[str]:
    """Name where the target of an act stands now."""
    own = (each.kind for each in ACTS[kind].states if state in {*each.kind})
    for enum in dict.fromkeys(own):
        what, names = STATES[enum]
        yield f"{what[0].upper()}{what[1:]}: {names[enum(state)]}."
        return


def _outcomes(outcomes: Mapping[str, Any]) -> Iterator[str]:
    """Count what became of lines."""
    for state, called in LINE_STATES.items():
        if many := sum(each == state for each in outcomes.values()):
            yield f"{called[0].upper()}{called[1:]}: {many} đề nghị."


def _many(what: str, of: str) -> Callable[[Any], str]:
    def say(found: Any) -> str:
        many = found if isinstance(found, int) else len(found)
        return f"{what}: {many} {of}."

    return say


def _day(what: str) -> Callable[[Any], str]:
    return lambda found: f"{what} {day_vi(_last_day(found))}."


def _last_day(found: str) -> date:
    """Read a day, or the last one before a moment that ends something."""
    moment = datetime.fromisoformat(found)
    return due_day(moment) if moment.tzinfo else moment.date()


_SAID: Mapping[str, Callable[[Any], str]] = {
    "registered": _many("Đã đăng ký", "mục"),
    "withdrawn": _many("Đã rút", "mục"),
    "lines": _many("Đã ghi", "đề nghị"),
    "departments": _many("Đã xong với", "phòng"),
    "left": _many("Chừa lại cho người khác", "phòng"),
    "forwarded": _many("Đã trình cấp trên", "đề nghị"),
    "returned": _many("Trả lại Hội đồng", "đề nghị"),
    "revoked": _many("Đã hủy bỏ", "đề nghị"),
    "moved": _many("Đã dời", "hạn"),
    "rounds": _many("Đã mở", "lượt bỏ phiếu"),
    "due_at": lambda found: f"Hạn mới: {due(datetime.fromisoformat(found))}.",
    "until": _day("Đến hết ngày"),
    "on_view_until": _day("Công khai ít nhất đến hết ngày"),
    "version": lambda found: f"Kế hoạch nay là bản số {found}.",
}
