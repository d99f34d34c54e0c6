"""Passwords that are good enough, and what a token lets somebody do."""

import unicodedata

import pytest

from domain.accounts.passwords import LONGEST, SHORTEST, in_one_form, weakness
from domain.accounts.scopes import Scope, allows

WORDS = "năm con gà gáy sớm"


@pytest.mark.parametrize(
    ("password", "good"),
    [
        (WORDS, True),
        ("a1b2c3d4e5f6", True),
        ("a1b2c3d4e5f", False),
        (("abcde" * LONGEST)[:LONGEST], True),
        (("abcde" * LONGEST)[: LONGEST + 1], False),
        ("abcd" * 5, False),
        ("aAbBcCdD" * 3, False),
        ("lan.nguyen 2026!", False),
        ("LAN.NGUYEN 2026!", False),
        # Twelve letters, though more are typed.
        (unicodedata.normalize("NFD", "ấềộừỷ ấềộừỷx"), True),
        (unicodedata.normalize("NFD", "ấềộừỷ ấềộừỷ"), False),
    ],
)
def test_a_password_is_long_of_several_letters_and_not_the_name(
    password: str, good: bool
) -> None:
    assert (weakness(password, "lan.nguyen") is None) == good


def test_a_password_has_one_form() -> None:
    decomposed = unicodedata.normalize("NFD", WORDS)

    assert in_one_form(decomposed) == WORDS != decomposed
    assert len(WORDS) >= SHORTEST


@pytest.mark.parametrize(
    ("scopes", "only", "method", "campaign", "allowed"),
    [
        ([Scope.READ], None, "GET", None, True),
        ([Scope.READ], None, "HEAD", "a", True),
        ([Scope.READ], None, "POST", "a", False),
        ([Scope.ACT], None, "GET", None, False),
        ([Scope.ACT], None, "DELETE", None, True),
        (["read", "act"], "a", "PUT", "a", True),
        (["read", "act"], "a", "GET", "b", False),
        (["read", "act"], "a", "GET", None, False),
    ],
)
def test_a_token_allows_what_it_is_for_and_nothing_beside_its_campaign(
    scopes: list[str],
    only: str | None,
    method: str,
    campaign: str | None,
    allowed: bool,
) -> None:
    assert allows(scopes, only, method, campaign) == allowed
