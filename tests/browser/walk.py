"""A phase that stops wherever a page has something else to show, and who looks then."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import select

from api.commands import ACT_PATHS
from api.web.acts import PREFIX
from api.web.administration.past_awards import PAGE as PAST_AWARDS
from api.web.visiting import PageRoute
from ballots.box import BallotBox
from ballots.keys import Keys
from intake.rulepacks import load_packs
from store.database import Database
from store.tables import Appointment, Case, Command, PastAward
from tests.api.test_hostile import an_app
from tests.journeys.cast import HEADS, at
from tests.office import DIRECTOR, SECRETARIAT, prepare
from tests.papers.test_every_paper import BEFORE
from tests.scale.lists import APPROVED, OPEN, Lists
from tests.scale.test_statements import one


class Walk(Lists):
    """A phase of the sample office as far as its issued decision."""

    def nominees(self, department: str) -> list[str]:
        """Name people whom the sample office has."""
        many = 3 if department == APPROVED else 1
        return [f"{department.lower()}-{n:02}" for n in range(5, 5 + many)]

    def moments(self) -> Iterator[str]:
        """Go on, and name each moment at which somebody looks."""
        self.registered()
        yield "registering"
        self.sent()
        yield "sent"
        self.appraised()
        yield "posted"
        yield from self.voted()
        self.sign()
        yield "signed"
        for moment in self.settled():
            yield moment
            if moment == "issued":
                return

    @classmethod
    def begun(cls, database: Database, keys: Path) -> "Walk":
        """Write the office on the morning before the campaign."""
        prepare(database, 2022, at("2022-01-03", "08:00"))
        with database.write() as session:
            session.add(PastAward(**BEFORE | {"person": None, "department": APPROVED}))
        return cls(database, box=BallotBox(Keys(keys)))

    def address(self, path: str) -> str:
        """Fill in what a route's path names, by what there is now."""
        decision = f"{self.phase}-qd1"
        # Not any one: each stands in a state of its own, and its page with it.
        [line, *_] = [*self.lines([APPROVED], [OPEN]), "none"]
        key = {
            "campaigns": self.code,
            "council-sessions": self.session,
            "hoi-dong": self.session,
            "decisions": decision,
            "quyet-dinh": decision,
            "cases": str(one(self.database, Case)),
            "vu-viec": str(one(self.database, Case)),
            "quan-tri": self._entry(path),
        }
        return path.format_map(
            {
                "code": PACK if path.startswith("/quan-tri/quy-dinh") else self.code,
                "key": key.get(path.removeprefix(PREFIX).split("/")[1], self.phase),
                "department": APPROVED,
                "phase": self.phase,
                "session": self.session,
                "decision": decision,
                "line": line,
                "who": HEAD,
                "history": "chuc-vu",
                "command_id": str(one(self.database, Command, Command.seq)),
                "number": "1",
            }
        )

    def _entry(self, path: str) -> str:
        """Find, among the rows of the office, an award of before or the head's post."""
        if path.startswith(PAST_AWARDS):
            return str(one(self.database, PastAward))
        with self.database.read() as session:
            held = select(Appointment.id).where(Appointment.person == HEAD)
            return str(session.exec(held).one())


@dataclass(frozen=True)
class Sight:
    """A page that somebody looks at: *path* is its route's, *more* the query's."""

    path: str
    person: str
    more: str = ""

    @property
    def is_form(self) -> bool:
        """Say whether it is the form of an act."""
        return self.path.startswith(PREFIX)


