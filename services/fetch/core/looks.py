"""How texts of each kind begin: what is told from the first characters, and what takes a hint from the name as well.

Each look is given the head of a text without its byte order mark, and whether its name or whoever brought it says that
it is of this kind (`hinted`): then less is enough.
"""

import re
from collections.abc import Callable

from services.fetch.core.html import looks_like_html
from services.fetch.core.prologue import Prologue, prologue

Look = Callable[[str, bool], bool]

XML_ROOT = re.compile(r"<([A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)[\s/>]")
# An element that opens within another right away is no prose; in HTML it is a bit of a page.
XML_NESTED = re.compile(r"<[A-Za-z_][\w.:-]*(?:\s[^<>]{0,1000})?>\s*<[A-Za-z_!?]")
BITS_OF_PAGES = frozenset(
    (
        *("a", "abbr", "article", "aside", "b", "blockquote", "body", "br", "center", "code", "div", "dl", "em"),
        *(
            "figure",
            "font",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "head",
            "header",
            "hr",
            "html",
            "i",
            "iframe",
        ),
        *("img", "li", "link", "main", "meta", "nav", "ol", "p", "pre", "script", "section", "small", "span", "strong"),
        *("style", "sup", "table", "tbody", "td", "th", "title", "tr", "u", "ul"),
    )
)
# What begins so is XML, whatever comes of it; and HTML's type is a page's.
XML_DECLARATION = re.compile(r"\s*<\?xml\s", re.IGNORECASE)
XML_TYPE = re.compile(r"\s*<!DOCTYPE\s+(?!html\b)[A-Za-z_]", re.IGNORECASE)
PROLOGUE_CHARACTERS = 1000  # of one that every look can pass over itself
SGML_WIRE = re.compile(r"\s*(?:<!DOCTYPE\s+lewis\b|<REUTERS(?:\s+[a-z]+\s*=|[^<>]{0,1000}>\s*<))", re.IGNORECASE)
# What the line idles with, then a heading (SOH) and soon a text (STX): ANPA 1312 and IPTC 7901.
WIRE_START = re.compile("[\\s\x00\x04\x16\x7f]*\x01[^\x02]{1,400}\x02")
JSON_START = re.compile(
    r'\s*(?:\{\s*(?:"(?:[^"\\\n]|\\.)*"\s*:|\}\s*\Z)|\[\s*(?:\{\s*["}]|\]\s*\Z|"(?:[^"\\\n]|\\.)*"\s*(?:,\s*(?:["\[{\d-]|true|false|null)|\]\s*\Z)))'
)
JSON_LINE = re.compile(r"\s*\{[^\n]*\}[ \t]*\r?\n\s*\{\s*\"")
FEED_START = re.compile(r"<(?:rss[\s>]|rdf:RDF\s|feed\s[^>]{0,500}\bxmlns)[^<]*<", re.IGNORECASE)
JSON_FEED = re.compile(r'"version"\s*:\s*"https?:(?:\\?/){2}jsonfeed\.org(?:\\?/)version')
# A sender, a time and a year: prose begins with From as well. They are looked for ahead, for runs of anything behind
# each other would be tried in all their lengths.
MBOX_START = re.compile(r"\s*From (?=\S)(?=[^\n]*\d:\d\d)(?=[^\n]*\d{4})[^\n]*\n(?:[\x21-\x39\x3b-\x7e]+:|>From )")
MARKED_MAILBOX = re.compile(r"\x01{4}\r?\n(?:From |[\x21-\x39\x3b-\x7e]+:)|BABYL OPTIONS:[^\n]*\n[^\x1f]*\x1f")
HEADER = re.compile(r"([\x21-\x39\x3b-\x7e]+):[ \t]?")
SURE_MAIL_HEADERS = frozenset(
    ("return-path", "received", "message-id", "mime-version", "delivered-to", "x-mozilla-status")
)
MAIL_HEADERS = SURE_MAIL_HEADERS | frozenset(
    ("from", "to", "cc", "bcc", "sender", "reply-to", "subject", "date", "content-type", "content-transfer-encoding")
)
MAIL_LINE = re.compile(rf"^(?:{'|'.join(sorted(MAIL_HEADERS))}):", re.IGNORECASE | re.MULTILINE)
EMLX_COUNT = re.compile(r"\s*\d{1,12}[ \t]*\r?\n")  # Apple's mails begin with their length
SAVED_PAGE = re.compile(
    r"^(?:Snapshot-Content-Location:|From: <?Saved by|Content-Type:\s*multipart/related)", re.IGNORECASE | re.MULTILINE
)
WARC_START = re.compile(r"WARC/[01]\.\d+[ \t]*\r?\n|filedesc://\S{1,500} \S+ \d{14} ")
CDX_START = re.compile(r" CDX(?: [A-Za-z]){3,}\s|!OpenWayback-CDXJ|[\w.,:-]+\)\S* \d{14} \{\s?\"")
FRONT_MATTER = re.compile(
    r"---[ \t]*\r?\n(?=[\w-]+:|#)(?:[^\n]*\n){1,200}?(?:---|\.\.\.)[ \t]*\r?\n"
    r"|\+\+\+[ \t]*\r?\n(?=[\w-]+[ \t]*=|#|\[)(?:[^\n]*\n){1,200}?\+\+\+[ \t]*\r?\n"
)
SEPARATORS = (",", ";", "\t", "|")
# Spreadsheets save tables under the name of a text; a first line that names these two between tabs is no prose.
TEXT_COLUMNS = frozenset(("text", "texte", "texto", "testo", "body", "content", "contenu", "article_text"))
TITLE_COLUMNS = frozenset(("title", "titre", "titel", "titulo", "título", "titolo", "headline"))


