import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.outcomes import RejectReason
from services.fetch.core.web.answer import Refused
from services.fetch.core.web.urls import PORTS, Url, parse, shown

BASE = Url("https", "example.org", 443, "/a/b/c?d")


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://example.org", "https://example.org/"),
        ("HTTP://Example.ORG:80/A?b=C#d", "http://example.org/A?b=C"),
        ("https://example.org:443/", "https://example.org/"),
        ("https://example.org:8443/", "https://example.org:8443/"),
        ("  https://exa\nmple.org/a\tb \x00", "https://example.org/ab"),
        ("https://example.org./", "https://example.org/"),
        ("https://zürich.example/", "https://xn--zrich-kva.example/"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://例え.テスト/", "https://xn--r8jz45g.xn--zckzah/"),
        ("https://example。org/", "https://example.org/"),
        ("https://_dmarc.example.org/", "https://_dmarc.example.org/"),
        ("https://example.org/été à?q=où", "https://example.org/%C3%A9t%C3%A9%20%C3%A0?q=o%C3%B9"),
        ("https://example.org/100%/%41", "https://example.org/100%/%41"),
        ("https://example.org/a\\b", "https://example.org/a%5Cb"),
        ("https://example.org/a/./b/../c", "https://example.org/a/c"),
        ("https://example.org/a/%2e%2E/%2e/c/..", "https://example.org/c/".replace("c/", "")),
        ("https://example.org/../../a", "https://example.org/a"),
        ("https://example.org?a@b", "https://example.org/?a@b"),
        ("https://example.org/@b", "https://example.org/@b"),
        ("http://[2001:DB8:0::1]:8080/", "http://[2001:db8::1]:8080/"),
    ],
)
def test_a_url_is_brought_into_one_form(text: str, url: str) -> None:
    assert str(parse(text)) == url


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("127.0.1", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("0x7F.1", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("0177.0.0.01", "127.0.0.1"),
        ("127.0.0.1.", "127.0.0.1"),
        ("１２７.０.０.１", "127.0.0.1"),
        ("①②⑦.⓪.⓪.①", "127.0.0.1"),
        ("127。0。0。1", "127.0.0.1"),
        ("0", "0.0.0.0"),
        ("0x", "0.0.0.0"),
        ("4294967295", "255.255.255.255"),
        ("10.0x10.257", "10.16.1.1"),
    ],
)
def test_an_address_in_any_notation_is_read_as_resolvers_do(host: str, address: str) -> None:
    url = parse(f"http://{host}/")

    assert isinstance(url, Url)
    assert url.host == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "example.org",
        "//example.org/",
        "https://",
        "https:///path",
        "https:example.org",
        "http:\\\\example.org/",
        "https://user@example.org/",
        "https://user:word@example.org/",
        "https://@example.org/",
        "https://example.org@127.0.0.1/",
        "https://example.org\\@127.0.0.1/",
        "https://exam ple.org/",
        "https://exam%70le.org/",
        "https://%31%32%37.0.0.1/",
        "https://example.org:port/",
        "https://example.org:８０/",
        "https://example.org:0/",
        "https://example.org:65536/",
        "https://example.org:80:80/",
        "https://[::1/",
        "https://::1/",
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/",
        "https://[v1.a]/",
        "https://[::1].example.org/",
        "https://256.1.1.1/",
        "https://1.2.3.4.5/",
        "https://1.2.3.08/",
        "https://1..2/",
        "https://4294967296/",
        "https://example.1/",
        "https://example.0x1g.0x/",
        "https://-/",
        "https://a..b/",
        "https://" + "a" * 64 + ".org/",
        "https://" + "a." * 130 + "org/",
        "https://exa\x01mple.org/",
        "https://example.org/\ud800",
        "https://example.org/" + "a" * 8192,
    ],
)
def test_what_names_no_page_of_the_web_is_a_bad_url(text: str) -> None:
    refused = parse(text)

    assert isinstance(refused, Refused)
    assert refused.reason is RejectReason.BAD_URL
    assert not refused.passing


@pytest.mark.parametrize(
    "text",
    [
        "ftp://a.org/",
        "file:///etc/passwd",
        "data:text/html,a",
        "javascript:alert(1)",
        "gopher://a:70/",
        "mailto:a@b.org",
    ],
)
def test_other_schemes_are_refused_by_their_own_reason(text: str) -> None:
    refused = parse(text)

    assert isinstance(refused, Refused)
    assert refused.reason is RejectReason.FORBIDDEN_SCHEME


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("/x", "https://example.org/x"),
        ("x?y", "https://example.org/a/b/x?y"),
        ("?y", "https://example.org/a/b/c?y"),
        ("../x", "https://example.org/a/x"),
        ("//other.org/x", "https://other.org/x"),
        ("http://other.org", "http://other.org/"),
        ("/\\other.org/x", "https://example.org/%5Cother.org/x"),
        ("", "https://example.org/a/b/c?d"),
    ],
)
def test_a_redirect_is_read_from_where_it_was_given(text: str, url: str) -> None:
    assert str(parse(text, BASE)) == url


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("https://user:word@example.org/a@b", "https://example.org/a@b"),
        ("https://a:b@c:d@example.org", "https://example.org"),
        ("https:\\\\user:word@example.org", "https:\\\\example.org"),
        ("https://example.org/?a@b", "https://example.org/?a@b"),
        (" ftp://u:p@example.org/\x00 ", "ftp://example.org/"),
        ("no url", "no url"),
    ],
)
def test_nobodys_password_is_kept_with_a_url(text: str, kept: str) -> None:
    assert shown(text) == kept


PIECES = st.sampled_from(
    [
        *"ahttp:/\\@#?%.[]0x17:;,&=é１。 \t\n",
        "http://",
        "https:",
        "127.0.0.1",
        "%2e",
        "::1",
        "localhost",
        "xn--",
        "\u202e",
    ]
)


@given(st.lists(PIECES, max_size=16).map("".join), st.sampled_from(["", "http://", "http://example.org", "//"]))
def test_whoever_asks_reads_the_same_host_in_it_as_whoever_looks(text: str, before: str) -> None:
    url = parse(before + text, BASE)

    if isinstance(url, Url):
        asked = httpx.URL(str(url))
        host = asked.raw_host.decode()  # as it is asked for: to show a name, httpx may not know how
        assert (asked.scheme, host, asked.port or PORTS[asked.scheme]) == (url.scheme, url.host, url.port)
        assert asked.raw_path.decode() == url.target
        assert not asked.userinfo
        assert parse(str(url)) == url
