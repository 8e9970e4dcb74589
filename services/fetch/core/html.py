"""Telling a page by how it opens, and the encoding that it names."""

import re

from services.fetch.core.charsets import codec_of

HEAD_CHARACTERS = 4096
# What may stand before the first tag: white space, a mark, an XML declaration, comments.
PREAMBLE = re.compile(r"(?:[\s\ufeff]+|<\?xml[^>]{0,300}\?>|<!--.{0,2000}?-->)*", re.DOTALL)
PAGE_TAG = re.compile(r"<!doctype\s+html|<(?:html|head|body)(?:>|\s[^<]*>)", re.IGNORECASE)
ANY_TAG = re.compile(
    r"<(?:!doctype|title|meta|link|script|style|div|p|article|section|main|h[1-6]|table|ul|span|a)\b[^<>]*>",
    re.IGNORECASE,
)
META_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,40})", re.IGNORECASE)
# Its page differs from the Western one in the Icelandic letters alone, in whose place Turkish ones stand.
TURKISH = re.compile(rb"<html[^>]{0,300}?\blang\s*=\s*[\"']?\s*(?:tr|az)\b", re.IGNORECASE)
HEAD_BYTES = 4096


def looks_like_html(text: str, *, named: bool) -> bool:
    """Whether `text` opens like a page; where its name says so (`named`), any tag near the start will do."""
    head = text[:HEAD_CHARACTERS]
    start = PREAMBLE.match(head)
    if PAGE_TAG.match(head, start.end() if start else 0):
        return True
    return named and (ANY_TAG.search(head) is not None or PAGE_TAG.search(head) is not None)


def declared_encoding(data: bytes) -> str | None:
    """The Python codec for the encoding that a page or XML document names near its start, None without one."""
    head = data[:HEAD_BYTES]
    found = XML_ENCODING.search(head) or META_CHARSET.search(head)
    codec = codec_of(found[1].decode("ascii")) if found is not None else None
    return "cp1254" if codec == "cp1252" and TURKISH.search(head) else codec
