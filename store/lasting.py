"""What must not be lost with the power: the names in a folder."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make the names in a folder last, or their absence."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
