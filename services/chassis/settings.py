"""Settings that every service has, read from `WIREROOM_*` once, in `__main__`, and passed down."""

from pathlib import Path
from typing import Any

from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


def house_wide(name: str, **rest: Any) -> Any:
    """A field that is named WIREROOM_<NAME> for every service, without the service's prefix."""
    return Field(validation_alias=AliasChoices(f"WIREROOM_{name.upper()}", name), **rest)


class ServiceSettings(BaseSettings):
    """What every service needs to know; a service's own settings subclass it with their own prefix."""

    model_config = SettingsConfigDict(frozen=True, env_prefix="WIREROOM_", populate_by_name=True, extra="ignore")

    home: Path = house_wide("home", default=Path(".wireroom"), description="Where everything is kept.")
    nats_url: str = house_wide("nats_url", default="nats://127.0.0.1:4222", description="The NATS server.")
    database_url: SecretStr | None = house_wide(
        "database_url", default=None, description="A database for all; without it a SQLite file a service in HOME."
    )
    metrics_host: str = house_wide("metrics_host", default="127.0.0.1", description="Where /metrics, /livez, /readyz listen.")
    metrics_port: int | None = Field(
        default=None, ge=0, le=65535, description="Port of this service's metrics; else base port + place in the order."
    )
    metrics_port_base: int = house_wide("metrics_port_base", default=9101, ge=0, le=65530, description="First metrics port; 0: any free one.")
    log_format: str = house_wide("log_format", default="json", pattern="^(json|console)$", description="json or console.")
    log_level: str = house_wide("log_level", default="info", pattern="^(debug|info|warning|error)$", description="Least level of logged lines.")
    ack_wait_seconds: float = house_wide("ack_wait_seconds", default=30.0, gt=1, description="After this long without a sign a delivery is given to another worker.")
    handler_timeout_seconds: float = Field(default=120.0, gt=0, description="Longest time one delivery may take; past it, it failed.")
    concurrency: int = Field(default=64, ge=1, description="Handlers running at once.")
    batch_messages: int = Field(default=256, ge=1, description="Most messages in one batch or held at once.")
    hold_bytes: int = Field(default=64 << 20, ge=1 << 20, description="Most bytes of messages held at once.")
    stop_seconds: float = house_wide("stop_seconds", default=6.0, gt=0, description="How long a stopping service may finish what it began.")

    def database(self, service: str) -> str:
        """The SQLAlchemy URL of the service's own database."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.home.absolute() / f'{service}.db'}"
