"""How deep markup nests, and HTML that nests no deeper than people write it.

Parsers look up what is open, one element after the other, for much of what they are given: where all lies in all, that
is the square of it. The depth is known before any of them is asked, in one pass, and never estimated too small.
"""

import re
from collections import Counter

MAX_DEPTH = 2000  # elements in elements; browsers stop at 512
MAX_ATTRIBUTES = 500  # of one tag: each is compared with all before
LONG_TAG = 2 * MAX_ATTRIBUTES  # characters: a shorter one has no room for more of them
# An attribute and a tag as HTML's tokenizer has them: nothing else keeps a quote from hiding what follows.
_SPACE = r"[ \t\r\n\f]"
_ATTRIBUTE = (
    rf"[^ \t\r\n\f/>][^ \t\r\n\f/>=]*+(?:{_SPACE}*+={_SPACE}*+"
    r"(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^ \t\r\n\f>\"'][^ \t\r\n\f>]*+)?+)?+"
)
_REST = r"(?:[ \t\r\n\f/]++|" + _ATTRIBUTE + ")*+"
ATTRIBUTE = re.compile(_ATTRIBUTE)
# Comments, and what is no markup though it may look like it, are passed over.
_COMMENT = r"<!--(?:-?>|.*?(?:--!?>|\Z))"
_RAW = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
TAG = re.compile(
    rf"{_COMMENT}|<(?=[stxin])(?P<raw>{'|'.join(_RAW)})(?=[ \t\r\n\f/>]){_REST}>[^<]*+(?:<(?!/(?P=raw))[^<]*+)*+"
    rf"|<(?P<closing>/?)(?P<name>[A-Za-z][^ \t\r\n\f/>]*+)(?P<rest>{_REST})(?:>|\Z)",
    re.DOTALL | re.IGNORECASE,
)
XML_TAG = re.compile(r"<!\[CDATA\[(?P<section>.*?)(?:\]\]>|\Z)|" + TAG.pattern, TAG.flags)
# A page that has no more start tags than may nest, nor a tag of too many attributes, as one step: nearly every page is.
_RAW_TEXT = "|".join(rf"<{name}(?=[ \t\r\n\f/>]){_REST}>[^<]*+(?:<(?!/{name})[^<]*+)*+" for name in _RAW)
_FEW = rf"[A-Za-z][^ \t\r\n\f/>]*+[ \t\r\n\f/]*+(?:{_ATTRIBUTE}[ \t\r\n\f/]*+){{0,{MAX_ATTRIBUTES}}}+(?:>|\Z)"
_BETWEEN = rf"(?:[^<]++|{_COMMENT}|{_RAW_TEXT}|</{_FEW}|<(?!/?[A-Za-z]|!--))*+"
FLAT = re.compile(rf"{_BETWEEN}(?:<{_FEW}{_BETWEEN}){{0,{MAX_DEPTH}}}+", re.DOTALL | re.IGNORECASE)
VOID = frozenset(
    (
        *("area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "img", "input", "keygen", "link"),
        *("meta", "param", "source", "track", "wbr"),
    )
)
# They end where the next of them begins, or what they stand in ends: nobody need close them.
UNCLOSED = frozenset(
    (
        *("body", "colgroup", "dd", "dt", "head", "html", "li", "option", "p", "tbody", "td", "tfoot"),
        *("th", "thead", "tr"),
    )
)
ANNOTATIONS = frozenset(("rb", "rp", "rt", "rtc"))  # what ends with its ruby
DRAWINGS = frozenset(("svg", "math"))  # in which no name means what it does in HTML
# What programs write there without an end, page after page: it is given one, which it has in drawings anyway.
STROKES = frozenset(
    (
        *("animate", "circle", "ellipse", "g", "line", "lineargradient", "path", "polygon", "polyline", "rect", "stop"),
        *("use",),
    )
)
INLINE = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd"),
        *("label", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt"),
        *("u", "var"),
    )
)

# What HTML begins anew behind whatever ended around it, until somebody ends it itself.
FORMATTING = frozenset(("b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"))
# Spelt out: where the case is to be ignored, a page takes three times as long.
_EITHER_CASE = "|".join("".join(f"[{letter}{letter.upper()}]" for letter in name) for name in sorted(FORMATTING))
FORMATTED = re.compile(rf"<(?:{_EITHER_CASE})[ \t\r\n\f/>]")
# One that ends before another tag, and is written so plainly that nothing in it can hide its end.
ENDED = re.compile(rf"<({_EITHER_CASE})(?:{_SPACE}++[A-Za-z-]++=\"[^\"<>]*+\")*+>[^<]*+</\1>")
MOST_BEGUN_ANEW = 50_000  # no page of the corpus comes to a twentieth of it
# Within them no end is one of what was begun outside.
WALLS = frozenset(
    (
        *("annotation-xml", "applet", "caption", "desc", "foreignobject", "marquee", "mi", "mn", "mo", "ms", "mtext"),
        *("object", "select", "table", "td", "template", "th"),
    )
)


