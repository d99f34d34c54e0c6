"""A provider of single sign-on is told of by the environment."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from settings import Settings

ORIGIN = "https://office"


def test_a_provider_is_told_whole_or_not_at_all(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a secret\n", "utf-8")
    whole = {
        "public_origin": ORIGIN,
        "oidc_issuer": "https://sso.example.vn/realms/tinh",
        "oidc_client_id": "thidua",
    }

    assert Settings(**whole).oidc_client_secret == ""
    told = Settings(**whole, oidc_client_secret_file=secret)
    assert told.oidc_client_secret == "a secret"
    for name in whole:
        with pytest.raises(ValidationError):
            Settings(**{each: whole[each] for each in whole if each != name})
