"""Differences between a signed paper and the record, in words."""

from collections.abc import Iterable, Mapping
from datetime import date

from domain.calendar import day_vi
from domain.record.papers import Difference

_FACTS: Mapping[str, str] = {
    "number": "số",
    "number_year": "năm của số",
    "series": "ký hiệu",
    "signed_on": "ngày ký",
    "signed_by": "người ký",
    "awarded": "số lượt được khen",
}


def difference_sentence(one: Difference) -> str:
    """Say what the paper states, and what the record does."""
    return (
        f"{_FACTS[one.fact]} trên giấy là {_said(one.on_paper)}, trong hồ sơ là "
        f"{_said(one.on_record)}"
    )


def differences_in_words(found: Iterable[Difference]) -> str:
    """Say every difference in one sentence."""
    said = "; ".join(map(difference_sentence, found))
    return f"{said[:1].upper()}{said[1:]}."


def _said(value: object) -> str:
    match value:
        case None:
            return "chưa có"
        case date():
            return day_vi(value)
    return str(value)
