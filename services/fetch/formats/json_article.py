"""One JSON object as an article, by the names of its keys; refused with those names where they are no article's."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from contracts.document import Claim
from contracts.outcomes import RejectReason
from services.fetch.core import jsonld
from services.fetch.core.claims import claim, language_tag
from services.fetch.core.decoding import Decoded, without_surrogates
from services.fetch.core.document import ReadDocument, Rejected
from services.fetch.formats.json_keys import PATHS, SEVERAL, SHORT_TEXTS, TEXTS, TEXTS_BESIDE
from services.fetch.formats.markup import readable
from services.fetch.formats.stamps import iso_moment

MEDIA_TYPE = "application/json"
Node = dict[str, Any]
MAX_VALUES = 100
MOST_PIECES = 50_000  # of a text
MAX_KEYS_SAID = 20
FIRST_STAMP, LAST_STAMP = 631_152_000, 4_102_444_800  # 1990 and 2100: other numbers are no times
COUNTED = re.compile(r"\d{10}(?:\d{3})?\Z", re.ASCII)  # seconds or milliseconds, though they are written as a word
# What any text stands under, with dots or in what has the name before the first of them.
NAMED = frozenset(name for path in (*TEXTS, *TEXTS_BESIDE, *SHORT_TEXTS) for name in (path, path.partition(".")[0]))
BESIDE = ("title", "published", "url", "author")


def article(node: Node, decoded: Decoded, mapping: Mapping[str, str]) -> ReadDocument | Rejected:
    """The article of `node`; `mapping` (field: path) goes before all names that are known."""
    text = prose(node, mapping)
    if not text:
        return Rejected(RejectReason.UNSUPPORTED, unknown_keys(node, mapping))
    found = tuple(dict.fromkeys(each for each in _claims(node, mapping) if each is not None))
    url = next((each.value for each in found if each.field == "url"), None)
    return ReadDocument(without_surrogates(text), MEDIA_TYPE, decoded.encoding, decoded.lossy, url, found)


def is_article(node: Any, mapping: Mapping[str, str]) -> bool:
    """Whether it is an object with an article's keys."""
    return isinstance(node, dict) and bool(prose(node, mapping))


def is_titled(node: Node, mapping: Mapping[str, str]) -> bool:
    """Whether it says what it is called."""
    paths = (mapping["title"], *PATHS["title"]) if "title" in mapping else PATHS["title"]
    return any(isinstance(value, str) for value in _named(node, paths))


def unknown_keys(node: Mapping[str, Any], mapping: Mapping[str, str]) -> str:
    """What is said of an object without a text, and what can be done."""
    keys = [str(key)[:40] for key in node][:MAX_KEYS_SAID]
    more = f" and {len(node) - len(keys)} more" if len(node) > len(keys) else ""
    said = f", nor under {mapping['text'][:100]}, as" if "text" in mapping else ";"
    holds = "says" if "text" in mapping else "can say which one holds it"
    seen = f"no text was found under its keys: {', '.join(keys) or 'none'}{more}"
    return f"{seen}{said} WIREROOM_FETCH_JSON_MAPPING {holds}"


def prose(node: Node, mapping: Mapping[str, str]) -> str:
    """The text of the article, in plain."""
    if "text" not in mapping and NAMED.isdisjoint(node):  # as most objects are that lie in others
        return ""
    if text := _body(node, mapping):
        return text
    beside = [field for field in BESIDE if any(_values(node, path) for path in PATHS[field])]
    if beside and (text := _first_text(node, TEXTS_BESIDE)):
        return text
    named = "title" in beside or (_is_schema(node) and "name" in node)
    return _first_text(node, SHORT_TEXTS) if named and len(beside) > 1 else ""


def has_body(node: Node, mapping: Mapping[str, str]) -> bool:
    """Whether its text has a name that nobody gives to anything else."""
    return bool(_body(node, mapping))


