"""What kind of page it is, where it is not simply an article: told by its data, its address and its shape together."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from services.fetch.core import jsonld
from services.fetch.core.page.blocks import Block, Box
from services.fetch.core.page.consent import asks_for_consent
from services.fetch.core.page.furniture import MOSTLY_LINK, is_prose
from services.fetch.core.page.listed import LINK_LETTERS, bare, dated, described, leads, posts, stories, teasers
from services.fetch.core.page.nothing import NO_SIGNS, PageKind, Signs, nothing_here

LISTS = frozenset(("CollectionPage", "SearchResultsPage"))
LIST_PATH = re.compile(
    r"(?:^|/)(?:categor(?:y|ies|ia|ie)|kategorien?|rubriques?|tags?|topics?|themen?|sections?|authors?|search|archives?)"
    r"(?:/|$)",
    re.IGNORECASE,
)
CONSENT = re.compile(
    r"cookies?|consent|gdpr|rgpd|dsgvo|personal data|privacy|einwillig\w*|datenschutz\w*|personenbezogen\w*"
    r"|consentement|traceurs|données personnelles|consentimiento|datos personales|privacidad|consenso|dati personali",
    re.IGNORECASE,
)
# One of them is in whatever the pattern finds: looked for first, which takes a tenth of the time.
CONSENT_STEMS = (
    *("cookie", "consen", "gdpr", "rgpd", "dsgvo", "privac", "einwillig", "datenschutz", "persona", "personenbezogen"),
    *("traceurs", "données personnelles"),
)
AGREE = re.compile(
    r"accept|agree|akzeptier|zustimm|einverstanden|accepter|j'accepte|continuer sans|aceptar|accett", re.IGNORECASE
)
ELSEWHERE = frozenset(("nav", "footer"))
ENTRY = frozenset(("hentry", "h-entry"))
SHORT_RUN = 500  # letters in a row: an article has more, a teaser less
SHORTER_RUN = 250
LIST_TITLE = re.compile(
    r"(?i)\A\W*(?:(?:your )?search(?:\W|\Z)|results? (?:for|of)\b"
    r"|(?:articles|posts|stories|entries) (?:tagged|by|in|about)\b"
    r"|(?:résultats?|recherche)(?:\W|\Z)|such(?:ergebnisse?|e)(?:\W|\Z)|resultados?(?:\W|\Z)"
    r"|(?:búsqueda|buscar|busca)(?:\W|\Z)"
    r"|risultat[io](?:\W|\Z)|zoekresultaten|wyniki wyszukiwania|результаты поиска|arama sonuçları|نتائج البحث|検索結果"
    r"|(?:tag|category|catégorie|kategorie|archives?|topic)\s*[:-])"
)
FEWEST_LEADS, FEWER_LEADS, MANY_LEADS = 4, 6, 8
MOST_OF_THEM = 0.75
FEWEST_LINKS, FEW_LINKS, MANY_LINKS, MOST_LINKS = 5, 10, 20, 40
STUB_LETTERS = 600
LONGEST_WALL = 8000


CONSENT_WALL = PageKind("consent_wall", "a consent wall: nothing to read on it but what to agree to", is_none=True)


@dataclass(frozen=True)
class Shape:
    """The longest run of prose in one place, in letters, and how many links are as long as headlines."""

    run: int
    links: int


def shape_of(blocks: Iterable[Block]) -> Shape:
    """The shape of a page, its menus and foot left out."""
    runs: Counter[Box] = Counter()
    links = 0
    for block in blocks:
        prose, link = is_prose(block), len(block.key) >= LINK_LETTERS and block.linked > MOSTLY_LINK * len(block.text)
        if (prose or link) and ELSEWHERE.isdisjoint(block.box.tags):
            links += link
            if prose:
                runs[(block.box.outer or block.box) if block.tag == "p" else block.box] += len(block.key)
    return Shape(max(runs.values(), default=0), links)


def kind_of(
    blocks: Sequence[Block],
    text: str,
    nodes: list[jsonld.Node],
    page_url: str | None,
    *,
    page_type: str,
    titles: Sequence[str] = (),
    signs: Signs = NO_SIGNS,
) -> PageKind | None:
    """What else than an article or a live blog a page is; `page_type` is what it tells networks (`og:type`)."""
    node = jsonld.article_of(nodes, page_url)
    if kind := nothing_here(blocks, text, titles, signs) if node is None else None:
        return kind
    if kind := _list(blocks, nodes, node, page_url, page_type=page_type, titles=titles):
        return kind
    if kind := _consent(blocks, node, signs):
        return kind
    return _stub(text, nodes, node, page_type, signs)


def _list(
    blocks: Sequence[Block],
    nodes: list[jsonld.Node],
    node: jsonld.Node | None,
    page_url: str | None,
    *,
    page_type: str,
    titles: Sequence[str],
) -> PageKind | None:
    """A page of links to articles: many links as long as headlines, and nowhere a run of prose."""
    path = urlsplit(page_url).path if page_url else None
    is_home = path is not None and path.strip("/") == ""
    if (node is not None or page_type == "article" or _is_entry(blocks)) and not is_home:
        return None
    if sign := _headed(blocks, titles, page_url) or _named(blocks):
        return PageKind("list", f"a list page: {sign}", is_none=True)
    if sign := _leads(blocks, titles, page_type):
        return PageKind("list", f"a list page: {sign}, and all its prose is teasers under links", is_none=True)
    shape = shape_of(blocks)
    if shape.run >= SHORT_RUN or shape.links < FEW_LINKS:
        return None
    if is_home and shape.links >= MANY_LINKS:
        sign = "its address is its site's own"
    elif any(not LISTS.isdisjoint(jsonld.types(each)) for each in nodes):
        sign = "its data calls it a collection"
    elif path is not None and LIST_PATH.search(path):
        sign = "its address is one of a list"
    elif shape.links >= MANY_LINKS and page_type == "website" and shape.run < SHORTER_RUN:
        sign = "it calls itself a site"
    elif shape.links >= MOST_LINKS and shape.run < SHORTER_RUN:
        sign = "it says nothing of an article"
    else:
        return None
    return PageKind(
        "list", f"a list page: {sign}, and it has {shape.links} links like headlines and no prose", is_none=True
    )


def _headed(blocks: Sequence[Block], titles: Sequence[str], page_url: str | None) -> str | None:
    """Why headings that lead elsewhere make a list; None where they may stand beside an article."""
    if count := teasers(blocks):
        return f"{count} headings that lead elsewhere, and only teasers"
    if count := posts(blocks):
        return f"{count} articles, each under a heading that leads to it"
    if count := dated(blocks):
        return f"{count} links with a date each, and hardly a word besides"
    if count := stories(blocks, titles, page_url):
        return f"{count} headlines that lead to its site's pages, a teaser each, and hardly a word besides"
    return None


def _named(blocks: Sequence[Block]) -> str | None:
    """Why links without prose are a list; fewer do where the page is headed by one word, as sections are."""
    count = bare(blocks)
    if count >= FEW_LINKS:
        return f"{count} links like headlines, and hardly a word besides"
    if [len(block.text.split()) for block in blocks if block.tag == "h1"] != [1]:
        return None
    if count >= FEWEST_LINKS:
        return f"{count} links like headlines under a heading of one word, and hardly a word besides"
    if count := described(blocks):
        return f"{count} links with a description each under a heading of one word, and hardly a word besides"
    found = leads(blocks)
    return f"{found.count} links with a teaser each under a heading of one word" if found.count >= MANY_LEADS else None


def _is_entry(blocks: Sequence[Block]) -> bool:
    """Whether one entry of a journal (hAtom, h-entry) is marked as such, and holds more than links."""
    entries, letters = set[Box](), 0
    for block in blocks:
        named = (box for box in block.box.chain() if "entry" in box.names)
        marked = [box for box in named if not ENTRY.isdisjoint(box.names.split())]
        entries.update(marked)
        if len(entries) > 1:
            return False
        if marked and block.linked <= MOSTLY_LINK * len(block.text):
            letters += len(block.key)
    return letters >= SHORT_RUN


def _leads(blocks: Sequence[Block], titles: Sequence[str], page_type: str) -> str | None:
    """Why links with a teaser each are a list; None where they may be an article's own."""
    found = leads(blocks)
    if found.count < FEWEST_LEADS:
        return None
    if any(LIST_TITLE.search(title) for title in titles):
        return "its title says so"
    if found.count >= FEWER_LEADS and found.cut * 2 > found.count:
        return f"{found.cut} of its teasers are cut off"
    if found.count >= MANY_LEADS and found.onward >= MOST_OF_THEM * found.count:
        return f"{found.onward} of its links say the same"
    if page_type == "profile":
        return "it calls itself somebody's"
    return "it calls itself a site" if page_type == "website" and found.count >= FEW_LINKS else None


