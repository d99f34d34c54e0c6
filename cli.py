"""The command `thidua`: what its commands are called, and where each is."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException
from typer.main import get_command, get_group

from papers.usage import misuse, speak_vietnamese, translate

# What a command does is loaded when it is called; only the list names them all.
_COMMANDS = {
    "import": (
        "records:import_people",
        "Nhập danh sách nhân sự (.csv, .xlsx): cả tệp, hoặc không gì cả.",
    ),
    "sample": (
        "records:sample",
        "Ghi văn phòng mẫu của một năm vào cơ sở dữ liệu còn trống.",
    ),
    "migrate": ("records:migrate", "Tạo hoặc nâng cấp các bảng của cơ sở dữ liệu."),
    "export": (
        "verifying:export",
        "Xuất nhật ký của một phong trào ra một tệp mà ai cũng kiểm tra được.",
    ),
    "archive": (
        "archiving:archive",
        "Lưu cả một phong trào vào một tệp zip có mục lục và mã kiểm tra.",
    ),
    "export-office": (
        "archiving:leave",
        "Xuất cả cơ quan (dữ liệu, nhật ký, tệp) ra một tệp, để khôi phục ở nơi khác.",
    ),
    "restore": (
        "archiving:restore",
        "Khôi phục một cơ quan đã xuất vào cơ sở dữ liệu còn trống: tất cả, hoặc "
        "không.",
    ),
    "verify": (
        "verifying:verify",
        "Kiểm tra nhật ký: một bản xuất (không cần cơ sở dữ liệu), hoặc tại chỗ.",
    ),
    "erase": (
        "verifying:erase",
        "Xóa nội dung của một thao tác; nhật ký ghi lại việc xóa và vẫn nguyên vẹn.",
    ),
    "heads": (
        "verifying:heads",
        "In dấu của thao tác cuối trong mỗi nhật ký, để lưu ở nơi khác.",
    ),
    "calendar": (
        "records:show_calendar",
        "In lịch sắp tới của một phong trào: hạn nào, nhắc ai, ngày nào.",
    ),
    "returned-mail": (
        "records:take_returned",
        "Ghi nhận thư bị trả lại: đọc thư báo của máy chủ thư từ đầu vào chuẩn.",
    ),
    "verify-ballots": (
        "ballots.command:verify_ballots",
        "Kiểm tra một bảng phiếu đã tải về, không cần cơ sở dữ liệu.",
    ),
    "rehearse": (
        "rehearsal.command:rehearse",
        "Diễn tập cả năm của một kế hoạch trong vài giây, in mọi thông báo và việc "
        "làm.",
    ),
    "up": (
        "rehearsal.serving:up",
        "Chạy cả văn phòng trên máy này: Temporal, worker, api.",
    ),
    "practice": (
        "rehearsal.serving:practice",
        "Mở văn phòng thực hành: bạn đưa đồng hồ đi, dàn vai đóng những người còn lại.",
    ),
    "rebuild": (
        "serving:rebuild",
        "Khởi động lại mọi quy trình đang dở, từ riêng cơ sở dữ liệu.",
    ),
    "api": ("serving:serve", "Phục vụ HTTP."),
    "worker": ("serving:work", "Chạy các quy trình."),
    "temporal-key": (
        "serving:add_temporal_key",
        "Thêm một khóa niêm phong vào tệp khóa; chưa có tệp thì lập tệp.",
    ),
    "plan": ("duties.command:plan", "Kế hoạch phát động."),
    "rules": ("intake.commands:rules", "Bộ quy định."),
    "template": ("machine.commands:template", "Tệp mẫu để điền."),
    "office": ("machine.commands:office", "Văn phòng của mình."),
    "files": ("machine.files:files", "Tệp đính kèm."),
    "campaign": ("machine.commands:campaign", "Phong trào của một năm."),
    "admin": ("machine.admin:admin", "Quản trị tài khoản."),
}


class _Commands(TyperGroup):
    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find a command that is called, and only now what it does."""
        name = args[0]
        if name in _COMMANDS:
            self.commands[name] = load(name)
        return super().resolve_command(ctx, args)


def load(name: str) -> Any:
    """Load a command: a function, or a group of them."""
    module, _, place = _COMMANDS[name][0].partition(":")
    found = getattr(import_module(module), place)
    if isinstance(found, typer.Typer):
        return translate(get_group(found), name)
    alone = typer.Typer(add_completion=False)
    alone.command(name)(found)
    return translate(get_command(alone), name)


app = typer.Typer(
    cls=_Commands,
    add_completion=False,
    help="Tổ chức phong trào thi đua của một văn phòng.",
)
for _name, (_place, _what) in _COMMANDS.items():
    app.command(_name, help=_what)(lambda: None)


def main() -> None:
    """Run the command line, and end the process."""
    # What is written tells of people: nobody else of this machine reads it.
    os.umask(0o077)
    code = run(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # Not by returning: Temporal's runtime, once loaded, can abort the process while
    # the interpreter takes itself down, and a good end would look like a crash.
    os._exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run one command; return its exit code."""
    asked = list(arguments) or ["--help"]
    try:
        code: int | None = speak_vietnamese(app, drawn="--help" in asked)(
            asked,
            prog_name="thidua",
            standalone_mode=False,
            obj=_year_of,
        )
    except TyperException as trouble:
        typer.echo(misuse(trouble), err=True)
        return 2
    return code or 0


def _year_of(plan: Any) -> Any:
    """Show the year of a plan that is not stored yet."""
    return import_module("duties.command").year_of(plan)
