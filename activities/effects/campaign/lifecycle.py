"""The campaign's acts: the pact, the launch, changes on the way, the closing."""

from datetime import datetime

from pydantic import ValidationError

from activities.addressing import everybody, resolve
from activities.deed import Deed
from activities.effects.campaign.archiving import date_the_archiving
from activities.effects.registry import Answer, Call, effect
from activities.services.calendar.deadlines import (
    by_plan,
    close_all_of_campaign,
    in_working_days,
    running,
    set_deadline,
)
from activities.services.calendar.delegations import revoke_all
from activities.services.calendar.planned import require_dates
from activities.services.calendar.precedence import require_order
from activities.services.council.boxes import end_rounds_of_campaign
from activities.services.progress.campaigns import phases_of, tell_all, wake_all
from activities.services.progress.new_rules import (
    judge_anew,
    require_no_vote,
    require_titles,
)
from activities.services.progress.phases import reschedule, write_phase
from activities.services.progress.reviews import date_the_closing, sum_up_campaign
from activities.stages import reach
from domain import ids
from domain.deadlines import DeadlineKind
from domain.ids import Kind
from domain.ladder import Addressee
from domain.refusals import refuse
from domain.roles import Role
from domain.rules.rulepack import RulePack, choose
from domain.states import CampaignState, PhaseState
from intake.acts.campaign import Amend, Launch, MigrateRules
from intake.faults import faults_of
from intake.fields import Empty, Reason
from intake.plans import Plan, judged_plan
from intake.rulepacks import to_data
from intake.titles import Regime, regime
from store.calendars import own_days
from store.office import people
from store.plans import pack_of, plan_of
from store.tables import Campaign, Phase

_S = CampaignState
_OVER = (PhaseState.CLOSED, PhaseState.CANCELLED)


@effect("sign_pact")
def sign_pact(call: Call, _body: Empty) -> Answer:
    """Sign the pact for the administration or for the union; both make it whole."""
    campaign = call.campaign()
    roles = people.roles_of(call.session, call.deed.actor, call.deed.day)
    side = "union" if Role.UNION_CHAIR in roles else "director"
    if getattr(campaign, f"signed_by_{side}") is not None:
        raise refuse("already_signed", "Bên của bạn đã ký giao ước này.")
    other = "director" if side == "union" else "union"
    whole = getattr(campaign, f"signed_by_{other}") is not None
    until = _launch_by(call.deed) if whole else _sign_by(call.deed, campaign)
    setattr(campaign, f"signed_by_{side}", call.deed.actor)
    campaign.pact_signed_at = call.deed.at if whole else None
    reach(call.deed, campaign, _S.PACT_SIGNED if whole else _S.PENDING_UNION)
    call.deed.facts["side"] = side
    call.session.flush()
    if whole:
        set_deadline(call.deed, str(call.target), DeadlineKind.LAUNCH, until)
        _ask_to_launch(call.deed, campaign, until)
    else:
        set_deadline(call.deed, str(call.target), DeadlineKind.PACT, until)
        _ask_the_other_side(call.deed, campaign, side)
    return {"state": campaign.state}


# The office's own habits, for what a plan does not date.
_PACT_DAYS, _LAUNCH_DAYS = 5, 5


def _launch_by(deed: Deed) -> datetime:
    return in_working_days(deed, _LAUNCH_DAYS)


def _sign_by(deed: Deed, campaign: Campaign) -> datetime:
    signing = plan_of(deed.session, campaign.id).follow_up.pact_signing_by
    return by_plan(deed, signing, _PACT_DAYS)


def _ask_the_other_side(deed: Deed, campaign: Campaign, side: str) -> None:
    other = Addressee.DIRECTOR if side == "union" else Addressee.UNION
    recipients = resolve(deed, other, "sign_pact")
    deed.notify(f"pact/{campaign.id}", "pact_waits", recipients, title=campaign.title)


