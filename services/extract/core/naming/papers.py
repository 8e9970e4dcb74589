"""Papers and other bodies whose names have an article: Le Monde in « au Monde », The Times in « du Times »."""

import re
from collections.abc import Sequence
from dataclasses import replace

from contracts.extraction import EntityType
from services.extract.core.naming.claim import Claim
from services.extract.core.naming.gazetteer import Entry, Gazetteer
from services.extract.core.naming.kinds import BODIES

_ARTICLES = ("Le ", "La ", "L'", "Les ", "The ")
_LED = re.compile(r"\b(?:[Ll]e\s|[Ll]a\s|[Ll]['’]\s?|[Tt]he\s|[Aa]u\s|[Dd]u\s)[«\"“]?\s?$")
_OWN = re.compile(r"\b(?:Le\s|La\s|[Ll]['’]|The\s)$")  # a part of the name: l'Express, but the Monde of « le Monde »
_REACH = 8
_WITH_ARTICLE = re.compile(r"(?:Le|La|Les|The)\s(?=[A-ZÀ-Ý])|L['’](?=[A-ZÀ-Ý])")
# confié au Parisien: to the paper, and to nobody from Paris
_TOLD_TO = re.compile(
    r"\b(?:confi|déclar|expliqu|affirm|indiqu|racont|assur|révél|témoign|précis|répond|annonc|entretien|interview|tribune"
    r"|accord|(?:a|avait|ont|avaient|aurait)\s(?:\w+\s)?dit\b)[\w-]*(?:\s(?:\w+\s)?[a-zé]{4,12})?\sau\s$",
    re.IGNORECASE,
)
_WHAT_IS_TOLD = re.compile(r"\s(?:qu|que|sa|son|ses|leurs?|être|avoir|comment|pourquoi)\b|\s?[,.;:»)\"”«\n]|$")
_REACH_OF_TELLING = 60


def listed_paper(text: str, start: int, end: int, gazetteer: Gazetteer) -> tuple[int, Entry] | None:
    """Where a name begins that a list has with the article before `start`, and whose it is; None of other names."""
    if _LED.search(text, max(0, start - _REACH), start) is None:
        return None
    entries = (gazetteer.named(f"{article}{text[start:end]}") for article in _ARTICLES)
    entry = next((one for one in entries if one is not None and one.type is EntityType.ORGANISATION), None)
    if entry is None or not _WITH_ARTICLE.match(entry.name):
        return None
    own = _OWN.search(text, max(0, start - _REACH), start)
    return (own.start() if own else start), entry


def paper_told(text: str, start: int, end: int, gazetteer: Gazetteer) -> Entry | None:
    """The paper that a word for townspeople is, where somebody speaks to it: elle a confié au Parisien."""
    before = max(0, start - _REACH_OF_TELLING)
    is_told = _TOLD_TO.search(text, before, start) is not None and _WHAT_IS_TOLD.match(text, end) is not None
    return gazetteer.named(f"Le {text[start:end]}") if is_told else None


def of_their_names_with_articles(text: str, claims: Sequence[Claim]) -> list[Claim]:
    """The claims, opinions behind an article as what the text names with a capital for the article elsewhere."""
    with_article: dict[str, Claim] = {}
    for claim in claims:
        article = _WITH_ARTICLE.match(text, claim.start, claim.end)
        if article and claim.type in BODIES:
            with_article.setdefault(text[article.end() : claim.end], claim)
    return [_of_its_name(text, claim, with_article.get(text[claim.start : claim.end])) for claim in claims]


def _of_its_name(text: str, claim: Claim, of: Claim | None) -> Claim:
    is_led = _LED.search(text, max(0, claim.start - _REACH), claim.start) is not None
    if of is None or claim.settled or claim.type is of.type or not is_led:
        return claim
    basis = (*claim.basis, "longer_name")
    return replace(claim, type=of.type, entry=of.entry, country=of.country, basis=basis)


def shorter_by_an_article(names: Sequence[str]) -> dict[str, str]:
    """Of folded names those that are others without their article, each with the one that has it."""
    known = frozenset(names)
    found = {
        name.partition(" ")[2]: name for name in names if name.partition(" ")[0] in {"le", "la", "l", "les", "the"}
    }
    return {short: name for short, name in found.items() if short in known}
