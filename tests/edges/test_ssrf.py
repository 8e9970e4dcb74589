"""Nobody is led into the house: a server on loopback counts who comes, and whatever it is called, nobody does."""

import socket
from collections.abc import AsyncIterator, Iterable
from typing import Any

import httpcore
import pytest
import pytest_asyncio

from contracts.outcomes import RejectReason
from services.chassis.testing import free_port
from services.fetch.core.web.answer import Answer, Page, Refused
from services.fetch.settings import FetchSettings
from services.fetch.web.client import Web
from services.fetch.web.resolver import Resolve
from tests.edges.webs import HOST, Site, said

PUBLIC = "93.184.215.14"
AT_HOME = {RejectReason.FORBIDDEN_ADDRESS, RejectReason.BAD_URL}


@pytest_asyncio.fixture
async def house() -> AsyncIterator[Site]:
    """What must not be reached: on every loopback there is, it answers everything."""
    hosts = (HOST, "::1") if _has_ipv6() else (HOST,)
    async with Site(free_port(), hosts).open() as site:
        site.answers |= {path: said("the crown jewels") for path in ("/", "/robots.txt", "/a")}
        yield site
        assert site.connections == 0


def _has_ipv6() -> bool:
    try:
        with socket.socket(socket.AF_INET6) as trying:
            trying.bind(("::1", 0))
    except OSError:
        return False
    return True


def names(known: dict[str, Iterable[str]]) -> Resolve:
    """A name server that knows these; whoever asks it twice may get the next answer."""
    left = {name: list(answers) for name, answers in known.items()}

    async def resolve(host: str, port: int) -> list[str]:
        answers = left.get(host, [host])
        return (answers.pop(0) if len(answers) > 1 else answers[0]).split()

    return resolve


class OnlyHome(httpcore.AnyIOBackend):
    """A network of which loopback is all there is; it remembers where somebody wanted to go."""

    def __init__(self) -> None:
        self.wanted: list[str] = []

    async def connect_tcp(self, host: str, *rest: Any, **more: Any) -> httpcore.AsyncNetworkStream:
        self.wanted.append(host)
        if host == PUBLIC:
            raise httpcore.ConnectError("there is no public network here")
        return await super().connect_tcp(host, *rest, **more)


def stranger(house: Site, resolve: Resolve | None = None, *, network: OnlyHome | None = None, **settings: Any) -> Web:
    """The web as it is set by default, but that the port of the house would do."""
    told: dict[str, Any] = {"allow_ports": str(house.port), "host_gap_seconds": 0.0}
    return Web(FetchSettings(**told | settings), resolve=resolve, network=network or OnlyHome())


def why(answer: Answer) -> RejectReason:
    assert isinstance(answer, Refused)
    assert not answer.passing
    return answer.reason


NOTATIONS = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "127.127.127.127",
    "127.0.0.1.",
    "2130706433",
    "017700000001",
    "0x7f000001",
    "0x7f.0x0.0x0.0x1",
    "0x7F.1",
    "0177.0.0.1",
    "0177.0.0.0x1",
    "00000177.0.0.1",
    "0",
    "0.0.0.0",
    "00.00.00.00",
    "0x0",
    "127.0.0.257",
    "4294967297",
    "１２７.０.０.１",
    "127。0。0。1",
    "127｡0｡0｡1",
    "①②⑦.⓪.⓪.①",
    "127.0.0.1%00.example.org",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "ｌｏｃａｌｈｏｓｔ",
    "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
    "loc\u00adalhost",
    "[::1]",
    "[::]",
    "[0:0:0:0:0:0:0:1]",
    "[0000::0001]",
    "[::127.0.0.1]",
    "[::7f00:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::FFFF:127.0.0.1]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b:1::127.0.0.1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::]",
    "[fe80::1%25lo]",
    "[::1%25lo]",
    "[::1%lo]",
    "[fe80::1]",
    "[fd00:ec2::254]",
    "169.254.169.254",
    "0xa9fea9fe",
    "2852039166",
    "0251.0376.0251.0376",
    "[::ffff:169.254.169.254]",
    "100.100.100.200",
    "168.63.129.16",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "192.0.0.192",
    "224.0.0.1",
    "255.255.255.255",
]


