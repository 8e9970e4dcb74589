"""A page as libxml2's tree, of which nothing is lost however deep it nests, and whatever it does not end."""

from lxml import etree
from lxml.html import HtmlElement, fromstring
from selectolax.lexbor import LexborHTMLParser
from trafilatura.utils import repair_faulty_html

from services.fetch.core.nesting import shallower
from services.fetch.core.page.preformatted import lay_out

DEEPEST = 250  # libxml2 reads nothing more where elements lie 256 deep in one another
MADE_SHALLOW, SPARE = 200, 40
# What it has lost without a word: what lies too deep, and what stands in a drawing that was never ended.
_has_lost = etree.XPath(f"boolean({'/*' * DEEPEST}) or boolean(//svg//p)")
# As trafilatura's, but for where the class of an element comes from: lxml.html asks by its name, in Python, whenever an
# element is met that nobody holds, and each search with a pattern meets all of them. An eighth of the time went there.
PARSER = etree.HTMLParser(
    collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
)
PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=HtmlElement))
OPENING = 50  # characters, in which a page says that it is one
# Characters, in which trafilatura looks for what libxml2 stumbles over; a first line of no end would take it hours.
MENDED = 4096
# What XML has no place for, and trafilatura takes out of all of the page: in its bytes that takes half the time.
NEVER_XML = bytes(code for code in range(32) if chr(code) not in "\t\n\r")


def tree_of(page: str) -> HtmlElement | None:
    """The page's tree, without what costs time at every step and says nothing: code and drawings."""
    tree = _loaded(page)
    if tree is not None and _has_lost(tree):
        # Where an element ends is told by HTML's own rules, as browsers do.
        tree = _loaded(shallower(LexborHTMLParser(page).html or "", MADE_SHALLOW, SPARE))
    if tree is not None:
        for script in tree.iter("script"):
            if "json" not in (script.get("type") or ""):
                script.tag = "style"
        etree.strip_elements(tree, "svg", "style", with_tail=False)
        lay_out(tree)
    return tree


def _loaded(page: str) -> HtmlElement | None:
    """The tree as trafilatura loads it, with our parser; None where there is next to nothing in what is no page."""
    opening = page[:OPENING].lower()
    start = page[:MENDED]
    if (mended := _mended(start, opening)) != start:  # a long page is not copied for nothing
        page = mended + page[MENDED:]
    page = page.replace("\ufffe", "").replace("\uffff", "")
    try:
        tree = fromstring(page.encode("utf-8", "surrogatepass").translate(None, NEVER_XML), parser=PARSER)
    except etree.LxmlError:  # there is nothing in it
        return None
    return None if "html" not in opening and len(tree) < 2 else tree


def _mended(start: str, opening: str) -> str:
    mended = repair_faulty_html(start, opening)
    return mended if "\n" in start else mended.removesuffix("\n")  # it ends the line of a type, be it cut or not
