"""A page read whole: what it says of itself, and its article's text."""

import re
from dataclasses import dataclass
from functools import partial

from lxml import etree
from selectolax.lexbor import LexborHTMLParser

from contracts.document import Claim
from services.fetch.core import jsonld, marks
from services.fetch.core.page.blocks import blocks_of
from services.fetch.core.page.body import article_text
from services.fetch.core.page.bylines import visible_authors
from services.fetch.core.page.claims import canonical, claims_of, page_type, times_its_whole
from services.fetch.core.page.dates import visible_dates
from services.fetch.core.page.emphasized import headline_emphasized
from services.fetch.core.page.kinds import kind_of
from services.fetch.core.page.live import live
from services.fetch.core.page.nothing import PageKind, signs_of
from services.fetch.core.page.prose import Said
from services.fetch.core.page.remarks import told_remarks
from services.fetch.core.page.told import told_of
from services.fetch.core.page.tree import tree_of
from services.fetch.core.page.untitled import headline_shown

DAY = re.compile(r"\d{4}-\d\d-\d\d")
SHOWN_TIMES = frozenset(("html-time", "html-date", "html-line"))


@dataclass(frozen=True)
class Page:
    """The text of a page's article, empty where there is none; the page's claims; what it is if not an article.

    `worded` says whether a reader would see any word on it.
    """

    text: str
    claims: tuple[Claim, ...]
    kind: PageKind | None = None
    worded: bool = True


def read_page(page: str, found_at: str | None = None) -> Page:
    """Read the article of a page, and what the page claims of it; `found_at` is its address, where it came from one."""
    head = LexborHTMLParser(page)
    nodes = jsonld.nodes_of(node.text(deep=True) for node in head.css('script[type*="ld+json" i]'))
    url = canonical(head, found_at)
    metas = marks.metas_of(head)
    claims = claims_of(head, metas, nodes, url)
    tree = tree_of(page)
    elements = list(tree.iter(etree.Element)) if tree is not None else []  # held: each is made once, whoever meets it
    blocks = blocks_of(tree) if tree is not None else []
    headline = headline_shown(claims, blocks) or headline_emphasized(claims, elements, blocks)
    if headline is not None:
        claims = (*claims, headline)
    titles = [claim.value for claim in claims if claim.field == "title"]
    if tree is not None:
        is_dated = any(claim.field == "published" and DAY.match(claim.value) for claim in claims)
        dates = () if is_dated else visible_dates(elements, blocks, titles)  # they would be believed behind that
        shown = (*visible_authors(elements, blocks, titles), *dates)
        claims = (*claims, *(each for each in shown if each is not None))
    blog, article = live(blocks, nodes, url, titles), jsonld.article_of(nodes, url)
    said = Said(
        bodies=jsonld.bodies(nodes),
        titles=titles,
        summaries=[claim.value for claim in claims if claim.field == "description"],
        described=article is not None,
        entries=blog is not None,
        remarks=told_remarks(nodes),
    )
    text = article_text(tree, blocks, said, partial(tree_of, page)) if tree is not None else ""
    text = told_of(article, text) or text
    signs = signs_of(head, metas, told=said.described)
    kind = blog or kind_of(blocks, text, nodes, url, page_type=page_type(metas), titles=titles, signs=signs)
    if kind is not None:
        if kind.name == "live_blog" and not times_its_whole(head):
            claims = tuple(each for each in claims if each.field != "published" or each.origin not in SHOWN_TIMES)
        claims = (*claims, Claim(field="page_kind", value=kind.name, origin="html"))
    return Page(text, claims, kind, worded=bool(text) or _has_words(head))


def _has_words(tree: LexborHTMLParser) -> bool:
    """Whether a reader would see any letter in the page, article or not."""
    tree.strip_tags(["head", "script", "style", "noscript", "template"])
    return tree.body is not None and any(character.isalpha() for character in tree.body.text(deep=True))
