"""The programs' logs: a line an event on standard error, for people or as JSON, with nothing of a person in it.

log = logging.getLogger("mingzhang.…")
log.info("request", extra=fields(route="/v1/ask", status=200))
"""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

_FIELDS = "mingzhang_fields"
# What names a person, wherever it stands in a question. Digits of amounts are left: they have a point, or fewer digits.
_PERSONAL = (
    (re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII), "［邮箱］"),
    (re.compile(r"(?<![\d.])\d{17}[\dXx](?![\d.])"), "［证件号］"),
    (re.compile(r"(?<![\d.])\d{15,19}(?![\d.])"), "［账号］"),
    (re.compile(r"(?<![\d.])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\d.])"), "［电话］"),
    (re.compile(r"(?<![\d.])0\d{2,3}-\d{7,8}(?!\d)"), "［电话］"),
)


def fields(**named: Any) -> dict[str, Any]:
    """What an event says besides its name: the `extra` of a log call."""
    return {_FIELDS: named}


def without_personal_data(text: str) -> str:
    """The text with numbers of people and accounts, telephones and mail addresses masked."""
    for pattern, mask in _PERSONAL:
        text = pattern.sub(mask, text)
    return text


def configure_logs(form: str, level: str) -> None:
    """Sends every log of this process to standard error in this form ("text" or "json"), from this level on."""
    handler = logging.StreamHandler()
    handler.setFormatter(_JsonLines() if form == "json" else _TextLines())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        event = {"time": _time(record), "level": record.levelname.lower(), "logger": record.name, "event": record.getMessage()}
        event |= getattr(record, _FIELDS, {})
        if record.exc_info:
            event["error"] = self.formatException(record.exc_info)
        return json.dumps(event, ensure_ascii=False, default=str)


class _TextLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        named = "".join(f" {name}={_shown(value)}" for name, value in getattr(record, _FIELDS, {}).items())
        line = f"{_time(record)} {record.levelname.lower()} {record.name}: {record.getMessage()}{named}"
        return f"{line}\n{self.formatException(record.exc_info)}" if record.exc_info else line


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


def _shown(value: object) -> str:
    """A value that cannot break its line: numbers as they are, text as JSON."""
    return json.dumps(value, ensure_ascii=False, default=str)
