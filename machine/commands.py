"""The commands that set up an office of one's own, and the files to begin it with."""

from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from domain.roles import HEAD
from intake.commands import File, Rules, Trouble, readable
from intake.rulepacks import RULES
from machine.existing import existing
from machine.founding import Show, copy_plan, draft_new, found_office, office_at
from papers.plans import plan_template
from papers.rosters import roster_template
from settings import Settings

template = typer.Typer(help="Tệp mẫu để điền.")
office = typer.Typer(help="Văn phòng của mình.")
campaign = typer.Typer(help="Phong trào của một năm.")

Yes = Annotated[bool, typer.Option("--yes", help="Ghi ngay, không hỏi lại.")]
Own = Annotated[
    Path | None,
    typer.Option("--office", metavar="TỆP", help="Danh sách của văn phòng mình."),
]
Intended = Annotated[
    Path | None, typer.Option("--plan", metavar="TỆP", help="Kế hoạch của mình.")
]
Empty = Annotated[
    bool,
    typer.Option("--empty", help="Để trống, thiết lập văn phòng trong trình duyệt."),
]
_Plan = Annotated[
    Path, typer.Argument(metavar="KẾ_HOẠCH", help="Kế hoạch (.yaml, .json).")
]
_Roster = Annotated[
    Path, typer.Argument(metavar="DANH_SÁCH", help="Danh sách (.xlsx, .csv).")
]
_Head = Annotated[
    str, typer.Option(metavar="CHỨC_VỤ", help="Chức vụ người đứng đầu cơ quan.")
]


def settings_read(kind: type[Settings] = Settings) -> Settings:
    """Read the environment. Raises Trouble, naming the variables that are wrong."""
    try:
        return kind()
    except ValidationError as error:
        names = {f"THIDUA_{str(one['loc'][0]).upper()}" for one in error.errors()}
        raise Trouble(
            f"Biến môi trường chưa đúng: {', '.join(sorted(names))}."
        ) from None


@template.command("roster")
def write_roster(file: File, head: _Head = HEAD) -> None:
    """Ghi danh sách nhân sự trống (.xlsx có hướng dẫn, hoặc .csv)."""
    kind = file.suffix.lower()
    if kind not in (".xlsx", ".csv"):
        raise Trouble(f"«{file.name}»: chỉ nhận tên tệp .xlsx hoặc .csv.")
    _write(file, roster_template(head, as_csv=kind == ".csv"))


@template.command("plan")
def write_plan(
    file: File,
    agency: Annotated[str, typer.Option(metavar="TÊN", help="Tên cơ quan.")],
    year: Annotated[int, typer.Option(min=2010, max=2100, metavar="NĂM")],
    head: _Head = HEAD,
) -> None:
    """Ghi kế hoạch mẫu của một năm (.yaml), để sửa theo văn bản đã ký."""
    _write(file, plan_template(year, agency, head).encode())


def _write(file: Path, content: bytes) -> None:
    if file.exists():
        raise Trouble(f"Đã có tệp «{file}»; không ghi đè.")
    with readable():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    typer.echo(f"Đã ghi {file}.")


@office.command("new")
def new_office(
    context: typer.Context,
    roster: _Roster,
    plan: _Plan,
    rules: Rules = RULES,
    yes: Yes = False,
) -> None:
    """Lập văn phòng của mình từ danh sách và kế hoạch: xem trước, rồi mới ghi."""
    database = settings_read().database
    if not found_office(database, roster, plan, rules, context.obj, yes=yes):
        raise typer.Exit(1)


@campaign.command("new")
def new_campaign(
    context: typer.Context,
    plan: _Plan,
    last: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="KẾ_HOẠCH_CŨ", help="Chép kế hoạch này, chuyển ngày."
        ),
    ] = None,
    rules: Rules = RULES,
    yes: Yes = False,
) -> None:
    """Lập dự thảo phong trào từ kế hoạch: xem lịch cả năm trước, rồi mới ghi."""
    with existing(settings_read().database) as database:
        if last is not None:
            copy_plan(last, plan, rules)
        if not draft_new(database, plan, rules, context.obj, yes=yes):
            raise typer.Exit(1)


def found_first(
    settings: Settings, roster: Path, plan: Path | None, show: Show, *, yes: bool
) -> None:
    """Set up the office that is to be served, unless there is one: that stays."""
    if people := office_at(settings.database):
        typer.echo(
            f"Ở «{settings.home}» đã có một văn phòng ({people} người); giữ nguyên."
        )
        return
    if plan is None:
        raise Trouble("Còn thiếu kế hoạch: --plan TỆP (make run: PLAN=TỆP).")
    if not found_office(settings.database, roster, plan, settings.rules, show, yes=yes):
        raise typer.Exit(1)
