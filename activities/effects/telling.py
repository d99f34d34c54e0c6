"""Who is told what has become of a line: its department, and the person it is on."""

from typing import Any

from sqlmodel import select

from activities.addressing import desk, line_name
from activities.effects.registry import Call
from domain.rulepack import RulePack
from store.tables import DecisionLine, Nomination, Phase, SubjectKind


def tell_line(
    call: Call,
    phase: Phase,
    pack: RulePack,
    line: Nomination,
    kind: str,
    **facts: Any,
) -> None:
    """Tell them; *facts* are what the text names besides subject and award."""
    people_told = desk(call.deed, line.department)
    if line.kind is SubjectKind.INDIVIDUAL:
        people_told = [*people_told, line.subject]
    call.deed.notify(
        f"line/{line.id}",
        kind,
        people_told,
        version=line.moves,
        phase=phase.name,
        subject=line_name(call.session, line),
        award=pack.title(line.title).name_vi,
        **{"reason": _reason_of(call, line), **facts},
    )


def _reason_of(call: Call, line: Nomination) -> str:
    reason = call.session.exec(
        select(DecisionLine.reason).where(DecisionLine.line == line.id)
    ).all()
    return "; ".join(text for text in reason if text)