def _ask_to_launch(deed: Deed, campaign: Campaign, until: datetime) -> None:
    deed.notify(
        f"launch/{campaign.id}",
        "pact_signed",
        resolve(deed, Addressee.DIRECTOR, "launch"),
        title=campaign.title,
        until=until,
    )


@effect("launch")
def launch(call: Call, body: Launch) -> Answer:
    """Launch: the rules are snapshotted, and every phase gets its dates."""
    campaign = call.campaign()
    plan = plan_of(call.session, campaign.id)
    require_dates(call.deed, plan, although_past=body.although_past)
    packs = [choose(call.packs, part.period_end) for part in plan.phases]
    campaign.packs = {pack.code: to_data(pack) for pack in packs}
    campaign.own_days = own_days(call.session)
    campaign.launched_at, campaign.launched_by = call.deed.at, call.deed.actor
    reach(call.deed, campaign, _S.RUNNING)
    call.session.flush()
    for part, pack in zip(plan.phases, packs, strict=True):
        write_phase(call.deed, plan, part, pack)
    call.deed.notify(
        f"launch/{campaign.id}",
        "launched",
        everybody(call.deed),
        title=campaign.title,
        theme=plan.theme,
    )
    return {"phases": [ids.phase_key(campaign.id, part.number) for part in plan.phases]}


@effect("amend")
def amend(call: Call, body: Amend) -> Answer:
    """Change a running plan; a period never moves, and moved deadlines re-plan."""
    campaign = call.campaign()
    before = plan_of(call.session, campaign.id)
    plan = _amended(call, campaign, body.plan)
    _require_same_shape(before, plan)
    if plan == before:
        raise refuse("nothing_changed", "Kế hoạch gửi lên giống kế hoạch hiện hành.")
    campaign.plan = plan.model_dump(mode="json")
    campaign.version += 1
    call.session.add(campaign)
    call.session.flush()
    _replan(call, campaign, before, plan)
    call.deed.notify(
        f"amend/{campaign.id}",
        "amended",
        everybody(call.deed),
        version=campaign.version,
        title=campaign.title,
        revision=campaign.version,
        reason=body.reason,
    )
    return {"version": campaign.version}


def _replan(call: Call, campaign: Campaign, before: Plan, plan: Plan) -> None:
    """Move the deadlines of what is not over, and the closing's if it is set."""
    for phase in phases_of(call.session, campaign.id):
        if phase.state not in _OVER:
            reschedule(call.deed, before, plan, phase)
            require_order(call.deed, phase.id)
            call.deed.wake.append(str(ids.phase(phase.id)))
    closing = DeadlineKind.CLOSING in running(call.session, str(call.target))
    if closing and before.follow_up != plan.follow_up:
        date_the_closing(call.deed)


def _amended(call: Call, campaign: Campaign, said: Plan) -> Plan:
    """Read the changed plan by the rules that each phase goes by, or will go by."""
    phases = phases_of(call.session, campaign.id)
    packs = {row.period_end: pack_of(call.session, row) for row in phases}
    by = Regime(list(packs.values()), packs.get) if phases else regime(call.packs)
    try:
        return judged_plan(said.model_dump(mode="json"), by)
    except ValidationError as wrong:
        faults = "; ".join(faults_of(wrong, Plan))
        raise refuse("bad_document", f"Kế hoạch chưa đúng: {faults}.") from None


def _require_same_shape(before: Plan, plan: Plan) -> None:
    def shape(p: Plan) -> object:
        periods = [(x.number, x.period_start, x.period_end, x.final) for x in p.phases]
        return p.code, p.kind, p.year, periods

    if shape(before) != shape(plan):
        raise refuse(
            "period_fixed",
            "Kế hoạch sửa đổi phải giữ nguyên mã, loại, năm và thời gian tính thành "
            "tích của từng giai đoạn; các ngày khác đổi được.",
        )


