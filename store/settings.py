"""All settings of the program: one object, filled from the environment (MINGZHANG_…) and `.env`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Settings with their defaults; a wrong value names its field when the program starts."""

    model_config = SettingsConfigDict(env_prefix="MINGZHANG_", env_file=ROOT / ".env", extra="ignore", frozen=True)

    store: Path = Field(default=ROOT / "var" / "store", description="folder that holds records, passages and originals")
    vector_weight: float = Field(default=0.0, ge=0.0, le=1.0, description="share of the vectors' rank in fusion with BM25")


@cache
def settings() -> Settings:
    """The process's settings, read once."""
    return Settings()
