"""All settings of the program: one object, filled from the environment (MINGZHANG_…) and `.env`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import Field, HttpUrl, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
HASHED = "hashed"  # the embedder that needs no model


class Settings(BaseSettings):
    """Settings with their defaults; a wrong value names its field when the program starts."""

    model_config = SettingsConfigDict(env_prefix="MINGZHANG_", env_file=ROOT / ".env", env_ignore_empty=True, extra="ignore", frozen=True)

    store: Path = Field(default=ROOT / "var" / "store", description="folder that holds records, passages and originals")
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
    file_seconds: float = Field(default=90.0, gt=0.0, le=86_400.0, description="seconds that reading one file may take")
    file_memory: int = Field(default=2048, ge=256, description="megabytes of memory that reading one file may take")
    file_pages: int = Field(default=2000, ge=1, description="pages that one PDF may have")
    file_size: int = Field(default=500, ge=1, description="megabytes that one file may have")


@cache
def settings() -> Settings:
    """The process's settings, read once."""
    return Settings()
