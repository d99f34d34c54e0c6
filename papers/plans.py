"""A plan to begin with: the model one, filled for an agency and a year."""

from pathlib import Path

from domain.names import clean

_MODEL = Path(__file__).parents[1] / "plans" / "mau.yaml"
_FIRST = "code:"
_SCHEMA = "# Sửa lời và ngày theo văn bản đã ký; kiểm tra bằng `thidua plan check`.\n\n"


def plan_template(year: int, agency: str, head: str) -> str:
    """Fill the model plan, which is a whole plan then."""
    _, first, rest = _MODEL.read_text("utf-8").partition(_FIRST)
    facts = {
        "{nam}": str(year),
        "{nam_sau}": str(year + 1),
        "{co_quan}": clean(agency),
        "{thu_truong}": clean(head),
    }
    for name, value in facts.items():
        rest = rest.replace(name, value)
    return _SCHEMA + first + rest
