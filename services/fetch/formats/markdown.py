"""Markdown: the text as it is read, without its marks; a front matter before it is what the document says of itself."""

import json
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from html import escape
from typing import Any

import yaml
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from contracts.document import Claim
from services.fetch.core import headings
from services.fetch.core.charsets import told_codec
from services.fetch.core.claims import claim, language_tag
from services.fetch.core.decoding import decode, without_surrogates
from services.fetch.core.document import Read, ReadDocument, Source
from services.fetch.formats.flow import marked_text
from services.fetch.formats.stamps import iso_moment

MEDIA_TYPE = "text/markdown"
ORIGIN = "front-matter"
FRONT = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
TOML = re.compile(r"\A\s*\+\+\+[ \t]*\r?\n(.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
# Pandoc's own: a title, authors and a date, each behind its sign; what goes on is indented.
PANDOC = re.compile(r"\A%[ \t]+(\S[^\n]*(?:\n[ \t]+\S[^\n]*)*)\n(?:%([^\n]*)\n)?(?:%([^\n]*)\n)?(?=\s*\n)")
# MultiMarkdown's: lines of a name and a value, up to the first that is empty.
HEADERS = re.compile(r"\A(?:[A-Za-z][\w -]{0,40}:[ \t]*\S[^\n]*\n(?:[ \t]+\S[^\n]*\n)*){2,40}(?=\s*\n)")
HEADER = re.compile(r"^([A-Za-z][\w -]{0,40}):[ \t]*(\S[^\n]*(?:\n[ \t]+\S[^\n]*)*)", re.MULTILINE)
WITHIN = ("extra", "params", "taxonomies")  # where Zola and Hugo, who have no name for authors, keep them
# A note and its number, as many write them: no part of CommonMark, which would take the note for a link's address.
NOTE, NOTE_NUMBER = re.compile(r"^ {0,3}\[\^[^\]\s]{1,100}\]:", re.MULTILINE), re.compile(r"\[\^[^\]\s]{1,100}\]")
MAX_CHARACTERS = 1_000_000  # read in seconds whatever they are; a longer text keeps its marks
MAX_LINKS = 40_000  # or what may begin one: each costs a look around, 0.1 ms of it
MAX_NESTING = 100  # of quotations and lists; what nests deeper keeps its marks too
MAX_FRONT_CHARACTERS = 16 << 10
MAX_BRACKETS = 200  # each costs the YAML reader a look at all that are open
FIELDS = {
    "title": "title", "headline": "title", "titre": "title",
    "author": "author", "authors": "author", "auteur": "author", "byline": "author",
    "date": "published", "published": "published", "publishdate": "published", "pubdate": "published",
    "datepublished": "published", "published_at": "published",
    "modified": "modified", "updated": "modified", "lastmod": "modified", "last_modified_at": "modified",
    "publisher": "publisher", "source": "publisher", "site": "publisher",
    "language": "language", "lang": "language", "locale": "language",
    "url": "url", "canonical": "url", "canonical_url": "url", "canonicalurl": "url", "link": "url", "permalink": "url",
    "section": "section", "category": "section", "categories": "section",
    "tags": "keyword", "keywords": "keyword",
    "description": "description", "summary": "description", "excerpt": "description",
    "dateline": "dateline",
}  # fmt: skip
MAX_VALUES = 30
NOTHING = ("", "~", "null", "true", "false")


def read(source: Source) -> Read:
    """The text without its front matter, and the claims that stand in that."""
    decoded = decode(source.data, told_codec(source.charset))
    front, end = _front_matter(decoded.text[:MAX_FRONT_CHARACTERS])
    claims = tuple(dict.fromkeys(each for each in _claims(front) if each is not None))
    url = next((each.value for each in claims if each.field == "url"), None)
    text, headed = headings.told(without_surrogates(unmarked(headings.unmarked(decoded.text[end:]))))
    return ReadDocument(text, MEDIA_TYPE, decoded.encoding, decoded.lossy, url, claims, headings=headed)


def unmarked(text: str) -> str:
    """What Markdown says, as its readers see it: headings are lines of their own, with a mark; links their words."""
    if len(text) > MAX_CHARACTERS or text.count("[") > MAX_LINKS:
        return text
    tokens = _MARKDOWN.parse(NOTE_NUMBER.sub("", NOTE.sub("", text)))
    if any(token.level >= MAX_NESTING - 2 for token in tokens):  # what lies deeper would fall away
        return text
    return marked_text(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))


