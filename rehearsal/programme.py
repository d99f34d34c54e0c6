"""What is shown of a rehearsal first: what is played, by whom, and the calendar."""

from collections.abc import Iterable, Iterator, Mapping

from domain.acts import rule_of
from domain.calendar import due_day
from domain.rules.rulepack import choose
from duties.calendar import of_plan
from duties.subjects import subjects_of
from intake.calendar import Override, vietnamese_calendar
from intake.casts import DepartmentPart, DirectorPart, Scene
from papers import calendar as words
from papers.wording import listing
from rehearsal.cast.company import names_of
from rehearsal.playbill import Playbill
from rehearsal.sheets import Column, Sheet


def programme(bill: Playbill) -> Iterator[Sheet]:
    """Say what is played, what the cast has scripted, and when everything is due."""
    title = f"Diễn tập: {bill.plan.title}"
    yield Sheet(title, (Column("", 1), Column("", 4)), list(_what(bill)))
    columns = Column("Khi nào"), Column("Ai", 2), Column("Làm gì", 4)
    yield Sheet("Dàn vai định trước", columns, list(_scripted(bill)), _REST)
    columns = Column("Ngày"), Column("Hạn", 3), Column("Vì sao", 2)
    yield Sheet("Lịch của năm", columns, list(_calendar(bill)))


_REST = (
    "Ai không có ở đây thì làm đúng hạn; mọi việc khác hệ thống suy ra từ kế hoạch, "
    "quy định và lịch."
)


def _what(bill: Playbill) -> Iterator[tuple[str, str]]:
    office, plan = bill.office, bill.plan
    yield (
        "Văn phòng",
        f"{office.name}: {len(office.departments)} phòng, {len(office.people)} người",
    )
    yield (
        "Hội đồng",
        f"{len(office.council)} thành viên; Hội đồng sáng kiến "
        f"{len(office.initiative_council)} thành viên",
    )
    for part in plan.phases:
        pack = choose(bill.packs, part.period_end)
        yield part.name, f"quy định {pack.code}: {pack.name_vi}"


def _calendar(bill: Playbill) -> Iterator[tuple[str, str, str]]:
    plan = bill.plan
    against = [Override(d.day, d.working, d.reason, d.source) for d in bill.cast.days]
    calendar = vietnamese_calendar(against)
    about = subjects_of(plan)
    for entry in of_plan(plan, calendar):
        yield (
            words.on(due_day(entry.due_at)),
            f"{rule_of(entry.name).name_vi}, {about[entry.owner]}",
            words.why(entry.planned, entry.first, entry.due_at),
        )


def _scripted(bill: Playbill) -> Iterator[tuple[str, str, str]]:
    for day in bill.cast.days:
        off = "làm việc" if day.working else "nghỉ"
        yield words.on(day.day), "cả cơ quan", f"{off}: {day.reason}"
    names = names_of(bill.office)
    for part in bill.plan.phases:
        for who, what in _scene(bill.cast.scene(final=part.final), names):
            yield part.name, who, what


def _scene(scene: Scene, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for code, part in scene.departments.items():
        yield names[code], "; ".join(_department(part, names))
    yield from _council(scene, names)
    yield from (("Chánh Văn phòng", said) for said in _director(scene.director, names))
    if declined := scene.superior.declines:
        yield "Cấp trên", f"không tặng: {_named(declined, names)}"
    if matter := scene.initiative:
        doubts = _named(matter.doubted_by, names) or "không ai"
        yield (
            _named(matter.authors, names),
            f"nộp sáng kiến «{matter.title}»; không công nhận: {doubts}",
        )
    if award := scene.ad_hoc:
        yield names[award.subject], f"được đề nghị khen đột xuất: «{award.title}»"
    if complaint := scene.complaint:
        yield (
            names[complaint.by],
            f"khiếu nại về đề nghị của {names[complaint.about]}: «{complaint.title}»",
        )


def _named(codes: Iterable[str], names: Mapping[str, str]) -> str:
    return listing(names[code] for code in codes)


def _director(part: DirectorPart, names: Mapping[str, str]) -> Iterator[str]:
    if part.decides_after != DirectorPart().decides_after:
        yield f"quyết định sau {part.decides_after} ngày làm việc"
    if part.delegate:
        yield f"ủy quyền quyết định cho {names[part.delegate]}"
    if part.returns:
        yield f"hỏi lại Hội đồng: {_named(part.returns, names)}"
    if part.declines:
        yield f"không đồng ý: {_named(part.declines, names)}"


def _council(scene: Scene, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for code in scene.council.absent:
        yield names[code], "vắng mặt ở phiên họp Hội đồng đầu tiên"
    for member, subject in scene.council.recused.items():
        yield names[member], f"không biểu quyết đề nghị của {names[subject]}"
    for subject, votes in scene.council.against.items():
        yield "Hội đồng", f"{votes} phiếu không đồng ý với {names[subject]}"


_REGISTERS = {"last_minute": "đăng ký phút chót", "never": "không đăng ký"}
_SENDS = {
    "last_minute": "gửi đề nghị phút chót",
    "extended": "xin gia hạn gửi đề nghị",
    "late": "hết hạn mới xin nộp muộn",
    "nil": "báo không có đề nghị",
    "never": "không gửi gì",
}


def _department(part: DepartmentPart, names: Mapping[str, str]) -> Iterator[str]:
    if part.registers in _REGISTERS:
        yield _REGISTERS[part.registers]
    if part.sends in _SENDS:
        yield _SENDS[part.sends]
    if part.returned:
        yield f"bị trả hồ sơ để bổ sung {part.returned} lần"
    if part.nominates is not None:
        yield f"chỉ đề nghị: {_named((n.subject for n in part.nominates), names)}"
