"""The certificates of a decision all at once: to be printed, or edited in Word."""

from collections.abc import Iterable
from io import BytesIO
from typing import Annotated
from zipfile import ZIP_DEFLATED, ZipFile

from fastapi import Path, Request, Response

from api.admission import reads
from api.campaigns.papers import MEDIA, AKey, PaperForm, filled
from api.deps import DatabaseDep
from api.headers import Router
from api.identity import Asking
from domain.names import clean
from domain.refusals import refuse
from intake.files.names import handed_out_as
from papers.official.director.certificate import (
    Award,
    certificate,
    certificates_of,
)
from papers.official.kinds import PAPERS, PaperOf
from papers.official.paper import Layout
from papers.official.pdf import certificates_as_pdf
from store.knowing.decisions import decision_for
from store.tables import WordLayout

router = Router(prefix="/api/v1", tags=["papers"])

# So many at a time: filling Word's takes some hundredths of a second each.
AT_A_TIME = 100
_KIND = PAPERS[PaperOf.LINE, "certificate"]
_ZIP = "application/zip"
Part = Annotated[int, Path(ge=1, le=1000)]


@router.get(
    "/decisions/{key}/certificates/{number}/{form}",
    summary="Giấy khen, giấy chứng nhận của cả quyết định",
    dependencies=[reads("decisions")],
    response_class=Response,
    responses={
        200: {"content": {MEDIA[PaperForm.PDF]: {}, _ZIP: {}}},
        409: {},
    },
)
def certificates(
    key: AKey,
    number: Part,
    form: PaperForm,
    database: DatabaseDep,
    person: Asking,
    request: Request,
) -> Response:
    """Draw a hundred certificates at a time: one PDF, or a zip with a Word file each.

    Word's are filled into the office's own layout where there is one.
    """
    with database.read() as session:
        row = decision_for(session, key, person.id)
        found = certificates_of(session, row)[(number - 1) * AT_A_TIME :][:AT_A_TIME]
        kept = session.get(WordLayout, Layout.CERTIFICATE)
        own = kept.content if kept else None
    if not found:
        raise refuse("no_paper", f"Chưa có {_KIND.label.lower()}: {_KIND.when}.")
    name = f"giay-khen-{key}-{number}"
    if form is PaperForm.WORD:
        return _sent(_zipped(found, own), _ZIP, f"{name}.zip")
    drawn = certificates_as_pdf(
        (certificate(facts), str(request.base_url.replace(path=_KIND.page_of(line))))
        for line, facts in found
    )
    return _sent(drawn, MEDIA[form], f"{name}.pdf")


def _sent(content: bytes, media: str, name: str) -> Response:
    return Response(content, media_type=media, headers=handed_out_as(name))


def _zipped(awards: Iterable[Award], own: bytes | None) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as files:
        for place, (_, facts) in enumerate(awards, 1):
            name = clean(facts.line.subject).replace("/", "-")
            content = filled(certificate(facts), Layout.CERTIFICATE, own)
            files.writestr(f"{place:03} {name}.docx", content)
    return packed.getvalue()
