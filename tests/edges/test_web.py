"""What a server may do to us, told against one that does."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from contracts.outcomes import RejectReason
from services.chassis.testing import free_port
from services.fetch.core.web.answer import NotModified, Page, Refused
from tests.edges.webs import HOST, Lie, Site, certificate, said, secure, time_for, web, why

HELLO = "<p>Le maire a inauguré hier la nouvelle école."


async def test_a_page_comes_with_what_its_server_says_of_it(site: Site) -> None:
    headers = {"Content_Type": "text/html; charset=ISO-8859-1", "ETag": '"1"', "Cache_Control": "max-age=60"}
    site.answers["/a"] = said(HELLO.encode("latin-1"), **headers)

    page = await web(site).get(site.url("/a"))

    assert page == Page(
        site.url("/a"), HELLO.encode("latin-1"), "text/html", "iso-8859-1", etag='"1"', fresh_seconds=60.0
    )


async def test_we_say_who_we_are_and_keep_no_cookies(site: Site) -> None:
    site.answers |= {"/a": said(status="302 Found", Location="/b", Set_Cookie="a=b"), "/b": said(HELLO)}
    everybody = web(site, contact="desk@example.org")

    await everybody.get(site.url("/a"))
    await everybody.get(site.url("/b"))

    assert {headers["user-agent"].partition("/")[0] for _, headers in site.heard} == {"Wireroom"}
    assert all("(+desk@example.org)" in headers["user-agent"] for _, headers in site.heard)
    assert not any("cookie" in headers for _, headers in site.heard)


async def test_proxies_of_the_environment_are_not_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.answers["/a"] = said(HELLO)

    assert isinstance(await web(site).get(site.url("/a")), Page)


async def test_a_server_is_told_what_it_wanted_to_be_told(site: Site) -> None:
    site.answers["/a"] = said(status="304 Not Modified", ETag='"2"')

    answer = await web(site).get(site.url("/a"), etag='"1"', last_modified="yesterday", accept="text/xml")

    assert answer == NotModified(site.url("/a"), etag='"2"')
    asked = site.heard[-1][1]
    assert (asked["if-none-match"], asked["if-modified-since"], asked["accept"]) == ('"1"', "yesterday", "text/xml")


async def test_an_etag_comes_back_byte_for_byte(site: Site) -> None:
    site.answers["/a"] = said(HELLO, ETag='W/"é\xa0"')
    asked = web(site)

    page = await asked.get(site.url("/a"))
    assert isinstance(page, Page)
    await asked.get(site.url("/a"), etag=page.etag)

    assert site.heard[-1][1]["if-none-match"] == 'W/"é\xa0"'.encode().decode("latin-1")


async def test_nothing_has_changed_is_no_answer_where_nobody_asked(site: Site) -> None:
    site.answers["/a"] = said(status="304 Not Modified")

    assert why(await web(site).get(site.url("/a"))) is RejectReason.HTTP_STATUS


async def test_redirects_are_followed_and_permanent_ones_remembered(site: Site) -> None:
    site.answers |= {
        "/a": said(status="301 Moved Permanently", Location="/b"),
        "/b": said(status="308 Permanent Redirect", Location="/c?d=é#e"),
        "/c?d=%C3%A9": said(HELLO),
        "/t": said(status="302 Found", Location="/a"),
    }
    asked = web(site)

    moved, visited = await asked.get(site.url("/a")), await asked.get(site.url("/t"))

    assert isinstance(moved, Page)
    assert isinstance(visited, Page)
    assert moved.url == moved.moved_to == visited.url == site.url("/c?d=%C3%A9")
    assert visited.moved_to is None


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("/a", RejectReason.TOO_MANY_REDIRECTS),
        ("/1", RejectReason.TOO_MANY_REDIRECTS),
        ("ftp://example.org/", RejectReason.FORBIDDEN_SCHEME),
        ("file:///etc/passwd", RejectReason.FORBIDDEN_SCHEME),
        ("http://127.0.0.1:22/", RejectReason.FORBIDDEN_PORT),
        ("http://[::1", RejectReason.BAD_URL),
        ("http://u:p@127.0.0.1/", RejectReason.BAD_URL),
    ],
)
async def test_a_redirect_that_leads_nowhere_is_the_end(site: Site, location: str, reason: RejectReason) -> None:
    site.answers["/a"] = said(status="302 Found", Location=location)
    site.answers |= {f"/{n}": said(status="302 Found", Location=f"/{n + 1}") for n in range(1, 100)}

    assert why(await web(site).get(site.url("/a"))) is reason
    assert len(site.paths) <= 11


@pytest.mark.parametrize(
    ("status", "passing"), [("404 Not Found", False), ("410 Gone", False), ("500 Oh", True), ("502 Bad Gateway", True)]
)
async def test_a_status_that_is_no_page_says_whether_it_may_pass(site: Site, status: str, passing: bool) -> None:
    site.answers["/a"] = said(HELLO, status)

    answer = await web(site).get(site.url("/a"))

    assert why(answer) is RejectReason.HTTP_STATUS
    assert isinstance(answer, Refused)
    assert answer.passing is passing


async def test_a_host_that_asks_to_be_left_alone_is(site: Site) -> None:
    site.answers["/a"] = said(status="429 Too Many Requests", Retry_After="120")
    site.answers["/b"] = said(HELLO)
    asked = web(site)

    first, second = await asked.get(site.url("/a")), await asked.get(site.url("/b"))

    assert isinstance(first, Refused)
    assert isinstance(second, Refused)
    assert first.retry_after_seconds == 120.0
    assert second.passing
    assert 0 < (second.retry_after_seconds or 0) <= 120.0
    assert site.paths == ["/a"]


async def test_a_server_in_trouble_that_says_for_how_long_is_left_alone_as_long(site: Site) -> None:
    site.answers["/a"] = said(status="500 Oh", Retry_After="120")
    asked = web(site)
    await asked.get(site.url("/a"))

    assert 0 < asked.hosts.rest_of(HOST) <= 120.0


@pytest.mark.parametrize("status", ["408 Request Timeout", "425 Too Early"])
async def test_what_is_said_of_one_request_holds_no_other_page_of_the_host(site: Site, status: str) -> None:
    site.answers["/a"] = said(status=status, Retry_After="120")
    site.answers["/b"] = said(HELLO)
    asked = web(site)

    first, second = await asked.get(site.url("/a")), await asked.get(site.url("/b"))

    assert isinstance(first, Refused)
    assert first.retry_after_seconds == 120.0
    assert isinstance(second, Page)


async def test_what_robots_txt_forbids_is_not_asked_for_unless_the_settings_say_so(site: Site) -> None:
    site.answers |= {"/robots.txt": said("User-agent: *\nDisallow: /no"), "/no": said(HELLO), "/yes": said(HELLO)}
    obeying = web(site)

    answers = [await obeying.get(site.url(path)) for path in ("/no", "/yes", "/x/../no")]

    assert [isinstance(answer, Page) for answer in answers] == [False, True, False]
    assert why(answers[0]) is RejectReason.ROBOTS
    assert [path for path, _ in site.heard] == ["/robots.txt", "/yes"]  # asked for once
    assert isinstance(await web(site, obey_robots=False).get(site.url("/no")), Page)
    assert isinstance(await obeying.get(site.url("/no"), obey_robots=False), Page)


async def test_a_redirect_to_what_robots_txt_forbids_is_not_followed(site: Site) -> None:
    site.answers |= {
        "/robots.txt": said("User-agent: *\nDisallow: /no"),
        "/yes": said(status="302 Found", Location="/no"),
    }

    assert why(await web(site).get(site.url("/yes"))) is RejectReason.ROBOTS
    assert site.paths == ["/yes"]


async def test_a_site_whose_robots_txt_is_in_trouble_is_left_for_later(site: Site) -> None:
    site.answers |= {"/robots.txt": said(status="503 Oh"), "/a": said(HELLO)}

    answer = await web(site).get(site.url("/a"))

    assert why(answer) is RejectReason.ROBOTS
    assert isinstance(answer, Refused)
    assert answer.passing
    assert site.paths == []


async def _nothing(writer: asyncio.StreamWriter) -> None:
    await writer.wait_closed()


@pytest.mark.parametrize(
    ("robots", "reason"),
    [
        (_nothing, RejectReason.TIMED_OUT),
        (said(status="301 M", Location="http://127.0.0.9/robots.txt"), RejectReason.FORBIDDEN_ADDRESS),
    ],
    ids=["nothing", "a way into the house"],
)
async def test_it_is_said_that_it_is_the_robots_txt_that_cannot_be_had(
    site: Site, robots: bytes | Lie, reason: RejectReason
) -> None:
    site.answers |= {"/robots.txt": robots, "/a": said(HELLO)}

    answer = await web(site, page_timeout_seconds=time_for(reason)).get(site.url("/a"))

    assert why(answer) is reason
    assert isinstance(answer, Refused)
    assert answer.detail.startswith("its robots.txt cannot be had: ")
    assert site.paths == []


@pytest.mark.parametrize("robots", [said(status="302 Found", Location="/robots.txt"), said(b"\x00\xff" * 100)])
async def test_a_robots_txt_that_says_nothing_forbids_nothing(site: Site, robots: bytes) -> None:
    site.answers |= {"/robots.txt": robots, "/a": said(HELLO)}

    assert isinstance(await web(site).get(site.url("/a")), Page)


async def dripping(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"a")
        await writer.drain()
        await asyncio.sleep(0.01)


async def dripping_headers(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while not writer.is_closing():
        writer.write(b"X: a\r\n")
        await writer.drain()
        await asyncio.sleep(0.01)


async def silent(writer: asyncio.StreamWriter) -> None:
    await writer.wait_closed()


async def continuing(writer: asyncio.StreamWriter) -> None:
    while not writer.is_closing():
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n" * 100)
        await writer.drain()


async def pouring(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"10000\r\n" + b"a" * 65536 + b"\r\n")
        await writer.drain()


async def pouring_headers(writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while not writer.is_closing():
        writer.write(b"X: " + b"a" * 1000 + b"\r\n")
        await writer.drain()


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        (dripping, RejectReason.TIMED_OUT),
        (dripping_headers, RejectReason.TIMED_OUT),
        (silent, RejectReason.TIMED_OUT),
        (continuing, RejectReason.TIMED_OUT),
        (pouring, RejectReason.TOO_LARGE),
        (pouring_headers, RejectReason.UNREACHABLE),
    ],
)
async def test_a_server_that_never_comes_to_an_end_is_left(site: Site, lie: Lie, reason: RejectReason) -> None:
    site.answers["/a"] = lie

    answer = await web(site, page_timeout_seconds=time_for(reason), max_page_bytes=1 << 20).get(site.url("/a"))

    assert why(answer) is reason


@pytest.mark.parametrize(
    ("lie", "reason", "passing"),
    [
        (said(HELLO, Content_Length=1000), RejectReason.UNREACHABLE, True),
        (said(HELLO, Content_Length=-1), RejectReason.UNREACHABLE, False),
        (said(HELLO, Content_Length=1 << 40), RejectReason.TOO_LARGE, False),
        (b"SSH-2.0-OpenSSH_9.2\r\n", RejectReason.UNREACHABLE, True),  # half a line may become one of HTTP
        (b"SSH-2.0-OpenSSH_9.2\r\n\r\n", RejectReason.UNREACHABLE, False),
        (b"HTTP/1.1 2000 OK\r\n\r\n", RejectReason.UNREACHABLE, False),
        (b"HTTP/1.1 200 OK\r\nA\x00: b\r\n\r\n", RejectReason.UNREACHABLE, False),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", RejectReason.UNREACHABLE, False),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nab", RejectReason.UNREACHABLE, True),
        (b"", RejectReason.UNREACHABLE, True),
    ],
)
async def test_a_server_that_lies_is_found_out_and_asked_again_only_where_that_may_help(
    site: Site, lie: bytes, reason: RejectReason, passing: bool
) -> None:
    site.answers["/a"] = lie

    answer = await web(site).get(site.url("/a"))
    assert isinstance(answer, Refused)
    assert (answer.reason, answer.passing) == (reason, passing)


async def test_more_than_was_announced_is_not_read(site: Site) -> None:
    site.answers["/a"] = said(HELLO + "and more", Content_Length=len(HELLO.encode()))

    page = await web(site).get(site.url("/a"))

    assert isinstance(page, Page)
    assert page.data == HELLO.encode()


async def test_where_nobody_listens_it_may_be_another_time() -> None:
    site = Site(free_port())  # nobody else is given it meanwhile
    answer = await web(site).get(site.url("/a"))

    assert why(answer) is RejectReason.UNREACHABLE
    assert isinstance(answer, Refused)
    assert answer.passing


async def test_pages_come_over_http_2_where_the_server_speaks_it(tmp_path: Path) -> None:
    pem = certificate(tmp_path, HOST)
    async with Site(tls=secure(pem, "h2", "http/1.1")).open() as site:
        site.answers["/a"] = said(HELLO)

        page = await web(site, ca_file=pem).get(site.url("/a"))

    assert isinstance(page, Page)
    assert (page.data, page.charset) == (HELLO.encode(), "utf-8")
    assert site.heard[-1][1][":authority"] == f"{HOST}:{site.port}"


@pytest.mark.parametrize(
    ("name", "trusted"), [(HOST, False), ("elsewhere.example.org", True)], ids=["of nobody we trust", "of another host"]
)
async def test_a_certificate_that_does_not_hold_is_the_end(tmp_path: Path, name: str, trusted: bool) -> None:
    pem = certificate(tmp_path, name)
    settings: dict[str, Any] = {"ca_file": pem} if trusted else {}
    async with Site(tls=secure(pem, "http/1.1")).open() as site:
        answer = await web(site, **settings).get(site.url("/a"))

    assert why(answer) is RejectReason.TLS
    assert isinstance(answer, Refused)
    assert not answer.passing
    assert site.heard == []


@pytest.mark.parametrize(("greeting", "reason"), [(b"220 ready\r\n", RejectReason.TLS), (b"", RejectReason.TIMED_OUT)])
async def test_a_server_that_speaks_no_tls_is_refused_for_that_and_one_that_says_nothing_for_its_silence(
    greeting: bytes, reason: RejectReason
) -> None:
    async with Site(greeting=greeting).open() as site:
        secure_url = site.url("/a").replace("http:", "https:")
        answer = await web(site, page_timeout_seconds=time_for(reason)).get(secure_url)

    assert why(answer) is reason
    assert isinstance(answer, Refused)
    assert answer.passing is (reason is RejectReason.TIMED_OUT)
