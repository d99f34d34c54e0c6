"""Who may read the files of a thing, and who may change them: by the thing itself."""

from collections.abc import Callable, Mapping
from uuid import UUID

from sqlmodel import Session, select

from api.deps import find
from domain.cases.procedures import OVER, carriers
from domain.policy import EDITS, READINGS
from domain.refusals import refuse
from domain.states import SPENT_LINES, DecisionState, SessionState
from domain.submissions import may_change_files
from store.clock import now
from store.database import lock
from store.files.attachments import Holder
from store.knowing.lines import line_for
from store.knowing.matters import matter_for
from store.office.standing import roles_today
from store.signed import is_recorded
from store.tables import (
    Attachment,
    Case,
    CouncilSession,
    Decision,
    HolderKind,
    Nomination,
    Submission,
    Window,
)

_Check = Callable[[Session, str, str], object]

_UNSIGNED = (DecisionState.PENDING, DecisionState.RETURNED)


def require_reader(session: Session, holder: Holder, person: str) -> None:
    """Raise Refused unless somebody may read a thing, and so its files.

    Codes: `unknown_line`, `unknown_session`, `unknown_case`, `not_allowed`.
    """
    _READ[holder.kind](session, holder.key, person)


def hold(session: Session, holder: Holder) -> None:
    """Keep what says whether a thing's files may change as it is; of a line, its list.

    Acts hold a list before its lines, so nobody waits for the other in a circle.
    """
    match holder.kind:
        case HolderKind.LINE:
            lock(session, Submission, *_list_of(_line(session, holder.key)))
        case HolderKind.SESSION:
            lock(session, CouncilSession, CouncilSession.id == holder.key)
        case HolderKind.DECISION:
            lock(session, Decision, Decision.id == holder.key)
        case HolderKind.CASE:
            lock(session, Case, Case.id == UUID(holder.key))


def require_changer(session: Session, holder: Holder, person: str) -> None:
    """Raise Refused unless somebody may change the files of a thing now.

    Codes: those of reading, and `files_closed`.
    """
    require_reader(session, holder, person)
    _CHANGE[holder.kind](session, holder.key, person)


def require_remover(session: Session, file: Attachment, person: str) -> None:
    """Raise Refused unless somebody may take a file away.

    In a matter people stand against each other: each has their own.

    Codes: those of changing, and `not_yours`.
    """
    require_changer(session, Holder(file.holder, file.key), person)
    if file.holder is HolderKind.CASE and file.added_by != person:
        raise refuse("not_yours", "Chỉ người đã đính kèm gỡ được tệp của vụ việc.")
    if file.holder is HolderKind.SESSION and _concluded(session, file.key):
        said = "Biên bản đã ký, không gỡ tệp của phiên họp nữa."
        raise refuse("files_closed", said)
    if is_recorded(session, file):
        raise refuse(
            "files_closed",
            "Bản giấy đã ghi và đối chiếu thì không gỡ; bản mới thì đính kèm thêm.",
        )


def _read_line(session: Session, key: str, person: str) -> None:
    line_for(session, UUID(key), person)


def _read_session(session: Session, key: str, person: str) -> None:
    find(session, CouncilSession, "session", key)
    if not roles_today(session, person) & READINGS["session_files"].who:
        raise refuse(
            "not_allowed",
            "Tệp của phiên họp chỉ dành cho Hội đồng, phòng thường trực thi đua, "
            "Chánh Văn phòng và người kiểm tra.",
        )


def _read_decision(session: Session, key: str, person: str) -> None:
    find(session, Decision, "decision", key)
    if not roles_today(session, person) & READINGS["decision_files"].who:
        raise refuse(
            "not_allowed",
            "Bản giấy của quyết định chỉ dành cho Hội đồng, phòng thường trực thi đua, "
            "văn thư, Chánh Văn phòng và người kiểm tra.",
        )


def _read_case(session: Session, key: str, person: str) -> None:
    matter_for(session, UUID(key), person)


def _change_line(session: Session, key: str, person: str) -> None:
    line = _line(session, key)
    roles = roles_today(session, person, line.department)
    if not roles & EDITS["attach_to_line"].who:
        raise refuse(
            "not_allowed",
            "Trưởng phòng và người được phòng giao việc thi đua đính kèm và gỡ tệp của "
            "đề nghị của phòng mình.",
        )
    if line.state in SPENT_LINES or not _is_the_departments(session, line):
        raise refuse(
            "files_closed",
            "Chỉ đính kèm và gỡ tệp khi phòng còn sửa được đề nghị: trong hạn gửi và "
            "chưa được tiếp nhận, hoặc khi đề nghị bị trả lại để bổ sung.",
        )


def _line(session: Session, key: str) -> Nomination:
    return session.get_one(Nomination, UUID(key))


def _list_of(line: Nomination) -> tuple[bool, bool]:
    return Submission.phase == line.phase, Submission.department == line.department


def _is_the_departments(session: Session, line: Nomination) -> bool:
    window = session.get(Window, (line.phase, "submission", line.department))
    return any(
        may_change_files(
            row.state,
            recallable=window is not None and now(session) < window.due_at,
            flagged=str(line.id) in {each["line"] for each in row.flagged or ()},
        )
        for row in session.exec(select(Submission).where(*_list_of(line)))
    )


def _change_session(session: Session, key: str, person: str) -> None:
    council = find(session, CouncilSession, "session", key)
    roles = roles_today(session, person)
    if not roles & EDITS["attach_to_session"].who:
        raise refuse(
            "not_allowed",
            "Thư ký Hội đồng và phòng thường trực thi đua đính kèm và gỡ tệp của phiên "
            "họp.",
        )
    if council.state is SessionState.ADJOURNED:
        raise refuse(
            "files_closed", "Phiên họp không diễn ra, không đính kèm và gỡ tệp nữa."
        )


def _concluded(session: Session, key: str) -> bool:
    return session.get_one(CouncilSession, key).state is SessionState.CONCLUDED


def _change_decision(session: Session, key: str, person: str) -> None:
    decision = find(session, Decision, "decision", key)
    if not roles_today(session, person) & EDITS["attach_to_decision"].who:
        raise refuse(
            "not_allowed",
            "Văn thư và phòng thường trực thi đua đính kèm và gỡ bản giấy của quyết "
            "định.",
        )
    if decision.state in _UNSIGNED:
        raise refuse(
            "files_closed", "Quyết định chưa ký nên chưa có bản giấy để đính kèm."
        )


def _change_case(session: Session, key: str, person: str) -> None:
    case = session.get_one(Case, UUID(key))
    roles = roles_today(session, person)
    if case.state in OVER:
        raise refuse("files_closed", "Vụ việc đã xong, không đính kèm và gỡ tệp nữa.")
    if case.recorded_by != person and not roles & carriers(case.kind, case.state):
        raise refuse(
            "not_allowed",
            "Người gửi và người đang giải quyết vụ việc đính kèm và gỡ tệp của vụ "
            "việc.",
        )


_READ: Mapping[HolderKind, _Check] = {
    HolderKind.LINE: _read_line,
    HolderKind.SESSION: _read_session,
    HolderKind.CASE: _read_case,
    HolderKind.DECISION: _read_decision,
}
_CHANGE: Mapping[HolderKind, _Check] = {
    HolderKind.LINE: _change_line,
    HolderKind.SESSION: _change_session,
    HolderKind.CASE: _change_case,
    HolderKind.DECISION: _change_decision,
}
