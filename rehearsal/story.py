"""What happened, in order: every act, every stage that was reached, every notice."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from domain import ids
from domain.acts import RULES
from domain.calendar import VIETNAM
from domain.ids import Kind
from domain.record import PROCESS
from domain.states import CampaignState, PhaseState
from papers.terms import CAMPAIGN_STATES, PHASE_STATES
from rehearsal.cast.script import Script

Event = dict[str, Any]


async def tell(script: Script) -> list[Event]:
    """Read the whole story of the campaign, in the order in which it happened.

    Of one moment the acts come first, then the stages that they led to, then the
    notices; ids of chance are left out, so that the same year reads the same.
    """
    house, path = script.house, script.campaign
    acts = await house.pages(f"{path}/acts")
    notices = await house.pages(f"{path}/notices")
    reports = {
        (report["kind"], report["phase"]): report["content"]
        for report in await house.pages(f"{path}/reports")
    }
    events = [
        *(_act(script, act) for act in acts),
        *(stage for act in acts for stage in _stages(script, act, reports)),
        *(_notice(script, notice) for notice in notices),
    ]
    return sorted(events, key=lambda event: event["at"])


def _at(written: str) -> str:
    return datetime.fromisoformat(written).astimezone(VIETNAM).isoformat()


def _act(script: Script, act: Mapping[str, Any]) -> Event:
    kind = act["kind"]
    return {
        "at": _at(act["at"]),
        "kind": "act",
        "act": kind,
        "actor": act["actor"],
        "name": _actor(script, act["actor"]),
        "behalf": act["behalf"],
        "behalf_name": act["behalf"] and script.company.name_of(act["behalf"]),
        "text": RULES[kind].summary,
        "about": _department(script, act["target"]),
        "lines": act["lines"],
    }


def _department(script: Script, target: str | None) -> str | None:
    """Name the department that an act is aimed at, where it is at one."""
    at = ids.read(target) if target else None
    if at is None or at.kind is not Kind.DEPARTMENT:
        return None
    return script.company.name_of(ids.department_key(at)[1])


def _actor(script: Script, code: str) -> str:
    return "Hệ thống" if code == PROCESS else script.company.name_of(code)


def _stages(
    script: Script, act: Mapping[str, Any], reports: Mapping[Any, Any]
) -> Iterator[Event]:
    for of, stage in (act["payload"] or {}).get("stages", ()):
        target = ids.read(of)
        is_phase = target.kind is Kind.PHASE
        event = {
            "at": _at(act["at"]),
            "kind": "stage",
            "of": of,
            "stage": stage,
            "text": _said(script, target, stage),
        }
        report = reports.get(("interim", target.key) if is_phase else ("final", None))
        if stage == PhaseState.CLOSED and report:
            event["report"] = _in_order(report)
        yield event


def _in_order(value: Any) -> Any:
    """Sort what a database gives back in an order of its own."""
    if isinstance(value, dict):
        return {key: _in_order(value[key]) for key in sorted(value)}
    return [_in_order(one) for one in value] if isinstance(value, list) else value


def _said(script: Script, target: ids.WorkflowId, stage: str) -> str:
    if target.kind is Kind.CAMPAIGN:
        return f"Phong trào: {CAMPAIGN_STATES[CampaignState(stage)]}"
    code = script.plan.code
    names = {ids.phase_key(code, p.number): p.name for p in script.plan.phases}
    name = names[target.key]
    return f"{name}: {PHASE_STATES[PhaseState(stage)]}"


def _notice(script: Script, notice: Mapping[str, Any]) -> Event:
    return {
        "at": _at(notice["at"]),
        "kind": "notice",
        "notice": notice["kind"],
        "step": notice["step"],
        "recipient": notice["recipient"],
        "name": script.company.name_of(notice["recipient"]),
        "subject": notice["subject"],
        "text": notice["body"],
    }


def review(events: Iterable[Event]) -> Mapping[str, Any] | None:
    """Find the last review that the story holds."""
    reports = [event["report"] for event in events if "report" in event]
    return reports[-1] if reports else None