@pytest.mark.parametrize("host", NOTATIONS)
async def test_no_notation_of_an_address_leads_into_the_house(house: Site, host: str) -> None:
    asked = stranger(house)

    assert why(await asked.get(house.url(host=host))) in AT_HOME
    assert why(await asked.get(house.url(host=host), obey_robots=False)) in AT_HOME


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org@127.0.0.1:{port}/",
        "http://example.org:80@127.0.0.1:{port}/",
        "http://127.0.0.1:{port}@example.org/",
        "http://example.org\\@127.0.0.1:{port}/",
        "http://127.0.0.1:{port}\\@example.org/",
        "http://example.org#@127.0.0.1:{port}/\\",
        "http://127.0.0.1:{port}#@example.org/",
        "http://127.0.0.1:{port}?@example.org/",
        "http://@127.0.0.1:{port}/",
        "http://:@127.0.0.1:{port}/",
        "http://example.org%40127.0.0.1:{port}/",
        "http:\\\\127.0.0.1:{port}/",
        "http:127.0.0.1:{port}/",
        "http:/127.0.0.1:{port}/",
        "http:///127.0.0.1:{port}/",
        "http://127.0.0.1 :{port}/",
        "http://127.0.0.1\t:{port}/",
        "http://1\r\n27.0.0.1:{port}/",
        "ht\ntp://127.0.0.1:{port}/",
        "http://[127.0.0.1]:{port}/",
        "http://127.0.0.1:{port}:80/",
        "http://127.0.0.1:0{port}/",
        "HTTP://127.0.0.1:{port}/",
        "//127.0.0.1:{port}/",
    ],
)
async def test_no_trick_with_the_parts_of_a_url_leads_into_the_house(house: Site, url: str) -> None:
    asked = stranger(house, names({"example.org": [PUBLIC]}))

    answer = await asked.get(url.format(port=house.port))

    assert isinstance(answer, Refused)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "file://127.0.0.1/etc/passwd",
        "gopher://127.0.0.1:{port}/_GET%20/",
        "ftp://127.0.0.1:{port}/",
        "dict://127.0.0.1:{port}/",
        "ws://127.0.0.1:{port}/",
        "ldap://127.0.0.1:{port}/",
        "unix:///run/docker.sock",
        "http+unix://%2Frun%2Fdocker.sock/",
        "jar:http://127.0.0.1:{port}!/",
        "view-source:http://127.0.0.1:{port}/",
        "data:text/html,a",
    ],
)
async def test_no_other_scheme_is_spoken(house: Site, url: str) -> None:
    assert why(await stranger(house).get(url.format(port=house.port))) is RejectReason.FORBIDDEN_SCHEME


async def test_no_port_but_the_webs_is_asked_even_of_hosts_that_are_allowed(house: Site) -> None:
    asked = stranger(house, allow_ports="", allow_hosts=HOST)

    assert why(await asked.get(house.url())) is RejectReason.FORBIDDEN_PORT


@pytest.mark.parametrize(
    "answer",
    [
        HOST,
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "fe80::1%lo",
        "169.254.169.254",
        "10.0.0.1",
        f"{PUBLIC} {HOST}",
        f"{HOST} {PUBLIC}",
        f"{PUBLIC} 2606:4700::1111 ::1",
    ],
)
async def test_no_name_leads_into_the_house_not_even_beside_good_addresses(house: Site, answer: str) -> None:
    network = OnlyHome()
    asked = stranger(house, names({"news.example.org": [answer]}), network=network)

    assert why(await asked.get(house.url(host="news.example.org"))) is RejectReason.FORBIDDEN_ADDRESS
    assert network.wanted == []


async def test_a_name_server_that_changes_its_answer_after_the_look_is_not_asked_again(house: Site) -> None:
    network = OnlyHome()
    known = names({"news.example.org": [PUBLIC, HOST, HOST, HOST]})
    asked = stranger(house, known, network=network, obey_robots=False)

    answer = await asked.get(house.url(host="news.example.org"))

    assert isinstance(answer, Refused)
    assert answer.reason is RejectReason.UNREACHABLE  # the public address, which nobody can reach here
    assert network.wanted == [PUBLIC]


async def test_a_name_that_turns_homeward_between_two_connections_is_looked_at_each_time(house: Site) -> None:
    async with Site().open() as front:
        front.answers |= {"/": said(status="302 Found", Location="/a"), "/a": said("never seen")}
        turning = names({"news.example.org": [HOST, "::1 127.0.0.1"]})
        asked = stranger(house, turning, allow_hosts=HOST, allow_ports=f"{front.port}", obey_robots=False)

        answer = await asked.get(front.url(host="news.example.org"))

    assert why(answer) is RejectReason.FORBIDDEN_ADDRESS
    assert front.paths == ["/"]


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.1:{port}/",
        "//127.0.0.1:{port}/",
        "http://localhost:{port}/",
        "http://2130706433:{port}/",
        "http://[::1]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://other.example.org:{port}/",
        "http://u:p@127.0.0.1:{port}/",
        "gopher://127.0.0.1:{port}/",
    ],
)
async def test_no_redirect_leads_into_the_house(house: Site, location: str, status: str) -> None:
    async with Site().open() as front:
        front.answers["/"] = said(status=status, Location=location.format(port=house.port))
        known = names({"news.example.org": [HOST], "other.example.org": [HOST], "localhost": [HOST]})
        ports = f"{front.port}, {house.port}"
        asked = stranger(house, known, allow_hosts="news.example.org", allow_ports=ports)

        answer = await asked.get(front.url(host="news.example.org"))

    assert why(answer) in {*AT_HOME, RejectReason.FORBIDDEN_SCHEME}
    assert front.paths == ["/"]


async def test_no_robots_txt_leads_into_the_house(house: Site) -> None:
    async with Site().open() as front:
        front.answers["/robots.txt"] = said(status="302 Found", Location=house.url("/robots.txt"))
        front.answers["/"] = said("a page")
        known = names({"news.example.org": [HOST]})
        ports = f"{front.port}, {house.port}"
        asked = stranger(house, known, allow_hosts="news.example.org", allow_ports=ports)

        answer = await asked.get(front.url(host="news.example.org"))

    assert why(answer) is RejectReason.FORBIDDEN_ADDRESS


async def test_the_same_house_is_found_where_the_settings_allow_it() -> None:
    async with Site().open() as site:
        site.answers["/"] = said("the crown jewels")
        allowed = stranger(site, names({"news.example.org": [HOST]}), allow_hosts="news.example.org")

        answer = await allowed.get(site.url(host="news.example.org"))

    assert isinstance(answer, Page)
    assert site.heard[-1][1]["host"] == f"news.example.org:{site.port}"
