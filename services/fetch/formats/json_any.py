"""JSON: one article, a list of them, or an answer that holds such a list."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from contracts.outcomes import RejectReason
from services.fetch.core.charsets import told_codec
from services.fetch.core.decoding import decode
from services.fetch.core.document import BadMember, Member, Read, Rejected, Source
from services.fetch.core.jsonld import without_dangling_commas
from services.fetch.formats import jsonl, markdown
from services.fetch.formats.called import by_known_names
from services.fetch.formats.json_article import MEDIA_TYPE, Node, article, has_body, is_article, is_titled
from services.fetch.formats.json_keys import LISTS, WRAPPERS
from services.fetch.formats.pieces import Pieces

ASSOCIATIONS = "associations"
OWN_TITLES = frozenset(("title", "headline", "webTitle"))
BLANK = re.compile(r"[\s,]*")


def read(source: Source) -> Read:
    """The article of an object, the items of a list; the source's keys name what is called otherwise."""
    mapping, decoded = dict(source.keys), decode(source.data, told_codec(source.charset))
    try:
        found = json.loads(decoded.text, strict=False)
    except RecursionError:
        return Rejected(RejectReason.UNREADABLE, "its JSON is nested too deeply")
    except ValueError as error:
        if (otherwise := _otherwise(source, decoded.text)) is not None:
            return otherwise
        found = _forgiven(decoded.text)
        if found is None:
            return Rejected(RejectReason.UNREADABLE, f"it is not JSON: {error}")
    found = _of_graph(unwrapped(found), mapping)
    items = _in_package(found, mapping) or _list_in(found, mapping)
    if items is not None:
        return _members(items)
    if not isinstance(found, dict):
        return Rejected(RejectReason.UNSUPPORTED, "its JSON is neither an object nor a list of objects")
    return article(_whole(found, mapping), decoded, mapping)


def _otherwise(source: Source, text: str) -> Read | None:
    """What is no JSON value: several of them, or one that stands before a text in Markdown."""
    if jsonl.looks_like_it(text):
        return jsonl.read(source)
    if markdown.json_front(text) is not None:
        return markdown.read(source)
    several = _one_after_another(text)
    return _members(several) if several is not None else None


def _forgiven(text: str) -> Any:
    """What it is but for commas behind the last value of a list or an object; None where more is wrong."""
    try:
        return json.loads(without_dangling_commas(text), strict=False)
    except (ValueError, RecursionError):
        return None


def _one_after_another(text: str) -> list[Any] | None:
    """The objects of a text that has several and nothing between them, each over as many lines as it likes."""
    decoder, found, at = json.JSONDecoder(strict=False), [], 0
    while (begins := BLANK.match(text, at)) is not None and (at := begins.end()) < len(text):
        try:
            each, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            return None
        found.append(each)
    return found if len(found) > 1 and all(isinstance(each, dict) for each in found) else None


def unwrapped(node: Any) -> Any:
    """What lies in a wrapping that holds nothing else of an article."""
    if isinstance(node, dict) and OWN_TITLES.isdisjoint(node):
        return next((node[key] for key in WRAPPERS if isinstance(node.get(key), dict)), node)
    return node


def _of_graph(found: Any, mapping: Mapping[str, str]) -> Any:
    """The one article of a graph (schema.org), or those that it holds: what else is in it says what is around them."""
    graph = found.get("@graph") if isinstance(found, dict) else None
    if not isinstance(graph, list):
        return found
    readable = [each for each in graph if is_article(each, mapping)]
    articles = [each for each in readable if each.get("articleBody")] or readable  # a page has a description alone
    return articles[0] if len(articles) == 1 else articles or found


def _in_package(found: Any, mapping: Mapping[str, str]) -> list[Any]:
    """The articles of a package (ninjs), its own text first where it has one; none where it is no package, or of links.

    What is associated with an article stays with it.
    """
    if not isinstance(found, dict) or (not _is_composite(found) and is_article(found, mapping)):
        return []
    held = [
        each for each in _associated(found) if is_article(each, mapping) or (_is_composite(each) and _associated(each))
    ]
    own = {key: value for key, value in found.items() if key not in (ASSOCIATIONS, "type")}
    return [own, *held] if held and has_body(own, mapping) else held


def _is_composite(node: Any) -> bool:
    return isinstance(node, dict) and node.get("type") == "composite"


def _associated(node: Mapping[str, Any]) -> list[Any]:
    """By name in ninjs 1, and in a list since; a name may have several."""
    held = node.get(ASSOCIATIONS)
    named = held.values() if isinstance(held, dict) else held if isinstance(held, list) else ()
    return [each for some in named for each in (some if isinstance(some, list) else [some])]


def _list_in(found: Any, mapping: Mapping[str, str]) -> list[Any] | None:
    """The list of articles, where `found` is one or holds one; None where it is an article itself."""
    if isinstance(found, list):
        return found if any(isinstance(each, dict) for each in found) else None
    if not isinstance(found, dict) or is_article(found, mapping):
        return None
    for path in LISTS:
        inner: Any = found
        for part in path.split("."):
            inner = inner.get(part) if isinstance(inner, dict) else None
        if isinstance(inner, dict) and _is_one(unwrapped(inner), mapping):
            inner = [inner]
        if isinstance(inner, list) and any(_is_one(unwrapped(each), mapping) for each in inner[:100]):
            return inner
    return None


def _is_one(node: Any, mapping: Mapping[str, str]) -> bool:
    return isinstance(node, dict) and is_article(_whole(node, mapping), mapping)


def _whole(node: Node, mapping: Mapping[str, str]) -> Node:
    """The object by the names that are known, with its text in one where it has a title and a text in pieces."""
    named = by_known_names(node)
    if is_article(named, mapping) or not is_titled(named, mapping):
        return named
    return Pieces().joined(named)


def _members(items: list[Any]) -> Iterator[Member | BadMember]:
    for number, item in enumerate(items, 1):
        path = f"item-{number}.json"
        if isinstance(item, dict):
            yield Member(path, [json.dumps(item, ensure_ascii=True).encode()], MEDIA_TYPE)
        else:
            yield BadMember(path, Rejected(RejectReason.UNREADABLE, f"item {number} of the list is no object"))
