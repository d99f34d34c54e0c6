"""Starts the command line."""

from machine.memory import look_less_often


def main() -> None:
    """Load the commands, and run one."""
    look_less_often()
    from cli import main as run  # noqa: PLC0415 - what it loads, all stays

    run()


if __name__ == "__main__":
    main()
