"""How an activity on the rows is defined: once begun, it runs to its end."""

from collections.abc import Callable
from typing import Any, TypeVar

from temporalio import activity

Function = TypeVar("Function", bound=Callable[..., Any])


def row_activity(name: str) -> Callable[[Function], Function]:
    """Define an activity that is let be when it is given up.

    The SDK would raise an error in its thread, wherever that stands just then: a
    connection that was about to be given back is lost. A transaction is short, and may
    be done twice.
    """
    return activity.defn(name=name, no_thread_cancel_exception=True)
