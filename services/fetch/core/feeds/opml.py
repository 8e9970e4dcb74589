"""OPML: the lists of feeds that readers of feeds give and take."""

from io import BytesIO

from lxml import etree

from services.fetch.core.feeds.links import feed_address
from services.fetch.core.feeds.tags import local
from services.fetch.core.feeds.unpacking import in_utf8

MAX_FEEDS = 100_000


class NotOpml(ValueError):
    """The file is no OPML list; the text says what it is, for people."""


def addresses(data: bytes) -> list[str]:
    """The addresses of the feeds in an OPML list, each once, in its order; raises NotOpml where it is none."""
    return list(dict.fromkeys(address for one in named(data) if (address := feed_address(one)) is not None))


def named(data: bytes) -> list[str]:
    """What an OPML list names as feeds, be it an address or not, each once; raises NotOpml where it is none."""
    found: dict[str, None] = {}
    root, text = "", in_utf8(data, None)
    try:
        for event, element in etree.iterparse(
            BytesIO(data if text is None else text),
            events=("start", "end"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            recover=True,
        ):
            name = local(element.tag)
            root = root or name
            if root != "opml":
                raise NotOpml(f"its outermost element is {root[:40]}, not opml")
            if event == "end" and name == "outline":
                if (address := _named(element)) and len(found) < MAX_FEEDS:
                    found[address] = None
                element.clear()
    except etree.XMLSyntaxError as error:
        if not found:
            raise NotOpml(f"it is no XML ({error.msg})") from error
    if not root:
        raise NotOpml("it is no XML")
    return list(found)


def _named(outline: etree._Element) -> str:
    return next((str(value) for name, value in outline.attrib.items() if local(name) == "xmlurl"), "")
