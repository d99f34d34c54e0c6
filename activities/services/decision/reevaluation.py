"""What rests on a line that fell away: judged again, told, never undone by itself."""

from collections.abc import Sequence

from activities.addressing import line_names, resolve, secretariat_desk
from activities.deed import Deed
from domain.council.course import Contender, Fate, course_of
from domain.council.quota import Candidate
from domain.ladder import Addressee
from domain.rules.dependency import dependants
from domain.states import LineState
from store.findings.judging import in_order, judge_of, standing_in, titles_of
from store.findings.roll import call_the_roll
from store.plans import pack_of
from store.tables import Nomination, Phase


def reevaluate(deed: Deed, fallen: Sequence[Nomination]) -> list[Nomination]:
    """Find what no longer meets its rules now that *fallen* are gone, and tell of it.

    Nothing is taken away by itself: the secretariat decides what to do about each
    (E7, E26).
    """
    doubtful = doubts(deed, fallen)
    tell_doubts(deed, fallen, doubtful)
    return doubtful


def doubts(
    deed: Deed, fallen: Sequence[Nomination], passing: Sequence[Nomination] = ()
) -> list[Nomination]:
    """List what will not meet its rules without *fallen*, where these are *passing*.

    What is found rests on nothing that was found before it.
    """
    doubtful: list[Nomination] = []
    for key in sorted({line.phase for line in fallen}):
        phase = deed.session.get_one(Phase, key)
        gone, beside = ([x for x in of if x.phase == key] for of in (fallen, passing))
        doubtful += _doubtful(deed, phase, gone, beside)
    return doubtful


def tell_doubts(
    deed: Deed, fallen: Sequence[Nomination], doubtful: Sequence[Nomination]
) -> None:
    """Tell of what no longer meets its rules, if anything."""
    if doubtful:
        deed.facts["no_longer_met"] = [str(line.id) for line in doubtful]
        _tell(deed, fallen, doubtful)


# What rests on lines that are too many is not told of: one of them only is too many.
_STANDS = (Fate.PASSES, Fate.OPEN)


def _doubtful(
    deed: Deed,
    phase: Phase,
    fallen: Sequence[Nomination],
    passing: Sequence[Nomination],
) -> list[Nomination]:
    """List what a conclusion would not pass today, though nobody took a vote back.

    Of a title whose cap has shrunk below its lines, that is all of them.
    """
    pack = pack_of(deed.session, phase)
    affected = {code for line in fallen for code in dependants(pack, line.title)}
    gone = {line.id for line in fallen}
    standing = [*standing_in(deed.session, phase, gone), *passing]
    asked = in_order(pack, (line for line in standing if line.title in affected))
    course = course_of(
        pack,
        [_carried(line) for line in asked],
        titles_of(line for line in standing if line.title not in affected),
        judge_of(pack, call_the_roll(deed.session, phase, asked), asked),
    )
    return [line for line in asked if course.fates[str(line.id)] not in _STANDS]


def _carried(line: Nomination) -> Contender:
    """What was carried is, and nothing puts it before any other any more."""
    return Contender(line.subject, line.title, True, Candidate(str(line.id)))


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
