"""The best that can be installed, on the same page: what trafilatura and htmldate say of it."""

from dataclasses import dataclass

import trafilatura
from htmldate import find_date
from trafilatura.metadata import extract_metadata


@dataclass(frozen=True, slots=True)
class About:
    """What is said of an article; None and nothing where nothing is."""

    title: str | None
    day: str | None
    authors: tuple[str, ...]


def about(html: str) -> About:
    """Title and authors as trafilatura reads them, the day as htmldate does."""
    tree = trafilatura.load_html(html)
    if tree is None:
        return About(None, None, ())
    found = extract_metadata(tree)
    return About(found.title, day(html), tuple(name for name in (found.author or "").split("; ") if name))


def day(html: str, latest: str | None = None) -> str | None:
    """The day of publication that htmldate finds in a page; `latest` is the last that it believes."""
    found: str | None = find_date(html, original_date=True, max_date=latest)
    return found
