"""Settings: `House` is the same for all, `ServiceSettings` is what each service may set for itself."""

import os
import re
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from annotated_types import Le
from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from contracts.topology import SERVICES

MEBIBYTE = 1 << 20
NATS_SCHEMES = {"nats", "tls", "ws", "wss"}
HOST = re.compile(r"[0-9A-Fa-f:.]+|[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*")
DURATION = re.compile(r"[1-9]\d{0,5}(ms|s|m|h)")  # as nats-server reads one

# What a file adds to a secret that is read from it, the server's configuration and a person would read otherwise.
ONE_LINE = "one line of text, without line breaks, tabs or other characters that cannot be seen"

PATIENCE = 5  # times its limit of processor time: a machine that is busy with others is no fault of what is read
DELIVERY_SECONDS = 120.0

MOST = {"seconds": 366 * 24 * 3600, "bytes": 1 << 50}  # by the unit that a name ends in
MOST_PIECES = 10_000


def most(name: str, field: FieldInfo) -> Any:
    """The largest number that this setting may be: its own limit, else that of its unit."""
    own = [mark.le for mark in field.metadata if isinstance(mark, Le)]
    return own[0] if own else MOST.get(name.lower().rpartition("_")[2], MOST_PIECES)


class Environment(EnvSettingsSource):
    """Variables in any case; of two that differ in nothing else the one in capitals, as they are documented."""

    def __init__(self, settings_cls: type[BaseSettings]) -> None:
        super().__init__(settings_cls)
        given = sorted(os.environ.items(), key=lambda one: one[0].isupper())
        self.env_vars = {name.lower(): value for name, value in given if value}


class Settings(BaseSettings):
    """What all have in common: an empty variable is one that is not set, and no number is beyond all use."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - ours is in its place
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - no such file is read, which takes its time
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Where settings are looked for, the first that has one first."""
        return init_settings, Environment(settings_cls), file_secret_settings

    @field_validator("*")
    @classmethod
    def _within_reason(cls, value: object, told: ValidationInfo) -> object:
        name = told.field_name or ""
        if isinstance(value, int | float) and not value <= most(name, cls.model_fields[name]):  # nan is not, either
            raise PydanticCustomError("too_large", "too large")
        return value


class House(Settings):
    """`WIREROOM_*`: read once, in `__main__`, and passed down."""

    model_config = SettingsConfigDict(env_prefix="WIREROOM_")

    home: Path = Field(default=Path(".wireroom"), description="Folder where everything is kept.")
    inbox: Path = Field(default=Path("inbox"), description="The watched folder.")
    nats_port: int = Field(default=4222, ge=1, le=65535, description="Port of the embedded nats-server.")
    nats_url: str | None = Field(
        default=None,
        description="A NATS server elsewhere, or the servers of a cluster with commas between them; "
        "without it the embedded one on 127.0.0.1.",
    )
    nats_replicas: int = Field(
        default=1,
        ge=1,
        le=5,
        description="On how many servers of a cluster each stream lies: 1, 3 or 5.",
    )
    nats_sync_interval: str = Field(
        default="always",
        description="When the embedded server writes to the disk for sure: `always` before it acknowledges, or every "
        "so often (1 to 999999 `ms`, `s`, `m` or `h`: `10s`); then a power loss takes what was acknowledged since.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        description="A database for all: comes with a later version. Each service has a SQLite file in the home.",
    )
    disk_budget_bytes: int | None = Field(
        default=None,
        ge=256 * MEBIBYTE,
        description="What streams and originals may take; default: half of what is free at the first start.",
    )
    metrics_host: str = Field(default="127.0.0.1", description="Address of /metrics, /livez and /readyz.")
    metrics_port_base: int = Field(
        default=9101,
        ge=0,
        le=65530,
        description="Port of fetch's /metrics; the others follow in order. 0: any free ones.",
    )
    max_text_bytes: int = Field(
        default=2 * 1000 * 1000,
        ge=1,
        description="A text longer than this (UTF-8) is rejected as too_large, never cut.",
    )
    raw_fresh_seconds: float = Field(
        default=3600.0,
        ge=2,  # the server's times are compared to the second
        description="An original that was put into RAW longer ago than this is put again when it comes in again; "
        "store removes none that is younger than twice this.",
    )
    ack_wait_seconds: float = Field(
        default=30.0, gt=1, description="A delivery without a sign of life for this long is given to another worker."
    )
    stuck_after_seconds: float = Field(
        default=3600.0, gt=0, description="An input in progress for longer than this is listed by `wireroom status`."
    )
    stop_seconds: float = Field(
        default=6.0,
        gt=0,
        description="How long a stopping service may take: three quarters of it for finishing what it began, counted "
        "from when it began that.",
    )
    log_format: Literal["json", "console"] = Field(default="json", description="Form of the log lines.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="Least level that is logged."
    )

    @field_validator("home", "inbox")
    @classmethod
    def _folder(cls, told: Path) -> Path:
        try:
            is_a_file = told.exists() and not told.is_dir()
        except OSError as error:
            raise ValueError(f"that can be no folder ({(error.strerror or str(error)).lower()})") from error
        if is_a_file:
            raise ValueError("that is a file: name a folder")
        return told

    @field_validator("home")
    @classmethod
    def _can_be_in_a_url(cls, home: Path) -> Path:
        """Databases are named by URLs, in which these signs mean something else: they would lie in another folder."""
        if set("?%") & set(str(home.absolute())):
            raise ValueError("its path has a `?` or a `%` in it: name a folder that has none")
        return home

    @field_validator("inbox")
    @classmethod
    def _apart(cls, inbox: Path, rest: ValidationInfo) -> Path:
        """What lies in the inbox is taken as it comes: the system's own files too, if they are not hidden there."""
        home = rest.data.get("home")
        if home is not None and home.resolve().is_relative_to(inbox.resolve()):
            way = home.resolve().relative_to(inbox.resolve()).parts
            if not any(part.startswith(".") for part in way):
                raise ValueError(f"the home folder {home} lies in it and would be taken for articles: keep them apart")
        return inbox

    @field_validator("metrics_host")
    @classmethod
    def _host(cls, told: str) -> str:
        if not HOST.fullmatch(told):
            raise ValueError("give an address of this machine, such as 127.0.0.1 or 0.0.0.0")
        return told

    @field_validator("nats_url")
    @classmethod
    def _servers(cls, told: str | None) -> str | None:
        if told is None:
            return None
        servers = [server.strip() for server in told.split(",")]
        for server in servers:
            if not _is_server(server):
                raise ValueError(
                    "write nats://HOST:PORT (or tls://…), PORT from 1 to 65535, with commas between several"
                )
        if len({server.startswith(("ws://", "wss://")) for server in servers}) > 1:
            raise ValueError("servers that are reached by WebSocket (ws://, wss://) and others cannot be mixed")
        return ",".join(servers)

    @field_validator("nats_replicas")
    @classmethod
    def _odd(cls, replicas: int, rest: ValidationInfo) -> int:
        if replicas % 2 == 0:
            raise ValueError("give 1, 3 or 5: an even number of copies bears the loss of no more servers")
        if replicas > 1 and rest.data.get("nats_url") is None:
            raise ValueError("the embedded server keeps one copy: name the servers of a cluster in WIREROOM_NATS_URL")
        return replicas

    @field_validator("nats_sync_interval")
    @classmethod
    def _always_or_a_duration(cls, interval: str) -> str:
        if interval != "always" and not DURATION.fullmatch(interval):
            raise ValueError("give `always`, or a number from 1 to 999999 and `ms`, `s`, `m` or `h`, such as `10s`")
        return interval

    @field_validator("database_url")
    @classmethod
    def _not_yet(cls, url: SecretStr | None) -> None:
        if url is not None:
            raise ValueError("a database for all services comes with a later version: leave it unset")

    def server(self) -> str:
        """The URL of the NATS server, or those of the cluster's servers with commas between them."""
        return self.nats_url or f"nats://127.0.0.1:{self.nats_port}"

    def servers(self) -> list[str]:
        """The URL of each NATS server."""
        return self.server().split(",")

    def database(self, service: str) -> str:
        """The SQLAlchemy URL of the service's own database."""
        return f"sqlite:///{self.home.absolute() / f'{service}.db'}"


