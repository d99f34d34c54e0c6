"""What a proposal's process keeps, its votes, and whom it has told."""

from django.db import models
from viewflow.workflow.models import Process


class ProposalProcess(Process):
    """One nomination on its way."""

    department = models.CharField(max_length=50, default="")
    title = models.CharField(max_length=200, default="")
    approved = models.BooleanField(null=True)
    yes = models.IntegerField(default=0)


class Vote(models.Model):
    """One member's vote."""

    process = models.ForeignKey(ProposalProcess, on_delete=models.CASCADE)
    member = models.IntegerField()
    yes = models.BooleanField()


class Told(models.Model):
    """A notice."""

    process = models.ForeignKey(ProposalProcess, on_delete=models.CASCADE)
    body = models.CharField(max_length=100)
