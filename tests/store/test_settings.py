"""The settings, and that docs/settings.md says of each what the code does."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from pydantic import SecretStr, ValidationError

from store.__main__ import main
from store.errors import WrongSetting
from store.settings import ROOT, Settings, settings

TEXT = (ROOT / "docs" / "settings.md").read_text("utf-8")
ROWS = {
    name: (default, meaning)
    for name, default, meaning in re.findall(r"^\| `MINGZHANG_(\w+)` \| (.+?) \| (.+?) \|$", TEXT, flags=re.MULTILINE)
}
FIELDS = {name.upper(): field for name, field in Settings.model_fields.items()}


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in FIELDS:
        monkeypatch.delenv(f"MINGZHANG_{name}", raising=False)


def read() -> Settings:
    """The settings of the environment, whatever .env there is."""
    return Settings(_env_file=None)  # type: ignore[call-arg]


def test_every_setting_is_written_down_in_order() -> None:
    assert list(ROWS) == list(FIELDS)


@pytest.mark.parametrize("name", FIELDS)
def test_the_default_and_the_meaning_are_the_codes(name: str) -> None:
    default, meaning = ROWS[name]
    field = FIELDS[name]
    value = field.default.relative_to(ROOT) if isinstance(field.default, Path) else field.default
    assert default == ("none" if value in (None, "", ()) else f"`{value}`")
    assert field.description
    assert meaning.startswith(field.description)


@pytest.mark.parametrize("name", sorted(set(re.findall(r"MINGZHANG_(\w+)", TEXT))))
def test_every_name_in_the_text_is_a_setting(name: str) -> None:
    assert name in FIELDS


def test_an_empty_variable_is_one_that_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in FIELDS:
        monkeypatch.setenv(f"MINGZHANG_{name}", "")

    assert read() == Settings.model_construct(**{name: field.default for name, field in Settings.model_fields.items()})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LLM_URL", "localhost:11434"),
        ("LLM_URL", "file:///etc/passwd"),
        ("LLM_TIMEOUT", "0"),
        ("VECTOR_WEIGHT", "1.1"),
        ("VECTOR_WEIGHT", "x"),
        ("TRUSTED_PROXIES", "10.0.0.0/8, everywhere"),
        ("RATE_LIMIT", "often"),
        ("RATE_LIMIT", "0/minute"),
        ("USER_HEADER", "X User"),
        ("SERVICE_PATH", "api/"),
        ("LOG_FORMAT", "xml"),
    ],
)
def test_a_wrong_value_names_its_field(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"MINGZHANG_{name}", value)

    with pytest.raises(ValidationError, match=name.lower()):
        read()


def test_keys_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGZHANG_LLM_KEY", "hush")
    monkeypatch.setenv("MINGZHANG_EMBEDDER_KEY", "hush")
    found = read()

    assert "hush" not in repr(found)
    assert found.llm_key == SecretStr("hush")


def test_a_wrong_value_is_told_with_its_variable_and_without_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGZHANG_LLM_URL", "sk-hush")
    settings.cache_clear()

    with pytest.raises(WrongSetting, match="MINGZHANG_LLM_URL") as told:
        settings()
    assert "hush" not in str(told.value)
    monkeypatch.undo()
    settings.cache_clear()


def test_lists_are_parted_by_commas_and_networks_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGZHANG_TRUSTED_PROXIES", "127.0.0.1, 10.1.2.3/8,,fd00::/8 ")

    assert read().trusted_proxies == ("127.0.0.1/32", "10.0.0.0/8", "fd00::/8")


def test_the_command_tells_each_value_and_its_source(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("MINGZHANG_RATE_LIMIT=5/minute\nMINGZHANG_CANARY=支出\nMINGZHANG_LLM_KEY=hush\n", "utf-8")
    monkeypatch.setitem(Settings.model_config, "env_file", tmp_path / ".env")
    monkeypatch.setenv("MINGZHANG_CANARY", "收入")
    monkeypatch.setenv("MINGZHANG_LLM_URL", "http://me:hush@localhost:8000/v1")
    settings.cache_clear()
    printed = CliRunner().invoke(main, ["settings", "--json"])
    monkeypatch.undo()
    settings.cache_clear()
    found = {one["variable"]: (one["value"], one["source"]) for one in map(json.loads, printed.stdout.splitlines())}

    assert list(found) == [f"MINGZHANG_{name}" for name in FIELDS]
    assert found["MINGZHANG_RATE_LIMIT"] == ("5/minute", ".env")
    assert found["MINGZHANG_CANARY"] == ("收入", "environment")
    assert found["MINGZHANG_EMBEDDER"] == ("hashed", "default")
    assert found["MINGZHANG_CORS_ORIGINS"] == ("none", "default")
    assert found["MINGZHANG_LLM_KEY"] == ("**********", ".env")
    assert found["MINGZHANG_LLM_URL"] == ("http://me:***@localhost:8000/v1", "environment")
    assert "hush" not in printed.output


@pytest.mark.parametrize(
    "command", [["store", "check"], ["store", "settings"], ["ingest", "x.pdf"], ["retrieval", "支出多少"], ["service"]]
)
def test_every_command_names_a_wrong_setting_and_stops(command: list[str]) -> None:
    environment = {**os.environ, "MINGZHANG_RATE_LIMIT": "often"}
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode in (1, 2)
    assert "MINGZHANG_RATE_LIMIT" in done.stderr
    assert "Traceback" not in done.stderr
