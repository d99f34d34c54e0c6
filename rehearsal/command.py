"""The command that rehearses a plan's whole year in seconds."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.exc import IntegrityError

from intake.commands import File, Rules, Trouble, problems_said, readable
from intake.rulepacks import RULES
from machine.devserver import EngineTrouble
from papers.archive.reading import NotAnArchive
from rehearsal.playbill import CAST, OFFICE, read_own_playbill, read_playbill
from store.moving.rows import NotARow


def rehearse(
    file: File,
    cast: Annotated[
        Path,
        typer.Option(metavar="TỆP", help="Dàn vai: phòng nào chậm, ai vắng."),
    ] = CAST,
    office: Annotated[
        Path, typer.Option(metavar="TỆP", help="Văn phòng: phòng, người, Hội đồng.")
    ] = OFFICE,
    own: Annotated[
        Path | None,
        typer.Option(
            metavar="TỆP",
            help="Chính cơ quan của mình, từ tệp đã xuất (export-office); thay cho "
            "--office và --cast: ai cũng làm đúng hạn.",
        ),
    ] = None,
    rules_folder: Rules = RULES,
    as_json: Annotated[
        bool, typer.Option("--json", help="Mỗi dòng một việc, dạng JSON.")
    ] = False,
    days: Annotated[
        bool, typer.Option("--days", hidden=True, help="Báo từng ngày đã diễn đến.")
    ] = False,
    html: Annotated[
        Path | None, typer.Option(metavar="TỆP", help="Ghi thành một trang HTML.")
    ] = None,
) -> None:
    """Diễn tập cả năm của một kế hoạch trong vài giây, in mọi thông báo và việc làm."""
    from rehearsal import rehearse as rehearsal  # noqa: PLC0415 - slow
    from rehearsal import show  # noqa: PLC0415 - slow
    from rehearsal.cast.company import Uncast  # noqa: PLC0415 - slow
    from rehearsal.house import OffScript  # noqa: PLC0415 - slow

    try:
        with problems_said(), readable():
            if own is not None:
                bill = read_own_playbill(file, own, rules_folder)
            else:
                bill = read_playbill(file, cast, office, rules_folder)
        with show.days() if days else show.progress(bill) as watch:
            bill, events = asyncio.run(rehearsal.rehearse(bill, watch))
    except (Uncast, OffScript, EngineTrouble) as trouble:
        raise Trouble(str(trouble)) from None
    except (NotAnArchive, NotARow, IntegrityError):
        raise Trouble(
            f"Tệp «{own}» không phải bản xuất cơ quan của phiên bản phần mềm này."
        ) from None
    if html is not None:
        with readable():
            html.write_text(show.page(events, bill), "utf-8")
        typer.echo(f"Đã ghi {html}.")
    elif as_json:
        show.write_json(events)
    else:
        show.show(events, bill)
