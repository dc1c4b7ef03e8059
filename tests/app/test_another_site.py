"""The chat in a frame of another site's page: both over TLS, as browsers then still keep a reader's key."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import quote

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import Browser, expect

from store.settings import ROOT
from tests.app.conftest import SLOW, free_port, serving
from tests.app.test_browser import BUREAU, figure, put

expect.set_options(timeout=SLOW)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for this machine with its key, in one file; nobody vouches for it."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    hosts = x509.SubjectAlternativeName([x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).add_extension(hosts, critical=False)
    made = made.serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    plain = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = tmp_path_factory.mktemp("tls") / "certificate.pem"
    path.write_bytes(plain + made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture(scope="module")
def portal(certificate: Path) -> Iterator[str]:
    """The example portal at https://localhost, which is another site than https://127.0.0.1."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(ROOT / "docs" / "portal")))
    shield = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shield.load_cert_chain(certificate)
    server.socket = shield.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"https://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_another_sites_frame_keeps_the_conversation_over_tls(
    portal: str, certificate: Path, chat_store: Path, tmp_path: Path, browser: Browser
) -> None:
    port, tls = free_port(), ("--server.sslCertFile", str(certificate), "--server.sslKeyFile", str(certificate))
    context = browser.new_context(viewport={"width": 360, "height": 740}, ignore_https_errors=True)
    context.set_default_timeout(SLOW)
    page = context.new_page()
    with serving(chat_store, tmp_path / "log", port, *tls):
        page.goto(f"{portal}/?chat={quote(f'https://127.0.0.1:{port}')}")
        chat = page.frame_locator("iframe")
        put(chat, BUREAU)
        assert figure(chat) == "300.00"
        expect(chat.locator(".st-key-following-0")).to_be_attached()
        page.reload()
        expect(chat.locator(".mz-answer")).to_have_count(1)
        assert figure(chat) == "300.00"
        (key,) = [cookie for cookie in context.cookies() if cookie["name"] == "mingzhang"]
        assert (key["sameSite"], key["secure"]) == ("None", True)
        assert all(key["value"] not in frame.url for frame in page.frames)
    context.close()
