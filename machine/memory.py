"""What a process has loaded stays: nobody need look through it again and again."""

import gc

# An act on a long list makes tens of thousands of things that are all in use until it
# ends; looking for rings among them each time that some hundreds are new, as Python
# does, was a third of what such an act cost.
_YOUNG, _OLDER, _OLD = 50_000, 20, 100


def settle() -> None:
    """Let Python's collector pass over what is here now, and look less often.

    For a process that serves, once it has loaded all that it serves with.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _OLDER, _OLD)
