"""Whether a list is appraised by somebody other than those who nominated."""

from collections.abc import Mapping

from domain.refusals import refuse


def nearness(person: str, home: str | None, department: str, sender: str | None) -> int:
    """Say how near somebody of *home* stands to a *department*'s list.

    Two who sent it, one who works there, nought who did neither.
    """
    return 2 if person == sender else int(home == department)


def require_farthest(
    person: str, homes: Mapping[str, str], department: str, sender: str | None
) -> None:
    """Raise Refused (`own_list`) while somebody stands less near to the list.

    *homes* are the departments of all who might appraise it. Where everybody is as
    near it is unavoidable, and said instead.
    """
    how_near = {
        each: nearness(each, home, department, sender) for each, home in homes.items()
    }
    least = min(how_near.values(), default=0)
    if how_near.get(person, least) > least:
        others = [each for each, near in how_near.items() if near == least]
        raise refuse(
            "own_list",
            "Người đã gửi danh sách hoặc là người của chính phòng đề nghị không thẩm "
            "định danh sách đó khi có người khác; người thẩm định được: "
            f"{', '.join(others)}.",
        )
