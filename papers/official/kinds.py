"""Every kind of official paper: whose it is, who reads it, how it is read and written.

A further kind is one module in one of the rooms beside this one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from sqlmodel import Session

from domain.refusals import Refused, refuse
from papers.official.paper import Layout, OfficialPaper

Facts = TypeVar("Facts")


class PaperOf(StrEnum):
    """What a paper is of: the value is where that is found, in the paths of routes."""

    CAMPAIGN = "/campaigns/{code}"
    PHASE = "/phases/{key}"
    PART = "/phases/{key}/departments/{department}"
    SESSION = "/council-sessions/{key}"
    DECISION = "/decisions/{key}"
    LINE = "/lines/{line}"
    CASE = "/cases/{key}"


_PAGES: Mapping[PaperOf, str] = {
    PaperOf.CAMPAIGN: "/ke-hoach/{row.id}",
    PaperOf.PHASE: "/tham-dinh/{row.id}",
    PaperOf.PART: "/phong/{row.phase}/{row.department}",
    PaperOf.SESSION: "/hoi-dong/{row.id}",
    PaperOf.DECISION: "/quyet-dinh/{row.id}",
    PaperOf.LINE: "/phong/{row.phase}/{row.department}/danh-sach",
    PaperOf.CASE: "/vu-viec/{row.id}",
}


def _always(_session: Session, _row: Any) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class PaperKind:
    """A kind of paper: *label* is what people call it.

    *reading* is the entry of the policy table that says who may read it. *read* makes
    its facts of a row, in a number of statements that does not hang on how long a list
    is, and *write* the paper of the facts. It is there *once* the row stands so, which
    is *when*, in words. People find what it says on a *page*: its holder's, where none
    is named.
    """

    name: str
    label: str
    holder: PaperOf
    reading: str
    read: Callable[[Session, Any], Any]
    write: Callable[[Any], OfficialPaper]
    once: Callable[[Session, Any], bool] = _always
    when: str = ""
    page: str = ""
    layout: Layout = Layout.PAPER

    def page_of(self, row: Any) -> str:
        """Say on which page people find what the paper says."""
        return (self.page or _PAGES[self.holder]).format(row=row)

    def address(self, row: Any) -> str:
        """Say where the paper of a row is asked for, but for its form."""
        if self.holder is PaperOf.PART:
            return self.path.format(key=row.phase, department=row.department)
        return self.path.format(code=row.id, key=row.id, line=row.id)

    @property
    def path(self) -> str:
        """Where it is asked for, but for its form."""
        return f"{self.holder}/papers/{self.name}"

    def made_of(self, session: Session, row: Any) -> Any:
        """Read its facts. Refused (`no_paper`) while there is no such paper."""
        if not self.once(session, row):
            raise self._missing()
        return self.read(session, row)

    def _missing(self) -> Refused:
        return refuse("no_paper", f"Chưa có {self.label.lower()}: {self.when}.")


PAPERS: dict[tuple[PaperOf, str], PaperKind] = {}


def paper(
    name: str,
    label: str,
    holder: PaperOf,
    reading: str,
    read: Callable[[Session, Any], Facts],
    **more: Any,
) -> Callable[[Callable[[Facts], OfficialPaper]], Callable[[Facts], OfficialPaper]]:
    """Register the function that writes a kind of paper of what *read* finds."""

    def register(
        write: Callable[[Facts], OfficialPaper],
    ) -> Callable[[Facts], OfficialPaper]:
        PAPERS[holder, name] = PaperKind(
            name=name,
            label=label,
            holder=holder,
            reading=reading,
            read=read,
            write=write,
            **more,
        )
        return write

    return register
