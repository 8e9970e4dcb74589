import pytest

from contracts.outcomes import RejectReason
from services.fetch.core.web.answer import Refused
from services.fetch.core.web.robots import MAX_BYTES, Robots, product
from services.fetch.core.web.urls import Url

RULES = b"""
User-agent: Wireroom
Disallow: /private/
Allow: /private/open
Crawl-delay: 7

User-agent: *
Disallow: /
"""


def url(target: str) -> Url:
    return Url("https", "example.org", 443, target)


@pytest.mark.parametrize(
    ("target", "agent", "may"),
    [
        ("/a", "Wireroom", True),
        ("/private/a", "Wireroom", False),
        ("/private/open", "Wireroom", True),
        ("/a", "Other", False),
    ],
)
def test_a_site_says_who_may_read_what(target: str, agent: str, may: bool) -> None:
    refused = Robots.of(RULES).wrong_with(url(target), agent)

    assert (refused is None) is may
    assert refused is None or refused.reason is RejectReason.ROBOTS


@pytest.mark.parametrize(
    "rules", [b"", b"\xff\xfe\x00", b"<html>404</html>", b"User-agent", b"Disallow: /", b"\xef\xbb\xbf"]
)
def test_what_says_nothing_to_anybody_forbids_nothing(rules: bytes) -> None:
    assert Robots.of(rules).wrong_with(url("/a"), "Wireroom") is None


def test_a_mark_at_the_beginning_is_no_part_of_it() -> None:
    assert Robots.of(b"\xef\xbb\xbfUser-agent: *\nDisallow: /").wrong_with(url("/a"), "Wireroom") is not None


def test_what_is_behind_the_half_megabyte_is_not_read() -> None:
    rules = b"#" * MAX_BYTES + b"\nUser-agent: *\nDisallow: /"

    assert Robots.of(rules).wrong_with(url("/a"), "Wireroom") is None


@pytest.mark.parametrize(
    ("status", "passing", "may"), [(404, False, True), (403, False, True), (429, True, False), (503, True, False)]
)
def test_a_site_without_rules_allows_everything_and_one_in_trouble_nothing_yet(
    status: int, passing: bool, may: bool
) -> None:
    refused = Refused(RejectReason.HTTP_STATUS, f"the server answered {status}", passing=passing)
    robots = Robots.without(refused, status)
    wrong = robots.wrong_with(url("/a"), "Wireroom")

    assert (wrong is None) is may
    assert wrong is None or (wrong.reason, wrong.passing) == (RejectReason.ROBOTS, True)


@pytest.mark.parametrize(
    ("delay", "seconds"), [(b"7", 7.0), (b"0.5", 0.5), (b"86400", 60.0), (b"-3", 0.0), (b"nan", 0.0), (b"soon", 0.0)]
)
def test_a_site_is_given_the_pause_it_asks_for_within_reason(delay: bytes, seconds: float) -> None:
    robots = Robots.of(b"User-agent: *\nCrawl-delay: " + delay)

    assert robots.delay_seconds("Wireroom") == seconds


@pytest.mark.parametrize(
    ("agent", "name"),
    [("Wireroom/0.1.0 (+https://example.org)", "Wireroom"), ("News Bot", "News"), ("Wireroom", "Wireroom")],
)
def test_robots_txt_knows_us_by_our_name_alone(agent: str, name: str) -> None:
    assert product(agent) == name