def _consent(blocks: Sequence[Block], node: jsonld.Node | None, signs: Signs) -> PageKind | None:
    """A page that asks for consent before it shows anything."""
    if node is not None:
        return None
    if asks_for_consent(blocks, button=signs.button, choice=signs.choice):
        return CONSENT_WALL
    prose = [block for block in blocks if is_prose(block)]
    letters = sum(len(block.key) for block in prose)
    if letters > LONGEST_WALL:
        return None
    asking = sum(len(block.key) for block in prose if _is_asking(block.text.lower()))
    if asking * 2 > letters and any(len(block.text) < 60 and AGREE.search(block.text) for block in blocks):
        return CONSENT_WALL
    return None


def _is_asking(text: str) -> bool:
    """Whether a text, in small letters, has two words for consent."""
    return any(stem in text for stem in CONSENT_STEMS) and len(set(CONSENT.findall(text))) >= 2


def _stub(
    text: str, nodes: list[jsonld.Node], node: jsonld.Node | None, page_type: str, signs: Signs
) -> PageKind | None:
    """A page with little text, where the rest is to be paid for, watched or looked at."""
    if sum(map(str.isalnum, text[: 4 * STUB_LETTERS])) >= STUB_LETTERS:
        return None
    if signs.locked or (node is not None and str(node.get("isAccessibleForFree", "")).lower() in ("false", "no", "0")):
        return PageKind("paywall_stub", "only its beginning is free")
    kinds = {kind for each in nodes for kind in jsonld.types(each)}
    if node is None and (page_type.startswith("video") or "VideoObject" in kinds):
        return PageKind("video", "a video with a few lines")
    if kinds & {"ImageGallery", "MediaGallery"}:
        return PageKind("gallery", "pictures with a few lines")
    return None
