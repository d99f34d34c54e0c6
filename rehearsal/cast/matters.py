"""What happens beside the phases: an initiative, an ad hoc award, a complaint."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from domain.calendar import local_day
from domain.rules.rulepack import RulePack, SimplifiedProcedure
from domain.rules.titles import Cycle
from domain.states import CaseKind, LineState, PhaseState
from intake.phases import PlannedPhase
from rehearsal.cast.script import AFTERNOON, Script

Moments = AsyncIterator[datetime]

# Working days into a phase, and between two steps.
_INVENTED, _ACHIEVED = 40, 80
_A_STEP, _VERIFYING = 2, 3
_GOOD, _POOR = 80, 40  # of a hundred points
_PLAINEST = "outstanding_ad_hoc"
# A list that is not posted within a working year never will be.
_AT_MOST = 250


async def initiative(script: Script, part: PlannedPhase) -> Moments:
    """File an initiative, let its council score it, certify it."""
    played = script.scene(part).initiative
    if played is None:
        return
    company, house = script.company, script.house
    first, day = played.authors[0], _into(script, part, _INVENTED)
    yield day
    matter = _matter(script, part, CaseKind.INITIATIVE, played.title)
    matter |= {
        "event_on": local_day(day).isoformat(),
        "authors": _shares(played.authors),
        "documents": ["SANGKIEN"],
    }
    path = await _file(script, first, matter)
    await house.act(company.secretariat, f"{path}/accept-case", {})
    yield script.working(local_day(day), after=_A_STEP)
    council = company.office.initiative_council
    for seat in council:
        if seat.person not in played.authors:
            agrees = seat.person not in played.doubted_by
            score = {"agrees": agrees, "score": _GOOD if agrees else _POOR}
            await house.act(seat.person, f"{path}/assess-case", score)
    chair = next(seat.person for seat in council if seat.seat == "chair")
    found = {"conclusion": "Giải pháp mới, đã áp dụng và nhân rộng được."}
    answer = await house.act(chair, f"{path}/conclude-initiative", found)
    if answer["state"] == "recognised":
        yield script.working(local_day(day), after=2 * _A_STEP)
        year = {"counts_for": script.plan.year}
        await house.act(company.director, f"{path}/certify-initiative", year)


async def returned_initiative(script: Script, author: str) -> Moments:
    """File an initiative that lacks something, and get it back to complete it."""
    part, day = script.plan.phases[0], local_day(script.begins)
    yield script.working(day, after=1)
    matter = _matter(script, part, CaseKind.INITIATIVE, "Mẫu báo cáo tuần một trang")
    matter |= {
        "event_on": day.isoformat(),
        "authors": _shares((author,)),
        "documents": ["SANGKIEN"],
    }
    path = await _file(script, author, matter)
    yield script.working(day, after=1, at=AFTERNOON)
    lacking = {"reason": "Cần số liệu trước và sau khi áp dụng."}
    await script.house.act(script.company.secretariat, f"{path}/return-case", lacking)


async def ad_hoc(
    script: Script, part: PlannedPhase, register: dict[int, int]
) -> Moments:
    """Reward somebody at once for what they did, without a meeting."""
    played = script.scene(part).ad_hoc
    if played is None:
        return
    yield (day := _into(script, part, _ACHIEVED))
    path = await _achieve(script, part, played.subject, played.title, day)
    yield (decided := script.working(local_day(day), after=_A_STEP))
    decision = await _grant(script, path)
    await script.issue(decision, local_day(decided), register)


async def commended(script: Script, subject: str, title: str) -> Moments:
    """Reward somebody at once, up to the decision that the clerk has to number."""
    part = script.plan.phases[0]
    yield (day := script.working(local_day(script.begins), after=1, at=AFTERNOON))
    await _grant(script, await _achieve(script, part, subject, title, day))


async def _achieve(
    script: Script, part: PlannedPhase, subject: str, title: str, day: datetime
) -> str:
    """File what somebody did, and take it up; return its path."""
    company, pack = script.company, script.pack(part)
    person = next(p for p in company.office.staff if p.code == subject)
    matter = _matter(script, part, CaseKind.AD_HOC, title)
    matter |= {
        "event_on": local_day(day).isoformat(),
        "subject_kind": "individual",
        "subject": person.code,
        "award": _award(pack),
        "basis": _basis(pack.simplified),
        "documents": ["department_submission", "achievement_summary"],
    }
    path = await _file(script, company.heads[person.department], matter)
    await script.house.act(company.secretariat, f"{path}/accept-case", {})
    return path


async def _grant(script: Script, path: str) -> str:
    """Grant what was filed; return the decision."""
    granted = {"outcome": "founded", "conclusion": "Thành tích xuất sắc, đột xuất."}
    director = script.company.director
    answer = await script.house.act(director, f"{path}/resolve-case", granted)
    return str(answer["decision"])


async def complaint(script: Script, part: PlannedPhase) -> Moments:
    """Complain of a line once it is posted; it waits until that is cleared up."""
    played = script.scene(part).complaint
    if played is None:
        return
    day = script.rolled(part.submission_due)
    for _ in range(_AT_MOST):
        yield (morning := script.working(day, after=1))
        day, stage = local_day(morning), await script.stage(part)
        if stage in (PhaseState.DECIDED, PhaseState.CLOSED):
            return
        if stage == PhaseState.PUBLIC_NOTICE:
            break
    line = await _posted(script, part, played.about)
    if line is None:
        return
    matter = _matter(script, part, CaseKind.COMPLAINT, played.title)
    matter |= {"event_on": day.isoformat(), "line": line}
    path = await _file(script, played.by, matter)
    company, house = script.company, script.house
    await house.act(company.secretariat, f"{path}/accept-case", {})
    yield script.working(day, after=_VERIFYING)
    cleared = {"outcome": "unfounded", "conclusion": "Thành tích đúng như báo cáo."}
    await house.act(company.director, f"{path}/resolve-case", cleared)


def _into(script: Script, part: PlannedPhase, days: int) -> datetime:
    """The moment so many working days into a phase, or into the campaign itself."""
    begins = max(part.period_start, local_day(script.begins))
    return script.working(begins, after=days)


def _matter(
    script: Script, part: PlannedPhase, kind: CaseKind, title: str
) -> dict[str, Any]:
    return {
        "campaign": script.plan.code,
        "kind": kind,
        "title": title,
        "matter": f"{title}: nội dung trong hồ sơ kèm theo, {part.name}.",
    }


async def _file(script: Script, who: str, matter: dict[str, Any]) -> str:
    """Write a matter down, and hand it in; return its path."""
    said = (matter["campaign"], matter["kind"], who, matter["matter"])
    key = uuid5(NAMESPACE_URL, "/".join(said))
    path = f"/cases/{key}"
    await script.house.write(who, path, matter)
    await script.house.act(who, f"{path}/file-case")
    return path


def _award(pack: RulePack) -> str:
    """Name what the office's own head may grant at any time."""
    ours = {authority.code for authority in pack.authorities if authority.ours}
    return next(
        title.code
        for title in pack.titles
        if title.cycle is Cycle.PER_PHASE_OR_AD_HOC and title.authority in ours
    )


def _basis(simplified: SimplifiedProcedure) -> list[str]:
    """Name what the rules ask for: all of their cases, or the plainest of them."""
    cases = [case.code for case in simplified.cases]
    return cases if simplified.needs == "all" else [_PLAINEST]


def _shares(authors: tuple[str, ...]) -> list[dict[str, Any]]:
    """Share a whole among authors; the first one has what does not divide."""
    each, rest = divmod(100, len(authors))
    return [
        {"person": author, "share": each + (rest if author == authors[0] else 0)}
        for author in authors
    ]


async def _posted(script: Script, part: PlannedPhase, subject: str) -> str | None:
    path = f"{script.phase(part)}/lines"
    lines = await script.house.pages(path, state=LineState.ELIGIBLE)
    return next((x["id"] for x in lines if x["subject"] == subject), None)