@effect("migrate_rules")
def migrate_rules(call: Call, body: MigrateRules) -> Answer:
    """Judge a phase by another rule pack from now on (E33): never silently.

    What is appraised and not voted on is judged again; everybody is told what stays.
    """
    require_no_vote(call.deed, body.phase)
    campaign = call.campaign()
    phase, pack = _phase_and_pack(call, campaign, body)
    require_titles(pack, phase)
    campaign.packs = {**campaign.packs, pack.code: to_data(pack)}
    call.deed.facts["from"], phase.pack = phase.pack, body.pack
    call.session.add_all([campaign, phase])
    call.session.flush()
    judged, in_force = judge_anew(call.deed, phase, pack), pack.covers(phase.period_end)
    call.deed.facts |= {"in_force": in_force, **judged._asdict()}
    _tell_of_rules(call, phase, body, judged.said())
    found = {name: call.deed.facts[name] for name in ("from", "in_force")}
    return {"phase": phase.id, "pack": pack.code, **found, **judged._asdict()}


def _phase_and_pack(
    call: Call, campaign: Campaign, body: MigrateRules
) -> tuple[Phase, RulePack]:
    phases = {phase.id: phase for phase in phases_of(call.session, campaign.id)}
    packs = {pack.code: pack for pack in call.packs}
    if body.phase not in phases:
        raise refuse("unknown_phase", f"Phong trào không có giai đoạn «{body.phase}».")
    if body.pack not in packs:
        raise refuse(
            "unknown_pack",
            f"Không có bộ quy định «{body.pack}»; hiện có: {', '.join(sorted(packs))}.",
        )
    return phases[body.phase], packs[body.pack]


def _tell_of_rules(call: Call, phase: Phase, body: MigrateRules, judged: str) -> None:
    in_force, before = call.deed.facts["in_force"], call.deed.facts["from"]
    call.deed.notify(
        f"rules/{phase.id}",
        "rules_changed" if in_force else "rules_out_of_force",
        everybody(call.deed),
        again=True,
        phase=phase.name,
        pack=body.pack,
        before=before,
        period_end=phase.period_end,
        judged=judged,
        reason=body.reason,
    )


@effect("cancel")
def cancel(call: Call, body: Reason) -> Answer:
    """Cancel: everything that runs stops where it stands."""
    # Sessions before their campaign, in the order in which a ballot holds them.
    end_rounds_of_campaign(call.deed)
    campaign = call.campaign()
    wake_all(call.deed)  # while the rows still say who is to hear of it
    campaign.suspended_at = None
    reach(call.deed, campaign, _S.CANCELLED)
    for phase in phases_of(call.session, campaign.id):
        if phase.state not in _OVER:
            phase.closed_at = call.deed.at
            reach(call.deed, phase, PhaseState.CANCELLED)
    revoke_all(call.deed, call.received_at, "Phong trào đã bị hủy.")
    close_all_of_campaign(call.deed)
    tell_all(call.deed, campaign, "cancelled", reason=body.reason)
    return {"state": campaign.state}


@effect("close")
def close(call: Call, _body: Empty) -> Answer:
    """Hold the closing review; answers of superiors may still come afterwards."""
    campaign = call.campaign()
    phases = phases_of(call.session, campaign.id)
    open_phases = [phase.name for phase in phases if phase.state not in _OVER]
    if open_phases:
        raise refuse(
            "phase_open", f"Chưa tổng kết được: {'; '.join(open_phases)} chưa kết thúc."
        )
    report = sum_up_campaign(call.deed, campaign)
    campaign.closed_at = call.deed.at
    reach(call.deed, campaign, _S.CLOSED)
    revoke_all(call.deed, call.received_at, "Phong trào đã kết thúc.")
    # A superior may still answer, and a matter may still be open.
    close_all_of_campaign(call.deed, but=(Kind.DECISION, Kind.CASE))
    date_the_archiving(call, max(phases, key=lambda phase: phase.number))
    tell_all(call.deed, campaign, "closed")
    return {"state": campaign.state, "report": str(report.id)}