def _body(node: Node, mapping: Mapping[str, str]) -> str:
    if "text" in mapping and (text := _first_text(node, (mapping["text"],))):
        return text
    return _sections(node.get("body")) or _first_text(node, TEXTS)


def _first_text(node: Node, paths: tuple[str, ...] | list[str]) -> str:
    for path in paths:
        pieces = [piece for piece in _values(node, path, MOST_PIECES) if isinstance(piece, str)]
        text = pieces[0] if path.endswith(".value") and pieces else "\n\n".join(pieces)
        if any(character.isalpha() for character in text):
            return readable(text)
    return ""


def _sections(body: Any) -> str:
    """The body as fundus writes it: a summary, and sections with their headlines."""
    if not isinstance(body, dict) or not isinstance(body.get("sections"), list):
        return ""
    lines = [*_strings(body.get("summary"))]
    for section in body["sections"]:
        if isinstance(section, dict):
            lines += [*_strings(section.get("headline")), *_strings(section.get("paragraphs"))]
    return "\n\n".join(lines)


def _strings(value: Any) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, str) and each.strip():
            yield each


def _claims(node: Node, mapping: Mapping[str, str]) -> Iterator[Claim | None]:
    if _is_schema(node):
        yield from jsonld.claims_of([node])
    origin = "ninjs" if {"versioncreated", "versionCreated"} & node.keys() else "json"
    for field, known in PATHS.items():
        paths = (mapping[field], *known) if field in mapping else known
        most = SEVERAL.get(field, 1)
        for value in _named(node, paths)[:most]:
            yield claim(field, _shaped(field, value), origin)


def _is_schema(node: Node) -> bool:
    return "@type" in node


def _named(node: Node, paths: tuple[str, ...]) -> list[Any]:
    """The values under the first path that has any."""
    return next((values for path in paths if (values := [v for v in map(_name, _values(node, path)) if v])), [])


def _name(value: Any) -> Any:
    """A person or a thing by its name."""
    if isinstance(value, dict):
        return next(
            (value[key] for key in ("name", "title", "label", "rendered", "text") if isinstance(value.get(key), str)),
            None,
        )
    return value


def _shaped(field: str, value: Any) -> str | None:
    if field in ("published", "modified"):
        return _moment(value)
    if not isinstance(value, str):
        return None
    return language_tag(value) if field == "language" else readable(value)


def _moment(value: Any) -> str | None:
    """A time as ISO 8601, also where it is counted in seconds or milliseconds."""
    if isinstance(value, str):
        if not COUNTED.match(value.strip()):
            return iso_moment(value)
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LAST_STAMP * 1000:
        return None
    seconds = value / 1000 if value > LAST_STAMP else value
    return datetime.fromtimestamp(seconds, UTC).isoformat() if FIRST_STAMP <= seconds <= LAST_STAMP else None


def _values(node: Any, path: str, most: int = MAX_VALUES) -> list[Any]:
    """What lies at the dotted path, lists taken apart."""
    found, parts = [node], _parts(path)
    if isinstance(node, dict):
        if path in node:
            found, parts = [node[path]], ()
        elif parts[0] not in node:
            return []
    for part in parts:
        found = [inner for each in found[:most] for inner in _at(each, part, most)]
    return [each for each in _apart(found, most) if each is not None and each not in ("", [], {})][:most]


def _at(value: Any, part: str, most: int) -> list[Any]:
    """What is called so in an object, or in each of a list; or what stands at that place of a list."""
    if isinstance(value, list) and part.isascii() and part.isdecimal():
        return value[int(part[:9]) :][:1]
    return [each[part] for each in _apart([value], most) if isinstance(each, dict) and part in each]


@cache
def _parts(path: str) -> tuple[str, ...]:
    return tuple(path.split("."))


def _apart(values: list[Any], most: int) -> list[Any]:
    return [each for value in values[:most] for each in (value[:most] if isinstance(value, list) else [value])]
