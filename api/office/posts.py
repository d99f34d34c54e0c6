"""The posts of the office today: who holds them, who stands in for a vacant one."""

from collections.abc import Iterator
from itertools import islice

from api.admission import reads
from api.answers import Answer
from api.deps import Reading
from api.headers import Router
from api.identity import Asking
from api.paging import Cursor, Limit, Page, page, read_cursor
from domain.posts import POSTS, PostCode, standing_in
from domain.roles import own_words
from store.office.agency import head_in
from store.office.holding import heads_on, holders_of
from store.office.master import today

router = Router(prefix="/api/v1/posts", tags=["office"])


class PostOut(Answer):
    """A post, of a department where one is named.

    *stood_in_by* get its reminders while it is *vacant*; *confirmed_by* are the posts
    that confirm who gets it, none where it decides nothing.
    """

    post: PostCode
    name: str
    department: str | None
    holders: list[str]
    vacant: bool
    stood_in_by: list[str]
    confirmed_by: list[PostCode]


@router.get("", dependencies=[reads("posts")])
def posts(
    session: Reading, person: Asking, limit: Limit = 100, cursor: Cursor = None
) -> Page[PostOut]:
    """List the posts as they are held today."""
    day, after = today(session), read_cursor(cursor, int, str)
    held = {post: holders_of(session, post, day) for post in POSTS}
    heads, head = heads_on(session, day), head_in(session)
    found = (each for each in _posts(held, heads) if not after or _place(each) > after)
    return page(
        list(islice(found, limit + 1)), limit, _place, lambda each: _called(each, head)
    )


def _called(one: PostOut, head: str) -> PostOut:
    return one.model_copy(update={"name": own_words(one.name, head)})


_ORDER = {post: at for at, post in enumerate(POSTS)}


def _place(one: PostOut) -> tuple[int, str]:
    return _ORDER[one.post], one.department or ""


def _posts(
    held: dict[PostCode, frozenset[str]], heads: dict[str, list[str]]
) -> Iterator[PostOut]:
    for post in POSTS:
        if post is PostCode.DEPARTMENT_HEAD:
            for code, people in heads.items():
                yield _post(post, code, people, held)
        else:
            yield _post(post, None, sorted(held[post]), held)


def _post(
    post: PostCode,
    department: str | None,
    holders: list[str],
    held: dict[PostCode, frozenset[str]],
) -> PostOut:
    rule = POSTS[post]
    return PostOut(
        post=post,
        name=rule.name,
        department=department,
        holders=holders,
        vacant=not holders,
        stood_in_by=[] if holders else sorted(standing_in(post, held)),
        confirmed_by=sorted({who for group in rule.confirmed_by for who in group}),
    )
