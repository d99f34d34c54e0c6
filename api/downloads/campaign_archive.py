"""Everything of a campaign that somebody may read, written into one file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO

from sqlmodel import Session

from api.admission import open_to
from api.deps import find
from api.downloads.campaign_papers import drawn_papers
from papers.archive.campaign import Archivist, DrawnPaper
from papers.archive.writing import Archived, lacking
from store.clock import now
from store.database import Database
from store.files.room import FileRoom
from store.tables import Campaign

# As of which moment is what nobody has written yet.
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(eq=False)
class ArchiveWriter:
    """Writes the archive of a campaign as *reader* may read it, as of the moment *at*.

    Whoever waits sees how many of its *papers* are *done*, and then what is *missing*.
    Codes on papers lead to addresses under *base*.
    """

    database: Database
    room: FileRoom
    code: str
    reader: str
    base: str
    at: datetime = NEVER
    papers: int = 0
    done: int = 0
    missing: Sequence[Archived] = ()

    def write(self) -> tuple[IO[bytes], int]:
        """Write it down; give the file, which is gone once it is closed, and its size.

        Raises Refused (`unknown_campaign`), and OSError.
        """
        with self.database.read() as session:
            campaign = find(session, Campaign, "campaign", self.code)
            records = open_to(session, self.reader, "record_export")
            archivist = Archivist(session, self.room.vault, self.reader, records)
            self.at = now(session)
            papers = self._counted(session)
            with self.room.vault.incoming() as coming:
                parts = archivist.write(campaign, papers, coming.file)
                self.missing = lacking(parts)
                coming.file.flush()
                return coming.path.open("rb"), coming.path.stat().st_size

    def _counted(self, session: Session) -> Iterator[DrawnPaper]:
        papers: Sequence[DrawnPaper] = [
            *drawn_papers(session, self.code, self.base, self.reader)
        ]
        self.papers = len(papers)
        for paper in papers:
            yield paper
            self.done += 1
