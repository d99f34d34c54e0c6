"""Nobody decides on a line of their own (E25)."""

from collections.abc import Collection

from domain.refusals import Certainty, Refusal, Refused


def require_others(lines: int, own: Collection[str], named: Collection[str]) -> None:
    """Raise Refused (`own_line`) when somebody rules on a line of their own.

    *own* are theirs among so many *lines*. A word for all the others leaves them
    out; to name one, or to have nothing but them, is refused.
    """
    if own and (len(own) == lines or set(own) & set(named)):
        raise Refused(
            Refusal(
                "own_line",
                "Không ai quyết định về đề nghị của chính mình: đề nghị của Chánh Văn "
                "phòng do Phó Chánh Văn phòng ký KT., đề nghị của người được ủy quyền "
                "do Chánh Văn phòng hoặc người khác được ủy quyền ký.",
                rule="decision.own_line",
                source="Mặc định của cơ quan",
                certainty=Certainty.PROPOSED,
            )
        )
