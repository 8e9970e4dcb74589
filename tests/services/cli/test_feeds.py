"""The commands that change the file of feeds, and those that tell how the feeds are."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from tests.edges.feeds import FEED, Scripted, item, page, refused, room, rss

Wireroom = Callable[..., Result]
OTHER, MOVED, NOT_THERE = "https://other.example/feed", "https://moved.example/feed", "https://gone.example/feed"
OPML = "<opml version='2.0'><body><outline text='x'>{}</outline></body></opml>"


@pytest.fixture
def file(home: Path) -> Path:
    return home / "feeds.txt"


def told(result: Result) -> dict[str, object]:
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_a_feed_is_added_to_the_file_and_removed_from_it(wireroom: Wireroom, file: Path) -> None:
    assert wireroom("feeds", "add", FEED, OTHER).stdout == f"added {FEED}\nadded {OTHER}\n"
    file.write_text(f"# by hand\n{file.read_text()}")
    assert wireroom("feeds", "add", "HTTPS://NEWS.example:443/feed").stdout == f"already there: {FEED}\n"
    assert wireroom("feeds", "remove", FEED).stdout == f"removed {FEED}\n"

    assert file.read_text() == f"# by hand\n{OTHER}\n"


def test_json_tells_what_was_done(wireroom: Wireroom, file: Path) -> None:
    added = told(wireroom("feeds", "add", FEED, FEED, "--json"))
    again = told(wireroom("feeds", "add", FEED, OTHER, "--json"))
    removed = told(wireroom("feeds", "remove", OTHER, "--json"))

    assert added == {"file": str(file), "added": [FEED], "already": []}
    assert again == {"file": str(file), "added": [OTHER], "already": [FEED]}
    assert removed == {"file": str(file), "removed": [OTHER]}


def test_a_file_that_the_settings_name_is_changed_through_its_link_with_its_rights(
    wireroom: Wireroom, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_bytes(b"# caf\xe9\n")
    real.chmod(0o640)
    link.symlink_to(real)
    monkeypatch.setenv("WIREROOM_FETCH_FEEDS", str(link))

    assert wireroom("feeds", "add", FEED).exit_code == 0
    assert link.is_symlink()
    assert real.read_bytes() == f"{FEED}\n".encode().join([b"# caf\xe9\n", b""])
    assert real.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tmp"] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "news.example/feed"), "news.example/feed is no address of a feed: give a URL that begins with"),
        (("add", FEED, "ftp://x/"), "ftp://x/ is no address of a feed"),
        (("remove", FEED), f"{FEED} is not in"),
        (("import", "nowhere.opml"), "nowhere.opml cannot be read (no such file or directory): give an OPML file"),
        (("status", FEED), f"fetch knows no feed {FEED}"),
    ],
)
def test_what_cannot_be_done_is_told_and_changes_nothing(
    wireroom: Wireroom, file: Path, arguments: tuple[str, ...], words: str
) -> None:
    result = wireroom("feeds", *arguments)

    assert result.exit_code == 1
    assert words in result.stderr
    assert not file.exists()


def test_removing_several_of_which_one_is_not_there_removes_none(wireroom: Wireroom, file: Path) -> None:
    file.write_text(f"{FEED}\n")

    assert wireroom("feeds", "remove", FEED, OTHER).exit_code == 1
    assert file.read_text() == f"{FEED}\n"


def test_a_list_of_a_reader_is_taken_in(wireroom: Wireroom, file: Path, tmp_path: Path) -> None:
    outlines = f"<outline xmlUrl='{FEED}'/><outline xmlUrl='{OTHER}'/>"
    (tmp_path / "a.opml").write_text(OPML.format(outlines))
    file.write_text(f"{OTHER}\n")

    assert told(wireroom("feeds", "import", str(tmp_path / "a.opml"), "--json")) == {
        "file": str(file),
        "added": [FEED],
        "already": [OTHER],
    }
    assert (
        wireroom("feeds", "import", "-", answers=OPML.format("<outline xmlUrl='https://c.example/'/>")).exit_code == 0
    )
    assert file.read_text() == f"{OTHER}\n{FEED}\nhttps://c.example/\n"


def test_what_a_list_names_that_is_no_address_is_told(wireroom: Wireroom, file: Path) -> None:
    outlines = f"<outline xmlUrl='{FEED}'/><outline xmlUrl='not a url'/>"

    assert "not added: not a url" in wireroom("feeds", "import", "-", answers=OPML.format(outlines)).stdout
    assert file.read_text() == f"{FEED}\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<rss version='2.0'/>", "is no OPML list (its outermost element is rss, not opml)"),
        ("just words", "is no OPML list (it is no XML"),
        (OPML.format("<outline text='y'/>"), "names no feed"),
    ],
)
def test_what_is_no_list_of_feeds_is_told(wireroom: Wireroom, file: Path, text: str, words: str) -> None:
    result = wireroom("feeds", "import", "-", answers=text)

    assert result.exit_code == 1
    assert words in result.stderr
    assert not file.exists()


def test_a_list_without_feeds_says_how_to_add_one(wireroom: Wireroom, file: Path) -> None:
    assert "`wireroom feeds add URL`" in wireroom("feeds", "list").stdout
    assert told(wireroom("feeds", "list", "--json")) == {"file": str(file), "feeds": [], "no_feeds": []}
    assert "fetch has looked at no feed yet" in wireroom("feeds", "status").stdout


def test_lines_that_are_no_feeds_are_listed_with_their_numbers(wireroom: Wireroom, file: Path) -> None:
    file.write_text(f"{FEED}\nnews.example\n")
    result = wireroom("feeds", "list")

    assert f"{file}, line 2: no address of a feed: news.example" in result.stderr
    assert told(wireroom("feeds", "list", "--json"))["no_feeds"] == [{"line": 2, "text": "news.example"}]


def polled(home: Path) -> None:
    """What fetch would have come to know of four feeds."""
    web = Scripted(
        {
            FEED: page(rss(item("a"), item("b"))),
            OTHER: refused("the server answered 500 Internal Server Error"),
            "https://old.example/feed": page(rss(), url=MOVED, moved_to=MOVED),
            NOT_THERE: refused("the server answered 410 Gone", status=410),
        }
    )

    async def poll() -> None:
        async with room(home, web=web) as one:
            one.lists(*web.answers)
            await one.turns(8)
            one.lists(*web.answers, "https://new.example/feed")

    asyncio.run(poll())


def test_how_each_feed_is_and_its_last_trouble_are_listed(wireroom: Wireroom, home: Path) -> None:
    polled(home)
    feeds = told(wireroom("feeds", "list", "--json"))["feeds"]
    assert isinstance(feeds, list)
    screen = wireroom("feeds", "list").stdout

    assert [(feed["url"], feed["state"], feed["entries"]) for feed in feeds] == [
        (FEED, "active", 2),
        (OTHER, "failing", 0),
        ("https://old.example/feed", "active", 0),
        (NOT_THERE, "gone", 0),
        ("https://new.example/feed", "new", None),
    ]
    assert feeds[1]["error"] == "the server answered 500 Internal Server Error"
    assert feeds[3]["next_poll_at"] is None
    for words in (f"{OTHER}: the server answered 500", f"moved for good to {MOVED}", "410 Gone", "new.example"):
        assert words in screen


def test_status_shows_what_is_in_trouble_and_all_of_what_is_named(wireroom: Wireroom, home: Path) -> None:
    polled(home)
    summary = wireroom("feeds", "status").stdout
    one = wireroom("feeds", "status", FEED).stdout

    assert "2 active, 1 failing, 1 gone" in summary
    assert f"moved for good to {MOVED}: write that into the file of feeds instead" in summary
    assert "failed 1 times in a row" in summary
    assert FEED not in summary.replace(OTHER, "")
    assert "2 entries became inputs, 0 of them wait to be said" in one
    assert "because of unknown_rhythm" in one
    feeds = told(wireroom("feeds", "status", FEED, "--json"))["feeds"]
    assert isinstance(feeds, list)
    assert [feed["because"] for feed in feeds] == ["unknown_rhythm"]


def test_a_home_of_before_there_were_feeds_has_none(wireroom: Wireroom, home: Path) -> None:
    from services.chassis.migrations import migrate  # noqa: PLC0415 - only here

    migrate(f"sqlite:///{home / 'fetch.db'}", "fetch", to="0002")

    assert "fetch has looked at no feed yet" in wireroom("feeds", "status").stdout


@pytest.mark.parametrize("columns", ["20", "80"])
def test_a_table_of_feeds_has_every_address_on_one_line_however_narrow_the_terminal(
    wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    long = f"https://news.example/{'a-long-way-to-a-feed/' * 8}rss.xml"
    monkeypatch.setenv("COLUMNS", columns)
    wireroom("feeds", "add", FEED, long)

    assert [line.split()[-1] for line in wireroom("feeds", "list").stdout.splitlines()] == ["feed", FEED, long]
