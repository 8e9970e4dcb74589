"""One entry of a feed as a member of it: a small page with the whole text that the feed gives, and its claims."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

from selectolax.lexbor import LexborHTMLParser

from contracts.document import Claim
from contracts.outcomes import RejectReason
from services.fetch.core.claims import claim
from services.fetch.core.decoding import without_surrogates
from services.fetch.core.document import BadMember, Member, Rejected
from services.fetch.formats.refused import said

MAX_ADDRESS_CHARACTERS = 2000


@dataclass(frozen=True)
class Entry:
    """An entry as its feed has it; `texts` are pieces of HTML of which the fullest is its text."""

    identifier: str | None
    link: str | None
    title: str
    texts: tuple[str, ...]
    language: str | None
    claims: tuple[Claim | None, ...]


def members(entries: Iterable[Entry]) -> Iterator[Member | BadMember]:
    """The entries by their addresses, which stay when the feed moves on; by their numbers where they have none."""
    for number, entry in enumerate(entries, 1):
        link = claim("url", entry.link, "feed")
        path = next((each for each in (entry.link, entry.identifier) if each and _is_short(each)), str(number))
        text = max(entry.texts, key=_letters, default="")
        if not _letters(text):
            yield BadMember(path, Rejected(RejectReason.NO_TEXT, _textless(entry)))
            continue
        url = link.value if link is not None else None
        yield Member(path, [_page(entry, text, url)], "text/html", "utf-8", url, said([*entry.claims, link]))


def as_html(text: str) -> str:
    """Plain text as HTML, a paragraph for each block of lines."""
    return "".join(f"<p>{escape(block.strip())}</p>" for block in text.split("\n\n") if block.strip())


def _is_short(address: str) -> bool:
    return len(address) <= MAX_ADDRESS_CHARACTERS and address.isprintable()


def _letters(text: str) -> int:
    body = LexborHTMLParser(text).body if text else None
    return sum(map(str.isalpha, body.text(deep=True))) if body is not None else 0


def _textless(entry: Entry) -> str:
    if entry.link:
        return f"the feed gives no text of it, only its address: {entry.link[:MAX_ADDRESS_CHARACTERS]}"
    return "the feed gives neither a text nor an address of it"


def _page(entry: Entry, text: str, url: str | None) -> bytes:
    language = f' lang="{escape(entry.language)}"' if entry.language else ""
    title = escape(entry.title)
    canonical = f'<link rel="canonical" href="{escape(url)}">' if url else ""
    heading = f"<h1>{title}</h1>" if title else ""
    page = (
        f'<!DOCTYPE html><html{language}><head><meta charset="utf-8"><title>{title}</title>{canonical}</head>'
        f"<body><article>{heading}\n{text}\n</article></body></html>"
    )
    return without_surrogates(page).encode()
