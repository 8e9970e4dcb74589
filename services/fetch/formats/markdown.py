"""Markdown: the text as it was written; a front matter before it is what the document says of itself, not its text."""

import re
from collections.abc import Iterator
from typing import Any

import yaml

from contracts.document import Claim
from services.fetch.core.charsets import told_codec
from services.fetch.core.claims import claim, language_tag
from services.fetch.core.decoding import Decoded, decode
from services.fetch.core.document import Read, ReadDocument, Source
from services.fetch.formats.stamps import iso_moment

MEDIA_TYPE = "text/markdown"
ORIGIN = "front-matter"
FRONT = re.compile(r"\A\s*---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
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
    found = FRONT.match(decoded.text[:MAX_FRONT_CHARACTERS])
    front = _mapping(found[1]) if found is not None else None
    if found is None or front is None:  # what opens with a rule is no front matter
        return _document(decoded, decoded.text, ())
    claims = tuple(dict.fromkeys(each for each in _claims(front) if each is not None))
    return _document(decoded, decoded.text[found.end() :].lstrip("\r\n"), claims)


def _document(decoded: Decoded, text: str, claims: tuple[Claim, ...]) -> ReadDocument:
    url = next((each.value for each in claims if each.field == "url"), None)
    return ReadDocument(text, MEDIA_TYPE, decoded.encoding, decoded.lossy, url, claims)


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
    for key, value in front.items():
        if (field := FIELDS.get(key.strip().lower())) is not None:
            for each in (value if isinstance(value, list) else [value])[:MAX_VALUES]:
                written = _written(each)
                yield claim(field, language_tag(written) if field == "language" else written, ORIGIN)


def _written(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("name")
    if not isinstance(value, str) or value.lower() in NOTHING:
        return None
    return iso_moment(value) if re.match(r"\d{4}-\d", value) else value
