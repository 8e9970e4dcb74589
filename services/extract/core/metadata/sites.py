"""What of a title is its site's name and not the headline: told by who else says either, never by its place alone."""

import re
from collections.abc import Iterable, Sequence

from contracts.document import Claim

HEADINGS = frozenset(("html-h1", "html", "html-heading", "html-emphasis"))
_SEPARATED = re.compile(
    r"\s+(?:[|\u2013\u2014·•»›:~-]|::|//)\s+|\s+[|»]\s*|\s*[|]\s+|\s*｜\s*|\s+«\s+(?=[^»\x00]*\Z)"
    r"|(?<=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])[_|-](?=[^\W\d_])"
)
# These stand in no headline.
_SURE = re.compile(r"\s*(?:::|//|[|｜»])\s*")
_QUOTED = re.compile(r"«([^«»]*)»")
_CLOSING = "\x00"  # holds the place of a mark that closes a quotation: such a one separates nothing
_DOMAIN = re.compile(r"(?:https?://)?(?:[\w-]{1,60}\.){1,4}[a-z]{2,12}/?", re.IGNORECASE)
_EMPTY_WORDS = """
    untitled; untitled document; untitled page; no title; title; page title; document; new page; index; home; homepage;
    home page; welcome; news; accueil; page d'accueil; sans titre; startseite; ohne titel; inicio; sin titulo; pagina
    principal; home page; senza titolo; pagina inicial; strona główna; главная; ana sayfa; default; loading
"""
_SMALL = "of the and for in on at de du des la le les l et da do di del della der die das von und y e"
_SMALL_WORDS = frozenset(_SMALL.split())
MOST_NAME_WORDS = 6
MOST_TAIL_WORDS = 4
FEWEST_HEADLINE_WORDS = 4


def squeezed(name: str) -> str:
    """`name` as its letters and digits alone."""
    return "".join(filter(str.isalnum, name.casefold())).removeprefix("www")


_EMPTY = frozenset(squeezed(words) for words in _EMPTY_WORDS.split(";"))


def says_nothing(value: str) -> bool:
    """Whether a title is what programs and designers fill in where nobody wrote one."""
    key = squeezed(value)
    return key in _EMPTY or (len(key) < 3 and key.isascii())


def is_site(claim: Claim, claims: Sequence[Claim]) -> bool:
    """Whether what is claimed for a title is the site's own name: its publisher's, or a piece of the page's title."""
    name = squeezed(claim.value)
    if any(name == squeezed(site) for site in _names_of(claims)):
        return True
    if claim.origin not in HEADINGS or claim.origin == "html-heading":
        return False
    shown = {squeezed(other.value) for other in claims if other.field == "title" and other.origin == "html-heading"}
    for other in claims:
        if other.field == "title" and other.origin == "html-title" and (pieces := separators(other.value)):
            # Sites sign behind the headline, or stand before one that the page shows as well.
            if name == squeezed(other.value[pieces[-1].end() :]) and _is_shorter(claim.value, other.value):
                return True
            if name == squeezed(other.value[: pieces[0].start()]) and squeezed(other.value[pieces[0].end() :]) in shown:
                return True
    return False


def without_site(title: str, claims: Sequence[Claim], others: Iterable[str], *, of_page: bool = False) -> str:
    """The headline alone; `of_page` where the title is the whole page's, which carries its site's name more often."""
    pieces = separators(title)
    if not pieces:
        return title
    said = [squeezed(other) for other in others]
    for piece in pieces:
        # The same headline without the tail in another claim tells that the tail is none of it.
        head, tail = title[: piece.start()], title[piece.end() :]
        if _is_said(head, said):
            return head
        is_headline = len(tail.split()) >= FEWEST_HEADLINE_WORDS and len(head.split()) <= MOST_NAME_WORDS
        if is_headline and squeezed(tail) in said:
            return tail
    first, last = title[: pieces[0].start()], title[pieces[-1].end() :]
    if _names_site(last, claims) or (of_page and _signs(title[: pieces[-1].start()], last, pieces[-1].group())):
        return without_site(title[: pieces[-1].start()], claims, (), of_page=of_page)
    return title[pieces[0].end() :] if _names_site(first, claims) else title


def signed_by(claims: Sequence[Claim]) -> str | None:
    """The name that a page's title carries behind the headline which another claim has alone; None without one."""
    said = [squeezed(claim.value) for claim in claims if claim.field == "title" and claim.origin != "html-title"]
    for claim in claims:
        if claim.field != "title" or claim.origin != "html-title" or not (pieces := separators(claim.value)):
            continue
        name = claim.value[pieces[-1].end() :].strip()
        is_signed = any(_is_said(claim.value[: piece.start()], said) for piece in pieces)
        if is_signed and len(name.split()) <= MOST_TAIL_WORDS and squeezed(name) and not says_nothing(name):
            return name
    return None


def separators(title: str) -> list[re.Match[str]]:
    """What stands between the pieces of a title; a guillemet that closes what another has opened is none."""
    return list(_SEPARATED.finditer(_QUOTED.sub(rf"«\1{_CLOSING}", title)))


def _is_shorter(piece: str, title: str) -> bool:
    """Whether a piece of a title has no more words than what is left of it."""
    return 2 * len(piece.split()) <= sum(any(map(str.isalnum, word)) for word in title.split())


def _is_said(head: str, said: list[str]) -> bool:
    """Whether another claim says the same, or the same behind a kicker."""
    key = squeezed(head)
    long = len(head.split()) >= FEWEST_HEADLINE_WORDS
    return any(key == other or (long and other.endswith(key)) for other in said)


def _names_of(claims: Iterable[Claim]) -> list[str]:
    names = [claim.value for claim in claims if claim.field == "publisher"]
    return [name for name in names if len(name.split()) <= MOST_NAME_WORDS]


def _names_site(piece: str, claims: Iterable[Claim]) -> bool:
    key = squeezed(piece)
    if not key or _DOMAIN.fullmatch(piece):
        return True
    hosts = [squeezed(claim.value.partition("//")[2].partition("/")[0]) for claim in claims if claim.field == "url"]
    sites = {squeezed(claim.value) for claim in claims if claim.field == "publisher"}
    return key in sites or (len(key) >= 4 and any(key in host for host in hosts))


def _signs(head: str, tail: str, separator: str) -> bool:
    """Whether a page's title is signed: behind what is no headline's mark, or by a name behind a sentence's words."""
    words, name = head.split(), tail.split()
    if len(words) < FEWEST_HEADLINE_WORDS or len(name) > MOST_TAIL_WORDS or len(name) >= len(words):
        return False
    if _SURE.fullmatch(separator):
        return True
    if separator.strip() not in ("-", "\u2013", "\u2014", "·", "•", "~", "›"):
        return False
    # In a headline whose words are not all capitals, a piece whose words are is a name.
    in_sentence = any(word[:1].islower() and word.casefold() not in _SMALL_WORDS for word in words)
    named = all(word[:1].isupper() or word.casefold() in _SMALL_WORDS for word in name)
    return in_sentence and named and tail[-1:].isalnum() and any(word[:1].isupper() for word in name)
