"""The flow of one nomination: checked, split over nine votes, joined, decided, told."""

from typing import Any

from viewflow import this
from viewflow.workflow import flow

from bench.peers.flowapp.models import ProposalProcess, Told, Vote


class ProposalFlow(flow.Flow):
    """As Viewflow's documentation writes a flow, with a node for each vote."""

    process_class = ProposalProcess

    start = flow.StartHandle(this.do_start).Next(this.check)
    check = flow.Function(this.do_nothing).Next(this.split)
    split = (
        flow.Split()
        .Next(this.vote_0)
        .Next(this.vote_1)
        .Next(this.vote_2)
        .Next(this.vote_3)
        .Next(this.vote_4)
        .Next(this.vote_5)
        .Next(this.vote_6)
        .Next(this.vote_7)
        .Next(this.vote_8)
    )
    vote_0 = flow.Handle(this.do_vote).Next(this.join)
    vote_1 = flow.Handle(this.do_vote).Next(this.join)
    vote_2 = flow.Handle(this.do_vote).Next(this.join)
    vote_3 = flow.Handle(this.do_vote).Next(this.join)
    vote_4 = flow.Handle(this.do_vote).Next(this.join)
    vote_5 = flow.Handle(this.do_vote).Next(this.join)
    vote_6 = flow.Handle(this.do_vote).Next(this.join)
    vote_7 = flow.Handle(this.do_vote).Next(this.join)
    vote_8 = flow.Handle(this.do_vote).Next(this.join)
    join = flow.Join().Next(this.tally)
    tally = flow.Function(this.do_tally).Next(this.director)
    director = flow.Handle(this.do_decide).Next(this.notify)
    notify = flow.Function(this.do_notify).Next(this.end)
    end = flow.End()

    def do_start(self, activation: Any, department: str, title: str) -> Any:
        """Write a nomination down."""
        activation.process.department = department
        activation.process.title = title
        activation.process.save()
        return activation.process

    def do_nothing(self, activation: Any) -> None:
        """Pass it."""

    def do_vote(self, activation: Any, member: int, yes: bool) -> None:
        """Take one member's vote."""
        key = activation.process.pk
        Vote.objects.create(process_id=key, member=member, yes=yes)

    def do_tally(self, activation: Any) -> None:
        """Count who was for it."""
        process = activation.process
        process.yes = Vote.objects.filter(process_id=process.pk, yes=True).count()
        process.save()

    def do_decide(self, activation: Any, approved: bool) -> None:
        """Decide."""
        activation.process.approved = approved
        activation.process.save()

    def do_notify(self, activation: Any) -> None:
        """Tell whom it is about."""
        Told.objects.create(process_id=activation.process.pk, body="awarded")
