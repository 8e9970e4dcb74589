"""The connection of a service to NATS, with the settings that neither give up nor share an inbox."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path

from faststream.nats import NatsBroker
from faststream.security import SASLPlaintext

from services.chassis import logs
from services.chassis.settings import ServiceSettings

RECONNECT_SECONDS = 1
PING_SECONDS = 20
BUFFER_BYTES = 16 << 20  # of what is published while disconnected; every letter in it has an id
INBOX_ROOT = "_SVC"


def broker_for(
    service: str, settings: ServiceSettings, on_closed: Callable[[], Awaitable[None]] | None = None
) -> NatsBroker:
    """FastStream's broker for one service: reconnects for ever, hears replies only under its own inbox root."""
    password = password_of(service, settings)

    async def on_error(error: Exception) -> None:
        # A missing permission is told nowhere else.
        logs.logger().warning("nats", error=str(error))

    return NatsBroker(
        settings.house.server(),
        name=f"wireroom-{service}",
        security=SASLPlaintext(service, password) if password else None,
        inbox_prefix=f"{INBOX_ROOT}.{service}",
        max_reconnect_attempts=-1,  # after the default 60, a closed client spins
        reconnect_time_wait=RECONNECT_SECONDS,
        ping_interval=PING_SECONDS,
        pending_size=BUFFER_BYTES,
        error_cb=on_error,
        closed_cb=on_closed,
        logger=None,
        graceful_timeout=settings.house.stop_seconds,
    )


def password_of(service: str, settings: ServiceSettings) -> str | None:
    """The service's password: its setting, else what the home folder's credentials say; None where there is neither."""
    if settings.nats_password is not None:
        return settings.nats_password.get_secret_value()
    return read_credentials(settings.house.home).get(service)


def read_credentials(home: Path) -> dict[str, str]:
    """Users and passwords of the home folder's own server; empty where there are none."""
    path = home / "credentials.json"
    if not path.exists():
        return {}
    credentials: dict[str, str] = json.loads(path.read_text())
    return credentials
