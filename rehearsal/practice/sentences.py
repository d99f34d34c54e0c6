"""What is said to the visitor of where the game stands."""

from datetime import datetime

from domain.calendar import VIETNAM, day_vi
from rehearsal.practice.game import Game, GameState


def sentence(game: Game, standing: GameState) -> str:
    """Say where the clock stands, and whether the visitor has something to do."""
    at = local(standing.at)
    stands = f"{at:%H:%M} ngày {day_vi(at.date())}"
    if owed := len(standing.owed):
        return (
            f"Đồng hồ ở {stands}. Người bạn đóng còn {owed} việc: làm xong rồi đưa "
            "đồng hồ đi tiếp, hoặc gửi «to» để đi qua."
        )
    if not game.visitor.plays:
        return f"Đồng hồ ở {stands}. Bạn chưa nhận vai nào: gửi «people» đến /take."
    if standing.next is None and not standing.moved:
        return f"Đồng hồ ở {stands}. Không còn việc nào sắp đến."
    return f"Đồng hồ ở {stands}. Người bạn đóng chưa có việc gì."


def local(at: datetime) -> datetime:
    """Give a moment as the clocks of the office show it."""
    return at.astimezone(VIETNAM)
