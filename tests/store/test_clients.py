"""Whose word counts about who asks."""

from __future__ import annotations

import pytest

from store.clients import Client, Proxies

TRUSTED = ["10.0.0.0/8", "fd00::/8"]


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("203.0.113.5", "", "203.0.113.5"),
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),  # a stranger's header
        ("10.0.0.2", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.2", "1.2.3.4, 198.51.100.1", "198.51.100.1"),  # what the client invented stands before
        ("10.0.0.2", "1.2.3.4, 198.51.100.1, 10.9.9.9", "198.51.100.1"),
        ("10.0.0.2", "10.1.1.1", "10.1.1.1"),
        ("10.0.0.2", "nonsense, 10.1.1.1", "10.1.1.1"),
        ("10.0.0.2", "nonsense", "10.0.0.2"),
        ("::ffff:10.0.0.2", "198.51.100.1", "198.51.100.1"),
        ("fd00::1", "2001:db8::1", "2001:db8::1"),
        ("", "198.51.100.1", ""),
    ],
)
def test_the_address_is_the_one_that_trusted_proxies_tell(peer: str, forwarded: str, address: str) -> None:
    assert Proxies(TRUSTED, "").client(peer, {"x-forwarded-for": forwarded}).address == address


@pytest.mark.parametrize(("peer", "header", "user"), [("10.0.0.2", "X-User", "li"), ("203.0.113.5", "X-User", ""), ("10.0.0.2", "", "")])
def test_the_user_is_believed_of_trusted_proxies_and_by_setting_only(peer: str, header: str, user: str) -> None:
    assert Proxies(TRUSTED, header).client(peer, {"x-user": "li", "": "li"}).user == user


def test_no_proxy_is_trusted_unless_it_is_named() -> None:
    assert Proxies([], "X-User").client("127.0.0.1", {"x-forwarded-for": "198.51.100.1", "x-user": "li"}) == Client("127.0.0.1")


def test_limits_count_by_user_then_by_address_or_network() -> None:
    assert Client("198.51.100.1", "li").key == Client("198.51.100.2", "li").key
    assert Client("198.51.100.1").key != Client("198.51.100.2").key
    assert Client("2001:db8:0:1::1").key == Client("2001:db8:0:1:ffff::9").key != Client("2001:db8:0:2::1").key
    assert Client("a", "198.51.100.1").key != Client("198.51.100.1").key


def test_a_pseudonym_tells_clients_apart_and_not_who_they_are() -> None:
    one, other = Client("198.51.100.1"), Client("198.51.100.2", "li")

    assert one.pseudonym == Client("198.51.100.1").pseudonym != other.pseudonym
    assert "198" not in one.pseudonym[:3] or len(one.pseudonym) == 12
