"""Who asks: the address at the other end, or what a trusted proxy says of it. Nobody else's headers count."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

_SECRET = secrets.token_bytes(16)  # of this process: pseudonyms cannot be tied to addresses, nor to those of another run


@dataclass(frozen=True, slots=True)
class Client:
    """A client by the address that it has, and the user that a trusted proxy says it is ("" where none)."""

    address: str
    user: str = ""

    @property
    def key(self) -> str:
        """What limits count by: the user, else the address; an IPv6 household has all of its /64."""
        if self.user:
            return f"user {self.user}"
        address = _address(self.address)
        if isinstance(address, IPv6Address):
            return str(ip_network((address, 64), strict=False))
        return self.address

    @property
    def pseudonym(self) -> str:
        """Tells clients apart in a log, without saying who they are."""
        return hashlib.blake2b(self.key.encode(), key=_SECRET, digest_size=6).hexdigest()


class Proxies:
    """The proxies that may speak for others, by their networks, and the header in which they name the user ("" = none)."""

    def __init__(self, networks: Sequence[str], user_header: str) -> None:
        self._networks = [ip_network(network) for network in networks]
        self._user_header = user_header.lower()

    def client(self, peer: str, headers: Mapping[str, str]) -> Client:
        """The client behind a connection from `peer`; `headers` by lower-case name.

        X-Forwarded-For is read from its end: each proxy adds whom it was called by, and what stands before the first
        one that is not trusted may be anybody's invention.
        """
        if not self._trusts(peer):
            return Client(peer)
        user = headers.get(self._user_header, "").strip() if self._user_header else ""
        address = peer
        for hop in reversed([part.strip() for part in headers.get("x-forwarded-for", "").split(",")]):
            if _address(hop) is None:
                break
            address = hop
            if not self._trusts(hop):
                break
        return Client(address, user)

    def _trusts(self, address: str) -> bool:
        known = _address(address)
        return known is not None and any(known in network for network in self._networks)


def _address(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address
