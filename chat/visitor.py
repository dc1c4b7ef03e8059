"""Who is asking: a signed-in user, or the holder of a key that the browser keeps."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass

COOKIE = "mingzhang"
_KEY = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is asking. `id` is a hash that tells visitors apart and names none; `name` is shown, "" for who is not signed in.

    `fresh_key` is a key that the browser is to keep, "" where it has one or needs none.
    """

    id: str
    name: str = ""
    fresh_key: str = ""


def visitor_of(name: str, held: str, kept: str = "") -> Visitor:
    """The visitor: by name where signed in, else by the key that the browser holds, else by the one made earlier in this session."""
    if name:
        return Visitor(_hashed(f"user {name}"), name)
    if _KEY.fullmatch(held):
        return Visitor(_hashed(f"key {held}"))
    key = kept or secrets.token_urlsafe(32)
    return Visitor(_hashed(f"key {key}"), fresh_key=key)


def _hashed(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
