"""What the words around a name say that it names."""

import re

from contracts.extraction import EntityType

PERSON, PLACE, ORGANISATION, GROUP = (
    EntityType.PERSON,
    EntityType.PLACE,
    EntityType.ORGANISATION,
    EntityType.ARMED_GROUP,
)
_REACH = 48  # characters before a name

_DE = r"(?:de\s+l['’]|de\s+la\s+|d['’]|du\s+|des\s+|de\s+)"
_BEFORE: tuple[tuple[EntityType, float, re.Pattern[str]], ...] = (
    (
        PERSON,
        3.0,
        re.compile(
            r"(?:\b(?:M|MM|Mme|Mlle|Dr|Pr|Me|Mr|Mrs)\.?|\b(?:pr[ée]sidente?|premi[eè]re? ministre|ministre|g[ée]n[ée]ral|colonel|capitaine|commandant|"
            r"lieutenant|sergent|amiral|s[ée]nateur|s[ée]natrice|d[ée]put[ée]e?|maire|juge|procureure?|journaliste|[ée]crivain|professeur|docteur|"
            r"secr[ée]taire d['’][ÉEé]tat|chanteur|chanteuse|acteur|actrice|cin[ée]aste|r[ée]alisateur|philosophe|historien|avocate?|pape|roi|reine|"
            r"prince|princesse|cheikh|imam|ayatollah|chanceli[eè]re?|sultan|ma[îi]tre|dictateur|candidate?|porte-parole|directeur|directrice|"
            r"monsieur|madame|president|senator|minister|general)(?:\s+(?!(?:de|du|des|d|la|le|les|l|et|en|à|au|aux|a|est|pour|sur|par|qui|que)\b)[\w-]+)?)\s+$",
            re.IGNORECASE,
        ),
    ),
    (
        PLACE,
        2.5,
        re.compile(
            r"\b(?:villes?|villages?|localit[ée]s?|provinces?|r[ée]gions?|districts?|banlieue|quartiers?|gouvernorat|a[ée]roport|communes?|capitale|"
            r"camp|campagne|fronti[eè]res?|port|base|nord|sud|est|ouest|environs|alentours|habitants|p[ée]riph[ée]rie|[îi]les?|rives|c[ôo]tes?|"
            rf"vall[ée]e|plaine|mont|montagnes?|d[ée]partement|canton|comt[ée]|oblast|faubourgs?|colonies?|pays)\s+{_DE}$",
            re.IGNORECASE,
        ),
    ),
    (
        PLACE,
        2.0,
        re.compile(
            r"\b(?:villes?|villages?|localit[ée]|[îi]les?|mont|lac|fleuve|rivi[eè]re|vall[ée]e|rue|avenue|boulevard)\s+$",
            re.IGNORECASE,
        ),
    ),
    (
        PLACE,
        1.5,
        re.compile(
            r"\b(?:pr[eè]s d(?:e\s+|['’])|en direction d(?:e\s+|['’])|situ[ée]e?s? (?:à|en|au)\s+|vivant à\s+|n[ée]e? à\s+)$",
            re.IGNORECASE,
        ),
    ),
    (
        PLACE,
        1.5,
        re.compile(
            rf"\b(?:lib[ée]ration|prise|reprise|bataille|si[eè]ge|chute|conqu[êe]te|bombardements?|[ée]vacuation|encerclement)\s+{_DE}$",
            re.IGNORECASE,
        ),
    ),
    (PLACE, 0.8, re.compile(r"(?:\b(?:en|depuis|vers|à|entre)\s+)$")),
    (
        GROUP,
        3.0,
        re.compile(
            r"\b(?:djihadistes?|jihadistes?|terroristes?|combattants?|miliciens?|rebelles|insurg[ée]s|groupuscule|branche \w+|[ée]l[ée]ments)\s+"
            rf"{_DE}(?:groupe\s+)?$|\bgroupes?\s+(?:terroristes?|arm[ée]s?|rebelles?|djihadistes?|jihadistes?|islamistes?)\s+(?:de\s+)?[«\"“]?\s*$",
            re.IGNORECASE,
        ),
    ),
    (
        ORGANISATION,
        2.5,
        re.compile(
            r"\b(?:groupe|soci[ée]t[ée]|entreprise|compagnie|constructeur|club|journal|quotidien|hebdomadaire|magazine|cha[îi]ne|agence|site|ONG|"
            r"association|parti|syndicat|mouvement|organisation|fondation|banque|start-up|r[ée]seau social|[ée]diteur|laboratoire)\s+"
            rf"(?:\w+\s+)?{_DE}?[«\"“]?\s*$",
            re.IGNORECASE,
        ),
    ),
)
_SPEAKS = re.compile(
    r"\s*,?\s+(?:a|avait|aurait)\s+(?:d[ée]clar|affirm|indiqu|pr[ée]cis|expliqu|annonc|dit\b|ajout|estim)",
    re.IGNORECASE,
)


def evidence(text: str, start: int, end: int) -> dict[EntityType, float]:
    """How strongly the words beside `text[start:end]` speak for each type."""
    before = text[max(0, start - _REACH) : start]
    found = {kind: weight for kind, weight, cue in reversed(_BEFORE) if cue.search(before)}
    if _SPEAKS.match(text, end):
        found[PERSON] = found.get(PERSON, 0) + 0.4
    return found
