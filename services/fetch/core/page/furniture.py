"""What stands among an article's blocks and is none of it, told by tags, by what its author called it, by its words."""

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from services.fetch.core.page.blocks import Block, Box

CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# How sites call what their readers say.
COMMENTS = "comments?|commentaires?|kommentare?|comentarios?|commenti|disqus"
# As sites of many makers call the boxes of what goes beside an article.
BESIDE = re.compile(
    rf"""(?x) (?:^|[^a-z])(?:
    related | recommend\w* | recirculation | most-?(?:read|popular|viewed) | trending | latest | also-?read
    | (?:more|recent|latest)-?(?:from|stories|news|articles|posts?|entries|comments) | forums?
    | newsletters? | sign-?up | unsubscribed | cta | donat\w+ | promo
    | (?:shar(?:e|ing)|social)-?(?:bar|buttons?|links|tools|icons?|lists?|menu) | (?<![^ ])(?:share|sharing)(?![^ ])
    | (?:cookies?|consent|gdpr|rgpd|dsgvo)-?(?:banners?|notices?|bars?|pop-?ups?|overlays?|modals?) | {COMMENTS}
    | advert\w* | ad-?(?:slots?|containers?|wrappers?|labels?|units?|breaks?) | (?<![^ ])ads?(?![^ ])
    | (?:paywall|subscri\w+)-?(?:offers?|prompts?|promos?|banners?|box|calls?|messages?|notices?|overlays?)
    | subscri\w+-?(?:widgets?|forms?)
    | outbrain | taboola
    | author-?(?:bio|box|card|info|description|profile)s? | breadcrumbs? | correction-?link
    | visually-?hidden | sr-?only | screen-?reader\w* | figure
    )(?:$|[^a-z])"""
)
# Some sites call so what is said to whoever has not paid, others the prose itself that is to be paid for.
PAYWALL = re.compile(r"(?<![^ ])pay-?wall(?![^ ])")
OFFER = re.compile(
    r"\b(?:subscri(?:be|ber|bers|ption)|sign in|log in|abonn[ei]\w*|abonné\w*|suscr[ií]b\w*|suscripción|abbonat\w*"
    r"|assin[ea]\w*|prenumer\w*)\b",
    re.IGNORECASE,
)
LONGEST_OFFER = 200  # characters
# What goes above it: said again in the claims.
ABOVE = re.compile(
    r"""(?x) (?:^|[^a-z])(?:
    title | headline | sub-?title | sub-?headline | standfirst | dek | summary | kicker | subline
    | bylines? | authors? | date | dateline | timestamp | meta | excerpt | caption
    )(?:$|[^a-z])"""
)
SENTENCE_END = re.compile(r"[.!?…。！？؟۔।]\s*[\"'”’»«)\]]*\s*\Z")
SHORT = 60  # letters: less is a heading, a label, a line of a list
SMALL_SHARE = 0.4  # of the article's letters: a box that holds more is around the article, not in it
USUAL_SHARE = 0.3  # what so much of it is called by one name is how the site calls its text
MOSTLY_LINK = 0.7
TOGETHER = frozenset(
    ("li", "tr", "dd", "dt", "caption")
)  # a list of links in the midst of prose may be what it is about


class Around:
    """How much of an article's letters each box holds, and each name that boxes bear."""

    def __init__(self, blocks: list[Block], taken: list[bool]) -> None:
        self.letters = 0
        self._by_box: dict[Box, int] = {}
        self._by_names: dict[str, int] = {}
        held: dict[Box, int] = {}
        for block, own in zip(blocks, taken, strict=True):
            if own:
                held[block.box] = held.get(block.box, 0) + len(block.key)
        self._weigh(held)

    def _weigh(self, held: dict[Box, int]) -> None:
        """Weigh boxes by the letters right in them; what is around several of them is looked through once."""
        homes: dict[Box, int] = {}
        called: dict[Box, frozenset[str]] = {}
        for box, letters in held.items():
            self.letters += letters
            self._add((box,), (), letters)
            if (home := box.outer) is not None:
                homes[home] = homes.get(home, 0) + letters
                called[home] = called.get(home) or frozenset(each.names for each in home.chain())
            if home is None or box.names not in called[home]:
                self._add((), (box.names,), letters)
        for home, letters in homes.items():
            self._add(home.chain(), called[home], letters)

    def _add(self, boxes: Iterable[Box], called: Iterable[str], letters: int) -> None:
        for box in boxes:
            self._by_box[box] = self._by_box.get(box, 0) + letters
        for names in called:
            self._by_names[names] = self._by_names.get(names, 0) + letters

    def share(self, box: Box) -> float:
        """How much of the article stands in `box`."""
        return self._by_box.get(box, 0) / self.letters if self.letters else 0.0

    def share_named(self, names: str) -> float:
        """How much of the article stands in boxes of these names."""
        return self._by_names.get(names, 0) / self.letters if self.letters and names else 0.0

    def boxes(self, block: Block) -> list[Box]:
        """The boxes within the article's own that hold `block`, from within."""
        found = []
        for box in block.box.chain():
            if self.share(box) >= SMALL_SHARE:
                break
            found.append(box)
        return found


def is_prose(block: Block) -> bool:
    """Whether a block is long enough to be a paragraph of an article, and leads nowhere else."""
    return len(block.key) > SHORT and block.linked < 0.4 * len(block.text)


def beside(block: Block, around: Around) -> str | None:
    """Why a block within or after the prose is none of it; None where nothing says so."""
    boxes = around.boxes(block)
    tags = {box.tag for box in boxes}
    if "h1" in tags:
        return "headline"
    if "header" in tags and not is_prose(block):  # a standfirst may stand there
        return "header"
    if not tags.isdisjoint(("figcaption", "figure")):
        return "caption"
    if any(around.share_named(box.names) < USUAL_SHARE and names_furniture(box.names) for box in boxes):
        return "furniture"
    if len(block.text) <= LONGEST_OFFER and OFFER.search(block.text):
        return "offer" if any(names_paywall(box.names) for box in boxes) else None
    return None


def is_aside(block: Block, around: Around) -> bool:
    """Whether a block stands in an aside within the article."""
    return any(box.tag == "aside" for box in around.boxes(block))


def is_signpost(block: Block, *, behind: bool) -> bool:
    """Whether a block only leads elsewhere; items of a list do where they stand `behind` the prose."""
    if block.linked <= MOSTLY_LINK * len(block.text) or (block.tag in TOGETHER and not behind):
        return False
    return block.tag != "p" or not SENTENCE_END.search(block.text)


def is_above(block: Block, around: Around) -> bool:
    """Whether a block before the prose is called a standfirst, byline or other part of the head."""
    return any(names_head(box.names) for box in around.boxes(block))


def called(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    """Whether what an author calls an element has a word of `pattern`, whatever way it is joined to others.

    Each pattern remembers by itself: to look one up among others takes longer than to ask it.
    """

    @lru_cache(maxsize=4096)
    def matches(names: str) -> bool:
        plain = CAMEL.sub("-", names[:500]).lower().replace("_", "-").replace(" ", "  ")
        return pattern.search(plain) is not None

    return matches


names_furniture = called(BESIDE)
names_paywall = called(PAYWALL)
names_head = called(ABOVE)
