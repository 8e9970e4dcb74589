"""URLs as they may be asked for: taken apart once, and strictly, so that nobody later reads another host in them."""

import ipaddress
import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

import idna

from contracts.outcomes import RejectReason
from services.fetch.core.web.answer import Refused

MAX_CHARACTERS = 8192
PORTS = {"http": 80, "https": 443}
BRACKETED = re.compile(r"\[([0-9A-Fa-f:.]+)\](?::([0-9]{0,5}))?")  # no zone: it would name a cable of ours
PLAIN = re.compile(r"([^:\[\]]+)(?::([0-9]{0,5}))?")
NAME = re.compile(
    r"(?=.{1,253}\Z)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)(?:\.[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)*"
)
NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
UNWRITABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
DROPPED = str.maketrans("", "", "\t\r\n")  # as browsers do, wherever they stand
CONTROLS_AND_SPACE = "".join(map(chr, range(33)))
PATH_SAFE, QUERY_SAFE = "/%:@!$&'()*+,;=~[]", "/?%:@!$&'()*+,;=~[]{}|`^"


@dataclass(frozen=True)
class Url:
    """Where a page is: the host in ASCII and lower case, an address in its one usual form, path and query quoted."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> str:
        """Scheme, host, and the port where it is not the scheme's own."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}" + ("" if self.port == PORTS[self.scheme] else f":{self.port}")

    def __str__(self) -> str:
        return self.origin + self.target


def parse(text: str, base: Url | None = None) -> Url | Refused:
    """The URL that `text` names, seen from `base` if it is given; refused where it is none of the web's."""
    cleaned = text.strip(CONTROLS_AND_SPACE).translate(DROPPED)
    if len(cleaned) > MAX_CHARACTERS:
        return _bad(f"the URL has {len(cleaned)} characters, more than {MAX_CHARACTERS}")
    if UNWRITABLE.search(cleaned):
        return _bad("there are control characters in the URL")
    try:
        return _url(urlsplit(urljoin(str(base), cleaned) if base is not None else cleaned))
    except ValueError as error:
        return _bad(f"it is no URL: {error}")


def shown(text: str) -> str:
    """A URL as it may be kept and shown: without a user and password, and without what cannot be written."""
    cleaned = UNWRITABLE.sub("", text.strip(CONTROLS_AND_SPACE).translate(DROPPED))[:MAX_CHARACTERS]
    return re.sub(r"^([A-Za-z][A-Za-z0-9+.-]*:[/\\]*)[^/?#\\]*@", r"\1", cleaned)


def named(url: str) -> str:
    """What a page would be called as a file: the last part of its path."""
    try:
        return unquote(urlsplit(url).path).rpartition("/")[2]
    except ValueError:
        return ""


def _url(parts: SplitResult) -> Url | Refused:
    if not parts.scheme:
        return _bad("it is no URL: write https:// and a host")
    if parts.scheme not in PORTS:
        return Refused(RejectReason.FORBIDDEN_SCHEME, f"only http and https are asked for, not {parts.scheme[:20]}")
    where = _authority(parts.netloc, parts.scheme)
    if isinstance(where, Refused):
        return where
    path = _without_dots(quote(parts.path, PATH_SAFE)) or "/"
    query = f"?{quote(parts.query, QUERY_SAFE)}" if parts.query else ""
    return Url(parts.scheme, *where, path + query)


def _authority(netloc: str, scheme: str) -> tuple[str, int] | Refused:
    if "@" in netloc:
        return _bad("a URL with a user or a password in it is not asked for")
    bracketed = BRACKETED.fullmatch(netloc)
    found = bracketed or PLAIN.fullmatch(netloc)
    if found is None:
        return _bad("the URL names no host" if not netloc else "the URL's host cannot be read")
    host = _ipv6(found[1]) if bracketed else _name(found[1])
    if isinstance(host, Refused):
        return host
    port = int(found[2]) if found[2] else PORTS[scheme]
    return (host, port) if 0 < port < 1 << 16 else _bad(f"there is no port {port}")


def _ipv6(text: str) -> str | Refused:
    try:
        return ipaddress.IPv6Address(text).compressed
    except ValueError:
        return _bad("the URL's host is no IPv6 address")


def _name(text: str) -> str | Refused:
    """The host in ASCII: fullwidth digits and the like become what a resolver would make of them, and then numbers."""
    try:
        name = text.lower() if text.isascii() else idna.encode(text, uts46=True).decode()
    except (idna.IDNAError, UnicodeError) as error:
        return _bad(f"the URL's host is no name: {str(error)[:100]}")
    name = name.removesuffix(".")
    if not NAME.fullmatch(name):
        return _bad("the URL's host is no name")
    if NUMBER.fullmatch(name.rpartition(".")[2]):
        return _ipv4(name)
    return name


def _ipv4(name: str) -> str | Refused:
    """An address as resolvers read it: up to four numbers, decimal, octal or hexadecimal; the last fills the rest."""
    numbers = [_number(part) for part in name.split(".")]
    *first, last = numbers
    if len(numbers) > 4 or None in numbers:
        return _bad("the URL's host is no IPv4 address")
    known = [number for number in first if number is not None and number < 256]
    if len(known) < len(first) or last is None or last >= 256 ** (4 - len(first)):
        return _bad("the URL's host is no IPv4 address")
    value = last + sum(number << 8 * (3 - place) for place, number in enumerate(known))
    return str(ipaddress.IPv4Address(value))


def _number(part: str) -> int | None:
    base = 16 if part.startswith("0x") else 8 if part.startswith("0") and len(part) > 1 else 10
    try:
        return int(part.removeprefix("0x") or "0", base) if NUMBER.fullmatch(part) and len(part) <= 20 else None
    except ValueError:  # an 8 in an octal number
        return None


def _without_dots(path: str) -> str:
    """The path without `.` and `..` (RFC 3986, 5.2.4): what robots.txt is asked about is what is asked for."""
    kept: list[str] = []
    segments = path.split("/")
    for place, segment in enumerate(segments):
        name = segment.lower().replace("%2e", ".")
        if name not in (".", ".."):
            kept.append(segment)
            continue
        if name == ".." and len(kept) > 1:
            kept.pop()
        if place == len(segments) - 1:
            kept.append("")
    return "/".join(kept)


def _bad(detail: str) -> Refused:
    return Refused(RejectReason.BAD_URL, detail)
