"""Who is asking."""

from __future__ import annotations

from chat.visitor import visitor_of


def test_a_browser_is_known_by_the_key_that_it_was_given() -> None:
    new = visitor_of("", "")
    assert len(new.fresh_key) == 43
    again = visitor_of("", new.fresh_key)
    assert (again.id, again.fresh_key) == (new.id, "")
    assert new.fresh_key not in new.id


def test_the_key_of_a_session_stays_until_the_browser_has_it() -> None:
    new = visitor_of("", "")
    assert visitor_of("", "", new.fresh_key) == new


def test_a_cookie_of_another_shape_is_no_key() -> None:
    assert visitor_of("", "x").fresh_key
    assert visitor_of("", "é" * 43).fresh_key


def test_a_signed_in_user_is_the_same_on_every_browser_and_no_key_is() -> None:
    one, other = visitor_of("lin", ""), visitor_of("lin", "k" * 43)
    assert one == other
    assert one.name == "lin"
    assert "lin" not in one.id
    assert one.id != visitor_of("", "k" * 43).id
