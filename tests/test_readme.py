"""What the README says can be typed and set is what the code has."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from store.settings import ROOT, Settings

READMES = {name: (ROOT / name).read_text("utf-8") for name in ("README.md", "README.zh.md")}
README = "\n".join(READMES.values())
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
COMMANDS = re.findall(r"^python -m (\w+) (.*?)(?:\s+#.*)?$", README, flags=re.MULTILINE)
OPTIONS = sorted(
    {(package, option) for package, usage in COMMANDS for option in re.findall(r"--[a-z]+", usage)} | {(p, "--store") for p, _ in COMMANDS}
)


def help_of(package: str) -> str:
    """The package's own help and that of the subcommands that the README names."""
    subcommands = {usage.split()[0] for name, usage in COMMANDS if name == package and re.match(r"[a-z]+ ", usage)}
    return "".join(
        subprocess.run([sys.executable, "-m", package, *command, "--help"], capture_output=True, text=True, check=True, cwd=ROOT).stdout
        for command in [[], *([name] for name in sorted(subcommands))]
    )


@pytest.mark.parametrize("name", READMES)
def test_both_commands_are_on_the_first_screen(name: str) -> None:
    first = "\n".join(READMES[name].splitlines()[:25])
    assert "make app" in first
    assert "make test" in first


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z]+)", README))))
def test_make_targets_exist(target: str) -> None:
    assert re.search(rf"^{target}:", MAKEFILE, flags=re.MULTILINE)


@pytest.mark.parametrize("variable", sorted(set(re.findall(r"\b([A-Z]+)=", README)) - {"CHROMIUM"}))
def test_make_variables_exist(variable: str) -> None:
    assert re.search(rf"^{variable} \??=", MAKEFILE, flags=re.MULTILINE)


def test_both_name_the_same_commands() -> None:
    named = [re.findall(r"^(python -m .*?)(?:\s+#.*)?$", text, flags=re.MULTILINE) for text in READMES.values()]
    assert named[0] == named[1]
    assert {package for package, _ in COMMANDS} == {"chat", "ingest", "retrieval", "service", "store"}


@pytest.mark.parametrize("package", sorted({package for package, _ in COMMANDS}))
def test_options_exist(package: str) -> None:
    text = help_of(package)
    missing = [option for name, option in OPTIONS if name == package and option not in text]
    assert not missing


@pytest.mark.parametrize("name", sorted(set(re.findall(r"MINGZHANG_([A-Z_]+)", README))))
def test_settings_exist(name: str) -> None:
    assert name.lower() in Settings.model_fields


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_links_lead_somewhere(link: str) -> None:
    assert (ROOT / link).exists()
