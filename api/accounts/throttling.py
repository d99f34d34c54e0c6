"""So many tries and no more: for an account, an address, and wrong tokens."""

import math
from functools import cached_property
from time import time

from limits import RateLimitItem, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from domain.accounts.lifetimes import Tries
from domain.refusals import Refusal, Refused


class Throttled(Refused):
    """Tried too often; *seconds* is after how long it may be tried again."""

    def __init__(self, seconds: int) -> None:
        minutes = math.ceil(seconds / 60)
        said = f"Đã thử quá nhiều lần; hãy thử lại sau {minutes} phút."
        super().__init__(Refusal("too_many_tries", said))
        self.seconds = seconds


class Throttle:
    """Counts tries in the memory of this process; a count begins with the first."""

    @cached_property
    def _limiter(self) -> FixedWindowRateLimiter:
        return FixedWindowRateLimiter(MemoryStorage())

    def take(self, tries: Tries, *of: str) -> None:
        """Count one try. Raises Throttled when there were too many."""
        if not self._limiter.hit(_item(tries), *of):
            raise self._throttled(tries, *of)

    def is_last(self, tries: Tries, *of: str) -> bool:
        """Say whether the last try was the last one."""
        return not self._limiter.test(_item(tries), *of)

    def forget(self, tries: Tries, *of: str) -> None:
        """Begin to count anew."""
        self._limiter.clear(_item(tries), *of)

    def _throttled(self, tries: Tries, *of: str) -> Throttled:
        reset, _ = self._limiter.get_window_stats(_item(tries), *of)
        return Throttled(max(1, math.ceil(reset - time())))


def _item(tries: Tries) -> RateLimitItem:
    return RateLimitItemPerSecond(tries.many, int(tries.within.total_seconds()))
