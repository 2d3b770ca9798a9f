"""The environment changes nothing; a proxy is used only where it is set, and its failures are its own."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from snum_tui.provider.client import SiteClient
from snum_tui.provider.errors import NotReached, Reason, SiteError
from snum_tui.provider.transport import shared_ssl_context

NewClient = Callable[..., SiteClient]
Says = Callable[..., None]
ORDERED = b'{"success":true,"title":"","message":"","number_id":75,"number":"+77073076157"}'


@pytest.fixture
def proxy_heads() -> list[bytes]:
    """The request heads that reached the proxy."""
    return []


@pytest.fixture
def proxy_reply() -> list[bytes]:
    """What the proxy answers to CONNECT; then it passes everything on, if the answer is a 200."""
    return [b"HTTP/1.1 200 Connection established\r\n\r\n"]


@pytest.fixture
async def proxy_url(proxy_heads: list[bytes], proxy_reply: list[bytes]) -> AsyncIterator[str]:
    """A proxy that tunnels."""
    tasks: set[asyncio.Task[None]] = set()

    async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while chunk := await reader.read(65536):
            writer.write(chunk)
        writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            proxy_heads.append(head)
            writer.write(proxy_reply[0])
            if b" 200 " in proxy_reply[0] and head.startswith(b"CONNECT"):
                host, _, port = head.split()[1].decode().rpartition(":")
                far_reader, far_writer = await asyncio.open_connection(host, int(port))
                await asyncio.gather(pump(reader, far_writer), pump(far_reader, writer))
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    listening = await asyncio.start_server(serve, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    listening.close()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def test_proxies_and_certificates_of_the_environment_are_ignored(
    new_client: NewClient,
    trusted_tls_url: str,
    says: Says,
    proxy_url: str,
    proxy_heads: list[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """FACTS: an http proxy may replay a GET, and so order twice."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, proxy_url)
    monkeypatch.setenv("NO_PROXY", "")
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere")
    says(ORDERED)
    assert (await new_client(trusted_tls_url).order("32")).number_id == "75"
    assert (await new_client().order("32")).number_id == "75"
    assert proxy_heads == []


async def test_the_environment_cannot_make_a_certificate_trusted(
    new_client: NewClient, tls_url: str, heads: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who sets SSL_CERT_FILE could read the key."""
    monkeypatch.setenv("SSL_CERT_FILE", str(Path(__file__).parent / "localhost.pem"))
    shared_ssl_context.cache_clear()
    with pytest.raises(NotReached):
        await new_client(tls_url).balance()
    assert heads == []


async def test_a_netrc_is_not_read(
    new_client: NewClient, says: Says, heads: list[bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its password is not the site's business."""
    (tmp_path / ".netrc").write_text("default login me password secret\n", encoding="utf-8")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    says(ORDERED)
    await new_client().order("32")
    assert b"authorization" not in heads[0].lower()


async def test_a_proxy_that_is_set_tunnels_and_never_sees_the_key(
    new_client: NewClient, trusted_tls_url: str, says: Says, proxy_url: str, proxy_heads: list[bytes]
) -> None:
    """For https; it is told the host, and the credentials meant for it."""
    says(ORDERED)
    client = new_client(trusted_tls_url, proxy=proxy_url.replace("//", "//me:secret@"))
    assert (await client.order("32")).number_id == "75"
    (head,) = proxy_heads
    assert head.startswith(b"CONNECT localhost:")
    assert b"Proxy-Authorization: Basic " in head
    assert b"KEY" not in head


@pytest.mark.parametrize(
    "reply", [b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n", b"HTTP/1.1 502 No\r\n\r\n", b""]
)
async def test_a_proxy_that_does_not_get_through_proves_that_nothing_was_sent(
    new_client: NewClient,
    trusted_tls_url: str,
    proxy_url: str,
    proxy_heads: list[bytes],
    proxy_reply: list[bytes],
    heads: list[bytes],
    reply: bytes,
) -> None:
    """The CONNECT is a request, but not ours."""
    proxy_reply[:] = [reply]
    with pytest.raises(NotReached) as caught:
        await new_client(trusted_tls_url, proxy=proxy_url).order("32")
    assert (caught.value.reason, caught.value.evidence.request_sent) == (Reason.PROXY, False)
    assert (len(proxy_heads), heads) == (1, [])


async def test_an_order_lost_behind_a_proxy_counts_as_sent(
    new_client: NewClient, trusted_tls_url: str, script: list[object], proxy_url: str, heads: list[bytes]
) -> None:
    """It went through the tunnel."""
    script[:] = ["reset"]
    with pytest.raises(NotReached) as caught:
        await new_client(trusted_tls_url, proxy=proxy_url).order("32")
    assert (caught.value.reason, caught.value.evidence.request_sent) == (Reason.LOST, True)
    assert len(heads) == 1


async def test_an_unencrypted_order_given_to_a_proxy_counts_as_sent(
    new_client: NewClient, proxy_url: str, proxy_heads: list[bytes], proxy_reply: list[bytes]
) -> None:
    """The proxy has it, and may pass it on however it answers us."""
    proxy_reply[:] = [b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"]
    with pytest.raises(SiteError) as caught:
        await new_client(proxy=proxy_url).order("32")
    assert caught.value.evidence.request_sent is True
    assert caught.value.whole_refusal is False
    assert proxy_heads[0].startswith(b"GET http://127.0.0.1:")


@pytest.mark.parametrize(
    "proxy", ["ftp://127.0.0.1", "socks5://127.0.0.1:1", "http://127.0.0.1:1", "nonsense", "http://[x"]
)
async def test_a_proxy_that_cannot_be_used_is_told_as_such(
    new_client: NewClient, connections: list[asyncio.StreamWriter], proxy: str
) -> None:
    """And is never gone around."""
    for ask in (new_client(proxy=proxy).balance(), new_client(proxy=proxy).order("32")):
        with pytest.raises(NotReached) as caught:
            await ask
        assert (caught.value.reason, caught.value.evidence.request_sent) == (Reason.PROXY, False)
        assert "proxy" in str(caught.value)
        assert proxy not in str(caught.value)
    assert connections == []


IMPORTED = (
    "import sys, {module}; print(*sorted({{'httpx', 'httpcore', 'pydantic', 'json5', 'ssl'}} & set(sys.modules)))"
)


def imported_by(module: str) -> set[str]:
    """Return the heavy ones among the modules that an import pulls in."""
    command = [sys.executable, "-c", IMPORTED.format(module=module)]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own words
    return set(output.split())


def test_the_errors_and_replies_are_light_to_import() -> None:
    """Whoever only needs their names does not pay for the network."""
    for module in ("snum_tui.provider.errors", "snum_tui.provider.replies", "snum_tui.provider.timeouts"):
        assert imported_by(module) == set()


def test_json5_is_imported_only_for_the_reply_that_needs_it() -> None:
    """Most sites send strict JSON."""
    assert "json5" not in imported_by("snum_tui.provider.client")


def test_importing_the_client_makes_no_ssl_context() -> None:
    """It takes up to 80 ms, and the first paint should not wait for it."""
    code = "import snum_tui.provider.client; from snum_tui.provider import transport as t; print(t.%s)"
    command = [sys.executable, "-c", code % "shared_ssl_context.cache_info()"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own words
    assert "currsize=0" in output
