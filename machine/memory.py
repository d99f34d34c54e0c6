"""What a process has loaded stays: nobody need look through it again and again."""

import gc

# An act on a long list makes tens of thousands of things that are all in use until it
# ends; looking for rings among them each time that some hundreds are new, as Python
# does, was a third of what such an act cost, and of what it takes to load the modules.
_YOUNG, _OLDER, _OLD = 50_000, 20, 100


def look_less_often() -> None:
    """Let Python's collector look for garbage less often than it is wont to."""
    gc.set_threshold(_YOUNG, _OLDER, _OLD)


def settle() -> None:
    """Let the collector pass over what is here now, and look less often at the rest.

    For a process that serves, once it has loaded all that it serves with.
    """
    gc.collect()
    gc.freeze()
    look_less_often()