def html(head: str, hinted: bool) -> bool:
    """A page, or a piece of one."""
    return looks_like_html(head, named=hinted)


def says_xml(head: str) -> bool:
    """Whether it declares that it is XML, or has a type of its own."""
    return XML_DECLARATION.match(head) is not None or XML_TYPE.match(head) is not None


def shortened(text: str, before: Prologue) -> str:
    """The text with a long prologue as short as it can be said: every look sees the root then."""
    if before.end <= PROLOGUE_CHARACTERS:
        return text
    of_page = before.name.lower() == "html"
    said = "<?xml ?>" if says_xml(text) or (before.name and not of_page) else ""
    return f"{said}{'<!DOCTYPE html>' if of_page else ''}{text[before.end :]}"


def xml_root(head: str, *, hinted: bool) -> tuple[str, str] | None:
    """The root's name with its prefix and without, where the text is XML: says so, is called so, or is nested."""
    at = _past_prologue(head)
    root = XML_ROOT.match(head, at)
    if root is None:
        return None
    nested = root[2].lower() not in BITS_OF_PAGES and XML_NESTED.match(head, at) is not None
    if not (hinted or nested or says_xml(head) or 'xmlns="' in head):
        return None
    return f"{root[1] or ''}{root[2]}", root[2]


def sgml_wire(head: str, _: bool) -> bool:
    """Reuters' own, as in the collection that everybody has."""
    return SGML_WIRE.match(head) is not None


def wire(head: str, _: bool) -> bool:
    """A dispatch in the agencies' framing."""
    return WIRE_START.match(head) is not None


def json(head: str, hinted: bool) -> bool:
    """One JSON value, an object or a list."""
    return JSON_START.match(head) is not None or (hinted and head.lstrip()[:1] in ("{", "["))


def jsonl(head: str, hinted: bool) -> bool:
    """A JSON object a line."""
    return JSON_LINE.match(head) is not None or (hinted and head.lstrip()[:1] == "{")


def feed(head: str, _: bool) -> bool:
    """A feed, with an XML declaration or without."""
    return FEED_START.match(head, _past_prologue(head)) is not None


def json_feed(head: str, _: bool) -> bool:
    """A JSON object that says so (jsonfeed.org)."""
    return JSON_START.match(head) is not None and JSON_FEED.search(head) is not None


def mbox(head: str, _: bool) -> bool:
    """Letters one after the other, each after a line that begins with From, or between marks."""
    if MBOX_START.match(head) is not None:
        return MAIL_LINE.search(head) is not None  # a line of prose may begin with a word and a colon
    return MARKED_MAILBOX.match(head) is not None


def mail(head: str, hinted: bool) -> bool:
    """Header lines, of which some are a letter's and nothing else's."""
    counted = EMLX_COUNT.match(head) if hinted else None
    names = _headers(head[counted.end() :] if counted is not None else head)
    known = names & MAIL_HEADERS
    return len(known) >= 2 and (hinted or (len(known) >= 3 and bool(known & SURE_MAIL_HEADERS)))


def saved_page(head: str, hinted: bool) -> bool:
    """A page that a browser has saved as one file (MHTML)."""
    return mail(head, True) and "related" in head and (hinted or SAVED_PAGE.search(head) is not None)


def warc(head: str, _: bool) -> bool:
    """The archive of a crawl."""
    return WARC_START.match(head) is not None


def cdx(head: str) -> bool:
    """The index of such an archive (CDX, CDXJ), which says where its pages lie."""
    return CDX_START.match(head) is not None


def markdown(head: str, hinted: bool) -> bool:
    """A text with front matter; by its name alone else."""
    return hinted or FRONT_MATTER.match(head) is not None


def table(head: str, hinted: bool) -> bool:
    """Lines of values, where the name says so, for every text has commas; or between tabs under names of columns."""
    lines = head.splitlines() or [""]
    if hinted and any(mark in lines[0] for mark in SEPARATORS):
        return True
    columns = {cell.strip().strip('"').lower() for cell in lines[0].split("\t")}
    is_named = not (TEXT_COLUMNS.isdisjoint(columns) or TITLE_COLUMNS.isdisjoint(columns))
    return is_named and len(lines) > 1 and "\t" in lines[1]


def _past_prologue(head: str) -> int:
    before = prologue(head)
    return before.end if before is not None else 0


def _headers(head: str) -> set[str]:
    names: set[str] = set()
    for line in head[: head.rfind("\n") + 1].split("\n"):  # the last line may be cut
        if line[:1] in (" ", "\t"):
            continue
        found = HEADER.match(line)
        if found is None:
            return names if not line.strip() else set()
        names.add(found[1].lower())
    return names
