"""Every workflow, for the worker and for the replay of recorded histories."""

from workflows.campaign import Campaign
from workflows.campaign_phase import CampaignPhase
from workflows.case import Case
from workflows.council_session import CouncilSession
from workflows.department_phase import DepartmentPhase
from workflows.director_decision import DirectorDecision

WORKFLOWS = (
    Campaign,
    CampaignPhase,
    DepartmentPhase,
    CouncilSession,
    DirectorDecision,
    Case,
)
