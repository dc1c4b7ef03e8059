"""The only scripts that the chat sends to a browser. They are fixed, save for numbers and a key of letters and digits."""

from __future__ import annotations

import re

from store.model import Box, PageInfo

_KEY = re.compile(r"[A-Za-z0-9_-]+")
_PATH = re.compile(r"/[A-Za-z0-9_./~-]*")


def scroll_to_turn(number: int) -> str:
    """Brings a turn's question to the top: a long answer is read from its figure on, not from its end."""
    return _script(f"setTimeout(() => document.querySelector('.st-key-turn-{number}')?.scrollIntoView({{behavior: 'smooth'}}), 100)")


def scroll_to_box(info: PageInfo, box: Box) -> str:
    """Brings a framed cell of the page's image into sight: to the middle of the screen, where it is not on it already."""
    left, top = 50 * (box.x0 + box.x1) / info.width, 50 * (box.top + box.bottom) / info.height
    return _script(
        "const show = tries => { const sheet = document.querySelector('.st-key-sheet [data-testid=stImage]');"
        " if (!sheet?.querySelector('img')?.naturalWidth) { if (tries) setTimeout(() => show(tries - 1), 200); return; }"
        " const mark = document.createElement('i');"
        f" mark.style.cssText = 'position:absolute;left:{left:.2f}%;top:{top:.2f}%'; sheet.append(mark);"
        " const at = mark.getBoundingClientRect().top; const seen = at > 0 && at < innerHeight - 60;"
        " mark.scrollIntoView({block: seen ? 'nearest' : 'center', inline: 'center'}); mark.remove(); };"
        " setTimeout(() => show(50), 400)"
    )


def speak(language: str) -> str:
    """Tells screen readers the page's language, and that answers are read out as they come."""
    tag = "en" if language == "en" else "zh-CN"
    return _script(
        f"document.documentElement.lang = '{tag}'; setTimeout(() => {{"
        " const log = document.querySelector('.st-key-conversation');"
        " if (log) { log.setAttribute('role', 'log'); log.setAttribute('aria-live', 'polite'); } }, 300)"
    )


def keep_key(name: str, key: str, path: str, days: int) -> str:
    """Has the browser keep a visitor's key. In another site's frame it takes a cookie of that frame alone, and only over TLS."""
    assert _KEY.fullmatch(key)
    assert _PATH.fullmatch(path)
    return _script(
        "const safe = location.protocol === 'https:'; const framed = safe && window.self !== window.top;"
        f" document.cookie = '{name}={key}; Max-Age={days * 86_400}; Path={path}; SameSite='"
        " + (framed ? 'None; Secure; Partitioned' : safe ? 'Lax; Secure' : 'Lax')"
    )


def take_theme(dark: bool) -> str:
    """Loads the page again in the theme that its address asks for."""
    wanted = "dark_theme" if dark else "light_theme"
    return _script(
        "const url = new URL(location.href);"
        f" if (!url.searchParams.getAll('embed_options').includes('{wanted}'))"
        f" {{ url.searchParams.append('embed_options', '{wanted}'); location.replace(url) }}"
    )


def _script(code: str) -> str:
    return f"<script>{{ {code} }}</script>"
