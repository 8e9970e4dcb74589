"""Which addresses may be contacted: those of the public internet, and what the settings allow besides."""

import ipaddress
import re
from dataclasses import dataclass
from typing import Self

from contracts.outcomes import RejectReason
from services.fetch.core.web.answer import Refused
from services.fetch.core.web.urls import PORTS, Url

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# The registries of special addresses (RFC 6890, IANA), by our own word for each: Python's differs between its versions.
SPECIAL_IPV4 = {
    "0.0.0.0/8": "unspecified",
    "10.0.0.0/8": "private",
    "100.64.0.0/10": "shared (CGNAT)",
    "127.0.0.0/8": "loopback",
    "168.63.129.16/32": "metadata",
    "169.254.0.0/16": "link-local",
    "172.16.0.0/12": "private",
    "192.0.0.0/24": "reserved",
    "192.0.2.0/24": "documentation",
    "192.88.99.0/24": "reserved (6to4)",
    "192.168.0.0/16": "private",
    "198.18.0.0/15": "benchmarking",
    "198.51.100.0/24": "documentation",
    "203.0.113.0/24": "documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
}
SPECIAL_IPV6 = {
    "::/128": "unspecified",
    "::1/128": "loopback",
    "::ffff:0:0/96": "IPv4-mapped",
    "64:ff9b:1::/48": "translated (NAT64)",
    "2001::/23": "reserved",
    "2001:db8::/32": "documentation",
    "2002::/16": "6to4",
    "3fff::/20": "documentation",
    "fc00::/7": "private",
    "fe80::/10": "link-local",
    "ff00::/8": "multicast",
}
SPECIAL: dict[Network, str] = {ipaddress.ip_network(net): word for net, word in (SPECIAL_IPV4 | SPECIAL_IPV6).items()}
GLOBAL_IPV6 = ipaddress.IPv6Network("2000::/3")
NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # a network without IPv4 reaches IPv4 by it
ISATAP = (0x00005EFE, 0x02005EFE)  # the third quarter; the fourth is an IPv4 address
NAME = re.compile(r"(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*")


@dataclass(frozen=True)
class Allowed:
    """What the settings allow besides: hosts by name (`*.` for all below), networks, ports."""

    names: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()
    ports: frozenset[int] = frozenset()

    @classmethod
    def of(cls, hosts: str, ports: str) -> Self:
        """From lists with commas; raises ValueError with the remedy where one cannot be read."""
        names, networks = set[str](), list[Network]()
        for host in _listed(hosts.lower()):
            try:
                networks.append(ipaddress.ip_network(host, strict=False))
            except ValueError:
                if not NAME.fullmatch(host) or host.replace(".", "").isdigit():
                    remedy = "give host names, addresses or networks with commas between"
                    raise ValueError(f"{host[:60]}: {remedy}") from None
                names.add(host)
        numbers = _listed(ports)
        if not all(number.isascii() and number.isdecimal() and 0 < int(number) < 1 << 16 for number in numbers):
            raise ValueError("give port numbers from 1 to 65535 with commas between")
        return cls(frozenset(names), tuple(networks), frozenset(map(int, numbers)))

    def has_name(self, host: str) -> bool:
        """Whether a host is allowed by its name, whatever its addresses."""
        above = host.split(".")
        return host in self.names or any(f"*.{'.'.join(above[n:])}" in self.names for n in range(1, len(above)))

    def has_address(self, address: Address) -> bool:
        """Whether an address lies in an allowed network."""
        return any(address in network for network in self.networks)


def wrong_with_port(url: Url, allowed: Allowed) -> Refused | None:
    """Why a URL's port may not be contacted; None where it may."""
    if url.port in {*PORTS.values(), *allowed.ports}:
        return None
    detail = f"port {url.port} is not asked for: WIREROOM_FETCH_ALLOW_PORTS allows ports besides 80 and 443"
    return Refused(RejectReason.FORBIDDEN_PORT, detail)


def wrong_with_addresses(host: str, addresses: list[str], allowed: Allowed) -> Refused | None:
    """Why a host with these addresses may not be contacted: one forbidden spoils them all; None where it may."""
    if allowed.has_name(host):
        return None
    for text in addresses:
        word = forbidden(text, allowed)
        if word is not None:
            where = text if text == host else f"{host} ({text})"
            detail = f"{where} is a {word} address: WIREROOM_FETCH_ALLOW_HOSTS allows hosts and networks"
            return Refused(RejectReason.FORBIDDEN_ADDRESS, detail)
    return None


def forbidden(text: str, allowed: Allowed) -> str | None:
    """What kind of address it is that may not be contacted, in a word; None where it may."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return "strange"
    if getattr(address, "scope_id", None) is not None:
        return "zoned"
    return None if allowed.has_address(address) else _kind(address)


def _kind(address: Address) -> str | None:
    for network, word in SPECIAL.items():
        if address in network:
            return word
    if isinstance(address, ipaddress.IPv4Address):
        return None
    inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    if address in NAT64:
        return _within(inner)
    if address not in GLOBAL_IPV6:
        return "reserved"
    return _within(inner) if (int(address) >> 32) & 0xFFFFFFFF in ISATAP else None


def _within(inner: ipaddress.IPv4Address) -> str | None:
    kind = _kind(inner)
    return f"wrapped {kind}" if kind is not None else None


def _listed(text: str) -> list[str]:
    return [item for item in (item.strip() for item in text.split(",")) if item]
