"""How `thidua` is called, in Vietnamese: its help, and what was wrong with a call."""

import re
from typing import Any

import typer
from typer.exceptions import TyperException


def speak_vietnamese(app: typer.Typer, *, drawn: bool) -> Any:
    """Make the command of an app, with every word of its help in Vietnamese.

    Unless its help is *drawn*, what draws it is not loaded.
    """
    if drawn:
        _name_the_panels()
    command: Any = typer.main.get_command(app)
    command.context_class.formatter_class = _Formatter
    return translate(command, "thidua")


def _name_the_panels() -> None:
    from typer import rich_utils  # noqa: PLC0415 - slow

    rich_utils.ARGUMENTS_PANEL_TITLE = "Tham số"
    rich_utils.OPTIONS_PANEL_TITLE = "Tùy chọn"
    rich_utils.COMMANDS_PANEL_TITLE = "Lệnh"
    rich_utils.REQUIRED_LONG_STRING = "[bắt buộc]"
    rich_utils.DEFAULT_STRING = "[mặc định: {}]"
    rich_utils.ENVVAR_STRING = "[biến môi trường: {}]"


_HelpFormatter: Any = typer.Context.formatter_class


class _Formatter(_HelpFormatter):  # type: ignore[misc] # untyped, see above
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, prefix or "Cách gọi: ")


def translate(command: Any, name: str) -> Any:
    """Put what the help of a command says by itself into Vietnamese."""
    command.options_metavar = "[TÙY CHỌN]"
    command.get_help_option(
        typer.Context(command, info_name=name)
    ).help = "In hướng dẫn này."
    if hasattr(command, "commands"):
        command.subcommand_metavar = "LỆNH [THAM SỐ]..."
        for each, inner in command.commands.items():
            translate(inner, each)
    return command


def misuse(error: TyperException) -> str:
    """Say what was wrong with a call, and where it is written how to call.

    A trouble of our own says itself what it is.
    """
    if not hasattr(error, "ctx"):
        return str(error)
    context = error.ctx
    called = context.command_path if context else "thidua"
    return f"{_fault(error)}; xem `{called} --help`."


def _fault(error: Any) -> str:
    match type(error).__name__:
        case "NoSuchOption":
            likely = " hay ".join(error.possibilities or ())
            hint = f" (có phải {likely}?)" if likely else ""
            return f"Không có tùy chọn {error.option_name}{hint}"
        case "BadOptionUsage":
            takes = (
                "cần một giá trị"
                if "requires" in error.message
                else "không nhận giá trị"
            )
            return f"Tùy chọn {error.option_name} {takes}"
        case "MissingParameter":
            return f"Còn thiếu {_name(error.param)}"
        case "BadParameter":
            return f"{_name(error.param)}: chỉ nhận {_allowed(error.__cause__)}"
    return _otherwise(error.message)


def _name(param: Any) -> str:
    options = [each for each in param.opts if each.startswith("-")]
    return str(options[0] if options else param.metavar or param.name)


def _allowed(cause: Any) -> str:
    if type(cause).__name__ == "ValidationError":
        # Slow to load, and needed for this alone.
        from intake.faults import allowed_by  # noqa: PLC0415

        return "; ".join(allowed_by(each, None) for each in cause.errors())
    return "giá trị đúng kiểu"


def _otherwise(message: str) -> str:
    if extra := re.search(r"unexpected extra argument.*\((.*)\)", message):
        return f"Thừa tham số: {extra[1]}"
    if command := re.search(r"No such command '(.*)'", message):
        return f"Không có lệnh «{command[1]}»"
    return "Còn thiếu tên lệnh"
