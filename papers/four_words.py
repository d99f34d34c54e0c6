"""How a department's list stands, in the four words that departments know."""

from collections.abc import Mapping
from enum import StrEnum

from domain.states import SubmissionState
from domain.submissions import READY, SILENT, TO_COMPLETE, UNSENT


class ListWord(StrEnum):
    """A list is still to be sent, looked at, given back, or done with."""

    UNSENT = "Chưa gửi"
    WAITS = "Chờ duyệt"
    GIVEN_BACK = "Từ chối (chờ bổ sung)"
    DONE = "Đã duyệt"


_SETS = {
    ListWord.UNSENT: UNSENT | SILENT | {SubmissionState.LATE_REQUESTED},
    ListWord.GIVEN_BACK: TO_COMPLETE,
    ListWord.DONE: READY,
}
WORD_OF: Mapping[SubmissionState, ListWord] = {
    state: next((word for word, states in _SETS.items() if state in states), waits)
    for waits in [ListWord.WAITS]
    for state in SubmissionState
}
