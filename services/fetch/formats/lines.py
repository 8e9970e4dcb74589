"""Lines as they were set on a page, made whole: words that were divided, and paragraphs that were broken into lines."""

import re
from collections.abc import Iterator

from services.fetch.formats.headings_set import SAME_SIZE, Headings
from services.fetch.formats.set_line import MARKS, Line, is_from_the_right

# Words from their beginnings alone: scripts without spaces have words of a page. Pdfium marks where one was divided.
DIVIDED = re.compile("(?<![^\\W\\d_])([^\\W\\d_]+)[\ufffe\u00ad\x02]([^\\W\\d_]+)")
HYPHENATED = re.compile(r"(?<![^\W\d_])[^\W\d_]+-[^\W\d_]+")
DIVIDERS = ("\ufffe", "\u00ad", "\x02")
AROUND = 3  # lines before and after that say how wide the column is
FULL_SHARE = 0.75  # of the widest one around: such a line goes on in the next
ENDED_SHARE = 0.92  # and one that ends a sentence does so only if it is full to the margin
SHORTEST_FULL = 25  # characters; no column of prose is narrower
LEADING, INDENT = 1.7, 0.6  # heights
SENTENCE_END = re.compile(r"[.!?…:»”\"]\s*\Z")
ITEM = re.compile(r"\s*(?:[-–—•*▪◦]\s|\(?\d{1,3}[.)]\s|\(?[a-z]\)\s)")


def unwrapped(pages: list[list[Line]]) -> str:
    """The text of all pages, a paragraph a line; a blank line between the pages."""
    hyphenated = {word for page in pages for line in page for word in HYPHENATED.findall(line.text)}
    headings = Headings(pages)
    whole = "\n\n".join("\n".join(_paragraphs(page, headings)) for page in pages)
    text = DIVIDED.sub(lambda found: _word(found[1], found[2], hyphenated), whole)
    return re.sub(r"\n{3,}", "\n\n", MARKS.sub("-", text)).strip("\n")


def _word(before: str, after: str, hyphenated: set[str]) -> str:
    """The word of two halves: its hyphen stays where a capital follows or the document writes it so elsewhere."""
    kept = f"{before}-{after}"
    return kept if after[0].isupper() or kept in hyphenated else before + after


def _paragraphs(lines: list[Line], headings: Headings) -> Iterator[str]:
    # A divided word has been followed to the next line already: what counts is how it was set.
    set_lines = [[len(each.rstrip()) for each in MARKS.split(line.text)] for line in lines]
    widths = [max(lengths) for lengths in set_lines]
    columns = headings.columns(lines)
    paragraph, above = "", None
    for number, line in enumerate(lines):
        text = line.text.strip()
        apart = " " if paragraph and text and not paragraph.endswith(DIVIDERS) else ""
        paragraph += apart + text
        following = lines[number + 1] if number + 1 < len(lines) else Line("")
        width = max(widths[max(0, number - AROUND) : number + AROUND + 1])
        goes_on = bool(following.text.strip()) and (
            _goes_on(line, following, set_lines[number][-1], width)
            or (not ITEM.match(following.text) and headings.goes_on(line, following, above, columns))
        )
        above = line if goes_on else None
        if not goes_on:
            yield paragraph
            paragraph = ""


def _goes_on(line: Line, following: Line, length: int, width: int) -> bool:
    """Whether the paragraph does: the line is full, and the next is of its size, close below it and not set in."""
    if line.text.endswith(DIVIDERS):
        return True
    if length < SHORTEST_FULL or ITEM.match(following.text) or _is_apart(line, following):
        return False
    return length >= (ENDED_SHARE if SENTENCE_END.search(line.text) else FULL_SHARE) * width


def _is_apart(line: Line, following: Line) -> bool:
    if not line.height or not following.height:
        return False
    if abs(line.height - following.height) > SAME_SIZE * line.height:
        return True
    end, below = line.end, line.end.top - following.top
    if end.font and following.font and end.is_bold != following.is_bold:
        return True
    set_in = end.right - following.right if is_from_the_right(line.text) else following.left - end.left
    return below > 0 and (below > LEADING * line.height or set_in > INDENT * line.height)