def _item(_: RendererHTML, tokens: list[Token], index: int, *__: Any) -> str:
    """An item of a list, with the number that was written: a sentence that begins with a year is taken for one."""
    number = tokens[index].info
    return f'<li value="{escape(number)}">' if number else "<li>"


def _rule(*_: Any) -> str:
    """A rule between two things is seen by its readers, and by what tells several articles in one text apart."""
    return "<p>***</p>"


def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])
    markdown.add_render_rule("list_item_open", _item)
    markdown.add_render_rule("hr", _rule)
    return markdown


_MARKDOWN = _markdown()


def _front_matter(head: str) -> tuple[dict[str, Any], int]:
    """Its keys, and where it ends: at the beginning where what opens with a rule is none."""
    for opening, mapping in ((FRONT, _mapping), (TOML, _toml)):
        found = opening.match(head)
        if found is not None and (front := mapping(found[1])) is not None:
            return front, found.end()
    return json_front(head) or _pandoc(head) or _headers(head) or ({}, 0)


def json_front(head: str) -> tuple[dict[str, Any], int] | None:
    """What stands before a text as a JSON object (Hugo), and where it ends; None where there is none, or no text."""
    begins = len(head) - len(head.lstrip())
    if not head.startswith("{", begins):
        return None
    try:
        found, end = json.JSONDecoder(strict=False).raw_decode(head, begins)
    except (ValueError, RecursionError):
        return None
    rest = head[end:]
    is_front = isinstance(found, dict) and any(key.lower() in FIELDS for key in found)
    return (found, end) if is_front and re.match(r"[ \t\r]*\n\s*[^\s{\[]", rest) else None


def _pandoc(head: str) -> tuple[dict[str, Any], int] | None:
    if (found := PANDOC.match(head.replace("\r\n", "\n"))) is None:
        return None
    title, authors, day = (" ".join((each or "").split()) for each in found.groups())
    front = {"title": title, "author": [each.strip() for each in authors.split(";")], "date": day}
    return front, _end_of_lines(head, found[0])


def _headers(head: str) -> tuple[dict[str, Any], int] | None:
    if (found := HEADERS.match(head.replace("\r\n", "\n"))) is None:
        return None
    front = {name.lower(): " ".join(value.split()) for name, value in HEADER.findall(found[0])}
    known = {FIELDS[name] for name in front if name in FIELDS}
    return (front, _end_of_lines(head, found[0])) if "title" in known and len(known) > 1 else None


def _end_of_lines(head: str, lines: str) -> int:
    """Where so many lines end in a text that may have its lines end otherwise."""
    return sum(map(len, head.splitlines(keepends=True)[: lines.count("\n")]))


def _toml(front: str) -> dict[str, Any] | None:
    if front.count("[") + front.count("{") > MAX_BRACKETS:
        return None
    try:
        return tomllib.loads(front.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, ValueError, RecursionError):
        return None


def _mapping(front: str) -> dict[str, Any] | None:
    """The front matter's keys; None where it is not a mapping in plain YAML, which has no anchors to multiply."""
    if front.count("[") + front.count("{") > MAX_BRACKETS:
        return None
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(front, Loader=yaml.BaseLoader)):
            return None
        # All as it was written: YAML 1.1 would make 750 of a title "12:30", and no word of "No".
        found = yaml.load(front, Loader=yaml.BaseLoader)  # noqa: S506 - it makes words, lists and mappings alone
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError):
        return None
    return {str(key): value for key, value in found.items()} if isinstance(found, dict) else None


def _claims(front: dict[str, Any]) -> Iterator[Claim | None]:
    within = [pair for name in WITHIN if isinstance(held := front.get(name), dict) for pair in held.items()]
    authors = [(key, value) for key, value in within if FIELDS.get(str(key).lower()) == "author"]
    for key, value in (*front.items(), *authors):
        if (field := FIELDS.get(str(key).strip().lower())) is not None:
            for each in (value if isinstance(value, list) else [value])[:MAX_VALUES]:
                written = _written(each)
                yield claim(field, language_tag(written) if field == "language" else written, ORIGIN)


def _written(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, date):  # TOML has dates of its own
        return value.isoformat()
    if not isinstance(value, str) or value.lower() in NOTHING:
        return None
    return iso_moment(value) if re.match(r"\d{4}-\d", value) else value
