"""Pages that a browser saved as one file (MHTML): the page itself; its pictures, styles and frames are left."""

from collections.abc import Iterator
from dataclasses import replace
from email.message import Message

from contracts.document import Claim
from contracts.outcomes import RejectReason
from services.fetch.core.claims import claim
from services.fetch.core.document import ReadDocument, Rejected, Source
from services.fetch.core.unpacking_file import Broken
from services.fetch.formats import html, mail_body
from services.fetch.formats.eml import TOO_DEEP, parsed
from services.fetch.formats.mail_headers import LINK, header
from services.fetch.formats.refused import said

MEDIA_TYPE = "multipart/related"
PAGES = ("text/html", "application/xhtml+xml")


def read(source: Source) -> ReadDocument | Rejected:
    """The article of the saved page, with what the browser noted of it behind what the page says of itself."""
    page = _page(source)
    document = html.read(page) if isinstance(page, Source) else page
    if not isinstance(document, ReadDocument) or not isinstance(page, Source):
        return document
    claims = said([*document.claims, *page.claims])
    return replace(document, media_type=MEDIA_TYPE, url=document.url or page.url, claims=claims)


def _page(source: Source) -> Source | Rejected:
    """The page as it came from its site: its bytes, address and charset."""
    try:
        message = parsed(source.data)
        leaves = list(mail_body.leaves(message))
    except (mail_body.TooDeep, RecursionError):
        return TOO_DEEP
    root = _root(message, [leaf.message for leaf in leaves if leaf.kind in PAGES])
    if root is None:
        return Rejected(RejectReason.NO_TEXT, "the saved page holds no HTML")
    if any(leaf.cut and leaf.message is root for leaf in leaves):
        raise Broken("the file ends before the saved page does: it was cut short")
    url = _address(message, root)
    return Source(
        mail_body.content(root),
        source.name,
        "text/html",
        mail_body.charset(root),
        url,
        said(_claims(message, url)),
    )


def _root(message: Message, parts: list[Message]) -> Message | None:
    """The part that the file names as its start, else the one with the page's address, else the first."""
    start = str(message.get_param("start", "")).strip("<> ")
    address = header(message, "Snapshot-Content-Location")
    for name, wanted in (("Content-ID", start), ("Content-Location", address)):
        for part in parts:
            if wanted and header(part, name).strip("<> ") == wanted:
                return part
    return parts[0] if parts else None


def _address(message: Message, root: Message) -> str | None:
    for value in (header(root, "Content-Location"), header(message, "Snapshot-Content-Location")):
        if (link := LINK.match(value)) is not None:
            return link[0]
    return None


def _claims(message: Message, url: str | None) -> Iterator[Claim | None]:
    """What the browser noted; its date is that of the saving, never of the article."""
    yield claim("url", url, "mhtml")
    yield claim("title", header(message, "Subject"), "mhtml-title")
    yield claim("retrieved", header(message, "Date"), "mhtml")
