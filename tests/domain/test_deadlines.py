"""The kinds of deadlines, and how a deadline is named after its kind."""

import pytest

from domain.acts import kind_of
from domain.deadlines import DeadlineKind, deadline_name


def test_a_deadline_is_known_by_its_kind_numbered_or_not() -> None:
    names = ["submission", "late_answer", deadline_name(DeadlineKind.DELEGATION, 12)]

    kinds = [DeadlineKind.SUBMISSION, DeadlineKind.LATE_ANSWER, DeadlineKind.DELEGATION]

    assert [kind_of(name) for name in names] == kinds


def test_a_deadline_of_no_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing"):
        kind_of("nothing")
