"""JSON over HTTP with the model endpoints that the settings name: the one module of ours that opens connections.

It goes to the URL that it is given and nowhere else: no redirects, no proxies or passwords from the environment. What comes
back is bounded in size and time and may be anything: whoever calls checks it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from time import monotonic
from typing import Any

import httpx

from store.errors import ServiceError

_MOST_BYTES = 8_000_000  # a batch of embeddings is some hundred kB
_PASSING = frozenset({408, 429, 500, 502, 503, 504})  # worth a second try
_CONNECT = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible API: its base URL (…/v1), the model's name there, a key or "", seconds that an answer may take."""

    url: str
    model: str
    key: str
    timeout: float

    def post(self, path: str, payload: dict[str, Any]) -> Any:
        """What the endpoint says to a request, as parsed JSON. ServiceError where it says nothing usable in time; tried twice."""
        deadline = monotonic() + self.timeout
        address = f"{self.url.rstrip('/').removesuffix(path)}{path}"
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        timeout = httpx.Timeout(self.timeout, connect=min(_CONNECT, self.timeout))
        body = {"model": self.model, **payload}
        failure = ""
        with httpx.Client(headers=headers, timeout=timeout, follow_redirects=False, trust_env=False) as client:
            for _ in range(2):
                try:
                    status, content = _exchange(client, address, body, deadline)
                except (httpx.HTTPError, httpx.InvalidURL) as error:
                    status, failure = 503, str(error) or type(error).__name__
                else:
                    if status == httpx.codes.OK:
                        return _parsed(address, content)
                    failure = f"HTTP {status}: {_printable(content)}"
                if status not in _PASSING or monotonic() > deadline:
                    break
        raise ServiceError(f"{address} does not serve ({failure}): check the URL, the model's name and the key in the settings")


def _exchange(client: httpx.Client, address: str, body: dict[str, Any], deadline: float) -> tuple[int, bytes]:
    """One request: the status and the body. The deadline holds for the whole of it, be the body sent byte by byte."""
    content = bytearray()
    with client.stream("POST", address, json=body, headers={"Accept-Encoding": "identity"}) as response:
        for chunk in response.iter_raw():  # raw: nothing is unpacked, so nothing grows
            content += chunk
            if len(content) > _MOST_BYTES:
                raise ServiceError(f"{address} sent more than {_MOST_BYTES} bytes: check that it is the endpoint of a model")
            if monotonic() > deadline:
                raise httpx.ReadTimeout("the answer took too long")
        return response.status_code, bytes(content)


def _parsed(address: str, content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ServiceError(f"{address} sent no JSON ({_printable(content)}): check that it is the endpoint of a model") from error


def _printable(content: bytes) -> str:
    return "".join(c if c.isprintable() else " " for c in content[:200].decode("utf-8", "replace"))
