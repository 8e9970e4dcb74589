"""A page read whole: what it says of itself, and its article's text."""

from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from contracts.document import Claim
from services.fetch.core import jsonld
from services.fetch.core.page.body import article_text
from services.fetch.core.page.claims import claims_of


@dataclass(frozen=True)
class Page:
    """The text of a page's article, empty where there is none, and the page's claims; `worded` if it has any words."""

    text: str
    claims: tuple[Claim, ...]
    worded: bool = True


def read_page(page: str) -> Page:
    """Read the article of a page, and what the page claims of it."""
    tree = LexborHTMLParser(page)
    nodes = jsonld.nodes_of(node.text(deep=True) for node in tree.css('script[type*="ld+json" i]'))
    claims = claims_of(tree, nodes)
    text = article_text(page, jsonld.bodies(nodes), _values(claims, "title"), _values(claims, "description"))
    return Page(text, claims, worded=bool(text) or _has_words(tree))


def _values(claims: tuple[Claim, ...], field: str) -> list[str]:
    return [claim.value for claim in claims if claim.field == field]


def _has_words(tree: LexborHTMLParser) -> bool:
    """Whether a reader would see any letter in the page, article or not."""
    tree.strip_tags(["head", "script", "style", "noscript", "template"])
    return tree.body is not None and any(character.isalpha() for character in tree.body.text(deep=True))
