"""Every workflow, for the worker and for the replay of recorded histories."""

from workflows.campaign import CampaignWorkflow
from workflows.campaign_phase import CampaignPhaseWorkflow
from workflows.case import CaseWorkflow
from workflows.council_session import CouncilSessionWorkflow
from workflows.department_phase import DepartmentPhaseWorkflow
from workflows.director_decision import DirectorDecisionWorkflow
from workflows.outbox import OutboxWorkflow

WORKFLOWS = (
    CampaignWorkflow,
    CampaignPhaseWorkflow,
    DepartmentPhaseWorkflow,
    CouncilSessionWorkflow,
    DirectorDecisionWorkflow,
    CaseWorkflow,
    OutboxWorkflow,
)
