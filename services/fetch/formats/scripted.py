"""An article of which its page shows nothing: it stands in a script, in what the page's program begins with."""

import json
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from selectolax.lexbor import LexborHTMLParser, LexborNode

from contracts.document import Claim
from services.fetch.core.decoding import Decoded
from services.fetch.core.document import ReadDocument
from services.fetch.core.page.blocks import squeezed
from services.fetch.formats.flight import rows
from services.fetch.formats.json_article import Node, article, prose
from services.fetch.formats.json_keys import SHORT_TEXTS
from services.fetch.formats.pieces import Pieces

# How a page hands to its program what it is made of, where that is not JSON by itself.
HANDED = re.compile(
    r"(?:\b(?:window|self|globalThis)\s*(?:\.\s*|\[\s*[\"']))(?P<name>__[A-Za-z_]{3,40}__|__next_f)[\"'\]\s]*"
    r"(?:=(?!=)|\.push\()\s*(?P<parse>JSON\.parse\(\s*)?"
)
JSON = frozenset(("application/json", "text/json"))
FLAT = "__NUXT_DATA__"  # a list in which every value stands once, and everything else tells where
SENT = "__next_f"  # in pieces
FROM_STATE = "state"  # behind what the claim of an object has for its origin
TITLED = ("title", "headline")
FEWEST_LETTERS = 500
FEWEST_TITLED = 200  # of what has the page's title, and a date or an author: a page's description has none
FEWEST_SENTENCES = 3
SENTENCE = re.compile(r"[.!?…](?=[\s\"'”’»)]|\Z)|[。！？؟۔।]")
PROSE = re.compile(r"(?:[^\W\d_]{1,30}[,;:’']?\s){10}")  # as many words in a row are no code
SHORTEST_TITLE = 12  # letters: a shorter one may be the site's name
LONGEST_NAME = 60
LONGER = 1.2
WHY = {0: "no text in it has the page's title", 1: "the text in it with the page's title is not the longest"}
CUT_OFF = ("…", "...", "…]", "...]")
MOST_SCRIPTS = 2000
MOST_OBJECTS = 50_000
MOST_CHARACTERS = 50_000_000  # of a script: objects of a flat list may share one text
MOST_CALLED = 100
NO_DECODING = Decoded("", "utf-8", 0)


@dataclass(frozen=True)
class InScript:
    """The article in a page's script of that name, and what stands there with it; or `why` none is taken."""

    name: str
    text: str = ""
    claims: tuple[Claim, ...] = ()
    why: str = ""


def in_script(page: str, titles: Collection[str]) -> InScript | None:
    """The one article in a page's scripts that has a title of the page's; None where nothing there is like one."""
    found: list[InScript] = []
    unread: list[InScript] = []
    pieces = Pieces()
    keys = [key for title in titles if len(key := squeezed(title)) >= SHORTEST_TITLE]
    for name, state, written in _states(page):
        if state is not None:
            found += _articles(name, state, pieces, keys)
        elif len(PROSE.findall(written)) >= FEWEST_SENTENCES:
            unread.append(InScript(name, why="it is no JSON"))
    own = _whole(islice((each for each in found if _is_called(each, keys)), MOST_CALLED))
    if own and unread and len(squeezed(own[0].text)) < FEWEST_LETTERS:  # the rest of it may stand there
        return unread[0]
    if len(own) == 1 and not any(_is_untitled(each) and len(each.text) > LONGER * len(own[0].text) for each in found):
        return own[0]
    if found:
        return InScript((own or found)[0].name, why=WHY.get(len(own), f"{len(own)} texts in it have the page's title"))
    return unread[0] if unread else None


def _states(page: str) -> Iterator[tuple[str, Any, str]]:
    """What programs begin with, by the names of scripts: None where it is no JSON, and how it is written."""
    sent: list[str] = []
    for name, written in _scripts(page):
        state = _parsed(name, written)
        if name != SENT:
            yield name, state, written
        elif isinstance(state, list):
            sent.extend(each for each in state[1:] if isinstance(each, str))
    if sent:
        yield SENT, rows(sent), ""


def _scripts(page: str) -> Iterator[tuple[str, str]]:
    """The scripts that may hold what a page is made of, by their names, and what is written in them."""
    for node in LexborHTMLParser(page).css("script:not([src])")[:MOST_SCRIPTS]:
        written = node.text(deep=True)
        handed = HANDED.search(written)
        if (kind := _attribute(node, "type").lower()) in JSON:  # JSON-LD is read as part of the page
            yield _attribute(node, "id")[:LONGEST_NAME] or kind, written
        elif handed is not None:
            yield handed["name"], written[handed.end() :] if handed["parse"] is None else _unquoted(written, handed)


