"""All that a reader of a piece of HTML would see, as plain text in reading order: for mails, office documents, entries.

A web page is another matter: most of it is not the article.
"""

import re
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.fetch.core import headings
from services.fetch.core.decoding import SOFT_HYPHEN, without_surrogates
from services.fetch.core.nesting import shallow

UNSEEN = ["head", "script", "style", "noscript", "template", "svg", "math", "iframe", "object", "select", "title"]
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LINE, PARAGRAPH = 1, 2  # line ends before and after
BLOCKS = {
    **dict.fromkeys(
        [
            "address",
            "article",
            "aside",
            "center",
            "dd",
            "details",
            "div",
            "dt",
            "fieldset",
            "figcaption",
            "footer",
            "form",
            "header",
            "hr",
            "li",
            "main",
            "nav",
            "option",
            "section",
            "summary",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
        ],
        LINE,
    ),
    **dict.fromkeys(
        ["blockquote", "caption", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "ol", "p", "pre", "table", "ul"],
        PARAGRAPH,
    ),
}
# What makes a table's row part of a layout, not of a table: more than a line stands in its cells.
LAYOUT = "table, h1, h2, h3, h4, h5, h6, ul, ol, blockquote, div, p + p, br"
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
SPACES = re.compile(r"[ \t\r\n\f\v]+")
# What newsletters pad their preview with; a run is looked at from its beginning alone, or its square is.
_FILLING = "[\u034f\u200b\u200c\u2060\ufeff]"
FILLING = re.compile(f"(?<!{_FILLING}){_FILLING}+(?=[\\s\u00a0]|$)")


@dataclass
class _Written:
    """What is written so far, and the line ends that wait for the next word."""

    pieces: list[str] = field(default_factory=list)
    waiting: int = 0
    spaced: bool = True
    dash: str = ""  # of a list item that has said nothing yet

    def parted(self, ends: int) -> None:
        if not self.dash:
            self.waiting, self.spaced = max(self.waiting, ends), True

    def line_end(self) -> None:
        self.waiting, self.spaced = min(self.waiting + 1, PARAGRAPH), True

    def say(self, text: str) -> None:
        words = SPACES.sub(" ", text.replace(SOFT_HYPHEN, ""))
        if self.spaced:
            words = words.lstrip(" ")
        if not words:
            return
        if words.strip(" \u00a0"):
            self.pieces.append(("\n" * self.waiting if self.pieces else "") + self.dash)
            self.waiting, self.dash = 0, ""
        elif self.waiting:
            return  # a blank alone between blocks
        self.pieces.append(words)
        self.spaced = words.endswith(" ")

    def text(self) -> str:
        lines = (FILLING.sub("", line).rstrip(" \u00a0") for line in "".join(self.pieces).split("\n"))
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n ")


def plain_text(page: str) -> str:
    """The words of `page`; paragraphs stand between blank lines, list items behind a dash, cells between bars."""
    return headings.unmarked(marked_text(page))


def marked_text(page: str) -> str:
    """The same, with a mark before each heading."""
    tree = LexborHTMLParser(shallow(headings.unmarked(without_surrogates(page))))
    tree.strip_tags(UNSEEN)
    written = _Written()
    if tree.body is not None:
        _walk(tree.body, written)
    return written.text()


def _walk(root: LexborNode, written: _Written) -> None:
    """Without recursion: pages nest as deep as they like."""
    node: LexborNode | None = root
    while node is not None:
        if (inner := _entered(node, written)) is not None:
            node = inner
            continue
        while node is not None:
            _left(node, written)
            if node.mem_id == root.mem_id:
                return
            if node.next is not None:
                node = node.next
                break
            node = node.parent


def _entered(node: LexborNode, written: _Written) -> LexborNode | None:
    """Say what `node` says of its own; returns its first child where that is to be walked through."""
    tag = node.tag or ""
    if tag == "-text":
        _say(node, written)
        return None
    if tag.startswith("-") or _is_hidden(node):
        return None
    if tag in BLOCKS:
        written.parted(BLOCKS[tag])
    if tag == "br":
        written.line_end()
    elif tag == "li":
        written.dash = _mark(node)
    elif tag in HEADINGS:
        written.dash = written.dash or headings.mark(HEADINGS.index(tag) + 1)
    elif tag == "tr" and (cells := _cells(node)):
        written.say(" | ".join(cells))
        return None
    return node.child


def _mark(item: LexborNode) -> str:
    """A dash; the number of an item that was given one."""
    value = item.attributes.get("value") or ""
    return f"{value}. " if value.isascii() and value.isdecimal() else "- "


def _left(node: LexborNode, written: _Written) -> None:
    if node.tag == "li" or (node.tag in HEADINGS and headings.is_mark(written.dash)):
        written.dash = ""
    if node.tag in BLOCKS:
        written.parted(BLOCKS[node.tag])


def _say(node: LexborNode, written: _Written) -> None:
    text = node.text_content or ""
    around = node.parent.parent if node.parent is not None and node.parent.tag == "code" else node.parent
    if around is None or around.tag not in ("pre", "textarea"):
        written.say(text)
        return
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n")):
        if number:
            written.line_end()
        written.say(line)


def _is_hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or HIDDEN.search(attributes.get("style") or "") is not None


def _cells(row: LexborNode) -> list[str]:
    """The cells of a row of a table; none where it only arranges what stands in it."""
    if row.css_first(LAYOUT) is not None:
        return []
    cells = [" ".join(cell.text(separator=" ").split()) for cell in row.css("td, th")]
    return cells if len(cells) > 1 and any(cells) else []
