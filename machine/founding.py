"""An office set up from its files: all checked, then shown, then stored, or nothing."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import typer
from sqlmodel import Session, func, select

from domain.calendar import RollPolicy, WorkingCalendar, day_vi
from domain.roles import head_signing
from intake.calendar import vietnamese_calendar
from intake.commands import Trouble, content_of, readable
from intake.copying import Copy, Moved, copied
from intake.faults import BadDocument
from intake.office.contradictions import Contradiction
from intake.office.founding import (
    Faulty,
    Founding,
    faults_in,
    read_founding,
    strangers,
)
from intake.office.positions import LEADERSHIP
from intake.plans import Plan, read_plan
from intake.rulepacks import load_packs
from machine.existing import NoDatabase, existing
from papers.calendar import on
from store.database import Database
from store.drafts import draft_campaign
from store.migrate import upgrade
from store.office.master import departments, today
from store.office.roster import import_roster
from store.tables import Campaign, Person

# Writes a plan's year, a line of text each.
Show = Callable[[Plan], Iterable[str]]


def office_at(address: str) -> int:
    """Count the people whom the database has; none where there is no database."""
    try:
        with existing(address) as database, database.read() as session:
            return people_in(session)
    except NoDatabase:
        return 0


def people_in(session: Session) -> int:
    """Count the people of an office."""
    return session.exec(select(func.count()).select_from(Person)).one()


def found_office(
    address: str, roster: Path, plan: Path, rules: Path, show: Show, *, yes: bool
) -> bool:
    """Check an office's files, show its year, and store it once that is confirmed.

    Say whether it is stored. Raises Trouble, with everything wrong in the files, and
    when the database has an office already.
    """
    if people := office_at(address):
        raise Trouble(
            f"Ở đây đã có một văn phòng ({people} người); không đổi gì. Thêm người thì "
            "dùng `thidua import`, thêm kế hoạch thì `thidua campaign new`."
        )
    with _faults_said():
        named = [(file.name, content_of(file)) for file in (roster, plan)]
        founding = read_founding(named[0], named[1], load_packs(rules))
    for line in (*show(founding.plan), "", *summed_up(founding)):
        typer.echo(line)
    return _confirmed(yes=yes) and _store(address, founding)


def _store(address: str, founding: Founding) -> bool:
    with existing(address, new=True) as database:
        upgrade(database)
        with _faults_said(), database.write() as session:
            write_office(session, founding)
    typer.echo(
        f"Đã ghi: {len(founding.roster.people)} người, dự thảo phong trào "
        f"«{founding.plan.code}»."
    )
    return True


def write_office(session: Session, founding: Founding) -> None:
    """Write an office and the draft of its first campaign. Raises Contradiction."""
    import_roster(session, founding.roster, today(session))
    draft_campaign(session, founding.plan)


def summed_up(founding: Founding) -> Iterator[str]:
    """Say who is in an office that is to be set up, and what it should know."""
    roster, plan = founding.roster, founding.plan
    named = [d for d in roster.departments if d.code != LEADERSHIP]
    yield f"Cơ quan: {plan.issuer}; đứng đầu: {head_signing(plan.signatory)}."
    yield f"Danh sách: {len(roster.people)} người, {len(named)} phòng:"
    for each in named:
        standing = ", thường trực thi đua" if each.secretariat else ""
        count = sum(person.department == each.code for person in roster.people)
        yield f"    {each.name} ({each.code}): {count} người{standing}"
    seats = sum(person.seat is not None for person in roster.people)
    yield f"Hội đồng Thi đua - Khen thưởng: {seats} người."
    yield from (f"Lưu ý: {note}" for note in founding.notes)


def draft_new(
    database: Database, plan: Path, rules: Path, show: Show, *, yes: bool
) -> bool:
    """Check a new campaign's plan, show its year, and draft it once that is confirmed.

    Say whether it is stored. Raises Trouble.
    """
    with _faults_said():
        intended = read_plan(content_of(plan), plan.name, load_packs(rules))
    with database.read() as session:
        _require_fits(session, intended, plan.name)
    for line in (*show(intended), ""):
        typer.echo(line)
    if not _confirmed(yes=yes):
        return False
    with database.write() as session:
        _require_fits(session, intended, plan.name)
        draft_campaign(session, intended)
    typer.echo(f"Đã ghi dự thảo phong trào «{intended.code}».")
    return True


def _require_fits(session: Session, plan: Plan, name: str) -> None:
    codes = [row.code for row in departments(session, today(session))]
    wrong = [f"{name}: {each}" for each in strangers(plan, codes)]
    if session.get(Campaign, plan.code) is not None:
        wrong.append(
            f"{name}: `code`: gặp «{plan.code}», cho phép: mã chưa có phong trào nào "
            "mang; không đổi gì."
        )
    if not codes:
        wrong.append("Chưa có văn phòng: hãy chạy `thidua office new`.")
    if wrong:
        raise Trouble("\n".join(wrong))


def copy_plan(last: Path, plan: Path, rules: Path) -> None:
    """Write last year's plan as the next one's, and say what has moved in it.

    Raises Trouble.
    """
    if plan.exists():
        raise Trouble(f"Đã có tệp «{plan}»; bỏ --from để dùng tệp ấy.")
    text = content_of(last).decode("utf-8-sig", "replace")
    with _faults_said():
        old = read_plan(text, last.name, load_packs(rules))
    copy = copied(text, old.year, old.year + 1)
    with readable():
        plan.write_text(copy.text, "utf-8")
    typer.echo(f"Đã chép «{last}» thành «{plan}», năm {old.year} thành {old.year + 1}.")
    for line in _moves(copy, vietnamese_calendar(), old.roll):
        typer.echo(line)
    typer.echo("")


def _moves(copy: Copy, calendar: WorkingCalendar, roll: RollPolicy) -> Iterator[str]:
    yield "Ngày đã chuyển, giữ nguyên ngày và tháng:"
    for each in copy.dates:
        yield f"    dòng {each.line}, {each.field}: {_move(each, calendar, roll)}"
    if copy.prose:
        yield "Lời cần đọc lại, vì nói đến năm:"
        yield from (f"    dòng {line}: {said}" for line, said in copy.prose)


def _move(each: Moved, calendar: WorkingCalendar, roll: RollPolicy) -> str:
    said = f"{day_vi(each.was)} → {on(each.day)}"
    if not calendar.knows(each.day):
        said += " (chưa biết ngày lễ năm ấy)"
    if calendar.is_working(each.day) or each.field.startswith("period_"):
        return said
    rolled = calendar.roll(each.day, roll)
    due = each.field.endswith(("_due", "_by")) and rolled != each.day
    return f"{said}, ngày nghỉ" + (f": hạn dời đến {on(rolled)}" if due else "")


@contextmanager
def _faults_said() -> Iterator[None]:
    """Turn all that is wrong into one answer, which says that nothing is kept."""
    try:
        yield
    except BadDocument as bad:
        raise _trouble(faults_in(bad)) from None
    except (Faulty, Contradiction) as wrong:
        raise _trouble(wrong.sentences) from None


def _trouble(sentences: Sequence[str]) -> Trouble:
    last = f"{len(sentences)} chỗ chưa đúng; chưa ghi gì."
    return Trouble("\n".join([*sentences, last]))


def _confirmed(*, yes: bool) -> bool:
    """Ask on a terminal; elsewhere only --yes is one."""
    if yes:
        return True
    if sys.stdin.isatty():
        typer.echo("Ghi như trên? Gõ «có» để ghi: ", nl=False)
        if sys.stdin.readline().strip().casefold() in ("có", "co", "y", "yes"):
            return True
        typer.echo("Chưa ghi gì.")
    else:
        typer.echo("Chưa ghi gì; chạy lại với --yes để ghi.")
    return False
