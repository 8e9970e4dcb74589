"""Where a recogniser has run names together that a mark, or a heading in capitals, sets apart."""

import re
from collections.abc import Callable, Iterator

from contracts.extraction import EntityType
from services.extract.core.naming.found import Found

# Where one name ends within a span and another may begin: (ATS).-L'Action; Suisse.-Groupe B; le Tessin-néglige-t-elle;
# Zarbin.Le conseil: a full stop without its blank.
_JOINT = re.compile(
    r"\s@\s|\.\s?[-–—]+|\)\.?\s?[-–—]+|[-‐‑](?=[a-zà-ÿ]+[-‐‑]t[-‐‑](?:elle|il|on)s?\b)"
    r"|(?:(?<=[^\W\d_]{4})(?<!\bMlle)|(?<=\s[IVX]{2}))\.(?=[A-ZÀ-Ý])"
)
_HEADING = re.compile(r"[^\W\d_a-zà-ÿ]{4,}(?:-[^\W\d_a-zà-ÿ]{3,})*\s(?=[A-ZÀ-Ý](?:[a-zà-ÿ]|['’]))")
# Col EMG G. de Zarbin: an army's rank before initials
_RANKED = re.compile(
    r"(?:(?:Lt-)?[Cc]ol|Cap|Maj|Br|Brig|Div|Plt|Lt|Cdt|Sgt|Sgtm|Cpl|Adj|Gén|Gal|Fus|Sdt)\.?\s(?:EMG\s)?(?=(?:[A-ZÀ-Ý]\.[\s-]?){1,2}\S)"
)
# le ministre turc de la Défense Hulusi Akar: two names and more behind a portfolio
_PORTFOLIO = re.compile(
    r"(?:[^\n]{0,60}\s(?:de\sla\s|de\sl['’]|des\s|du\s|à\sla\s|à\sl['’]|aux\s))?"
    r"(?:Affaires\s[ée]trangères|Agriculture|Armées|Budget|Commerce|Communication|Culture|Défense|Économie|Education|Éducation"
    r"|Emploi|Energie|Énergie|Environnement|Famille|Finances|Industrie|Information|Intérieur|Jeunesse|Justice|Logement|Mer|Mines"
    r"|Pêche|Pétrole|Recherche|Santé|Sécurité|Sports?|Tourisme|Transports|Travail|Ville)\s"
    r"(?=[A-ZÀ-Ý][\w'’-]+(?:\s(?:al-|el-|ben\s|bin\s|von\s|van\s|de\s)?[A-ZÀ-Ý][\w'’-]+){1,3}$)"
)
_MINISTER = re.compile(r"\b(?:vice-|sous-)?(?:ministres?|secrétaires?)\b", re.IGNORECASE)
_BEFORE_A_PORTFOLIO = 40  # characters
_CALLED_IN = re.compile(r"((?:[A-ZÀ-Ý][\w'’]+-)+[A-ZÀ-Ý][\w'’]+)\s(?:de\s|d['’]|à\s)([A-ZÀ-Ý][\w'’-]+)")
_SCHOOL = re.compile(r"\b(?:lyc[ée]e|coll[èe]ge|[ée]cole|h[ôo]pital|clinique|universit[ée])\s$", re.IGNORECASE)

# Jean Durand de Lyon: two names and more, and where whoever has them is from
_FROM_A_TOWN = re.compile(
    r"(?=(?:[^\W\d_a-zà-ÿ][\w.'’-]*\s(?:de\s|du\s|d['’]|la\s)*){2})(?P<who>\S+(?:\s\S+)+)"
    r"\s(?:de\s|d['’])(?P<town>[^\W\d_a-zà-ÿ][\w-]+)"
)


def without_a_town(text: str, found: Found, is_place: Callable[[str], bool]) -> Found:
    """A person without the town behind two names and more, where they are from: Anne Petit de Zalmira."""
    match = _FROM_A_TOWN.fullmatch(text, found.start, found.end) if found.type is EntityType.PERSON else None
    return found if match is None or not is_place(match["town"]) else found._replace(end=match.end("who"))


def apart(text: str, found: Found, is_place: Callable[[str], bool]) -> Iterator[Found]:
    """The parts of a span between joints, and behind a place in capitals (ZALMIRIE Mercredi); none has a rank.

    Before initials a rank says that a person is named: Col EMG G. de Zarbin.
    """
    if (school := _school_of_a_town(text, found, is_place)) is not None:
        yield from school
        return
    found = _without_a_portfolio(text, found)
    start = found.start
    heading = _HEADING.match(text, start, found.end)
    if heading and is_place(heading.group().rstrip()):
        yield Found(heading.start(), heading.end() - 1, EntityType.PLACE)
        start = heading.end()
    for joint in _JOINT.finditer(text, start, found.end):
        yield _unranked(text, found._replace(start=start, end=joint.start()))
        start = joint.end()
    yield _unranked(text, found._replace(start=start))


def _without_a_portfolio(text: str, found: Found) -> Found:
    """Who holds it, behind a minister's portfolio in one span: Défense Hulusi Akar."""
    held = _PORTFOLIO.match(text[found.start : found.end])
    if held is None or not _MINISTER.search(text, max(0, found.start - _BEFORE_A_PORTFOLIO), found.start + held.end()):
        return found
    return found._replace(start=found.start + held.end(), type=EntityType.PERSON)


def _school_of_a_town(text: str, found: Found, is_place: Callable[[str], bool]) -> tuple[Found, Found] | None:
    """A school that hyphens call after somebody, and its town, in one span: lycée Jean-Moulin de Zalmira."""
    called = _CALLED_IN.fullmatch(text, found.start, found.end)
    if called is None or _SCHOOL.search(text, max(0, found.start - 12), found.start) is None or not is_place(called[2]):
        return None
    return (
        Found(called.start(1), called.end(1), EntityType.ORGANISATION),
        Found(called.start(2), called.end(2), EntityType.PLACE),
    )


def _unranked(text: str, found: Found) -> Found:
    ranked = _RANKED.match(text, found.start, found.end)
    return found._replace(start=ranked.end(), type=EntityType.PERSON) if ranked else found
