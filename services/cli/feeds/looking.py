"""`wireroom feeds list` and `status`: what is followed, when each was asked, and what is wrong with those that fail."""

from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from services.cli.errors import Told
from services.cli.feeds.where import Where, where
from services.cli.memory import NoMemory, NoTable, opened
from services.cli.options import Home, house
from services.cli.terminal import AsJson, plain, print_json, print_whole, table
from services.fetch.core.feeds.links import feed_address
from services.fetch.core.feeds.listing import Listing
from services.fetch.feeds.reading import Remembered, remembered

COLUMNS = ("state", "asked", "next", "entries", "feed")


def list_(*, as_json: AsJson = False, home: Home = None) -> None:
    """List what is followed: each feed with its state, when it was asked and is asked next, and its last trouble."""
    at = where(house(home=home))
    listing, known = at.listing(), _known(at)
    if as_json:
        print_json({"file": str(at.file), "feeds": _as_json(listing, known), "no_feeds": _faults(listing)})
        return
    if not listing.addresses:
        typer.echo(f"no feeds in {at.file}: `wireroom feeds add URL` or `wireroom feeds import FILE.opml`")
    else:
        print_whole(table(COLUMNS, [_row(address, known.get(address)) for address in listing.addresses]))
        for address in listing.addresses:
            if (trouble := _trouble(known.get(address))) is not None:
                typer.echo(f"{plain(address)}: {plain(trouble)}")
    for fault in listing.faults:
        typer.echo(f"{at.file}, line {fault.number}: no address of a feed: {plain(fault.text)}", err=True)


def status(
    urls: Annotated[list[str] | None, typer.Argument(metavar="[URL...]", help="Only these.")] = None,
    *,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Show all that is known of feeds, sitemaps of indexes too; without URLs a summary, and those in trouble."""
    at = where(house(home=home))
    known = _known(at)
    chosen = [_one_of(known, url, at) for url in urls or ()] or list(known.values())
    counts = Counter(feed.state for feed in known.values())
    if as_json:
        told = [feed.model_dump(mode="json") for feed in chosen]
        print_json({"file": str(at.file), "states": dict(counts), "feeds": told})
        return
    if not urls:
        words = ", ".join(f"{number} {state}" for state, number in counts.items())
        typer.echo(f"{at.file}: {words or 'fetch has looked at no feed yet'}")
        chosen = [feed for feed in chosen if feed.state in {"failing", "gone"} or _has_moved(feed)]
    for feed in chosen:
        typer.echo(f"\n{plain(feed.url)}\n" + "\n".join(f"  {line}" for line in _lines(feed)))


def _known(at: Where) -> dict[str, Remembered]:
    """By their addresses; none where no fetch has looked at any yet."""
    with suppress(NoMemory, NoTable), opened(at.settings, "fetch") as session:
        return {feed.url: feed for feed in remembered(session)}
    return {}


def _one_of(known: dict[str, Remembered], url: str, at: Where) -> Remembered:
    feed = known.get(feed_address(url) or url)
    if feed is None:
        raise Told(f"fetch knows no feed {plain(url)}: see that it is in {at.file}, and that `wireroom up` runs")
    return feed


def _as_json(listing: Listing, known: dict[str, Remembered]) -> list[dict[str, Any]]:
    fields = {"url", "state", "title", "polled_at", "next_poll_at", "entries", "failures", "error"}
    unknown = dict.fromkeys(fields - {"url", "state"}) | {"state": "new"}
    return [
        known[one].model_dump(mode="json", include=fields) if one in known else {"url": one, **unknown}
        for one in listing.addresses
    ]


def _faults(listing: Listing) -> list[dict[str, Any]]:
    return [{"line": fault.number, "text": fault.text} for fault in listing.faults]


def _row(address: str, feed: Remembered | None) -> tuple[Any, ...]:
    if feed is None:
        return "new", None, None, None, address
    return feed.state, _when(feed.polled_at), _when(feed.next_poll_at), feed.entries, address


def _trouble(feed: Remembered | None) -> str | None:
    if feed is None:
        return None
    if feed.failures:
        return feed.error
    return f"moved for good to {feed.address}" if _has_moved(feed) else None


def _has_moved(feed: Remembered) -> bool:
    return feed.address != feed.url


def _lines(feed: Remembered) -> list[str]:
    lines = [f"{feed.state}{f', {plain(feed.title)}' if feed.title else ''}"]
    if feed.index is not None:
        lines.append(f"a sitemap of {plain(feed.index)}")
    if _has_moved(feed):
        lines.append(f"moved for good to {plain(feed.address)}: write that into the file of feeds instead")
    lines.append(f"asked {_when(feed.polled_at) or 'never'}, read {_when(feed.read_at) or 'never'}")
    if feed.next_poll_at is not None:
        lines.append(
            f"asked again {_when(feed.next_poll_at)}" + (f", because of {feed.because}" if feed.because else "")
        )
    if feed.gap_seconds is not None:
        lines.append(f"an entry every {feed.gap_seconds:.0f} s or so, the latest of {_when(feed.latest_entry_at)}")
    lines.append(f"{feed.entries} entries became inputs, {feed.waiting} of them wait to be said")
    if feed.passed_over:
        lines.append(f"{feed.passed_over} passed over: more than a new feed, or an index, may bring")
    if feed.error is not None:
        times = f"{feed.failures} times in a row, last " if feed.failures else "last "
        over = "" if feed.failures else "; it went well since"
        lines.append(f"failed {times}{_when(feed.failed_at)}: {plain(feed.error)}{over}")
    return lines


def _when(at: datetime | None) -> str | None:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}Z" if at is not None else None
