"""Names on the wire: changing one strands the workflows that run under it."""

from domain.ids import Kind

TASK_QUEUE = "thidua"

WORKFLOWS = {
    Kind.CAMPAIGN: "Campaign",
    Kind.PHASE: "CampaignPhase",
    Kind.DEPARTMENT: "DepartmentPhase",
    Kind.COUNCIL: "CouncilSession",
    Kind.DECISION: "DirectorDecision",
    Kind.CASE: "Case",
    Kind.OUTBOX: "Outbox",
}

COMMAND = "command"
COMMANDS = "commands"
ADVANCE = "advance_to"
STANDING = "standing"
LOOK_AGAIN = "look_again"

APPLY_COMMAND = "apply_command"
APPLY_COMMANDS = "apply_commands"
LOAD = "load"
CLIMB = "climb"
OPEN_PHASE = "open_phase"
ENTER = "enter"
CLOSE_WINDOW = "close_window"
SUM_UP = "sum_up"
START_WORKFLOWS = "start_workflows"
WAKE_WORKFLOWS = "wake_workflows"
SEND_DUE = "send_due"
