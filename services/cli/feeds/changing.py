"""`wireroom feeds add`, `remove` and `import`: the file of feeds is changed, and fetch follows it."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from services.cli.errors import Told
from services.cli.feeds.where import Where, unusable, where
from services.cli.options import Home, house
from services.cli.terminal import AsJson, plain, print_json
from services.fetch.core.feeds.links import feed_address
from services.fetch.core.feeds.listing import listed, with_added, without
from services.fetch.core.feeds.opml import NotOpml, named
from services.fetch.feeds import file

Urls = Annotated[list[str], typer.Argument(metavar="URL...", help="Feeds or sitemaps.")]
MAX_OPML_BYTES = 64 << 20


def add(urls: Urls, *, as_json: AsJson = False, home: Home = None) -> None:
    """Follow feeds or sitemaps; those that are followed already stay as they are."""
    at = where(house(home=home))
    _add(at, [_address(url) for url in urls], as_json=as_json)


def remove(urls: Urls, *, as_json: AsJson = False, home: Home = None) -> None:
    """Follow feeds or sitemaps no longer; what they brought stays. Exit code 1 if one is not followed."""
    at, wanted = where(house(home=home)), [_address(url) for url in urls]
    listing = at.listing()
    unknown = [address for address in wanted if address not in listing.addresses]
    if unknown:
        raise Told(f"{plain(unknown[0])} is not in {at.file}: `wireroom feeds list` shows what is; nothing was removed")
    _edit(at, lambda text: without(text, wanted))
    _tell({"file": str(at.file), "removed": wanted}, [f"removed {plain(one)}" for one in wanted], as_json=as_json)


def import_(
    path: Annotated[
        str, typer.Argument(metavar="FILE.opml", help="A list of feeds, as readers export it; - for stdin.")
    ],
    *,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Follow all feeds of an OPML list; what it names that is no address is told."""
    at = where(house(home=home))
    try:
        names = named(_read(path))
    except NotOpml as error:
        raise Told(f"{plain(path)} is no OPML list ({error}): export one from your reader of feeds") from error
    found = [address for name in names if (address := feed_address(name)) is not None]
    refused = [name for name in names if feed_address(name) is None]
    if not found:
        raise Told(f"{plain(path)} is an OPML list, but it names no feed (no outline has an xmlUrl): nothing was added")
    _add(at, found, refused, as_json=as_json)


def _add(at: Where, wanted: Sequence[str], refused: Sequence[str] = (), *, as_json: bool) -> None:
    known: set[str] = set()

    def change(text: str) -> str:
        known.update(listed(text).addresses)
        return with_added(text, wanted)

    _edit(at, change)
    new = [one for one in dict.fromkeys(wanted) if one not in known]
    old = [one for one in dict.fromkeys(wanted) if one in known]
    lines = [f"added {plain(one)}" for one in new] + [f"already there: {plain(one)}" for one in old]
    told = {"refused": list(refused)} if refused else {}
    lines += [f"not added: {plain(one)} is no address of a feed" for one in refused]
    _tell({"file": str(at.file), "added": new, "already": old} | told, lines, as_json=as_json)


def _edit(at: Where, change: Callable[[str], str]) -> None:
    try:
        file.edit(at.file, change)
    except OSError as error:
        raise unusable(at.file, error) from error


def _tell(found: dict[str, Any], lines: list[str], *, as_json: bool) -> None:
    if as_json:
        print_json(found)
    else:
        typer.echo("\n".join(lines))


def _address(url: str) -> str:
    if (address := feed_address(url)) is None:
        raise Told(f"{plain(url)} is no address of a feed: give a URL that begins with https:// or http://")
    return address


def _read(path: str) -> bytes:
    try:
        if path == "-":
            return sys.stdin.buffer.read(MAX_OPML_BYTES)
        with Path(path).open("rb") as opened:
            return opened.read(MAX_OPML_BYTES)
    except OSError as error:
        raise Told(
            f"{plain(path)} cannot be read ({(error.strerror or str(error)).lower()}): give an OPML file"
        ) from None
