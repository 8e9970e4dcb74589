"""Who wrote an article, in its own words: byline and sign-off read into names, agencies kept apart."""

import re
from collections.abc import Iterator

from services.extract.core.layout import ends_a_sentence
from services.extract.core.metadata.agencies import agencies_in
from services.extract.core.metadata.arabic_names import author, is_placed
from services.extract.core.metadata.press_titles import is_titled
from services.extract.core.metadata.shapes import PARTICLES, is_name
from services.extract.core.words import fold, word_set

_LONGEST = 160
# `Author` opens sentences too, `by` and its sisters only bylines.
_LABEL = re.compile(
    r"\W{0,2}(?:(?:(?:text |texte |rédigé |publié |posté |posted |words (?:and (?:photos|pictures) )?"
    r"|story |reported |written |écrit )?(?:by|par|von|por|di|door|av|af)"
    r"|(?P<wire>(?:reporting|writing) by)|propos recueillis par|بقلم|كتب"
    r"|(?:de |avec )?(?:notre|nos) (?:correspondante?s?|envoyée?s? spécia(?:le?s?|ux))(?: permanente?s?)?"
    r"(?: (?:à|en|au|aux) [A-ZÀ-Ý][\w’'-]{1,20})?,?)\s?[:\uff1a]?"
    r"|(?:auteure?s?|authors?|autore?s?|autor(?:en|in)?|автор)\s?[:\uff1a])\s{1,3}(?P<names>\S.{1,140})",
    re.IGNORECASE,
)
# Words by Jane Holloway. Photographs by John Miller: the second made pictures.
_PICTURES = re.compile(
    r"\s*[.;,|/–—-]?\s+(?:(?:and|et|und|y|e)\s+)?(?:photo(?:s|graph\w*|graf\w*)?|pictures?|images?|illustrations?"
    r"|video|fotos?|bilder|editing|edited)(?:\s+(?:by|par|von|por|di|de))?\s*[:\uff1a]?\s+(?=(?-i:[^\W\d_a-zß-öø-ÿ]))[^.]{1,80}\.?\Z",
    re.IGNORECASE,
)
# Anne Martin, envoyée spéciale à Beyrouth
_WITH_ROLE = re.compile(
    r"\W{0,2}(?P<names>[^,()|]{3,60}?)\s?(?:[,(|]|\s[\u2013\u2014-])\s?"
    r"(?:(?:notre|nos|de notre|our|unser|nuestr[oa]) )?"
    r"(?:envoyée?s? spécia(?:le?s?|ux)|correspondante?s?(?: permanente?s?| de presse)?|grand reporter"
    r"|special correspondents?|foreign correspondent|correspondent|enviad[oa]s? especial(?:es)?|corresponsal"
    r"|sonderkorrespondent(?:in)?|korrespondent(?:in)?|inviat[oa] speciale|corrispondente)"
    r"(?:\s(?:à|en|au|aux|dans|in|aus|de|da|depuis)\s(?-i:[^\Wa-zß-öø-ÿ_])[^.!?:]{1,40})?\W{0,2}",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*[,;&|/•·、，・]\s*|\s+(?:et|and|und|y|e|i|и|avec|with|for|pour|in|à|en)\s+", re.IGNORECASE)
_NO_PERSONS_WORDS = "usa uk eu today news staff times post team tv radio online press service media"
_NO_PERSONS = frozenset(_NO_PERSONS_WORDS.split())
_DEGREES = word_set("md phd dphil dds rn rd rdn ms msc bsc ma ba mba mph mpp jd esq cfa cpa mfa dvm psyd lcsw edd")
_VOWEL = re.compile(r"[AEIOUYÀ-ÖØ-ÝŒ]|[^\x00-\u024f]")
_INITIALS = re.compile(r"[^\W\d_a-zß-öø-ÿ]\.(?:\s?-?[^\W\d_a-zß-öø-ÿ]\.){1,3}")
DOCTOR = re.compile(r"(?:Dr|Pr|Prof|Me)\.?\s(?=[^\W\d_a-zß-öø-ÿ])")
_FOLLOWED = re.compile(r"\s(?:suivre|follow|folgen|seguir|segui)\Z", re.IGNORECASE)  # a button behind the name
# What somebody does for a paper, behind the name.
_ROLES = word_set(
    """
    correspondent correspondents reporter reporters writer editor editors journalist columnist contributor producer
    bureau analyst staff redakteur redakteurin reporterin korrespondent korrespondentin redactor redactora enviado
    enviada corresponsal periodista giornalista inviato inviata corrispondente journaliste correspondante redacteur
    redactrice envoye envoyee
    """
)
# Anne Martin (Text), Jean Petit (Bilder)
_OF_TEXT = re.compile(
    r"(?P<names>[^,()|]{3,60}?)\s?\((?:text|texte|testo|texto|words)\)(?P<rest>[\s,;/|].{0,100})?", re.IGNORECASE
)
_OF_PICTURES = re.compile(
    r"[\s,;/|]*(?:und |et |and |y |e )?[^,()|]{3,60}?\s?"
    r"\((?:bild(?:er)?|fotos?|photos?|pictures?|images?|video|illustrationen|immagini|imágenes)\)",
    re.IGNORECASE,
)
# MARCY HALE | Elm City Courier
_OF_PAPER = re.compile(r"(?P<names>[^,()|]{3,60}?)\s?\|\s?(?P<paper>[^|]{4,60})")
_STRAY = re.compile(r"https?://\S*|\S+@\S+|\([^()]*\)|@\w+")


def is_byline(line: str) -> bool:
    """Whether a line is a byline: a label such as `Par` or `By`, and nothing behind it but who they are."""
    line = " ".join(line.split())  # a wide gap would take the square of its width, and more
    if len(line) > 2 * _LONGEST:
        return False
    line = _PICTURES.sub("", line, count=1)
    if author(line):
        return not is_placed(line)
    if len(line) > _LONGEST or not (match := _LABEL.fullmatch(line)):
        return False
    if ends_a_sentence(line) and not match["wire"]:
        return False
    first = _STRAY.sub("", _BETWEEN.split(match["names"], maxsplit=1)[0]).strip(" .)")
    return is_name(first) or bool(agencies_in(first))


def is_signed_with_role(line: str) -> bool:
    """Whether a line is a name and what its bearer does for the paper: a correspondent, and where."""
    match = _WITH_ROLE.fullmatch(line) if len(line) <= _LONGEST else None
    return match is not None and is_name(_BETWEEN.split(match["names"], maxsplit=1)[0])


def signs(line: str) -> bool:
    """Whether a line is a name, with a doctor's title or not, or initials."""
    return is_name(DOCTOR.sub("", line, count=1)) or is_initials(line)


def is_initials(line: str) -> bool:
    """Whether a line signs with initials: R. D., J.-P. M."""
    return _INITIALS.fullmatch(line) is not None


def is_of_text(line: str) -> bool:
    """Whether a line names who wrote the text, beside who made the pictures."""
    if "(" not in line or len(line) > _LONGEST:
        return False
    match = _OF_TEXT.fullmatch(_OF_PICTURES.sub("", line))
    return match is not None and is_name(_BETWEEN.split(match["names"], maxsplit=1)[0])


def is_of_paper(line: str) -> bool:
    """Whether a line is a name, a bar and a paper's name."""
    match = _OF_PAPER.fullmatch(line) if len(line) <= _LONGEST else None
    return match is not None and is_name(match["names"]) and is_titled(match["paper"])


def credits_a_quotation(before: str, name: str) -> bool:
    """Whether a name behind a dash is that of whoever is quoted right before."""
    return name[0] in "-\u2013\u2014" and any(mark in before[-6:] for mark in "\"»”’'")


def names_in(byline: str, *, claimed: bool = False) -> Iterator[str]:
    """Yield the persons (or newsroom) of a byline, without label, role, address or agency; whoever is `claimed`."""
    line = _FOLLOWED.sub("", _PICTURES.sub("", " ".join(byline.split())[:300]))
    if name := author(line):
        yield name
        return
    match = _LABEL.fullmatch(line) or (_WITH_ROLE.fullmatch(line) if is_signed_with_role(line) else None)
    if not match and is_of_text(line):
        match = _OF_TEXT.fullmatch(_OF_PICTURES.sub("", line))
    if not match and is_of_paper(line):
        match = _OF_PAPER.fullmatch(line)
    rest = _STRAY.sub(" ", match["names"] if match else line)
    named = False
    for piece in _BETWEEN.split(rest):
        if is_initials(piece.strip(" -\u2013\u2014")):
            named = True
            yield " ".join(piece.split()).strip(" -\u2013\u2014")
            continue
        name = DOCTOR.sub("", " ".join(piece.split()).strip(" .-\u2013\u2014:"))
        if named and name.casefold().replace(".", "") in _DEGREES:  # Jane Holloway, PhD
            continue
        if named and not _ROLES.isdisjoint(fold(name).split()):  # Jane Holloway, Political Correspondent
            continue
        if name and not agencies_in(name) and (is_name(name) or (claimed and not name.isnumeric())):
            named = True
            yield in_case(name)


def in_case(name: str) -> str:
    """A name set in capitals as it is written in prose; what may be letters that stand for words stays."""
    words = name.split()
    if not name.isupper() or len(words) < 2 or not _NO_PERSONS.isdisjoint(name.casefold().split()):
        return name
    if any(len(word) > 1 and not _VOWEL.search(word) for word in words):
        return name
    cased = [_word_in_case(word, first=not at) for at, word in enumerate(words)]
    return " ".join(cased) if is_name(" ".join(cased)) else name


def _word_in_case(word: str, *, first: bool) -> str:
    if not first and word.casefold() in PARTICLES:
        return word.lower()
    pieces = re.split(r"([-'’.])", word)
    if len(pieces) > 2 and len(pieces[0]) > 1 and pieces[1] in "'’":
        return pieces[0].capitalize() + pieces[1] + "".join(pieces[2:]).lower()
    cased = "".join(piece.capitalize() for piece in pieces)
    return f"Mc{cased[2:].capitalize()}" if cased.startswith("Mc") and len(cased) > 3 else cased
