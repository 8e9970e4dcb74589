"""Which settings give up a promise that Wireroom makes otherwise."""

from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from services.chassis.settings import House
from services.fetch.settings import FetchSettings

SURELY_SAID_SECONDS = 60  # no receipt takes a good part of this from disk to disk, and clocks differ by less


def given_up(house: House, fetch: FetchSettings) -> list[str]:
    """One line for each such setting: what is given up, and by which."""
    lines = []
    if house.nats_url is not None:
        lines.append(
            "WIREROOM_NATS_URL: whether what is acknowledged survives a power loss is up to that server's sync_interval"
        )
        if any(_is_open(urlsplit(server)) for server in house.servers()):
            lines.append("WIREROOM_NATS_URL: articles and passwords travel unencrypted; use tls://")
    elif house.nats_sync_interval != "always":
        taken = "files that were moved to .done meanwhile are to be dropped again"
        if fetch.after == "delete":
            taken = "files that were deleted meanwhile (WIREROOM_FETCH_AFTER) are lost for good"
        lines.append(
            f"WIREROOM_NATS_SYNC_INTERVAL: a power loss takes what was acknowledged in the last "
            f"{house.nats_sync_interval}; {taken}"
        )
    if not is_loopback(house.metrics_host):
        lines.append("WIREROOM_METRICS_HOST: whoever reaches this machine can read the metrics")
    if fetch.settle_seconds == 0:
        lines.append("WIREROOM_FETCH_SETTLE_SECONDS: a file may be taken while it is being written")
    if house.raw_fresh_seconds < SURELY_SAID_SECONDS:
        lines.append(
            "WIREROOM_RAW_FRESH_SECONDS: where a machine is slow or its clock differs, store may remove an original "
            f"that fetch says is kept; {SURELY_SAID_SECONDS} or more leave the time for it"
        )
    if fetch.after == "delete":
        lines.append(
            "WIREROOM_FETCH_AFTER: a file that was taken is deleted; its original is "
            "in RAW alone, for 90 days, or until RAW is nearly full"
        )
    return lines


def _is_open(url: SplitResult) -> bool:
    return url.scheme not in {"tls", "wss"} and not is_loopback(url.hostname or "")


def is_loopback(host: str) -> bool:
    """Whether only this machine can be meant."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
