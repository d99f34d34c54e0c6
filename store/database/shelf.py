"""A shelf of what was found: one thread finds a thing, the others are given it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

Found = TypeVar("Found")


@dataclass(eq=False)
class _Item:
    """What is being found, or was, as of a *moment*, and how much room it takes."""

    moment: Hashable
    found: Future[Any] = field(default_factory=Future)
    size: int = 0


class Shelf:
    """Keeps the latest of each thing, in so much *room* together.

    What was not asked for the longest goes first. It is shared by threads, so nobody
    changes what they are given.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._lock = Lock()
        self._items: OrderedDict[Hashable, _Item] = OrderedDict()

    def get(
        self,
        thing: Hashable,
        moment: Hashable,
        find: Callable[[], Found],
        size: Callable[[Found], int],
    ) -> Found:
        """Give a thing as of a moment: whoever comes first finds it, others wait."""
        with self._lock:
            item = self._items.get(thing)
            first = item is None or item.moment != moment
            if item is None or first:
                item = self._items[thing] = _Item(moment)
            self._items.move_to_end(thing)
        if first:
            return self._find(thing, item, find, size)
        if item.found.exception() is not None:
            return find()  # what went wrong for another need not for this one
        found: Found = item.found.result()
        return found

    def _find(
        self,
        thing: Hashable,
        item: _Item,
        find: Callable[[], Found],
        size: Callable[[Found], int],
    ) -> Found:
        try:
            found = find()
        except BaseException as error:
            with self._lock:
                if self._items.get(thing) is item:
                    del self._items[thing]
            item.found.set_exception(error)
            raise
        with self._lock:
            item.size = size(found)
            self._make_room()
        item.found.set_result(found)
        return found

    def _make_room(self) -> None:
        taken = sum(item.size for item in self._items.values())
        while taken > self._room:
            _, gone = self._items.popitem(last=False)
            taken -= gone.size