class Open:
    """The elements that are open at a place, as far as tags tell: never fewer than any parser would say.

    An end undoes a beginning only where nothing else was begun between them. Where all have their ends (`ended`), what
    nobody need close counts as well.
    """

    def __init__(self, *, ended: bool = False) -> None:
        self._names: list[str] = []
        self._ended = ended
        self._drawings = 0
        self.deepest = 0

    def nests(self, name: str) -> bool:
        """Whether elements of that name lie in each other for want of ends."""
        return name not in VOID and (self._ended or name not in UNCLOSED or bool(self._drawings))

    def begin(self, name: str) -> None:
        """A start tag."""
        if self.nests(name):
            self._names.append(name)
            self._drawings += name in DRAWINGS
            self.deepest = max(self.deepest, len(self._names))

    def end(self, name: str) -> bool:
        """An end tag; whether it ended what was begun last."""
        while name == "ruby" and self._names and self._names[-1] in ANNOTATIONS:
            self._names.pop()
        if not self._names or self._names[-1] != name:
            return False
        self._names.pop()
        self._drawings -= name in DRAWINGS
        return True

    def __len__(self) -> int:
        return len(self._names)

    def meet(self, tag: re.Match[str]) -> None:
        """Whatever comes next."""
        closing, name = tag.group("closing", "name")
        if closing:
            self.end(name.lower())
        elif name:
            self.begin(name.lower())


def depth(text: str) -> int:
    """How deep the elements of XML lie in one another, at the most; or those of a CDATA section, each by itself."""
    open_, deepest = Open(), 0
    for tag in XML_TAG.finditer(text):
        if tag["section"] is not None:
            within = Open()
            for inner in TAG.finditer(tag["section"]):
                within.meet(inner)
            deepest = max(deepest, within.deepest)
        elif not (tag["rest"] or "").endswith("/"):
            open_.meet(tag)
    return max(deepest, open_.deepest)


def shallow(page: str) -> str:
    """The page as it is; where it nests deeper than `MAX_DEPTH`, what lies there stands beside each other then.

    Where what nobody ends would be begun anew without end, nothing is bold or set in italics.
    """
    if _begins_anew(page):
        page = TAG.sub(_unformatted, page)
    return TAG.sub(_Shallow(Open(), MAX_DEPTH).tag, page) if _is_too_much(page) else page


def _is_too_much(page: str) -> bool:
    """Whether a page nests too deep, or has a tag of too many attributes."""
    if FLAT.fullmatch(page) is not None:  # no more can be open than was begun
        return False
    open_ = Open()
    for tag in TAG.finditer(page):
        open_.meet(tag)
        if open_.deepest > MAX_DEPTH or _is_overloaded(tag):
            return True
    return False


def _begins_anew(page: str) -> bool:
    """Whether so many elements would be made of tags that have no end: as many as there are, with every end of others.

    An end is none where it may stand behind a wall from what it ends: so there are never fewer than are counted.
    """
    formatted, tags = len(FORMATTED.findall(page)), page.count("<")
    if formatted * tags <= MOST_BEGUN_ANEW:
        return False
    ended = len(ENDED.findall(page))  # these are open for one tag; without them nearly every page has few
    if (formatted - ended) * tags + ended <= MOST_BEGUN_ANEW:
        return False
    unended = anew = 0
    within: Counter[str] = Counter()
    for tag in TAG.finditer(page):
        name = (tag["name"] or "").lower()
        if name in WALLS:
            within.clear()
        elif name in FORMATTING and not tag["closing"]:
            within[name] += 1
            unended += 1
        elif within[name]:
            within[name] -= 1
            unended -= 1
        anew += unended
        if anew > MOST_BEGUN_ANEW:
            return True
    return False


def _unformatted(found: re.Match[str]) -> str:
    return "" if (found["name"] or "").lower() in FORMATTING else found[0]


def shallower(page: str, most: int, spare: int) -> str:
    """A page in which every element has its end, made no deeper than `most`, and `spare` for what lines stand in."""
    return TAG.sub(_Shallow(Open(ended=True), most, spare).tag, page)


class _Shallow:
    def __init__(self, nothing: Open, most: int, spare: int = 0) -> None:
        self._open, self._most, self._spare = nothing, most, spare
        self._left_out: dict[str, int] = {}

    def tag(self, found: re.Match[str]) -> str:
        if found["name"] is None:
            return found[0]
        name = found["name"].lower()
        return self._closing(found, name) if found["closing"] else self._opening(found, name)

    def _opening(self, found: re.Match[str], name: str) -> str:
        if not self._open.nests(name):
            return _plain(found)
        if name in STROKES and found["rest"].endswith("/"):
            return f"{_plain(found)}</{name}>"
        if len(self._open) >= self._most + (self._spare if name in UNCLOSED else 0):
            self._left_out[name] = self._left_out.get(name, 0) + 1
            return _gap(name)
        self._open.begin(name)
        return _plain(found)

    def _closing(self, found: re.Match[str], name: str) -> str:
        if self._left_out.get(name):
            self._left_out[name] -= 1
            return _gap(name)
        self._open.end(name)
        return found[0]


def _plain(tag: re.Match[str]) -> str:
    return f"<{tag['name']}>" if _is_overloaded(tag) else tag[0]


def _is_overloaded(tag: re.Match[str]) -> bool:
    """Whether it has more attributes than anybody writes."""
    if tag.end() - tag.start() <= LONG_TAG:
        return False
    return sum(1 for _ in ATTRIBUTE.finditer(tag["rest"] or "")) > MAX_ATTRIBUTES


def _gap(name: str) -> str:
    """What stands for the tag of an element that is left out: words of two blocks are not one."""
    return "" if name in INLINE else "<br>"
