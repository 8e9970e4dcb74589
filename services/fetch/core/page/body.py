"""The text of a page's article."""

from collections.abc import Callable

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import MANUALLY_CLEANED, Extractor

from services.fetch.core.page.blocks import Block
from services.fetch.core.page.furniture import is_prose
from services.fetch.core.page.prose import Said, settle, sheet_of

TOO_LITTLE = 0.07  # of the paragraphs on the page: the quick way took the wrong ones
TOO_FEW = 0.5  # of the paragraphs of a page of many entries: it took one of them
COVERED = 0.5
QUICK, THOROUGH = Extractor(fast=True, comments=False), Extractor(comments=False)
ASIDE = frozenset(("nav", "footer", "aside"))
# Tags that never hold a text: the extractor takes them out one by one, after copying all of the tree twice.
EMPTY = ("area", "embed", "img", "input", "link", "meta", "param", "source", "track", "wbr")
# One element in seven lies in these: in the quick way each pass takes them out, after it has copied and searched them.
NO_ARTICLE = ("aside", "footer")
_has_data_there = etree.XPath("boolean(//aside//script) or boolean(//footer//script)")


def article_text(tree: HtmlElement, blocks: list[Block], said: Said, again: Callable[[], HtmlElement | None]) -> str:
    """The article's prose as plain text, a block a line, lists and tables in their place; empty where there is none.

    The tree is used up: what the extractor has no use for is taken out of it. `again` makes the same tree anew.
    """
    etree.strip_tags(tree, *EMPTY)
    if _has_prose_elsewhere(tree) and not _has_data_there(tree):
        etree.strip_elements(tree, *NO_ARTICLE, with_tail=False)
    extracted = _extracted(tree, QUICK)
    sheet = sheet_of(blocks, extracted)
    if sheet.letters < (TOO_FEW if said.entries else TOO_LITTLE) * _paragraph_letters(blocks):
        extracted = _thoroughly(again())
        sheet = sheet_of(blocks, extracted)
    if sheet.letters < COVERED * sheet.extracted:  # it stands in a script, or where nobody sees it at first
        return extracted
    return "\n".join(_written(block) for block in settle(sheet, said))


def _has_prose_elsewhere(tree: HtmlElement) -> bool:
    """Whether a paragraph lies in nothing that the extractor takes out; where none does, it leaves all of it in."""
    return any(next(each.iterancestors(*MANUALLY_CLEANED), None) is None for each in tree.iter("p"))


def _thoroughly(tree: HtmlElement | None) -> str:
    if tree is None:
        return ""
    etree.strip_tags(tree, *EMPTY)
    return _extracted(tree, THOROUGH)


def _extracted(tree: HtmlElement, how: Extractor) -> str:
    return trafilatura.extract(tree, options=how) or ""


def _paragraph_letters(blocks: list[Block]) -> int:
    return sum(len(block.key) for block in blocks if is_prose(block) and ASIDE.isdisjoint(block.box.tags))


def _written(block: Block) -> str:
    return f"- {block.text}" if block.tag == "li" else block.text
