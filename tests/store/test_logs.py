"""Logs: a line an event, as text or JSON, with personal data masked."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest

from store.logs import configure_logs, fields, without_personal_data

LOG = logging.getLogger("mingzhang.test")


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


def test_json_lines_hold_the_event_and_its_fields(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json", "info")
    LOG.debug("unsaid")
    LOG.info("asked", extra=fields(question="支出\n多少", ms=1.5))
    try:
        raise ValueError("因此")
    except ValueError:
        LOG.exception("failed")
    first, second = (json.loads(line) for line in capsys.readouterr().err.splitlines())

    assert first["time"].endswith("+00:00")
    assert {"level": "info", "logger": "mingzhang.test", "event": "asked", "question": "支出\n多少", "ms": 1.5}.items() <= first.items()
    assert "ValueError: 因此" in second["error"]


def test_text_lines_cannot_be_broken_by_what_they_hold(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("text", "info")
    LOG.info("asked", extra=fields(question="支出\n2026-01-01 info forged: line"))
    lines = capsys.readouterr().err.splitlines()

    assert len(lines) == 1
    assert lines[0].endswith('info mingzhang.test: asked question="支出\\n2026-01-01 info forged: line"')


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("我的电话13800138000", "我的电话［电话］"),
        ("+86 138-0013-8000打给我", "［电话］打给我"),
        ("身份证11010519491231002X的人", "身份证［证件号］的人"),
        ("卡号6222020200112233445", "卡号［账号］"),
        ("写信到zhang.san@mail.example.cn", "写信到［邮箱］"),
        ("电话010-12345678", "电话［电话］"),
        ("支出130.00万元和13912345.67元、2024年", "支出130.00万元和13912345.67元、2024年"),
        ("科目2080505", "科目2080505"),
    ],
)
def test_personal_data_is_masked_and_figures_are_not(text: str, masked: str) -> None:
    assert without_personal_data(text) == masked
