"""Work that is done together by whoever asks for it at the same time."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

# How many go together at most: none waits for long for the others.
_TOGETHER = 20


@dataclass(eq=False)
class _InLine(Generic[Item, Result]):
    """Whom a thread waits for, and what it is given once it was served."""

    item: Item
    served: bool = False
    results: Sequence[Result] = ()


class Grouped(Generic[Item, Result]):
    """Does *together* what several threads ask for while it is busy: a group commit.

    Whoever comes first goes alone, and those who come meanwhile go the next time.
    *together* answers for each of a group, in its order; or for none of several, with
    nothing or an error: then each does its own *alone*, and waits for nobody.
    """

    def __init__(
        self,
        together: Callable[[Sequence[Item]], Sequence[Result]],
        alone: Callable[[Item], Result],
    ) -> None:
        self._together = together
        self._alone = alone
        self._line: deque[_InLine[Item, Result]] = deque()
        self._turn = Lock()

    def do(self, item: Item) -> Result:
        """Do it, with whoever asks at the same time. Raises as both ways of it do."""
        place = _InLine[Item, Result](item)
        self._line.append(place)
        while not place.served:
            with self._turn:
                if not place.served:
                    self._serve()
        for result in place.results:
            return result
        return self._alone(item)

    def _serve(self) -> None:
        count = min(len(self._line), _TOGETHER)
        group = [self._line.popleft() for _ in range(count)]
        results: Sequence[Result] = ()
        try:
            results = self._together([place.item for place in group])
        finally:
            for number, place in enumerate(group):
                place.results = results[number : number + 1]
                place.served = True
