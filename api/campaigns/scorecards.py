"""The office's scorecard of a year, the bloc's result, and the flag's file."""

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Annotated

from fastapi import Path, Response
from pydantic import Field, WithJsonSchema
from sqlmodel import Session

from api.admission import does, reads
from api.answers import Answer
from api.deps import Packs, Reading, TheLaunched
from api.headers import Router
from api.office.acting import dumped
from api.office.master import edits
from api.versions import Putting, tell
from domain.refusals import Certainty, in_own_words, refuse
from domain.reports.scorecard import Score, require_sound, total
from duties.office_deed import OfficeDeed
from intake.fields import Body, Code, Name, Paper, Year
from intake.lists import AS_WRITTEN
from store.database import lock
from store.findings.scorecards import flag_dossier_of, scores_of
from store.plans import head_of
from store.tables import BlocResult, Person, Scorecard

router = Router(prefix="/api/v1", tags=["scorecard"])

OfYear = Annotated[Year, Path()]
Points = Annotated[
    Decimal,
    Field(ge=0, max_digits=6, decimal_places=2),
    WithJsonSchema(
        {
            "anyOf": [
                {
                    "type": "number",
                    "minimum": 0,
                    "maximum": 9999.99,
                    "multipleOf": 0.01,
                },
                {"type": "string", "pattern": r"^[0-9]{1,4}(\.[0-9]{1,2})?$"},
            ]
        },
        mode="validation",
    ),
]


class ScoreIn(Body):
    """One criterion: the most it can bring, and what was scored with what proof."""

    code: Code
    criterion: Paper
    max_points: Points
    self_score: Points | None = None
    appraised_score: Points | None = None
    evidence: Paper | None = None


class ScorecardIn(Body):
    """A whole scorecard as the secretariat writes it."""

    bloc: Name
    criteria: Annotated[
        tuple[ScoreIn, ...], Field(min_length=1, max_length=200), AS_WRITTEN
    ]


class TotalOut(Answer):
    """The sums, and the criteria that are not appraised yet."""

    max_points: Decimal
    self_score: Decimal
    appraised_score: Decimal
    open: list[str]


class ScorecardOut(ScorecardIn):
    """A scorecard, added up."""

    year: int
    total: TotalOut
    confirmed_by: str | None
    confirmed_at: datetime | None
    version: int


class ResultIn(Body):
    """Where the bloc ranked the office, and where the flag's papers are, by kind."""

    rank: int = Field(ge=1, le=1000)
    units: int = Field(ge=1, le=1000)
    papers: dict[Code, Paper] = Field(default={}, max_length=20)


class ResultOut(ResultIn):
    """The bloc's result of a year."""

    year: int
    version: int


class PaperOut(Answer):
    """A paper of the file; without a reference it is missing."""

    code: str
    name: str
    reference: str | None


class AgainstOut(Answer):
    """What stands against proposing the office, with its rule."""

    code: str
    detail: str
    rule: str | None
    source: str | None
    certainty: Certainty | None
    warning: str | None


class DossierOut(Answer):
    """The file for the province's flag: its papers, and whether it may be sent."""

    year: int
    title: str
    entitled: bool
    complete: bool
    papers: list[PaperOut]
    refusals: list[AgainstOut]


@router.get("/scorecards/{year}", dependencies=[reads("scorecards")])
def scorecard(year: OfYear, session: Reading, response: Response) -> ScorecardOut:
    """Read the scorecard of a year."""
    row = _of_year(session, year)
    tell(response, row.version)
    return _card(row)


@router.put(
    "/scorecards/{year}",
    responses={201: {"model": ScorecardOut}},
    dependencies=[does("master_data")],
)
@edits
def put_scorecard(
    year: OfYear, body: ScorecardIn, session: Session, person: Person, put: Putting
) -> ScorecardOut:
    """Write the scorecard of a year, whole, until the director has confirmed it."""
    require_sound(Score(**each.model_dump()) for each in body.criteria)
    known = lock(session, Scorecard, Scorecard.year == year)
    if known and known[0].confirmed_at:
        raise refuse(
            "scorecard_confirmed",
            f"Bảng điểm năm {year} đã được Chánh Văn phòng xác nhận, không sửa nữa.",
        )
    values = body.model_dump(mode="json")
    deed = OfficeDeed.begin(session, person.id)
    old = dumped(known[0]) if known else None
    row = put(session, Scorecard, {"year": year}, values)
    deed.close("record_scorecard", {"old": old, "new": dumped(row)})
    return _card(row)


@router.get("/scorecards/{year}/result", dependencies=[reads("scorecards")])
def result(year: OfYear, session: Reading, response: Response) -> ResultOut:
    """Read what the bloc concluded."""
    row = session.get(BlocResult, year)
    if row is None:
        raise refuse("unknown_record", f"Chưa có kết quả của Khối năm {year}.")
    tell(response, row.version)
    return ResultOut.model_validate(row, from_attributes=True)


@router.put(
    "/scorecards/{year}/result",
    responses={201: {"model": ResultOut}},
    dependencies=[does("master_data")],
)
@edits
def put_result(
    year: OfYear,
    body: ResultIn,
    packs: Packs,
    session: Session,
    person: Person,
    put: Putting,
) -> ResultOut:
    """Write down what the bloc concluded on a scorecard that was confirmed."""
    known = {kind.code for pack in packs for kind in pack.document_kinds}
    if strange := sorted(body.papers.keys() - known):
        raise refuse(
            "bad_document", f"Không có loại giấy tờ nào mang mã: {', '.join(strange)}."
        )
    if body.rank > body.units:
        raise refuse(
            "bad_document", f"Thứ hạng {body.rank} quá số đơn vị ({body.units})."
        )
    _require_confirmed(session, year)
    deed = OfficeDeed.begin(session, person.id)
    old = dumped(session.get(BlocResult, year))
    row = put(session, BlocResult, {"year": year}, body.model_dump())
    deed.close("record_bloc_result", {"old": old, "new": dumped(row)})
    return ResultOut.model_validate(row, from_attributes=True)


@router.get(
    "/campaigns/{code}/flag-dossier",
    summary="Hồ sơ đề nghị Cờ thi đua tỉnh",
    dependencies=[reads("scorecards")],
)
def dossier(campaign: TheLaunched, session: Reading) -> DossierOut:
    """Say which papers of the flag's file are there, and whether the rank entitles."""
    title, found = flag_dossier_of(session, campaign)
    against = in_own_words(found.refusals, head_of(campaign.plan))
    return DossierOut(
        year=campaign.year,
        title=title.name_vi,
        entitled=found.entitled,
        complete=not found.missing,
        papers=[
            PaperOut(code=p.code, name=p.name_vi, reference=p.reference)
            for p in found.papers
        ],
        refusals=[AgainstOut.model_validate(each) for each in against],
    )


def _require_confirmed(session: Session, year: int) -> None:
    if _of_year(session, year).confirmed_at is None:
        raise refuse(
            "scorecard_open",
            f"Bảng điểm năm {year} chưa được Chánh Văn phòng xác nhận.",
        )


def _of_year(session: Session, year: int) -> Scorecard:
    row = session.get(Scorecard, year)
    if row is None:
        raise refuse("unknown_record", f"Chưa có bảng điểm năm {year}.")
    return row


def _card(row: Scorecard) -> ScorecardOut:
    sums = asdict(total(scores_of(row)))
    return ScorecardOut.model_validate({**row.model_dump(), "total": sums})
