"""Whether what a sentence tells about a day has been or is to come, by the verb that is nearest to it."""

import re
from typing import Literal

_REACH = 80  # characters beside the day
_BEHIND = 12  # how much farther a verb behind the day counts than one before it
_SENTENCE = re.compile(r"[.!?;:](?=\s)|[»”\"]\s|\n")
_VERB = re.compile(
    r"\b(?:(?P<coming>"
    # shall be, is going to, must; expected, planned, set for
    r"(?!op[eé]ra\b|cam[eé]ra\b|sahara\b|contra\b|para\b)\w{2,}(?:ra|ront|rai|rons)|va|vont|doit|doivent|devraient?"
    r"|(?:est|sont|était|étaient) (?:attendu|prévu|programmé|fixé|annoncé|convoqué)e?s?|attendue?s?|prévue?s?"
    r"|prévoi(?:t|ent)|programmée?s?|fixée?s?|will|shall|would|to be|expected|scheduled|due|set for|plans?"
    r"|wird|werden|soll|sollen|sollte|geplant|\w{2,}(?:rán|rá|rà|ranno)|van? a"
    r")|(?P<past>"
    r"a|ai|ont|avait|avaient|est|sont|était|étaient|fut|furent|eut|fit|dit|\w{2,}(?:aient|ait|èrent|irent)"
    r"|was|were|had|has|have|said|told|took|made|began|came|went|met|won|lost|fell|rose|wrote|\w{3,}ed"
    r"|hat|hatte|hatten|haben|war|waren|ist|sind|wurde|wurden|\w{3,}ten?|gab|kam|ging|sprach|starb|teilte"
    r"|ha|han|había|fue|fueron|era|\w{2,}(?:ó|aron|ieron)|hanno|è|erano|aveva"
    r"))\b",
    re.IGNORECASE,
)


def tense(text: str, start: int, end: int) -> Literal["past", "coming", ""]:
    """What the verb nearest to a day tells of it; nothing where no verb stands in its sentence."""
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    before = [match.end() for match in _SENTENCE.finditer(text, low, start)]
    after = _SENTENCE.search(text, end, high)
    low, high = before[-1] if before else low, after.start() + 1 if after else high
    best: tuple[int, str] = (_REACH * 2, "")
    for match in _VERB.finditer(text, low, high):
        if match.start() >= end:
            away = match.start() - end + _BEHIND
        elif match.end() <= start:
            away = start - match.end()
        else:
            continue
        best = min(best, (away, match.lastgroup or ""))
    return "coming" if best[1] == "coming" else "past" if best[1] == "past" else ""
