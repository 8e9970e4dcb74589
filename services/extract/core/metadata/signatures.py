"""Who wrote an article, in its own words: byline and sign-off read into names, agencies kept apart."""

import re
from collections.abc import Iterator

from services.extract.core.layout import ends_a_sentence
from services.extract.core.metadata.agencies import agencies_in
from services.extract.core.metadata.shapes import is_name

_LONGEST = 160
# `Author` opens sentences too, `by` and its sisters only bylines.
_LABEL = re.compile(
    r"\W{0,2}(?:(?:(?:text |texte |words |story |reported |written |écrit )?(?:by|par|von|por|di|door|av|af)"
    r"|(?P<wire>(?:reporting|writing) by)|propos recueillis par|بقلم|كتب"
    r"|(?:de )?(?:notre|nos) (?:correspondante?s?|envoyée?s? spécia(?:le?s?|ux))(?: permanente?s?)?"
    r"(?: (?:à|en|au|aux) [A-ZÀ-Ý][\w’'-]{1,20})?,?)\s?[:\uff1a]?"
    r"|(?:auteure?s?|authors?|autore?s?|autor(?:en|in)?|автор)\s?[:\uff1a])\s{1,3}(?P<names>\S.{1,140})",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*[,;&|/•·、，・]\s*|\s+(?:et|and|und|y|e|i|и|avec|with|for|pour|in|à|en)\s+", re.IGNORECASE)
_STRAY = re.compile(r"https?://\S*|\S+@\S+|\([^()]*\)|@\w+")


def is_byline(line: str) -> bool:
    """Whether a line is a byline: a label such as `Par` or `By`, and nothing behind it but who they are."""
    if len(line) > _LONGEST or not (match := _LABEL.fullmatch(line)):
        return False
    if ends_a_sentence(line) and not match["wire"]:
        return False
    first = _STRAY.sub("", _BETWEEN.split(match["names"], maxsplit=1)[0]).strip(" .)")
    return is_name(first) or bool(agencies_in(first))


def names_in(byline: str, *, claimed: bool = False) -> Iterator[str]:
    """Yield the persons (or newsroom) of a byline, without label, role, address or agency; whoever is `claimed`."""
    match = _LABEL.fullmatch(byline.strip()[:300])
    rest = _STRAY.sub(" ", match["names"] if match else byline[:300])
    for piece in _BETWEEN.split(rest):
        name = " ".join(piece.split()).strip(" .-\u2013\u2014:")
        if name and not agencies_in(name) and (is_name(name) or (claimed and not name.isnumeric())):
            yield name
