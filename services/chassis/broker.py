"""The connection of a service to NATS, with the settings that neither give up nor share an inbox."""

from collections import deque
from collections.abc import Awaitable, Callable, Iterable

from faststream.nats import NatsBroker
from faststream.security import SASLPlaintext
from nats.aio.client import ErrorCallback

from services.chassis import logs
from services.chassis.connection import INBOX_ROOT, nameless
from services.chassis.credentials import FILE, read_credentials
from services.chassis.settings import ServiceSettings

RECONNECT_SECONDS = 1
PING_SECONDS = 60  # nats-py's own; see pulse.py
REMEMBERED = 16  # words of trouble: several servers are refused in turn, each in its own
BUFFER_BYTES = 16 << 20  # of what is published while disconnected; every letter in it has an id


class NoPassword(OSError):
    """The home folder has no password for us (yet)."""


class Line:
    """What a service's connection has last said of itself, for readiness and for the last word of a service."""

    def __init__(self, servers: Iterable[str] = ()) -> None:
        self._servers = tuple(servers)
        self._logged = deque[str](maxlen=REMEMBERED)
        self.trouble = ""

    async def on_error(self, error: Exception) -> None:
        """A missing permission, a refusal or a server that is away: told nowhere else, and once, not every second."""
        self.trouble = nameless(error, self._servers) or str(error).removeprefix("nats: ") or type(error).__name__
        if self.trouble not in self._logged:
            self._logged.append(self.trouble)
            logs.logger().warning("nats", error=self.trouble)

    async def on_loss(self) -> None:
        """What was said while it stood is no reason for its loss."""
        self.trouble = ""
        self._logged.clear()

    async def on_return(self) -> None:
        """Nothing else in the log would tell that the outage is over."""
        await self.on_loss()
        logs.logger().info("connected again")

    def not_connected(self) -> str:
        """Why there is no connection, in words."""
        return f"not connected to NATS: {self.trouble}" if self.trouble else "not connected to NATS"


class PatientBroker(NatsBroker):
    """FastStream's own answer to a refusal is to raise where nats-py reports it, which ends the reconnecting for ever.

    A password that is being changed, or a server too slow to let us in, would leave the service deaf for good.
    """

    def _log_connection_broken(self, error_cb: ErrorCallback | None = None) -> ErrorCallback:
        assert error_cb is not None  # noqa: S101 - broker_for gives one
        return error_cb


def broker_for(
    service: str, settings: ServiceSettings, line: Line, on_closed: Callable[[], Awaitable[None]] | None = None
) -> NatsBroker:
    """FastStream's broker for one service: reconnects for ever, hears replies only under its own inbox root."""
    house = settings.house
    return PatientBroker(
        house.servers(),
        name=f"wireroom-{service}",
        security=_security(service, settings),
        inbox_prefix=f"{INBOX_ROOT}.{service}",
        max_reconnect_attempts=-1,  # after the default 60, a closed client spins
        reconnect_time_wait=RECONNECT_SECONDS,
        ping_interval=PING_SECONDS,
        pending_size=BUFFER_BYTES,
        error_cb=line.on_error,
        disconnected_cb=line.on_loss,
        reconnected_cb=line.on_return,
        closed_cb=on_closed,
        logger=None,
        graceful_timeout=house.stop_seconds,
    )


def _security(service: str, settings: ServiceSettings) -> SASLPlaintext | None:
    """User and password. nats-py asks for the password at each connection: one that was changed is read anew."""
    house = settings.house
    elsewhere = house.nats_url is not None
    if elsewhere and ("@" in house.server() or password_of(service, settings) is None):
        return None

    def password() -> str:
        if (found := password_of(service, settings)) is None:  # the embedded server would take us for a reader
            raise NoPassword(f"{house.home / FILE} has no password for {service}: `wireroom up` makes it")
        return found

    return SASLPlaintext(service, password)  # type: ignore[arg-type]  # handed on to nats-py as it is


def password_of(service: str, settings: ServiceSettings) -> str | None:
    """The service's password: its setting, else what the home folder's credentials say; None where there is neither."""
    if settings.nats_password is not None:
        return settings.nats_password.get_secret_value()
    return read_credentials(settings.house.home).get(service)
