"""JSON: one article, a list of them, or an answer that holds such a list."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from contracts.outcomes import RejectReason
from services.fetch.core.charsets import told_codec
from services.fetch.core.decoding import decode
from services.fetch.core.document import BadMember, Member, Read, Rejected, Source
from services.fetch.formats import jsonl
from services.fetch.formats.json_article import MEDIA_TYPE, article, has_body, is_article
from services.fetch.formats.json_keys import LISTS, WRAPPERS

ASSOCIATIONS = "associations"


def read(source: Source) -> Read:
    """The article of an object, the items of a list; the source's keys name what is called otherwise."""
    mapping, decoded = dict(source.keys), decode(source.data, told_codec(source.charset))
    try:
        found = json.loads(decoded.text, strict=False)
    except RecursionError:
        return Rejected(RejectReason.UNREADABLE, "its JSON is nested too deeply")
    except ValueError as error:
        if jsonl.looks_like_it(decoded.text):
            return jsonl.read(source)
        return Rejected(RejectReason.UNREADABLE, f"it is not JSON: {error}")
    found = _of_graph(unwrapped(found), mapping)
    items = _in_package(found, mapping) or _list_in(found, mapping)
    if items is not None:
        return _members(items)
    if not isinstance(found, dict):
        return Rejected(RejectReason.UNSUPPORTED, "its JSON is neither an object nor a list of objects")
    return article(found, decoded, mapping)


def unwrapped(node: Any) -> Any:
    """What lies in a wrapping that holds nothing else of an article."""
    if isinstance(node, dict) and "title" not in node and "headline" not in node:
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
        if isinstance(inner, dict) and is_article(unwrapped(inner), mapping):
            inner = [inner]
        if isinstance(inner, list) and any(is_article(unwrapped(each), mapping) for each in inner[:100]):
            return inner
    return None


def _members(items: list[Any]) -> Iterator[Member | BadMember]:
    for number, item in enumerate(items, 1):
        path = f"item-{number}.json"
        if isinstance(item, dict):
            yield Member(path, [json.dumps(item, ensure_ascii=True).encode()], MEDIA_TYPE)
        else:
            yield BadMember(path, Rejected(RejectReason.UNREADABLE, f"item {number} of the list is no object"))
