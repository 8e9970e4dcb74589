"""An article that a page does not show, or shows in one line: it stands in its data."""

import re
from collections.abc import Iterator

from services.fetch.core import jsonld
from services.fetch.core.page.blocks import blocks_of, squeezed
from services.fetch.core.page.tree import tree_of

SHORTEST_TOLD = 500  # letters: less is a summary
NEXT_TO_NOTHING = 0.25  # of what is told, where a page shows so little of it
BREAK = re.compile(r"</?(?:p|br|div|li|h\d|ul|ol|blockquote|table|tr)\b", re.IGNORECASE)


def told_of(node: jsonld.Node | None, shown: str) -> str | None:
    """The text that a page's data gives its article, where the page shows next to nothing of it, or one line."""
    body = node.get("articleBody") if node is not None else None
    if not isinstance(body, str) or len(body) < SHORTEST_TOLD:
        return None
    told = "\n".join(_lines(body))
    key, shown_key = squeezed(told), squeezed(shown)
    if len(key) < SHORTEST_TOLD:
        return None
    in_one_line = "\n" not in shown and shown_key in key
    return told if in_one_line or len(shown_key) < NEXT_TO_NOTHING * len(key) else None


def _lines(body: str) -> Iterator[str]:
    if BREAK.search(body):
        tree = tree_of(f"<!DOCTYPE html><html><body>{body}</body></html>")
        lines = [block.text for block in blocks_of(tree)] if tree is not None else []
    else:
        lines = [" ".join(line.split()) for line in body.splitlines()]
    return filter(None, lines)
