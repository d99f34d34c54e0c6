"""The department's own meeting: when it was held, who was there, how it voted."""

from activities.effects.department.registration import require_ours
from activities.effects.department.submission import require_titles
from activities.effects.registry import Answer, Call, effect
from activities.stages import reach
from domain.calendar import day_vi, local_day
from domain.deadlines import DeadlineKind
from domain.refusals import refuse
from domain.states import SubmissionState
from intake.acts.department import PeerReview
from store.office import people
from store.tables import Phase

_S = SubmissionState


@effect("record_peer_review")
def record_peer_review(call: Call, body: PeerReview) -> Answer:
    """Keep the department's own meeting: attendance, votes, minutes."""
    submission = call.submission()
    _require_opened(call, body)
    _require_attended(call, body)
    _require_votes(call, body)
    submission.peer_review = body.model_dump(mode="json")
    call.session.add(submission)
    if submission.state is _S.NOT_STARTED:
        reach(call.deed, submission, _S.PEER_REVIEWED)
    return {"state": submission.state}


def _require_opened(call: Call, body: PeerReview) -> None:
    opens = local_day(call.opening(DeadlineKind.PEER_REVIEW))
    if body.held_on < opens:
        raise refuse(
            "held_too_early",
            f"Bình xét bắt đầu từ ngày {day_vi(opens)}; cuộc họp ngày "
            f"{day_vi(body.held_on)} là trước đó.",
        )


def _require_attended(call: Call, body: PeerReview) -> None:
    """Refuse a meeting that is not of those who were of the department on its day."""
    code = call.department or ""
    ours = {person.id for person in people.members(call.session, code, body.held_on)}
    named = set(body.present) | set(body.absent)
    if named != ours or set(body.present) & set(body.absent):
        raise refuse(
            "attendance_wrong",
            "Danh sách có mặt và vắng mặt phải gồm đúng mỗi người của phòng vào ngày "
            f"{day_vi(body.held_on)}, một lần; "
            f"thiếu hoặc thừa: {', '.join(sorted(named ^ ours)) or 'trùng tên'}.",
        )
    if body.chaired_by not in body.present:
        raise refuse(
            "chair_absent",
            f"Người chủ trì ({body.chaired_by}) phải là một người có mặt.",
        )


def _require_votes(call: Call, body: PeerReview) -> None:
    phase = call.session.get_one(Phase, call.phase_id)
    require_ours(call, body.votes, phase)
    require_titles(call, phase, body.votes)
    over = [v.subject for v in body.votes if v.yes + v.no > len(body.present)]
    if over:
        raise refuse(
            "votes_over_attendance",
            f"Số phiếu của {', '.join(over)} quá {len(body.present)} người có mặt.",
        )