class ServiceSettings(Settings):
    """`WIREROOM_<SERVICE>_*`: a service subclasses this with its own prefix and adds its own fields."""

    house: House = Field(default_factory=House, exclude=True, description="The settings that are the same for all.")
    nats_password: SecretStr | None = Field(
        default=None, description="Else it is read from the home folder's credentials.json."
    )
    metrics_port: int | None = Field(
        default=None, ge=0, le=65535, description="Else the base port plus the place in the order."
    )
    handler_timeout_seconds: float | None = Field(
        default=None,
        gt=0,
        description=f"Longest time one delivery may take; past it, it failed. Default: {DELIVERY_SECONDS:g}; "
        "for extract what as many articles as it has in work take one after the other, each at its longest.",
    )
    concurrency: int = Field(default=64, ge=1, description="Handlers that run at once.")
    hold_messages: int = Field(default=256, ge=1, description="Most messages held, and most in one batch.")
    hold_bytes: int = Field(
        default=64 * MEBIBYTE, ge=32 * MEBIBYTE, description="Most bytes of messages asked for and held at once."
    )

    @field_validator("nats_password")
    @classmethod
    def _in_one_line(cls, password: SecretStr | None) -> SecretStr | None:
        if password is not None and not password.get_secret_value().isprintable():
            raise ValueError(f"it must be {ONE_LINE}")
        return password

    def page_port(self, service: str) -> int:
        """Where its /metrics is: its own setting, else its place in the order after the base; 0 for any free port."""
        if self.metrics_port is not None:
            return self.metrics_port
        base = self.house.metrics_port_base
        return base and base + SERVICES.index(service)

    def delivery_seconds(self) -> float:
        """Longest time one delivery may take: as it is set, else what the service's other limits come to."""
        return self.handler_timeout_seconds or DELIVERY_SECONDS


def longest_seconds(computing_seconds: float) -> float:
    """How long a child may take that may compute for so long."""
    return PATIENCE * computing_seconds


def _is_server(url: str) -> bool:
    try:
        parts = urlsplit(url if "://" in url else f"nats://{url}")
        name = (parts.hostname or "").encode("idna")  # or it can be no name, whoever is asked
        return parts.scheme in NATS_SCHEMES and bool(name) and (parts.port is None or parts.port > 0)
    except ValueError:  # a port that is none; UnicodeError is one too
        return False
