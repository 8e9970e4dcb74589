"""What takes all that follows with it, glued to the prose of a paragraph: reporters, rights, lists, a page's foot."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from services.extract.core.layout import ends_a_sentence
from services.extract.core.metadata.page_labels import Finding


class Glued(NamedTuple):
    """Where something stands that is no prose, within its paragraph, and what it is."""

    start: int
    end: int
    finding: Finding


SENTENCE_END = re.compile(r"[.!?…؟。][\"'»”’)\]]*\s*(?=\S)|[)\]]\s*(?=[^\Wa-zß-öø-ÿ_\d])")
_MOST_BELOW = 0.4  # of a paragraph, below the head of a list or the first sign of a foot
_LONGEST_BELOW = 4000
_READ_BEFORE = 24
_FEWEST_SIGNS = 4
_CHARACTERS_A_SIGN = 120

_REPORTERS = re.compile(
    r"\(?(?:(?:Additional|Further) reporting|Reporting|Writing|Compiled|Editing|Edited)"
    r"(?: and (?:writing|editing|additional reporting))? by [A-Z]"
)
_STANDARDS = re.compile(r"Our Standards\s?:")
_RIGHTS = re.compile(
    r"(?:©|\([Cc]\)|Copyright\b(?:\s?(?:\([Cc]\)|©))?)\s?"
    r"(?:\(?(?:19|20)\d\d|[^\Wa-zß-öø-ÿ_]{2,}|[^\Wa-zß-öø-ÿ_]\w{2})"
)
# Sign, the longest that it may take with it, whether only where the prose ends, finding.
_TO_THE_END = (
    (_REPORTERS, 400, False, Finding("byline", "who reported, wrote and edited it")),
    (_STANDARDS, 260, False, Finding("link", "an agency's standards")),
    (_RIGHTS, 700, True, Finding("copyright", "a copyright sign behind the last sentence")),
)
_HEAD_OF_LIST = re.compile(
    r"(?:Related (?:News|Stories|Articles|Posts|Topics|Content|Videos|Coverage)|RELATED (?:NEWS|STORIES|ARTICLES)"
    r"|You (?:[Mm]ay|[Mm]ight) [Aa]lso [Ll]ike|Articles (?:similaires|liés|connexes)|Sur le même sujet"
    r"|Mehr zum Thema|Artículos relacionados|Noticias relacionadas|Articoli correlati)\b"
)
_OTHERS = Finding("related", "the head of a list of other articles, glued to the prose, and the list")
_FOOT = re.compile(
    r"Privacy Policy|Cookie Policy|Terms of (?:Use|Service)|Contact Us|About Us|Follow [Uu]s|Subscribe\b|Careers\b"
    r"|Advertise\b|Copyright\b|All [Rr]ights [Rr]eserved|Live TV|Site ?[Mm]ap|Mentions légales|Plan du site"
    r"|Politique de confidentialité|Conditions d['’]utilisation|Contactez-nous|Abonnez-vous|Suivez-nous"
    r"|Impressum\b|Datenschutz(?:erklärung)?\b|Nutzungsbedingungen|Kontakt\b|Barrierefreiheit|Aviso legal"
    r"|Política de (?:privacidad|cookies)|Quiénes somos|Síguenos|Suscríbete|Note legali|Chi siamo|Iscriviti"
)


def ends(paragraph: str, *, closes: bool) -> Iterator[Glued]:
    """Everything from which on the rest of a paragraph is no prose; `closes` where the text's prose ends with it."""
    for sign, longest, is_last, finding in _TO_THE_END:
        if is_last and not closes:
            continue
        found = sign.finditer(paragraph, max(0, len(paragraph) - longest))
        start = next((match.start() for match in found if stands_apart(paragraph, match.start())), None)
        if start is not None:
            yield Glued(start, len(paragraph), finding)
    if closes:
        yield from _list(paragraph)
        yield from _foot(paragraph)


def stands_apart(paragraph: str, start: int) -> bool:
    """Whether a sentence ends before `start`, or nothing stands there."""
    before = paragraph[max(0, start - _READ_BEFORE) : start].rstrip()
    return not before or ends_a_sentence(before) or before[-1] in ')]"»”'


def _begin(paragraph: str) -> int:
    return max(int(len(paragraph) * (1 - _MOST_BELOW)), len(paragraph) - _LONGEST_BELOW)


def _list(paragraph: str) -> Iterator[Glued]:
    for match in _HEAD_OF_LIST.finditer(paragraph, _begin(paragraph)):
        if not paragraph[match.end() :].lstrip()[:1].islower():
            yield Glued(match.start(), len(paragraph), _OTHERS)
            return


def _foot(paragraph: str) -> Iterator[Glued]:
    """A page's foot: from the sentence with the first sign of one, where the signs follow close upon each other."""
    begin = _begin(paragraph)
    signs = list(_FOOT.finditer(paragraph, begin))
    for at, sign in enumerate(signs):
        known = {one.group() for one in signs[at:]}
        if len(known) < _FEWEST_SIGNS:
            return
        if len(paragraph) - sign.start() <= len(known) * _CHARACTERS_A_SIGN:
            stops = SENTENCE_END.finditer(paragraph, begin, sign.start() + 1)
            if (start := max((stop.end() for stop in stops if stop.end() <= sign.start()), default=None)) is not None:
                yield Glued(start, len(paragraph), Finding("navigation", "a page's foot, glued to the prose"))
            return
