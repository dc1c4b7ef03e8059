"""All settings of the program: one object, filled from the environment (MINGZHANG_…) and `.env`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field, HttpUrl, SecretStr, ValidationError
from pydantic_settings import BaseSettings, DotEnvSettingsSource, EnvSettingsSource, NoDecode, SettingsConfigDict

from store.errors import WrongSetting

ROOT = Path(__file__).resolve().parent.parent
_RATE = r"^[1-9]\d{0,8}/(second|minute|hour|day)$"
HASHED = "hashed"  # the embedder that needs no model


def _split(value: object) -> object:
    """a, b → ("a", "b"): how a list is written in a variable."""
    return tuple(part for item in value.split(",") if (part := item.strip())) if isinstance(value, str) else value


def _networks(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(ip_network(value, strict=False)) for value in values)


Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_split)]
Networks = Annotated[Listed, AfterValidator(_networks)]


class Settings(BaseSettings):
    """Settings with their defaults; a wrong value names its field when the program starts."""

    model_config = SettingsConfigDict(env_prefix="MINGZHANG_", env_file=ROOT / ".env", env_ignore_empty=True, extra="ignore", frozen=True)

    store: Path = Field(default=ROOT / "var" / "store", description="folder that holds records, passages and originals")
    database: SecretStr | None = Field(
        default=None, description="PostgreSQL database that holds the records in the folder's stead, as a URL"
    )
    chroma: HttpUrl | None = Field(default=None, description="Chroma server that holds the vectors in the folder's stead, as a URL")
    chroma_collections: int = Field(default=16, ge=1, le=4096, description="collections of that server that the vectors are spread over")
    vector_weight: float = Field(default=0.0, ge=0.0, le=1.0, description="share of the vectors' rank in fusion with BM25")
    embedder: str = Field(
        default=HASHED, description="what makes the vectors: hashed, the folder of a sentence-transformers model, or the URL of an endpoint"
    )
    embedder_model: str = Field(default="default", description="the model's name at the embedder's endpoint")
    embedder_key: SecretStr | None = Field(default=None, description="the key for the embedder's endpoint")
    llm_url: HttpUrl | None = Field(default=None, description="OpenAI-compatible endpoint of a language model; without it none takes part")
    llm_model: str = Field(default="default", description="the language model's name at its endpoint")
    llm_key: SecretStr | None = Field(default=None, description="the key for the language model's endpoint")
    llm_timeout: float = Field(default=20.0, gt=0.0, le=600.0, description="seconds that a question may wait for the language model")
    uploads: bool = Field(default=False, description="whether readers of the chat may add disclosures")
    upload_size: int = Field(default=50, ge=1, le=500, description="megabytes that a file added in the chat may have")
    login: bool = Field(default=False, description="whether readers of the chat must sign in, with what .streamlit/secrets.toml names")
    question_rate: str = Field(default="60/minute", pattern=_RATE, description="questions that one reader of the chat may ask in a time")
    keep_days: int = Field(default=90, ge=0, description="days that untouched conversations and the log of questions are kept")
    trusted_proxies: Networks = Field(default=(), description="networks whose proxies may name the client and the user, commas between")
    user_header: str = Field(default="", pattern=r"^[A-Za-z0-9-]*$", description="header in which a trusted proxy names the signed-in user")
    rate_limit: str = Field(
        default="120/minute",
        pattern=_RATE,
        description="requests that one client of the service may make in a time",
    )
    request_timeout: float = Field(default=30.0, gt=0.0, le=600.0, description="seconds that a request to the service may take")
    cors_origins: Listed = Field(default=(), description="origins whose pages may call the service from a browser, commas between")
    service_path: str = Field(default="", pattern=r"^(/[\w.-]+)*$", description="path below which a reverse proxy shows the service")
    canary: str = Field(default="", description="question that must be answered for the service to be ready; without it one is made up")
    log_format: Literal["text", "json"] = Field(default="text", description="lines of the log: text for people, json for programs")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="least level that is logged")
    file_seconds: float = Field(default=90.0, gt=0.0, le=86_400.0, description="seconds that reading one file may take")
    file_memory: int = Field(default=2048, ge=256, description="megabytes of memory that reading one file may take")
    file_pages: int = Field(default=2000, ge=1, description="pages that one PDF may have")
    file_size: int = Field(default=500, ge=1, description="megabytes that one file may have")


@dataclass(frozen=True, slots=True)
class Told:
    """A setting as it stands: its variable, the value that counts (secrets masked), where that comes from, and what it is."""

    variable: str
    value: str
    source: str  # environment, .env or default
    meaning: str


def told(chosen: Settings) -> tuple[Told, ...]:
    """Every setting with its source."""
    environment, dotenv = EnvSettingsSource(Settings)(), DotEnvSettingsSource(Settings)()

    def source(name: str) -> str:
        return "environment" if name in environment else ".env" if name in dotenv else "default"

    return tuple(
        Told(f"MINGZHANG_{name.upper()}", _masked(getattr(chosen, name)), source(name), field.description or "")
        for name, field in Settings.model_fields.items()
    )


def _masked(value: object) -> str:
    """A value as it may be shown: keys are stars already, the password in a URL becomes so, nothing is none."""
    if value in (None, "", ()):
        return "none"
    shown = ", ".join(value) if isinstance(value, tuple) else str(value)
    return re.sub(r"(://[^/@:]*):[^/@]*@", r"\1:***@", shown)


@cache
def settings() -> Settings:
    """The process's settings, read once. WrongSetting, naming the variables, where one cannot have its value."""
    try:
        return Settings()
    except ValidationError as error:
        # Never the value, which may be a key put into the wrong variable.
        wrong = "; ".join(f"MINGZHANG_{'.'.join(map(str, one['loc'])).upper()}: {one['msg']}" for one in error.errors())
        raise WrongSetting(f"{wrong}: correct it in the environment or in {ROOT / '.env'} (docs/settings.md)") from None
