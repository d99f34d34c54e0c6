"""What an office keeps on its machine is its own to read."""

import os
import subprocess
from pathlib import Path

from store.database import Database
from store.migrate import upgrade
from tests.processes import THIDUA

OPEN_TO_ALL = 0o022  # what is made is for others to read, unless it says otherwise


def modes(folder: Path) -> dict[str, int]:
    """Say of a folder, and of all in it, who may do what."""
    every = [folder, *folder.rglob("*")]
    return {each.name: each.stat().st_mode & 0o777 for each in every}


def test_folder_and_database_are_made_for_their_owner_alone(tmp_path: Path) -> None:
    home = tmp_path / "under" / "home"
    settings = os.environ | {"THIDUA_HOME": str(home)}
    for command in ("migrate", "temporal-key temporal.keys"):
        subprocess.run(
            [THIDUA, *command.replace("temporal.keys", str(home / "k")).split()],
            env=settings,
            umask=OPEN_TO_ALL,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    assert modes(tmp_path / "under") == {
        "under": 0o700,
        "home": 0o700,
        "thidua.db": 0o600,
        "k": 0o600,
    }


def test_a_database_that_others_could_read_is_closed_to_them_by_its_upgrade(
    tmp_path: Path,
) -> None:
    file = tmp_path / "thidua.db"
    file.touch(0o644)
    database = Database(f"sqlite:///{file}")

    upgrade(database)
    with database.write() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num=1")
    kept = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.iterdir()}
    database.close()

    parts = ("thidua.db", "thidua.db-shm", "thidua.db-wal")
    assert kept == dict.fromkeys(parts, 0o600)
