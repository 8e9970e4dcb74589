"""Bits of HTML that stand inside something else (a field of JSON, a column, an item of a feed) as plain text."""

import re
from html import unescape

from services.fetch.formats.flow import plain_text

TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|table|tr|td|blockquote|figure|img|section|article)\b[^<>]*>",
    re.IGNORECASE,
)
BREAK = re.compile(r"</?(?:p|br|div|h[1-6]|ul|ol|li|table|tr|td|blockquote|figure|section|article)\b", re.IGNORECASE)
BLANK_LINE, LINE_END = re.compile(r"\r?\n[^\S\n]*\n\s*"), re.compile(r"\r?\n")
ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,30}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")


def looks_marked_up(text: str) -> bool:
    """Whether there is a tag of prose in it."""
    return TAG.search(text) is not None


def readable(text: str) -> str:
    """Plain text as it is, marked-up text in plain."""
    if looks_marked_up(text):
        return plain_text(text if BREAK.search(text) else _with_breaks(text))
    return unescape(text) if ENTITY.search(text) else text


def _with_breaks(text: str) -> str:
    """Plain text with a few tags in its lines: its own line ends break it."""
    return f"<p>{LINE_END.sub('<br>', BLANK_LINE.sub('</p><p>', text))}</p>"
