"""Which entries of a feed are new, whatever feeds do to their names."""

from datetime import UTC, datetime

from services.fetch.core.feeds import Entry, Feed, NotAFeed
from services.fetch.core.feeds.announced import announced, read
from services.fetch.core.feeds.news import Announced, new_entries

ADDRESS = "https://news.example/feed"


def entry(name: str = "", link: str | None = "https://news.example/a", **rest: object) -> Entry:
    return Entry(identifier=name, link=link, **rest)  # type: ignore[arg-type]


def of(*entries: Entry) -> list[Announced]:
    return list(announced(Feed(home="https://news.example/", entries=entries), ADDRESS))


def seen(*entries: Entry) -> set[bytes]:
    return {mark for one in of(*entries) for mark in one.marks}


def new(now: list[Entry], *before: list[Entry]) -> list[str]:
    marks = set().union(*(seen(*each) for each in before)) if before else set()
    return [one.url for one in new_entries(of(*now), marks)]


A, B, C = (f"https://news.example/{name}" for name in "abc")


def test_all_of_a_feed_is_new_the_first_time_and_the_oldest_goes_first() -> None:
    assert new([entry("3", C), entry("2", B), entry("1", A)]) == [A, B, C]


def test_entries_with_times_go_by_their_times() -> None:
    times = [datetime(2026, 1, day, tzinfo=UTC) for day in (2, 3, 1)]
    entries = [entry(str(at), link, at=at) for at, link in zip(times, (A, B, C), strict=True)]

    assert new(entries) == [C, A, B]


def test_what_was_seen_is_not_new_wherever_it_stands_now() -> None:
    assert new([entry("1", A), entry("2", B)], [entry("2", B), entry("3", C)]) == [A]


def test_an_entry_with_another_link_or_title_is_the_same_by_its_name() -> None:
    assert new([entry("1", B, title="New")], [entry("1", A, title="Old")]) == []


def test_an_entry_whose_name_is_made_anew_each_time_is_the_same_by_what_is_to_be_seen() -> None:
    assert new([entry("17", A, title="T")], [entry("16", A, title="T")]) == []


def test_entries_that_share_a_name_are_told_apart_by_the_rest() -> None:
    both = [entry("x", A, title="A"), entry("x", B, title="B")]

    assert new(both) == [B, A]
    assert new([entry("x", C, title="C"), *both], both) == [C]


def test_an_entry_that_stands_twice_in_a_feed_is_one() -> None:
    assert new([entry("1", A), entry("1", A)]) == [A]


def test_entries_without_names_go_by_their_links() -> None:
    assert new([entry(link=A, title="Edited")], [entry(link=A, title="Before")]) == []


def test_entries_that_all_lead_to_the_front_page_are_told_apart_by_the_rest() -> None:
    front = "https://news.example/"

    assert new([entry(link=front, title="Two")], [entry(link=front, title="One")]) == [front]


def test_entries_without_a_page_are_places_in_their_feed_and_their_words_are_the_original() -> None:
    full = Entry(identifier="urn:1 ü", content="<p>Words</p>", full=True)
    nameless = Entry(content="Words", full=True)
    one, other = of(full, nameless)

    assert one.url == f"{ADDRESS}#urn%3A1%20%C3%BC"
    assert one.original is not None
    assert b"&lt;p&gt;Words&lt;/p&gt;" in one.original
    assert other.url.startswith(f"{ADDRESS}#")
    assert new([nameless], [nameless]) == []


def test_a_whole_entry_has_the_place_that_its_page_would_have_and_a_link_is_asked_for_as_it_is() -> None:
    link = "HTTPS://News.example:443/a b#top"
    whole, linked = of(entry("1", link, content="<p>Words</p>", full=True), entry("2", link))

    assert (whole.url, linked.url) == ("https://news.example/a%20b", link)


def test_entries_that_lead_nowhere_and_say_nothing_are_none() -> None:
    assert of(Entry(identifier="1")) == []


def test_the_last_entry_of_a_feed_that_was_cut_is_apart() -> None:
    items = "".join(f"<item><title>T</title><link>/{name}</link></item>" for name in "abc")
    found = read(f"<rss version='2.0'><channel>{items}".encode(), ADDRESS, {})

    assert not isinstance(found, NotAFeed)
    assert [one.url for one in found.announced] == [A, B]
    assert found.half is not None
    assert found.half.url == C
