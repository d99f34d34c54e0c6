"""Pages, from their templates: everything put into one is escaped."""

from datetime import datetime
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from api.web.acting.paths import act_path
from api.web.bar import bar, here, menu
from api.web.naming import in_words, sure
from api.web.vendored import address_of
from api.web.words import TRANSLATIONS, gettext
from domain.calendar import VIETNAM, day_vi, due_day, local_day
from papers import calendar, wording

_PAGES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    extensions=["jinja2.ext.i18n"],
)
_PAGES.policies["ext.i18n.trimmed"] = True
_PAGES.install_gettext_translations(TRANSLATIONS, newstyle=True)  # type: ignore[attr-defined]


@cache
def _marked(text: str) -> Markup:
    return Markup(TRANSLATIONS.gettext(text))  # noqa: S704 - a text of ours


def _said(text: str, **facts: object) -> Markup:
    """Say a text of ours on a page, with what is filled in made harmless.

    Jinja's own way is three calls of the template for each: a tenth of a page.
    """
    return _marked(text) % facts


_PAGES.globals.update(
    _=_said,
    gettext=_said,
    asset=address_of,
    bar=bar,
    here=here,
    menu=menu,
    act_path=act_path,
)


def render(
    name: str, status: HTTPStatus = HTTPStatus.OK, /, **facts: Any
) -> HTMLResponse:
    """Make a page of a template and what is to stand in it."""
    return HTMLResponse(_PAGES.get_template(name).render(facts), status)


def _weekday(at: datetime) -> str:
    """Name the weekday on which something falls due."""
    named = calendar.weekday(due_day(at))
    return named[0].upper() + named[1:]


def _second(at: datetime) -> str:
    """Write a moment to the second: by these deadlines are judged."""
    time, day = f"{at.astimezone(VIETNAM):%H:%M:%S}", day_vi(local_day(at))
    return gettext("%(time)s ngày %(day)s", time=time, day=day)


def _iso(at: datetime) -> str:
    """Write a day as a field for days takes it."""
    return local_day(at).isoformat()


def _size(many: int) -> str:
    """Write how large a file is."""
    if many < _KIB:
        return gettext("%(n)s byte", n=many)
    if many < _KIB**2:
        return f"{round(many / _KIB)} KiB"
    return f"{many / _KIB**2:.1f} MiB".replace(".", ",")


_KIB = 1024
_PAGES.filters.update(
    size=_size,
    day=day_vi,
    moment=wording.moment,
    due=wording.due,
    weekday=_weekday,
    second=_second,
    in_words=in_words,
    sure=sure,
    iso=_iso,
    on=calendar.on,
)
