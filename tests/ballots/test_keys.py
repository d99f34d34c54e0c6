"""The keys of ballot boxes, and what they seal."""

import stat
from pathlib import Path

import pytest

from ballots.keys import Broken, KeyGone, Keys, seal
from domain.council.ballots import Choice, Mark

CODE = "AAAA-AAAA-AAAA-AAAA"
SHEET = (Mark("1", Choice.YES, CODE), Mark("2", Choice.NO, CODE))


def test_what_is_sealed_is_opened_by_its_own_key_alone(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys")
    public, other = keys.make(), keys.make()
    sealed = seal(public, SHEET)

    assert keys.open(public, [sealed]) == [SHEET]
    with pytest.raises(Broken):
        keys.open(other, [sealed])


def test_a_key_is_its_owners_to_read_and_passed_over_by_backups(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys")
    public = keys.make()

    file = tmp_path / "keys" / f"{public.hex()}.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert (
        (file.parent / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d")
    )


def test_a_destroyed_key_opens_nothing_and_is_destroyed_once(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys")
    public = keys.make()
    sealed = seal(public, SHEET)

    keys.destroy(public)
    keys.destroy(public)

    assert keys.all() == []
    with pytest.raises(KeyGone):
        keys.open(public, [sealed])


def test_a_destroyed_key_is_overwritten_before_its_name_goes(tmp_path: Path) -> None:
    keys = Keys(tmp_path / "keys")
    public = keys.make()
    file = tmp_path / "keys" / f"{public.hex()}.key"
    (tmp_path / "same").hardlink_to(file)

    keys.destroy(public)

    assert (tmp_path / "same").read_bytes() == bytes(32)


def test_all_sheets_on_the_same_lines_are_of_one_size(tmp_path: Path) -> None:
    public = Keys(tmp_path).make()
    sheets = [
        (Mark("1", one, CODE), Mark("2", two, CODE)) for one in Choice for two in Choice
    ]

    assert len({len(seal(public, sheet)) for sheet in sheets}) == 1


def test_a_sheet_says_nothing_of_the_order_in_which_it_was_filled_in(
    tmp_path: Path,
) -> None:
    keys = Keys(tmp_path)
    public = keys.make()

    assert keys.open(public, [seal(public, SHEET[::-1])]) == [SHEET]
