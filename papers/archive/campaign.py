"""What goes into the archive of a campaign: its record, lists, papers and files."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import IO

from sqlmodel import Session, col, select

from domain.record.entries import ended
from intake.downloads.records import written
from papers.archive.writing import Archive, Archived, digest_of, fit_name, in_parts
from papers.record import KIND_NAMES
from papers.sheets.lines import nominated_table, ruled_table, voted_table
from papers.sheets.past import past_table
from papers.sheets.register import register_table
from papers.sheets.statistics import statistics_tables
from papers.sheets.table import SheetForm, Table, drawn
from store.clock import now
from store.files.vault import FileLost, Vault
from store.listing.files import files_of
from store.listing.lines import lines_of_decisions, lines_of_meeting, lines_of_phase
from store.listing.register import registered
from store.listing.statistics import counted
from store.office.agency import head_in
from store.office.past_awards import granted_before
from store.office.people import names_of
from store.record.exporting import exported
from store.tables import (
    Attachment,
    Campaign,
    CouncilSession,
    Decision,
    Department,
    HolderKind,
    Phase,
    Report,
)

_FOLDERS = {
    HolderKind.LINE: "de-nghi",
    HolderKind.SESSION: "phien-hop",
    HolderKind.CASE: "vu-viec",
    HolderKind.DECISION: "quyet-dinh",
}


@dataclass(frozen=True)
class DrawnPaper:
    """A paper of a campaign; to *draw* it says what it is, too, when it is written."""

    name: str
    kind: str
    draw: Callable[[], tuple[str, bytes]]


@dataclass(frozen=True)
class Archivist:
    """Whoever an archive is made for: what they may read goes into it.

    *reader* is None for whoever keeps the database. *records* says whether the record
    whole is theirs to read.
    """

    session: Session
    vault: Vault
    reader: str | None
    records: bool

    def write(
        self, campaign: Campaign, papers: Iterable[DrawnPaper], file: IO[bytes]
    ) -> list[Archived]:
        """Write everything of a campaign into a file; say what it has come to."""
        archive = Archive(file, now(self.session))
        plan = json.dumps(campaign.plan, ensure_ascii=False, indent=1).encode()
        archive.add("ke-hoach.json", "Kế hoạch đang có hiệu lực", [plan])
        packs = json.dumps(campaign.packs, ensure_ascii=False, indent=1).encode()
        archive.add("quy-dinh.json", "Bộ quy định đã chốt khi phát động", [packs])
        self._record(archive, campaign.id)
        self._lists(archive, campaign)
        self._reports(archive, campaign.id)
        for paper in papers:
            archive.draw(f"giay-to/{paper.name}", paper.kind, paper.draw)
        self._files(archive, campaign.id)
        archive.close()
        return archive.parts

    def _record(self, archive: Archive, campaign: str) -> None:
        name, what = f"nhat-ky/{campaign}.jsonl", "Nhật ký kiểm tra được"
        if self.records:
            lines = written(ended(exported(self.session, campaign)))
            archive.add(name, f"{what} (thidua verify)", lines)

    def _lists(self, archive: Archive, campaign: Campaign) -> None:
        for name, tables in self._tables(campaign):
            for form in SheetForm:
                called = f"danh-sach/{name}.{form}"
                archive.add(called, tables[0].title, [drawn(tables, form)])

    def _tables(self, campaign: Campaign) -> Iterator[tuple[str, list[Table]]]:
        session, head = self.session, head_in(self.session)
        phases = select(Phase).where(Phase.campaign == campaign.id)
        for phase in session.exec(phases.order_by(col(Phase.number))).all():
            lines = lines_of_phase(session, phase, self.reader)
            title = f"DANH SÁCH ĐỀ NGHỊ: {phase.name}"
            yield f"de-nghi-{phase.id}", [nominated_table(title, head, lines)]
            yield from self._of_phase(phase, head)
        before = granted_before(session, None)
        names = dict(session.exec(select(Department.code, Department.name)).all())
        names |= names_of(session, {row.subject for row in before})
        yield "khen-thuong-truoc", [past_table(before, names)]
        numbered = registered(session, None, self.reader)
        mine = [each for each in numbered if each[0].campaign == campaign.id]
        yield "so-quyet-dinh", [register_table(mine)]
        year = statistics_tables(counted(session, campaign.year))
        yield f"thong-ke-{campaign.year}", [*year]

    def _of_phase(self, phase: Phase, head: str) -> Iterator[tuple[str, list[Table]]]:
        meetings = select(CouncilSession).where(CouncilSession.phase == phase.id)
        for one in self.session.exec(meetings.order_by(col(CouncilSession.number))):
            title = f"KẾT QUẢ HỌP HỘI ĐỒNG: {phase.name}, phiên {one.number}"
            voted = lines_of_meeting(self.session, one, self.reader)
            yield f"ket-qua-{one.id}", [voted_table(title, head, voted)]
        theirs = Decision.phase == phase.id
        ruled = lines_of_decisions(self.session, phase.campaign, theirs, self.reader)
        title = f"QUYẾT ĐỊNH KHEN THƯỞNG: {phase.name}"
        yield f"quyet-dinh-{phase.id}", [ruled_table(title, head, ruled)]

    def _reports(self, archive: Archive, campaign: str) -> None:
        query = select(Report).where(Report.campaign == campaign)
        order = (Report.kind, col(Report.phase), col(Report.version))
        for row in self.session.exec(query.order_by(*order)):
            of = f"-{row.phase}" if row.phase else ""
            name = f"bao-cao/{row.kind}{of}-ban-{row.version}.json"
            content = json.dumps(row.content, ensure_ascii=False, indent=1)
            archive.add(name, "Báo cáo đã tổng hợp", [content.encode()])

    def _files(self, archive: Archive, campaign: str) -> None:
        files = files_of(self.session, campaign, self.reader)
        for (holder, key), these in groupby(
            files, lambda each: (each.holder, each.key)
        ):
            folder = f"tep/{_FOLDERS[holder]}/{key}"
            what = f"Tệp đính kèm, {KIND_NAMES[holder]} {key}"
            for at, row in enumerate(these, 1):
                self._file(archive, f"{folder}/{at:02}-{fit_name(row.name)}", what, row)

    def _file(self, archive: Archive, name: str, what: str, row: Attachment) -> None:
        """Copy one file; one that is not what it was is not passed on as if it were."""
        content = self._whole(row.sha256)
        if content is None:
            archive.miss(name, what)
            return
        with content:
            archive.add(name, what, in_parts(content), packed=True)

    def _whole(self, sha256: str) -> IO[bytes] | None:
        """Open a content that is what its name says, from its beginning."""
        try:
            content = self.vault.find(sha256).open("rb")
        except (FileLost, OSError):
            return None
        if digest_of(content) == sha256:
            content.seek(0)
            return content
        content.close()
        return None
