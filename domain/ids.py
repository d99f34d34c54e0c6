"""Workflow ids, built and read in this one place: `kind:key`."""

from dataclasses import dataclass
from enum import StrEnum
from string import ascii_lowercase
from uuid import UUID


class Kind(StrEnum):
    """The kinds of workflow; the value opens the id."""

    CAMPAIGN = "campaign"
    PHASE = "phase"
    DEPARTMENT = "department"
    COUNCIL = "council"
    DECISION = "decision"
    CASE = "case"
    # Of the service itself, and of no campaign.
    OUTBOX = "outbox"


@dataclass(frozen=True)
class WorkflowId:
    """A workflow, by its kind and key; keys are codes, never names of people."""

    kind: Kind
    key: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


def read(workflow_id: str) -> WorkflowId:
    """Read an id back; raises ValueError for one that we never made."""
    kind, _, key = workflow_id.partition(":")
    return WorkflowId(Kind(kind), key)


def campaign(code: str) -> WorkflowId:
    """Name a campaign's workflow."""
    return WorkflowId(Kind.CAMPAIGN, code)


def phase(phase_id: str) -> WorkflowId:
    """Name a phase's workflow, from the id of its row."""
    return WorkflowId(Kind.PHASE, phase_id)


def phase_key(campaign_code: str, number: int) -> str:
    """Make the id of a campaign's n-th phase."""
    return f"{campaign_code}-{number}"


def department(phase_id: str, code: str) -> WorkflowId:
    """Name the workflow of one department in one phase."""
    return WorkflowId(Kind.DEPARTMENT, f"{phase_id}:{code}")


# No code of a department looks like this.
_EVERY = "*"


def departments(phase_id: str) -> WorkflowId:
    """Name the workflows of all departments in one phase at once."""
    return department(phase_id, _EVERY)


def names_many(target: WorkflowId) -> bool:
    """Say whether a target stands for all departments of a phase."""
    return target.kind is Kind.DEPARTMENT and target.key.endswith(f":{_EVERY}")


def department_key(target: WorkflowId) -> tuple[str, str]:
    """Split a department's target into phase and department."""
    phase_id, _, code = target.key.rpartition(":")
    return phase_id, code


def council(session_id: str) -> WorkflowId:
    """Name the workflow of a council session."""
    return WorkflowId(Kind.COUNCIL, session_id)


def session_key(phase_id: str, number: int) -> str:
    """Make the id of a phase's n-th council session."""
    return f"{phase_id}-hd{number}"


def decision(decision_id: str) -> WorkflowId:
    """Name the workflow of a decision."""
    return WorkflowId(Kind.DECISION, decision_id)


def decision_key(phase_id: str, ordinal: int) -> str:
    """Make the id of a phase's n-th decision."""
    return f"{phase_id}-qd{ordinal}"


def number_in(target: WorkflowId) -> str:
    """Say which session, or which decision, of its phase a target is."""
    return target.key.rpartition("-")[2].lstrip(ascii_lowercase)


def case(case_id: UUID | str) -> WorkflowId:
    """Name the workflow of a matter."""
    return WorkflowId(Kind.CASE, str(case_id))


def outbox(channel: str) -> WorkflowId:
    """Name the workflow that sends on a channel."""
    return WorkflowId(Kind.OUTBOX, channel)


def delegation_key(campaign_code: str, number: int) -> str:
    """Make the id of a campaign's n-th delegation."""
    return f"{campaign_code}-uq{number}"
