"""A text that stands in JSON in pieces, as content systems keep it: blocks, paragraphs, leaves of a tree."""

from typing import Any

from services.fetch.formats.json_article import Node
from services.fetch.formats.markup import readable

HOLDING = ("articleBody", "body", "content", "paragraphs", "blocks", "components", "elements", "widgets", "text")
# Where a piece has its words, or the pieces that it is made of in turn.
WORDS = ("text", "html", "htmlText", "value", "paragraph", "data")
WITHIN = ("content", "children", "body", "blocks", "paragraphs", "items", "fields", "nodes")
MAX_DEPTH = 12
MOST_PIECES = 50_000  # of one page: they may lie in several others, and in themselves


class Pieces:
    """What the pieces of a page's objects say, read as far as anybody writes them."""

    def __init__(self) -> None:
        self._left = MOST_PIECES

    def joined(self, node: Node) -> Node:
        """The object with the text that its pieces make, where it has any and no whole text; else as it is."""
        if any(isinstance(node.get(key), str) for key in HOLDING):
            return node
        for key in HOLDING:
            if isinstance(held := node.get(key), dict | list) and held:
                text = "\n\n".join(piece for piece in self._paragraphs(held) if piece.strip())
                if text:
                    return {**node, HOLDING[0]: text}
        return node

    def _paragraphs(self, value: Any, depth: int = 0) -> list[str]:
        """What it says, a paragraph each; the leaves of one are joined."""
        self._left -= 1
        if isinstance(value, str):
            return [readable(value)]
        if depth > MAX_DEPTH or self._left < 0:
            return []
        if isinstance(value, dict):
            return self._paragraphs(_held(value), depth + 1)
        if not isinstance(value, list):
            return []
        said = [self._paragraphs(each, depth + 1) for each in value]
        if depth > 1 and all(map(_is_leaf, value)):
            return ["".join(piece for pieces in said for piece in pieces)]
        return [piece for pieces in said for piece in pieces]


def _held(piece: Node) -> Any:
    return next((piece[key] for key in (*WORDS, *WITHIN) if isinstance(piece.get(key), str | list | dict)), None)


def _is_leaf(piece: Any) -> bool:
    return isinstance(piece, str) or (isinstance(piece, dict) and isinstance(_held(piece), str))
