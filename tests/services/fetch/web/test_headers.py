from datetime import UTC, datetime

import pytest

from contracts.outcomes import RejectReason
from services.fetch.core.web.answer import NotModified, Page
from services.fetch.core.web.canonical import place
from services.fetch.core.web.headers import answer, content_type, redirected, wrong_with_status
from services.fetch.core.web.urls import Url

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
HERE = Url("https", "example.org", 443, "/a")


@pytest.mark.parametrize(
    ("told", "read"),
    [
        ("text/html", ("text/html", None)),
        ("Text/HTML; Charset=ISO-8859-1", ("text/html", "iso-8859-1")),
        ('text/html; charset="utf-8"', ("text/html", "utf-8")),
        ("text/html; x=y; charset= koi8-r ", ("text/html", "koi8-r")),
        ("text/html; charset=", ("text/html", None)),
        ("html", (None, None)),
        ("", (None, None)),
        ("text/html;charset=\x00\r\nX: y", ("text/html", "\x00")),
    ],
)
def test_the_kind_and_charset_of_a_page_are_as_its_server_says(told: str, read: tuple[str | None, str | None]) -> None:
    media_type, charset = content_type({"content-type": told})

    assert media_type == read[0]
    assert (charset or "").startswith(read[1] or "")


@pytest.mark.parametrize(
    ("status", "passing"),
    [
        (404, False),
        (403, False),
        (410, False),
        (206, False),
        (304, False),
        (301, False),
        (429, True),
        (503, True),
        (502, True),
        (408, True),
        (999, False),
    ],
)
def test_a_status_that_is_no_page_may_pass_or_may_not(status: int, passing: bool) -> None:
    refused = wrong_with_status(status, {}, NOW)

    assert refused is not None
    assert refused.reason is RejectReason.HTTP_STATUS
    assert refused.passing is passing
    assert str(status) in refused.detail


def test_nothing_has_changed_is_an_answer_to_those_alone_who_asked_for_it() -> None:
    assert wrong_with_status(304, {}, NOW, conditional=True) is None


@pytest.mark.parametrize(
    ("status", "location", "to"),
    [
        (302, "/b", "https://example.org/b"),
        (301, "http://other.org", "http://other.org/"),
        (308, "été".encode().decode("latin-1"), "https://example.org/%C3%A9t%C3%A9"),
        (302, "été", "https://example.org/%C3%A9t%C3%A9"),
        (300, "/b", "None"),
        (200, "/b", "None"),
    ],
)
def test_a_redirect_is_followed_where_it_is_one(status: int, location: str, to: str) -> None:
    assert str(redirected(HERE, status, {"location": location})) == to


def test_a_page_says_what_its_server_wants_to_be_told() -> None:
    headers = {"etag": '"a"', "last-modified": "yesterday", "content-type": "text/plain", "cache-control": "max-age=9"}

    assert answer(HERE, 200, headers, b"x", NOW, moved=True) == Page(
        "https://example.org/a", b"x", "text/plain", None, '"a"', "yesterday", 9.0, None, "https://example.org/a"
    )
    assert answer(HERE, 304, headers, b"", NOW, moved=False) == NotModified(
        "https://example.org/a", '"a"', "yesterday", 9.0
    )


@pytest.mark.parametrize(
    ("found", "canonical", "at"),
    [
        ("https://example.org/a?utm=1", "https://example.org/a", "https://example.org/a"),
        ("https://www.example.org/a", "https://example.org/a", "https://example.org/a"),
        ("https://m.example.org/a", "https://www.example.org/a", "https://www.example.org/a"),
        ("https://example.org/amp/a", "/a#top", "https://example.org/a"),
        ("http://example.org/a", "https://example.org/a", "https://example.org/a"),
        ("https://example.org/a", None, "https://example.org/a"),
        ("https://example.org/a", "https://other.org/a", "https://example.org/a"),
        ("https://a.github.example/x", "https://github.example/x", "https://a.github.example/x"),
        ("https://example.org/a", "https://example.org/", "https://example.org/a"),
        ("https://example.org/a", "javascript:void(0)", "https://example.org/a"),
        ("https://example.org/a", "https://example.org:6379/a", "https://example.org/a"),
        ("https://example.org:8080/a", "https://example.org:8080/b", "https://example.org:8080/b"),
        ("https://www.com/a", "https://com/a", "https://www.com/a"),
    ],
)
def test_a_page_may_say_where_its_place_is_on_its_own_site(found: str, canonical: str | None, at: str) -> None:
    assert place(found, canonical) == at
