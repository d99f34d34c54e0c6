"""All papers of a phase that somebody may have, drawn one by one into one file."""

from asyncio import Semaphore
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import true
from sqlmodel import Session, select
from starlette.concurrency import run_in_threadpool

from api.campaigns.papers import Draughtsman, PaperForm
from api.web.live.packing import KeptFile, Packing
from api.web.naming import called
from api.web.papers import is_open
from api.web.rendering import render
from api.web.words import gettext
from papers.archive.writing import Archive, Archived, fit_name, lacking
from papers.official.every import papers_of
from papers.official.kinds import PaperKind, PaperOf
from store.clock import now
from store.files.room import FileRoom
from store.knowing.decisions import known_decisions
from store.knowing.lines import readable
from store.plans import titles_of
from store.tables import (
    Campaign,
    CouncilSession,
    Decision,
    Nomination,
    Phase,
    Submission,
)

_FOLDERS = {
    PaperOf.PHASE: "giai-doan",
    PaperOf.PART: "phong",
    PaperOf.SESSION: "hoi-dong",
    PaperOf.DECISION: "quyet-dinh",
    PaperOf.LINE: "de-nghi",
}
# The index is opened from the file, where nothing of ours is at hand.
_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 64rem; margin: auto }
main { padding: 1rem }
table { border-collapse: collapse; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0 }
tr { border-bottom: 1px solid #ccc; break-inside: avoid }
"""
_NONE = gettext("Giai đoạn này chưa có giấy tờ nào mà bạn được đọc.")

Found = TypeVar("Found")


@dataclass(frozen=True)
class GatheredPaper:
    """A paper by its place *n* among all, and *whose* it is, in words."""

    n: int
    kind: PaperKind
    holder: PaperOf
    keys: Mapping[str, Any]
    whose: str

    @property
    def called(self) -> str:
        """Say what it is, and whose."""
        return f"{self.kind.label}, {self.whose}"

    def named(self, form: PaperForm) -> str:
        """Name its file: no two are called alike."""
        name = fit_name(f"{self.n:03} {self.called}.{form}")
        return f"{_FOLDERS[self.holder]}/{name}"


def papers_in(session: Session, phase: Phase, person: str) -> Iterator[GatheredPaper]:
    """List what papers of a phase there are just now that somebody may have."""
    things = [*_things(session, phase, person)]
    say = _names(session, phase, [row for _, row in things])
    n = 0
    for holder, row in things:
        for kind in papers_of(session, holder, row):
            if is_open(session, person, kind, row):
                n += 1
                yield GatheredPaper(n, kind, holder, _keys(holder, row), say(row))


def _things(
    session: Session, phase: Phase, person: str
) -> Iterator[tuple[PaperOf, Any]]:
    """List what papers are of, as far as somebody may know of it."""
    yield PaperOf.PHASE, phase
    decisions, lines = known_decisions(session, person), readable(session, person)
    line = Nomination
    by_line = [line.department, line.subject, line.title, line.id]
    tables: Iterable[tuple[PaperOf, Any, Any, Sequence[Any]]] = (
        (PaperOf.PART, Submission, true(), [Submission.department]),
        (PaperOf.SESSION, CouncilSession, true(), [CouncilSession.number]),
        (PaperOf.DECISION, Decision, decisions, [Decision.ordinal]),
        (PaperOf.LINE, line, lines, by_line),
    )
    for holder, table, known, order in tables:
        query = select(table).where(table.phase == phase.id, known)
        for row in session.exec(query.order_by(*order)):
            yield holder, row


def _keys(holder: PaperOf, row: Any) -> Mapping[str, Any]:
    if holder is PaperOf.PART:
        return {"key": row.phase, "department": row.department}
    return {"line" if holder is PaperOf.LINE else "key": row.id}


def _names(session: Session, phase: Phase, rows: Sequence[Any]) -> Callable[[Any], str]:
    """Make what says whose a paper of a thing is."""
    codes = [getattr(x, code, None) for x in rows for code in ("department", "subject")]
    names = called(session, codes)
    campaign = session.get_one(Campaign, phase.campaign)
    titles = {each.code: each.name_vi for each in titles_of(campaign)}

    def say(row: Any) -> str:
        match row:
            case Nomination():
                return f"{names[row.subject]}, {titles.get(row.title, row.title)}"
            case CouncilSession():
                return gettext("phiên %(n)s", n=row.number)
            case Decision(number=None):
                return gettext("dự thảo %(n)s", n=row.ordinal)
            case Decision():
                return gettext("số %(n)s", n=f"{row.number:02}/{row.series}")
        return phase.name if row is phase else names[row.department]

    return say


@dataclass(eq=False)
class PhasePapers(Packing):
    """The papers of a phase for one person: *done* of *papers*, and then the *file*.

    It takes one of the *places* in which requests read, for one paper at a time.
    """

    by: Draughtsman
    phase: str
    room: FileRoom
    places: Semaphore
    papers: Sequence[GatheredPaper] = ()
    done: list[tuple[GatheredPaper, list[Archived]]] = field(default_factory=list)

    @property
    def percent(self) -> int:
        """Say how much of it is done."""
        return len(self.done) * 100 // max(1, len(self.papers))

    async def run(self) -> None:
        """Draw each paper both ways, and write an index of them."""
        name = await self._aside(self._list)
        if not self.papers:
            self.said = _NONE
            return
        with self.room.vault.incoming() as coming:
            archive = Archive(coming.file, self.at)
            for paper in self.papers:
                parts = await self._aside(partial(self._put, archive, paper))
                self.done.append((paper, parts))
            await self._aside(partial(self._close, archive, name))
            self.missing = lacking(archive.parts)
            coming.file.flush()
            size = coming.path.stat().st_size
            self.file = KeptFile(coming.path.open("rb"), size)

    async def _aside(self, do: Callable[[], Found]) -> Found:
        async with self.places:
            return await run_in_threadpool(do)

    def _list(self) -> str:
        """List the papers; return what the phase is called."""
        with self.by.database.read() as session:
            phase = session.get_one(Phase, self.phase)
            self.papers = [*papers_in(session, phase, self.by.reader)]
            self.at = now(session)
            return phase.name

    def _put(self, archive: Archive, paper: GatheredPaper) -> list[Archived]:
        """Draw a paper both ways into the file."""
        return [
            archive.draw(
                paper.named(form), paper.called, partial(self._drawn, paper, form)
            )
            for form in PaperForm
        ]

    def _drawn(self, paper: GatheredPaper, form: PaperForm) -> tuple[str, bytes]:
        return paper.called, self.by.draw(paper.kind, paper.keys, form)

    def _close(self, archive: Archive, name: str) -> None:
        facts = {"name": name, "at": self.at, "papers": self.done, "style": _STYLE}
        index = render("appraisal/papers_index.html", **facts)
        archive.add("MUC-LUC.html", gettext("Mục lục để đọc"), [bytes(index.body)])
        archive.close()
