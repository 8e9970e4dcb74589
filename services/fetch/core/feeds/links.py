"""Addresses in feeds: absolute, of the web, and the same however they are written."""

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

WEB_SCHEMES = ("http", "https")
DEFAULT_PORTS = {"http": 80, "https": 443}
MAX_CHARACTERS = 2000  # what a claim may have; no server takes much more
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?=\S)")
UNWRITABLE = re.compile(r"[\x00-\x20\x7f\ud800-\udfff]")
FEED_SCHEME = re.compile(r"feed:(?://)?(?=https?:)", re.IGNORECASE)


def absolute(link: object, base: str = "") -> str | None:
    """The address of the web that `link` is, seen from `base`; None where it is none."""
    if not isinstance(link, str) or not link.strip():
        return None
    try:
        joined = urljoin(base, link.strip())
        parts = urlsplit(joined)
        is_web = parts.scheme.lower() in WEB_SCHEMES and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # a port or an IPv6 address that is none
        return None
    if not is_web or len(joined) > MAX_CHARACTERS:
        return None
    return UNWRITABLE.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode("utf-8", "replace")), joined)


def refused(base: str, *links: object) -> str:
    """What the first of `links` leads to that leads to nothing of the web (a file, a program, another protocol's)."""
    return next((found for link in links if (found := _refused(link, base))), "")


def _refused(link: object, base: str) -> str:
    if not isinstance(link, str) or not SCHEME.match(written := link.strip()) or absolute(written, base) is not None:
        return ""
    return UNWRITABLE.sub("", written)[:MAX_CHARACTERS]


def feed_address(written: str) -> str | None:
    """The address of a feed as a person writes it, in one form for each; None where it is no address of the web."""
    address = FEED_SCHEME.sub("", written.strip())
    if address.lower().startswith("feed://"):
        address = "http" + address[4:]  # as readers of feeds do; who has moved to https says so for good
    if (found := absolute(address)) is None:
        return None
    parts = urlsplit(found)
    scheme, host = parts.scheme.lower(), (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    port = "" if parts.port in {None, DEFAULT_PORTS[scheme]} else f":{parts.port}"
    user, at, _ = parts.netloc.rpartition("@")
    return urlunsplit((scheme, f"{user}{at}{host}{port}", parts.path or "/", parts.query, ""))
