"""A page as libxml2's tree, of which nothing is lost however deep it nests, and whatever it does not end."""

from lxml import etree
from lxml.html import HtmlElement
from selectolax.lexbor import LexborHTMLParser
from trafilatura import load_html

from services.fetch.core.nesting import shallower
from services.fetch.core.page.preformatted import lay_out

DEEPEST = 250  # libxml2 reads nothing more where elements lie 256 deep in one another
MADE_SHALLOW, SPARE = 200, 40
# What it has lost without a word: what lies too deep, and what stands in a drawing that was never ended.
_has_lost = etree.XPath(f"boolean({'/*' * DEEPEST}) or boolean(//svg//p)")


def tree_of(page: str) -> HtmlElement | None:
    """The page's tree, without what costs time at every step and says nothing: code and drawings."""
    tree = load_html(page)
    if tree is not None and _has_lost(tree):
        # Where an element ends is told by HTML's own rules, as browsers do.
        tree = load_html(shallower(LexborHTMLParser(page).html or "", MADE_SHALLOW, SPARE))
    if tree is not None:
        for script in tree.iter("script"):
            if "json" not in (script.get("type") or ""):
                script.tag = "style"
        etree.strip_elements(tree, "svg", "style", with_tail=False)
        lay_out(tree)
    return tree
