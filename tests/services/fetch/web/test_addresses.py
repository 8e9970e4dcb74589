import ipaddress

import pytest

from contracts.outcomes import RejectReason
from services.fetch.core.web.addresses import Allowed, forbidden, wrong_with_addresses, wrong_with_port
from services.fetch.core.web.urls import Url

NOTHING = Allowed()


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "93.184.215.14",
        "172.15.255.255",
        "172.32.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "198.17.255.255",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450:4001::200e",
        "64:ff9b::808:808",
    ],
)
def test_the_public_internet_may_be_contacted(address: str) -> None:
    assert forbidden(address, NOTHING) is None


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("0.0.0.0", "unspecified"),
        ("0.1.2.3", "unspecified"),
        ("10.255.255.255", "private"),
        ("100.64.0.0", "shared (CGNAT)"),
        ("100.100.100.200", "shared (CGNAT)"),
        ("127.0.0.1", "loopback"),
        ("127.255.255.255", "loopback"),
        ("168.63.129.16", "metadata"),
        ("169.254.169.254", "link-local"),
        ("172.16.0.1", "private"),
        ("172.31.255.255", "private"),
        ("192.0.0.192", "reserved"),
        ("192.0.2.1", "documentation"),
        ("192.88.99.1", "reserved (6to4)"),
        ("192.168.0.1", "private"),
        ("198.19.0.1", "benchmarking"),
        ("198.51.100.1", "documentation"),
        ("203.0.113.1", "documentation"),
        ("224.0.0.1", "multicast"),
        ("255.255.255.255", "reserved"),
        ("::", "unspecified"),
        ("::1", "loopback"),
        ("::127.0.0.1", "reserved"),
        ("::ffff:127.0.0.1", "IPv4-mapped"),
        ("::ffff:8.8.8.8", "IPv4-mapped"),
        ("::ffff:0:127.0.0.1", "reserved"),
        ("64:ff9b::7f00:1", "wrapped loopback"),
        ("64:ff9b::a9fe:a9fe", "wrapped link-local"),
        ("64:ff9b:1::a00:1", "translated (NAT64)"),
        ("100::1", "reserved"),
        ("2001::1", "reserved"),
        ("2001:db8::1", "documentation"),
        ("2002:7f00:1::", "6to4"),
        ("2606:4700::5efe:7f00:1", "wrapped loopback"),
        ("2606:4700::200:5efe:a00:1", "wrapped private"),
        ("3fff::1", "documentation"),
        ("5f00::1", "reserved"),
        ("fc00::1", "private"),
        ("fd00:ec2::254", "private"),
        ("fe80::1", "link-local"),
        ("fe80::1%eth0", "zoned"),
        ("2606:4700::1111%1", "zoned"),
        ("fec0::1", "reserved"),
        ("ff02::1", "multicast"),
        ("4000::1", "reserved"),
        ("localhost", "strange"),
        ("", "strange"),
    ],
)
def test_everything_else_may_not_and_says_what_it_is(address: str, kind: str) -> None:
    assert forbidden(address, NOTHING) == kind


def test_nothing_that_python_calls_private_is_taken_for_public() -> None:
    tables = [ipaddress.ip_network(net) for net in ("0.0.0.0/4", "96.0.0.0/4", "160.0.0.0/3", "192.0.0.0/8")]
    found = [
        str(address)
        for net in tables
        for place in range(0, net.num_addresses, 65_521)
        if (address := net[place]).is_private and forbidden(str(address), NOTHING) is None
    ]

    assert found == []


def test_one_forbidden_address_spoils_all_the_others_of_a_host() -> None:
    refused = wrong_with_addresses("two.example.org", ["93.184.215.14", "10.0.0.1"], NOTHING)

    assert refused is not None
    assert refused.reason is RejectReason.FORBIDDEN_ADDRESS
    assert "two.example.org (10.0.0.1)" in refused.detail
    assert "WIREROOM_FETCH_ALLOW_HOSTS" in refused.detail


@pytest.mark.parametrize(
    ("hosts", "host", "addresses", "may"),
    [
        ("intranet.example.org", "intranet.example.org", ["10.0.0.1"], True),
        ("intranet.example.org", "other.example.org", ["10.0.0.1"], False),
        ("intranet.example.org", "a.intranet.example.org", ["10.0.0.1"], False),
        ("*.example.org", "a.b.example.org", ["10.0.0.1"], True),
        ("*.example.org", "example.org", ["10.0.0.1"], False),
        ("*.example.org", "badexample.org", ["10.0.0.1"], False),
        ("10.1.0.0/16", "any.example.org", ["10.1.2.3"], True),
        ("10.1.0.0/16", "any.example.org", ["10.1.2.3", "10.2.0.0"], False),
        ("10.1.2.3", "10.1.2.3", ["10.1.2.3"], True),
        (" fd00::/8 , 127.0.0.1", "any.example.org", ["fd12::1"], True),
        ("127.0.0.1", "any.example.org", ["::ffff:127.0.0.1"], False),
        ("localhost", "localhost", ["127.0.0.1", "::1"], True),
    ],
)
def test_the_settings_allow_hosts_by_name_and_networks(hosts: str, host: str, addresses: list[str], may: bool) -> None:
    assert (wrong_with_addresses(host, addresses, Allowed.of(hosts, "")) is None) is may


@pytest.mark.parametrize("hosts", ["10.0.0.300", "http://a.org", "a b", "*.", "10.0.0.0/33", "a.org:80"])
def test_a_list_of_hosts_that_cannot_be_read_is_said(hosts: str) -> None:
    with pytest.raises(ValueError, match="give host names, addresses or networks"):
        Allowed.of(hosts, "")


@pytest.mark.parametrize("ports", ["http", "0", "65536", "80-90", "８０８０"])
def test_a_list_of_ports_that_cannot_be_read_is_said(ports: str) -> None:
    with pytest.raises(ValueError, match="give port numbers"):
        Allowed.of("", ports)


@pytest.mark.parametrize(("port", "may"), [(80, True), (443, True), (8080, True), (22, False), (6379, False)])
def test_ports_besides_the_webs_own_are_allowed_one_by_one(port: int, may: bool) -> None:
    refused = wrong_with_port(Url("http", "a.org", port, "/"), Allowed.of("", "8080"))

    assert (refused is None) is may
    assert refused is None or refused.reason is RejectReason.FORBIDDEN_PORT
