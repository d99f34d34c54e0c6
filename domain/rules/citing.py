"""Whether the source of a rule says where it can be read."""

import re

# A law or decree with its year, then an article of it.
_CITED = re.compile(
    r"\b(?:Luật|Bộ luật|BLDS|BLLĐ|Nghị quyết|NQ|Nghị định|NĐ|Thông tư|TT|Quyết định|QĐ)"
    r"\b[^;]*\b(?:19|20)\d\d\b[^;]*\bĐiều [1-9]\d*\b"
)
# What nobody has read, or what is no law.
_VAGUE = re.compile(
    r"\b(?:chưa|tạm|mặc định|thông lệ|quy ước|theo mẫu|nhớ lại|có lẽ|hình như)\b",
    re.IGNORECASE,
)


def names_article(source: str) -> bool:
    """Say whether a source names its article, so that anybody can look it up.

    It is asked of every rule that calls itself verified. A source that says of itself
    that something was not found, or that it is an office's habit, names none.
    """
    return bool(_CITED.search(source)) and not _VAGUE.search(source)
