"""What rests on a line that fell away: judged again, told, never undone by itself."""

from collections import Counter
from collections.abc import Iterable, Sequence

from activities.addressing import line_names, resolve, secretariat_desk
from activities.deed import Deed
from domain.council.quota import over_cap
from domain.ladder import Addressee
from domain.rules.dependency import dependants, in_dependency_order
from domain.rules.eligibility import Stage
from domain.rules.rulepack import RulePack
from domain.states import LineState
from store.findings.judging import call_the_roll, judge_lines, standing_in, titles_of
from store.plans import pack_of
from store.tables import Nomination, Phase


def reevaluate(deed: Deed, fallen: Sequence[Nomination]) -> list[Nomination]:
    """Find what no longer meets its rules now that *fallen* are gone, and tell of it.

    Nothing is taken away by itself: the secretariat decides what to do about each
    (E7, E26). What is found rests on nothing that was found before it.
    """
    doubtful: list[Nomination] = []
    for key in sorted({line.phase for line in fallen}):
        phase = deed.session.get_one(Phase, key)
        doubtful += _doubtful(deed, phase, [x for x in fallen if x.phase == key])
    if doubtful:
        deed.facts["no_longer_met"] = [str(line.id) for line in doubtful]
        _tell(deed, fallen, doubtful)
    return doubtful


def _doubtful(
    deed: Deed, phase: Phase, fallen: Sequence[Nomination]
) -> list[Nomination]:
    pack, roll = pack_of(deed.session, phase), call_the_roll(deed.session, phase)
    affected = {code for line in fallen for code in dependants(pack, line.title)}
    standing = standing_in(deed.session, phase, {line.id for line in fallen})
    found = []
    for line in in_dependency_order(pack, standing, lambda line: line.title):
        if line.title in affected:
            titles = titles_of(standing)
            verdict = judge_lines(pack, roll, [line], titles, Stage.BALLOT)[line.id]
            if not verdict.eligible:
                standing = [each for each in standing if each is not line]
                found.append(line)
    return [*found, *_beyond_the_cap(pack, affected, standing)]


def _beyond_the_cap(
    pack: RulePack, affected: Iterable[str], standing: Sequence[Nomination]
) -> list[Nomination]:
    """List all lines of a title whose cap has shrunk below them: one of them is it."""
    counts = Counter(line.title for line in standing)
    over = {
        code
        for code in affected
        if (quota := pack.title(code).quota)
        and over_cap(pack, code, counts[code], counts[quota.base or ""])
    }
    return [line for line in standing if line.title in over]


def _tell(
    deed: Deed, fallen: Sequence[Nomination], doubtful: Sequence[Nomination]
) -> None:
    phase = deed.session.get_one(Phase, fallen[0].phase)
    upward = [x for x in doubtful if x.state is LineState.FORWARDED_UPWARD]
    deed.notify(
        f"reevaluation/{deed.id}",
        "no_longer_met",
        [*secretariat_desk(deed), *resolve(deed, Addressee.DIRECTOR)],
        phase=phase.name,
        fallen=_names(deed, fallen),
        doubtful=_names(deed, doubtful),
        upward=_inform_the_superior(deed, upward),
    )


def _inform_the_superior(deed: Deed, upward: Sequence[Nomination]) -> str:
    if not upward:
        return ""
    names = ", ".join(_names(deed, upward))
    return f" Đã trình cấp trên: {names}; hãy rút hoặc báo cáo cấp trên."


def _names(deed: Deed, lines: Sequence[Nomination]) -> list[str]:
    phases = {key: deed.session.get_one(Phase, key) for key in {x.phase for x in lines}}
    packs = {key: pack_of(deed.session, phase) for key, phase in phases.items()}
    names = line_names(deed.session, lines)
    return [
        f"«{packs[line.phase].title(line.title).name_vi}» – {names[line.id]}"
        for line in lines
    ]