_NOT_HERE = {
    "/static/{digest}/{name}",
    "/su-kien",
    "/thiet-lap",
    "/thiet-lap/danh-sach.xlsx",
    "/phong/{key}/{department}/de-nghi/mau.xlsx",
    "/phong/{key}/{department}/dang-ky/mau.xlsx",
    "/tham-dinh/{key}/giay-to/tep",
    "/nhat-ky/{code}/luu-tru/tep",
    "/quan-tri/khen-thuong-truoc/mau.xlsx",
    "/quan-tri/thu/{key}",
    "/quan-tri/tai-khoan",
    "/quan-tri/ma-truy-cap",
}
PACK = load_packs()[0].id
HEAD, MEMBER = HEADS[APPROVED], "ld-02"
# Acts whose forms have, taken together, all that a form can have.
OFTEN = (
    *("amend", "register", "record_peer_review", "submit", "return_for_supplement"),
    *("appraise", "convene", "record_show_of_hands", "decide", "accept_case"),
)
_MOVED = "?owner=phase:2022-1&deadline=submission&until=2022-07-15"
# Who looks at what, and when; «» is somebody who has not signed in. A page that is not
# here is looked at by the secretariat, once the decision is issued.
_SIGHTS: Mapping[str, Sequence[Sight]] = {
    "registering": [
        Sight("/dang-nhap", ""),
        Sight("/dang-nhap/vai", ""),
        Sight("/dang-nhap/vai", HEAD, "?phong=CTQH"),
        Sight("/", HEAD),
        Sight("/", "ttdn-03"),
        Sight("/thong-bao", HEAD),
        Sight("/phong", HEAD),
        Sight("/lich/{code}/thu-doi", SECRETARIAT, _MOVED),
        Sight("/phong/{key}/{department}/de-nghi/tep", HEAD),
        Sight("/phong/{key}/{department}/dang-ky/tep", HEAD),
    ],
    "sent": [
        Sight("/phong/{key}/{department}", HEAD),
        Sight("/phong/{key}/{department}/danh-sach", HEAD),
        Sight("/de-nghi/{line}", HEAD),
        Sight("/tham-dinh/{key}", SECRETARIAT),
        Sight("/tham-dinh/{key}/{department}", SECRETARIAT),
        Sight("/tham-dinh/{key}/gia-dinh", SECRETARIAT),
        Sight("/tham-dinh/{key}/hinh-thuc", SECRETARIAT),
    ],
    "convened": [Sight("/hoi-dong/{key}", DIRECTOR)],
    "opened": [Sight("/hoi-dong/{key}/gio-tay", SECRETARIAT, "?nhat_tri=1")],
    "voting": [
        Sight("/", SECRETARIAT),
        Sight("/hoi-dong/{key}", MEMBER),
        Sight("/hoi-dong/{key}/phieu", MEMBER),
        Sight("/hoi-dong/{key}/man-hinh", SECRETARIAT),
    ],
    "signed": [
        Sight("/hoi-dong/{key}/man-hinh", SECRETARIAT),
        Sight("/quyet-dinh", DIRECTOR),
        Sight("/quyet-dinh/{key}", DIRECTOR),
    ],
    "issued": [
        Sight("/", DIRECTOR),
        Sight("/thong-bao", DIRECTOR),
        Sight("/vu-viec/{key}", DIRECTOR),
        Sight("/vu-viec/{key}/sua", DIRECTOR),
        Sight("/bien-nhan/{command_id}", DIRECTOR),
        Sight("/quyet-dinh/{key}", SECRETARIAT),
    ],
}


def sights(forms: Iterable[str]) -> Mapping[str, Sequence[Sight]]:
    """List what is looked at, by the moment: *forms* of acts once all has a key."""
    found = defaultdict(list, {at: [*each] for at, each in _SIGHTS.items()})
    found["issued"] += (Sight(f"{PREFIX}{ACT_PATHS[kind]}", DIRECTOR) for kind in forms)
    known = {sight.path for each in found.values() for sight in each}
    of_acts = {f"{PREFIX}{each}" for each in ACT_PATHS.values()}
    found["issued"] += (
        Sight(path, SECRETARIAT) for path in sorted(routes() - known - of_acts)
    )
    return found


def every() -> list[str]:
    """List all acts: each has a form."""
    return [*ACT_PATHS]


def routes() -> set[str]:
    """List the paths of all pages that can be looked at.

    Others are no pages, or are for accounts, which a sample office has none of.
    """
    return {
        route.path
        for route in an_app().routes
        if isinstance(route, PageRoute) and "GET" in route.methods
    } - _NOT_HERE
