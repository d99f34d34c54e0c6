"""The way to a Temporal elsewhere: its TLS and its key, by Temporal's own names."""

import asyncio
import ssl
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trustme
from temporalio.client import Client

from intake.commands import Trouble
from machine.child import child
from machine.way import connect_as_told
from settings import Settings

NAME = "temporal.thidua.test"


@pytest.fixture
def authority() -> trustme.CA:
    """Whoever signs the certificates."""
    return trustme.CA()


@asynccontextmanager
async def tls_before(client: Client, authority: trustme.CA) -> AsyncIterator[str]:
    """Stand before a server, and let in by TLS whoever has a certificate too."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.verify_mode = ssl.CERT_REQUIRED
    context.set_alpn_protocols(["h2"])
    authority.configure_trust(context)
    authority.issue_cert(NAME).configure_cert(context)
    host, port = client.service_client.config.target_host.split(":")

    async def let_in(
        reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        from_within, within = await asyncio.open_connection(host, int(port))
        ways = (pass_on(reader, within), pass_on(from_within, writer))
        await asyncio.gather(*ways, return_exceptions=True)

    server = await asyncio.start_server(let_in, "127.0.0.1", 0, ssl=context)
    try:
        yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass on whatever comes, until nothing does."""
    while some := await reader.read(65536):
        writer.write(some)
        await writer.drain()
    writer.close()


def written(folder: Path, authority: trustme.CA) -> dict[str, str]:
    """Write what a client needs to files; say by which variables it is told of."""
    ours = authority.issue_cert("thidua.test")
    (folder / "ca.pem").write_bytes(authority.cert_pem.bytes())
    (folder / "cert.pem").write_bytes(ours.cert_chain_pems[0].bytes())
    (folder / "key.pem").write_bytes(ours.private_key_pem.bytes())
    return {
        "TEMPORAL_TLS_SERVER_NAME": NAME,
        "TEMPORAL_TLS_SERVER_CA_CERT_PATH": str(folder / "ca.pem"),
        "TEMPORAL_TLS_CLIENT_CERT_PATH": str(folder / "cert.pem"),
        "TEMPORAL_TLS_CLIENT_KEY_PATH": str(folder / "key.pem"),
    }


async def test_a_temporal_behind_tls_lets_in_who_shows_a_certificate(
    temporal: Client,
    authority: trustme.CA,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with tls_before(temporal, authority) as address:
        monkeypatch.setenv("TEMPORAL_ADDRESS", address)
        with pytest.raises(Trouble) as plainly:
            await connect_as_told(Settings(), lazy=False)
        for name, value in written(tmp_path, authority).items():
            monkeypatch.setenv(name, value)

        client = await connect_as_told(Settings(), lazy=False)
        well = await client.service_client.check_health()

    assert str(plainly.value) == f"Không tới được Temporal ở {address}."
    assert well


async def test_an_api_key_goes_by_tls_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "temporal.test:7233")
    monkeypatch.setenv("TEMPORAL_NAMESPACE", "office")
    monkeypatch.setenv("TEMPORAL_API_KEY", "a key")
    monkeypatch.setenv("TEMPORAL_GRPC_META_OFFICE", "hctcqt")

    client = await connect_as_told(Settings())

    config = client.service_client.config
    assert (config.target_host, client.namespace) == ("temporal.test:7233", "office")
    assert (config.api_key, config.tls) == ("a key", True)
    assert config.rpc_metadata == {"office": "hctcqt"}


async def test_our_own_setting_is_meant_where_both_are_given(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "elsewhere.test:7233")
    monkeypatch.setenv("THIDUA_TEMPORAL_ADDRESS", "127.0.0.1:7300")

    client = await connect_as_told(Settings())

    config = client.service_client.config
    assert (config.target_host, config.tls) == ("127.0.0.1:7300", None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TEMPORAL_TLS_CLIENT_CERT_PATH", "/khong/co.pem"),
        ("THIDUA_TEMPORAL_KEYS", "/khong/co.keys"),
    ],
)
async def test_what_cannot_be_used_of_the_environment_is_told_in_a_sentence(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(Trouble, match=name.partition("_T")[0]):
        await connect_as_told(Settings())


async def test_what_an_office_starts_on_its_machine_hears_of_no_temporal_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TEMPORAL_API_KEY", "a key")
    monkeypatch.setenv("THIDUA_STUCK_AFTER", "5")
    ask = (
        "import os; print([k for k in os.environ if 'TEMPORAL_' in k or 'STUCK' in k])"
    )

    async with child([sys.executable, "-c", ask], asyncio.subprocess.PIPE, 5) as heard:
        assert heard.stdout is not None
        said = await heard.stdout.read()

    assert said == b"['THIDUA_STUCK_AFTER']\n"
