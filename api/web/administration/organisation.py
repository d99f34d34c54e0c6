"""The office as it is today: departments, posts, councils and people."""

from collections.abc import Iterable
from typing import Annotated

from fastapi import Query, Response

from api.admission import reads
from api.deps import Reading
from api.identity import Asking
from api.office import directory, posts
from api.paging import Cursor
from api.web.administration.entering import may_enter
from api.web.naming import called
from api.web.rendering import render
from api.web.visiting import pages
from intake.fields import Words
from store.office import master, people
from store.tables import Council

_MANY = 100

router = pages()


@router.get("/quan-tri/to-chuc", dependencies=[reads("directory")])
def organisation(
    session: Reading,
    visitor: Asking,
    phong_sau: Cursor = None,
    chuc_vu_sau: Cursor = None,
) -> Response:
    """Show departments, and who holds each post and seat today.

    Departments and posts each go on where there are more than fit.
    """
    day = master.today(session)
    departments = directory.departments(session, day, _MANY, phong_sau)
    of_posts = posts.posts(session, visitor, _MANY, chuc_vu_sau)
    held = of_posts.items
    councils = [(each, people.seats(session, day, each)) for each in Council]
    named = [*_held_by(held), *(seat.person for _, rows in councils for seat in rows)]
    return render(
        "administration/organisation.html",
        visitor=visitor,
        departments=departments,
        posts=of_posts,
        editor=may_enter(session, visitor),
        councils=councils,
        called=called(session, [*named, *(each.department for each in held)]),
    )


@router.get("/quan-tri/nguoi", dependencies=[reads("directory")])
def everybody(
    session: Reading,
    visitor: Asking,
    tim: Annotated[Words, Query()] = "",
    phong: Annotated[str, Query(max_length=64)] = "",
    sau: Annotated[str | None, Query(max_length=900)] = None,
) -> Response:
    """Find people by name, in the order of Vietnamese lists."""
    found = directory.find(session, tim, phong or None, 100, sau)
    day = master.today(session)
    return render(
        "administration/people.html",
        visitor=visitor,
        people=found.items,
        editor=may_enter(session, visitor),
        following=found.next,
        looked_for=tim,
        department=phong,
        departments=master.departments(session, day),
    )


def _held_by(held: Iterable[posts.PostOut]) -> list[str]:
    return [who for each in held for who in (*each.holders, *each.stood_in_by)]
