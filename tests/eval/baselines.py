"""The best that can be installed, on the same page: what trafilatura and htmldate say of it."""

from dataclasses import dataclass

import trafilatura
from htmldate import find_date
from trafilatura.metadata import extract_metadata


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says, in the words of those libraries; None and nothing where they say nothing."""

    title: str | None
    day: str | None
    authors: tuple[str, ...]
    text: str


def page(data: bytes) -> Page | None:
    """The page as trafilatura reads it, its day as htmldate does; None where it is none to them."""
    tree = trafilatura.load_html(data)
    if tree is None:
        return None
    about = extract_metadata(tree)
    return Page(
        title=about.title,
        day=day(data),
        authors=tuple(name for name in (about.author or "").split("; ") if name),
        text=trafilatura.extract(data, include_comments=False) or "",
    )


def day(html: str | bytes, latest: str | None = None) -> str | None:
    """The day of publication that htmldate finds in a page; `latest` is the last that it believes."""
    found: str | None = find_date(html, original_date=True, max_date=latest)
    return found
