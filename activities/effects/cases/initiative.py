"""An initiative: scored by its council, concluded on, certified, given to all to use.

Law: NĐ 13/2012/NĐ-CP; QĐ 1109/QĐ-VPQH 2017 (independent scores, two thirds).
"""

from sqlmodel import col, func, select

from activities.addressing import everybody, resolve
from activities.effects.cases.matter import (
    authors_of,
    concerned,
    require_not_own,
    take,
    tell,
    tell_filer,
    the_case,
)
from activities.effects.registry import Answer, Call, effect
from activities.services.calendar.deadlines import running
from activities.services.progress.cases import rules_of
from domain.cases.initiatives import found_eligible
from domain.deadlines import DeadlineKind
from domain.ladder import Addressee
from domain.refusals import refuse
from intake.acts.cases import CertifyInitiative, ConcludeInitiative
from store.database import insert_missing
from store.findings.recognitions import require_before_ballot
from store.office import people
from store.opinions import opinions_of
from store.tables import Case, Council, Recognition


def ask_to_score(call: Call, case: Case) -> None:
    """Ask every member who is no author for a score."""
    due = running(call.session, str(call.target))[DeadlineKind.INITIATIVE_SCORING]
    tell(call, case, "initiative_to_score", _members(call, case), until=due.due_at)


def _members(call: Call, case: Case) -> list[str]:
    """List who scores; an author steps out of the council for it."""
    out = concerned(call, case)
    seats = people.seats(call.session, call.deed.day, Council.INITIATIVE)
    return [seat.person for seat in seats if seat.person not in out]


@effect("conclude_initiative")
def conclude_initiative(call: Call, body: ConcludeInitiative) -> Answer:
    """Say what the council found; members who never scored have not found it so."""
    case = the_case(call)
    require_not_own(call, case)
    members = _members(call, case)
    given = opinions_of(call.session, [case.id])[case.id]
    said = [opinion for opinion in given if opinion.person in members]
    yes = sum(opinion.agrees for opinion in said)
    rule = rules_of(call.deed, case).council.initiative_pass
    eligible = found_eligible(rule, yes, len(said), len(members))
    silent = {*members} - {opinion.person for opinion in said}
    _require_named(silent, body, needed=eligible is None)
    count = {"yes": yes, "members": len(members)}
    take(
        call,
        case,
        "conclude_initiative",
        otherwise=not eligible,
        conclusion=body.conclusion,
    )
    call.deed.facts["count"] = count
    _tell_what_was_found(call, case, **count)
    return {"state": case.state, **count}


def _require_named(silent: set[str], body: ConcludeInitiative, *, needed: bool) -> None:
    if strange := sorted(set(body.without) - silent):
        raise refuse("not_awaited", f"Không chờ điểm của: {', '.join(strange)}.")
    if needed and silent != set(body.without):
        raise refuse(
            "scores_missing",
            f"Chưa cho điểm: {', '.join(sorted(silent))}. Kết luận khi chưa đủ điểm "
            "thì ghi đúng tên những người đó ở «without»; không cho điểm là không "
            "đồng ý công nhận.",
        )


def _tell_what_was_found(call: Call, case: Case, yes: int, members: int) -> None:
    recognised = case.ended_at is None
    kind = "initiative_recognised" if recognised else "initiative_not_recognised"
    tell_filer(call, case, kind, yes=yes, members=members, reason=case.conclusion)
    if recognised:
        due = running(call.session, str(call.target))[
            DeadlineKind.INITIATIVE_CERTIFICATE
        ]
        certifies = resolve(call.deed, Addressee.DIRECTOR, "certify_initiative")
        tell(call, case, "initiative_to_certify", certifies, until=due.due_at)


@effect("certify_initiative")
def certify_initiative(call: Call, body: CertifyInitiative) -> Answer:
    """Certify it: its authors may rest a title of that year on it, all may use it."""
    case, year = the_case(call), body.counts_for
    require_not_own(call, case)
    authors = authors_of(call, case)
    named = [author.person for author in authors]
    require_before_ballot(call.session, named, year)
    number = _next_number(call, year)
    take(call, case, "certify_initiative", counts_for=year, certificate=number)
    recognised = [_recognition(person, year) for person in named]
    insert_missing(call.session, Recognition, recognised)
    names = people.names_of(call.session, named)
    tell(
        call,
        case,
        "initiative_certified",
        everybody(call.deed),
        number=f"{number:02}/{year}",
        by=[f"{names[a.person]} ({a.share}%)" for a in authors],
        use=case.matter,
    )
    return {"state": case.state, "certificate": number}


def _next_number(call: Call, year: int) -> int:
    last = call.session.exec(
        select(func.max(col(Case.certificate))).where(Case.counts_for == year)
    ).one()
    return (last or 0) + 1


def _recognition(person: str, year: int) -> dict[str, object]:
    return {"person": person, "kind": "initiative", "year": year, "scope": "agency"}
