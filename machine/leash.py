"""Becomes a command that dies with its parent; a script, started by `machine.child`."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1


def main(parent: int, command: list[str]) -> None:
    """Ask the kernel to be killed when *parent* ends, then become the command.

    Where the kernel cannot be asked (only Linux can), the command is not bound.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we had asked
        sys.exit(1)
    os.execvp(command[0], command)  # noqa: S606 - without a shell is what is meant


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
