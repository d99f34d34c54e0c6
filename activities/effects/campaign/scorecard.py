"""The director confirms the office's own score; from then on it stands."""

from dataclasses import asdict

from activities.addressing import secretariat_desk
from activities.effects.registry import Answer, Call, effect
from domain.refusals import refuse
from domain.reports.scorecard import total
from intake.acts.campaign import ConfirmScorecard
from store.database import lock
from store.findings.scorecards import scores_of
from store.tables import Scorecard


@effect("confirm_scorecard")
def confirm_scorecard(call: Call, body: ConfirmScorecard) -> Answer:
    """Confirm the scorecard of the campaign's year, in the version that was read."""
    year = call.require_campaign().year
    card = _as_read(call, year, body.version)
    sums = total(scores_of(card))
    if sums.open:
        raise refuse(
            "not_appraised", f"Chưa thẩm định điểm của: {', '.join(sums.open)}."
        )
    card.confirmed_by, card.confirmed_at = call.deed.actor, call.deed.at
    call.session.add(card)
    scored = {
        name: str(value) for name, value in asdict(sums).items() if name != "open"
    }
    call.deed.facts |= {"year": year, "version": card.version, **scored}
    call.deed.notify(
        f"scorecard/{year}",
        "scorecard_confirmed",
        secretariat_desk(call.deed),
        year=year,
        points=sums.appraised_score,
        most=sums.max_points,
    )
    return {"year": year, **scored}


def _as_read(call: Call, year: int, version: int) -> Scorecard:
    """Find the scorecard to be confirmed, if it is still what somebody has read.

    Raises Refused (`unknown_record`, `scorecard_confirmed`, `version_changed`).
    """
    found = lock(call.session, Scorecard, Scorecard.year == year)
    if not found:
        raise refuse("unknown_record", f"Chưa có bảng điểm năm {year}.")
    [card] = found
    if card.confirmed_at is not None:
        raise refuse("scorecard_confirmed", f"Bảng điểm năm {year} đã được xác nhận.")
    if card.version != version:
        raise refuse("version_changed", "Bảng điểm đã thay đổi từ lần bạn đọc.")
    return card
