"""A sum of money in words, as Vietnamese papers write it."""

from collections.abc import Iterator

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 10**9


def spelled(amount: int) -> str:
    """Write so many đồng, none or more, in words: «Một triệu hai trăm nghìn đồng»."""
    words = " ".join([*(_number(amount) or ["không"]), "đồng"])
    return words[:1].upper() + words[1:]


def _number(number: int) -> list[str]:
    """Write a number; after a greater part its hundreds are said, even of none."""
    billions, rest = divmod(number, _BILLION)
    words = [*_number(billions), "tỷ"] if billions else []
    for size, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        if group := rest // size % 1000:
            words += [*_hundreds(group, whole=bool(words)), name]
    return [each for each in words if each]


def _hundreds(number: int, *, whole: bool) -> Iterator[str]:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    if hundreds or whole:
        yield from (_DIGITS[hundreds], "trăm")
    if tens > 1:
        yield from (_DIGITS[tens], "mươi")
    elif tens:
        yield "mười"
    elif ones and (hundreds or whole):
        yield "linh"
    if ones:
        yield _one(ones, tens)


def _one(ones: int, tens: int) -> str:
    match ones, tens:
        case 1, _ if tens > 1:
            return "mốt"
        case 5, _ if tens:
            return "lăm"
    return _DIGITS[ones]
