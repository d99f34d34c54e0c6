"""What the codes in acts are of, told once: in the document, on pages, in messages.

An act gets its choices by the types of its fields; nothing else is said of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, TypeVar
from uuid import UUID

from pydantic import Field, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from intake.fields import Code, Key, Owner, SubjectKind
from intake.lists import AS_WRITTEN, MANY, Once

# Where a schema tells what a code is of, by which field another is told, and what is
# seldom said at all.
NAMES, TOLD_BY, SELDOM = "x-names", "x-told-by", "x-seldom"


class Named(StrEnum):
    """What codes are of; each is one of the target that its act is aimed at."""

    SUBJECT = "subject"
    STAFF = "staff"
    LEAVER = "leaver"
    SESSION_MEMBER = "session_member"
    ASSESSOR = "assessor"
    DELEGATE = "delegate"
    TITLE = "title"
    DOCUMENT = "document"
    LINE = "line"
    DEPARTMENT = "department"
    PHASE = "phase"
    RULE_PACK = "rule_pack"
    DEADLINE = "deadline"
    DEADLINE_OWNER = "deadline_owner"
    DELEGATION = "delegation"
    DELEGABLE_ACT = "delegable_act"
    SET_ASIDE = "set_aside"
    SIGNED_SCAN = "signed_scan"


NAMED_VI: Mapping[Named, str] = {
    Named.SUBJECT: "một người của phòng, hoặc của chính phòng",
    Named.STAFF: "một người của phòng",
    Named.LEAVER: "một người đã chuyển khỏi phòng",
    Named.SESSION_MEMBER: "một thành viên của phiên họp",
    Named.ASSESSOR: "một thành viên Hội đồng sáng kiến",
    Named.DELEGATE: "một cấp phó hoặc trưởng phòng",
    Named.TITLE: "một danh hiệu, hình thức được xét",
    Named.DOCUMENT: "một loại tài liệu",
    Named.LINE: "một đề nghị",
    Named.DEPARTMENT: "một phòng trong giai đoạn",
    Named.PHASE: "một giai đoạn của phong trào",
    Named.RULE_PACK: "một bộ quy định",
    Named.DEADLINE: "một hạn đang chạy",
    Named.DEADLINE_OWNER: "nơi giữ một hạn đang chạy",
    Named.DELEGATION: "một ủy quyền còn hiệu lực",
    Named.DELEGABLE_ACT: "một việc giao cho người khác ký được",
    Named.SET_ASIDE: "một thao tác bị gác lại vì lỗi",
    Named.SIGNED_SCAN: "một tệp đính kèm của quyết định, của phiên họp",
}


@dataclass(frozen=True)
class _Told:
    """Says something of a field in its schema."""

    said: tuple[tuple[str, Any], ...]

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Say it to other programs, and to pages."""
        return handler(schema) | dict(self.said)


def _of(named: Named) -> _Told:
    return _Told(((NAMES, named.value), ("description", f"Mã của {NAMED_VI[named]}.")))


Seldom = _Told(((SELDOM, True),))
# A person's code or a department's tells what its kind is.
KindOfSubject = Annotated[SubjectKind, _Told(((TOLD_BY, "subject"),))]

OneSubject = Annotated[Code, _of(Named.SUBJECT)]
Staff = Annotated[Code, _of(Named.STAFF)]
Leaver = Annotated[Code, _of(Named.LEAVER)]
OneMember = Annotated[Code, _of(Named.SESSION_MEMBER)]
Assessor = Annotated[Code, _of(Named.ASSESSOR)]
Deputy = Annotated[Code, _of(Named.DELEGATE)]
TitleCode = Annotated[Code, _of(Named.TITLE)]
DocumentCode = Annotated[Code, _of(Named.DOCUMENT)]
LineId = Annotated[UUID, _of(Named.LINE)]
OneDepartment = Annotated[Code, _of(Named.DEPARTMENT)]
PhaseCode = Annotated[Code, _of(Named.PHASE)]
PackCode = Annotated[Code, _of(Named.RULE_PACK)]
DeadlineCode = Annotated[Key, Field(max_length=32), _of(Named.DEADLINE)]
DeadlineOwner = Annotated[Owner, _of(Named.DEADLINE_OWNER)]
DelegationCode = Annotated[Code, _of(Named.DELEGATION)]
DelegableAct = Annotated[Code, _of(Named.DELEGABLE_ACT)]
SetAside = Annotated[UUID, _of(Named.SET_ASIDE)]
SignedScan = Annotated[UUID, _of(Named.SIGNED_SCAN)]

Each = TypeVar("Each")
# None of them twice: no matter how many, or one at least.
Several = Annotated[tuple[Each, ...], Field(max_length=MANY), Once()]
Some = Annotated[tuple[Each, ...], Field(min_length=1, max_length=MANY), Once()]
# One paper of a kind from each of several units.
Documents = Annotated[tuple[DocumentCode, ...], Field(max_length=200), AS_WRITTEN]
