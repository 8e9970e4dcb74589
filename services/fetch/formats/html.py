"""A web page: its prose, and what it says of itself."""

from contracts.document import Claim
from contracts.outcomes import RejectReason
from services.fetch.core.charsets import told_codec
from services.fetch.core.decoding import Decoded, decode, is_plain, without_surrogates
from services.fetch.core.document import ReadDocument, Rejected, Source
from services.fetch.core.html import declared_encoding
from services.fetch.core.nesting import shallow
from services.fetch.core.page import Page, read_page
from services.fetch.core.page.blocks import squeezed
from services.fetch.core.page.nothing import SCRIPT_KIND
from services.fetch.formats.scripted import SENTENCE, InScript, in_script

FEWEST_LETTERS = 200  # of what a page shows: what has fewer is a headline, or says that a program writes the rest
GLANCED_AT = 400  # characters, in which nearly every page has more
MOST_TAGS = 400_000  # the longest pages that people read have a tenth of it


def read(source: Source) -> ReadDocument | Rejected:
    """The article of the page, if there is one."""
    decoded = decode(source.data, told_codec(source.charset), declared_encoding(source.data))
    if not is_plain(decoded.text):
        return Rejected(RejectReason.NOT_TEXT, "the file is full of control characters")
    if (tags := decoded.text.count("<")) > MOST_TAGS:
        return Rejected(RejectReason.TOO_LARGE, f"the page has {tags} tags, more than {MOST_TAGS}, and is not read")
    written = shallow(decoded.text)
    page = read_page(written, source.url)
    scripted = in_script(written, _titles(page)) if _shows_nothing(page) else None
    if scripted is not None and (scripted.text or not SENTENCE.search(page.text)):
        return _of_script(page, scripted, decoded)
    if page.kind is not None and page.kind.is_none:
        return Rejected(RejectReason.NOT_AN_ARTICLE, page.kind.detail)
    text = without_surrogates(page.text)
    if not text and page.worded:
        return Rejected(RejectReason.UNREADABLE, "no article was found among the words of the page")
    return _document(text, page.claims, decoded)


def _shows_nothing(page: Page) -> bool:
    """Whether the page may be one that its program writes: it is no other kind, and has next to no words."""
    is_open = page.kind is None or page.kind.name == SCRIPT_KIND
    return is_open and all(len(squeezed(text)) < FEWEST_LETTERS for text in (page.text[:GLANCED_AT], page.text))


def _titles(page: Page) -> list[str]:
    return [claim.value for claim in page.claims if claim.field == "title"]


def _of_script(page: Page, found: InScript, decoded: Decoded) -> ReadDocument | Rejected:
    """The article that stands in a script alone, and that it does."""
    if not found.text:
        words = f"the page's text is only in a script ({found.name}), and {found.why}: save it as a browser shows it"
        return Rejected(RejectReason.NO_TEXT, words)
    told = Claim(field="text_from", value=found.name, origin="html")
    claims = (*(each for each in page.claims if each.field != "page_kind"), *found.claims, told)
    return _document(found.text, claims, decoded)


def _document(text: str, claims: tuple[Claim, ...], decoded: Decoded) -> ReadDocument:
    url = next((claim.value for claim in claims if claim.origin == "html-canonical"), None)
    return ReadDocument(text, "text/html", decoded.encoding, decoded.lossy, url, claims)
