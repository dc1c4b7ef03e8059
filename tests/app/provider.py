"""A small OpenID provider: who comes to its door names themselves, and is sent back signed in."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "mingzhang"


class Provider(ThreadingHTTPServer):
    """Keys of its own; its codes are the names that readers gave, with the nonce that they came with."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Door)
        self.key = RSAKey.generate_key(2048, {"kid": "1", "use": "sig", "alg": "RS256"})
        self.address = f"http://127.0.0.1:{self.server_port}"

    def metadata(self) -> Mapping[str, object]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def token(self, code: str) -> Mapping[str, object]:
        name, nonce = json.loads(code)
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "sub": name, "email": name, "iat": now, "exp": now + 600, "nonce": nonce}
        return {
            "access_token": "none",
            "token_type": "Bearer",
            "expires_in": 600,
            "id_token": jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.key),
        }


class _Door(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(asked.query).items()}
        if asked.path == "/.well-known/openid-configuration":
            self._send(json.dumps(self.server.metadata()), "application/json")
        elif asked.path == "/keys":
            self._send(json.dumps({"keys": [self.server.key.as_dict(private=False)]}), "application/json")
        elif asked.path == "/authorize" and "name" in query:
            back = urlencode({"code": json.dumps([query["name"], query.get("nonce")]), "state": query["state"]})
            self.send_response(302)
            self.send_header("Location", f"{query['redirect_uri']}?{back}")
            self.end_headers()
        elif asked.path == "/authorize":
            kept = "".join(f'<input type="hidden" name="{name}" value="{escape(value)}">' for name, value in query.items())
            self._send(f'<form>{kept}<label>name <input name="name"></label><button>sign in</button></form>', "text/html")
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._send(json.dumps(self.server.token(form["code"][0])), "application/json")

    def _send(self, text: str, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: object) -> None:
        """Nothing: a test's output is its own."""


@contextmanager
def providing() -> Iterator[Provider]:
    provider = Provider()
    threading.Thread(target=provider.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        provider.shutdown()
        provider.server_close()


def secrets(provider: Provider, chat: str) -> str:
    """What `.streamlit/secrets.toml` says of a provider."""
    return (
        f'[auth]\nredirect_uri = "{chat}/oauth2callback"\ncookie_secret = "{quote("only for tests")}"\nclient_id = "{CLIENT}"\n'
        f'client_secret = "none"\nserver_metadata_url = "{provider.address}/.well-known/openid-configuration"\n'
    )