def _unquoted(written: str, handed: re.Match[str]) -> str:
    try:
        return str(json.JSONDecoder(strict=False).raw_decode(written, handed.end())[0])
    except ValueError:
        return ""


def _attribute(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""


def _parsed(name: str, written: str) -> Any:
    """What stands there, None where it is no JSON."""
    try:
        state, _ = json.JSONDecoder(strict=False).raw_decode(written.strip())
    except (ValueError, RecursionError):
        return None
    return _resolved(state) if name == FLAT and isinstance(state, list) else state


def _resolved(flat: list[Any]) -> list[Any]:
    """What a flat list holds, with the values that its objects and lists tell the places of."""
    made: list[Any] = [type(each)() if isinstance(each, dict | list) else each for each in flat]
    for each, whole in zip(flat, made, strict=True):
        if isinstance(each, dict):
            whole.update((key, made[place]) for key, place in each.items() if _is_place(place, flat))
        elif isinstance(each, list):
            whole.extend(made[place] for place in each if _is_place(place, flat))
    return made[:1]


def _is_place(value: Any, flat: list[Any]) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(flat)


def _articles(name: str, state: Any, pieces: Pieces, titles: Iterable[str]) -> Iterator[InScript]:
    """Whatever in it has prose of an article's length; less is asked of what is called as its page is."""
    read = 0
    for node in _objects(state):
        written = pieces.joined({key: value for key, value in node.items() if key not in SHORT_TEXTS})
        text = prose(written, {})
        read += len(text)
        if read > MOST_CHARACTERS:
            return
        if not _is_long(text, FEWEST_TITLED if _is_titled(node, titles) else FEWEST_LETTERS):
            continue
        found = article(written, NO_DECODING, {})
        if isinstance(found, ReadDocument) and (_is_long(text, FEWEST_LETTERS) or _is_signed(found)):
            told = (each.model_copy(update={"origin": f"{each.origin}-{FROM_STATE}"}) for each in found.claims)
            yield InScript(name, found.text, tuple(told))


def _objects(state: Any) -> Iterator[Node]:
    """All objects in it, outermost first; one without a title has that of whatever holds it, and it alone."""
    waiting: list[tuple[Any, Node]] = [(state, {})]
    met: set[int] = set()
    while waiting and len(met) < MOST_OBJECTS:
        value, title = waiting.pop()
        if id(value) in met or not isinstance(value, dict | list):
            continue
        met.add(id(value))
        if isinstance(value, dict):
            own = {key: value[key] for key in TITLED if isinstance(value.get(key), str)}
            yield value if own else {**title, **value}
            title = own or title
        elif len(value) > 1:
            title = {}  # each of them is a piece
        waiting.extend((each, title) for each in reversed(value.values() if isinstance(value, dict) else value))


def _is_titled(node: Node, titles: Iterable[str]) -> bool:
    """Whether it has the headline that the page's title begins with, and nothing else."""
    own = [squeezed(title) for key in TITLED if isinstance(title := node.get(key), str)]
    return any(len(each) >= SHORTEST_TITLE and title.startswith(each) for each in own for title in titles)


def _is_signed(found: ReadDocument) -> bool:
    return any(claim.field in ("author", "published") for claim in found.claims)


def _is_long(text: str, fewest: int) -> bool:
    is_whole = not text.rstrip().endswith(CUT_OFF)
    return is_whole and len(squeezed(text)) >= fewest and len(SENTENCE.findall(text)) >= FEWEST_SENTENCES


def _is_untitled(found: InScript) -> bool:
    return all(claim.field != "title" for claim in found.claims)


def _is_called(found: InScript, keys: Iterable[str]) -> bool:
    own = [squeezed(claim.value) for claim in found.claims if claim.field == "title"]
    return any(len(each) >= SHORTEST_TITLE and (each in key or key in each) for each in own for key in keys)


def _whole(found: Iterable[InScript]) -> list[InScript]:
    """Each text once: one that is a part of another is its beginning, or the same in another form."""
    whole: list[tuple[str, InScript]] = []
    for each in sorted(found, key=lambda one: -len(one.text)):
        key = squeezed(each.text)
        if not any(key[:FEWEST_LETTERS] in other for other, _ in whole):
            whole.append((key, each))
    return [each for _, each in whole]
