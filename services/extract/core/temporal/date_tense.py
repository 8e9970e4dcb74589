"""Whether what a sentence tells about a day has been or is to come, by the verb that is nearest to it."""

import re
from typing import Literal

_REACH = 80  # characters beside the day
_BEHIND = 12  # how much farther a verb behind the day counts than one before it
_SENTENCE = re.compile(r"[.!?;:](?=\s)|[»”\"]\s|\n")
# By language: what is to come (with what is expected, planned, set), and what has been.
_FRENCH_COMING = (
    r"(?!(?:op|cam)[eé]ra\b|sahara\b|extra\b|ultra\b"
    # what was, of verbs in -rer: déclara, montra, libéra
    r"|\w*(?:éra|clara|ontra|entra|para|spira|admira|ssura|jura|dura|igura|esura|ugura|gnora|plora|eura|livra|ouvra)\b"
    r"|(?:re|at|é)?tira\b)(?-i:[a-zà-ÿ])\w+(?:ra|ront|rai|rons)|va|vont|doi(?:t|vent)|devraient?"
    r"|(?:est|sont|étai(?:en)?t) (?:attendu|prévu|programmé|fixé|annoncé|convoqué)e?s?"
    r"|(?:attendu|prévu|programmé|fixé)e?s?|prévoi(?:t|ent)"
)
_ENGLISH_COMING = (
    r"will|shall|would|to be|expected|scheduled|due|set for|plans?|ahead"
    r"|begins?|opens|hosts|kicks off|takes place|reports (?:earnings|results)"
    r"|resumes|reconvenes|starts|meets|expires|concludes|arrives|returns to"
)
_ENGLISH_PAST = (
    r"was|were|had|has|have|said|told|took|made|began|came|went|met|won|lost|fell|rose|wrote|struck|hit|felt|kept|grew"
    r"|thought|brought|held|stood|became|got|gave|found|saw|spoke|heard|ran|broke|built|spent|led|sent|\w{3,}ed"
)
# Papers tell what was in other tenses than the present, which of what has a date says that it is to come.
_GERMAN_COMING = (
    r"wird|werden|würden?|soll|sollen|sollte|geplant|will|wollen|kämen?"
    r"|beginn(?:t|en)|start(?:et|en)|find(?:et|en)|(?:an)?steh(?:t|en)|folg(?:t|en)|trifft|treffen|reis(?:t|en)"
    r"|eröffne(?:t|n)|tag(?:t|en)|komm(?:t|en)|tritt|treten|geh(?:t|en)|entscheide(?:t|n)|bestreite(?:t|n)|spiel(?:t|en)"
    r"|empfängt|empfangen|öffne(?:t|n)|ende(?:t|n)|wähl(?:t|en)|stimm(?:t|en)|erwarte(?:t|n)|läuft|gastier(?:t|en)"
)
_VERBS = {
    "fr": (
        _FRENCH_COMING,
        (
            r"a|ai|ont|avait|avaient|est|sont|était|étaient|fut|furent|eut|fit|dit|\w{2,}(?:aient|ait|èrent|irent)"
            r"|\w+(?:éra|clara|ontra|entra|para|spira|ssura|ugura|gnora|livra)|(?:re|at)?tira|jura"
        ),
    ),
    "en": (_ENGLISH_COMING, _ENGLISH_PAST),
    "de": (
        _GERMAN_COMING,
        r"hat|hatte|hatten|haben|war|waren|ist|sind|wurde|wurden|\w{3,}ten?|gab|kam|ging|sprach|starb",
    ),
    "es": (
        r"\w{2,}(?:rán|rá)|van? a|previst[oa]s?",
        r"ha|han|había|fue|fueron|era|\w{2,}(?:ó|aron|ieron|ado|ido)",
    ),
    "it": (
        r"\w{2,}(?:ranno|rà)|previst[oaie]",
        r"ha|hanno|è|sono|era|erano|aveva|fu|\w{2,}(?:ato|uto|ito)",
    ),
}
# A participle right before a day: « ouvert lundi », but « sera ouvert lundi », « doit être jugé lundi »; and no noun.
_DONE = re.compile(
    r"\b(?!(?:journ|arm|ann|soir|matin|entr|rentr|tourn|assembl|arriv|lev|mus|lyc|mar|dur|id|perc|mont|travers|fus|vall)ées?\s"
    r"|\w*(?:ité|iété|[eo]té|erté|auté|puté|âté|anté)s?\s"
    r"|(?:attendu|prévu|programmé|fixé|convoqué|reporté|repoussé|invité|ajourné|avancé|fermé|annulé|suspendu)e?s?\s)"
    r"(?:\w{2,}ée?s?|(?:ou|décou)verte?s?|morte?s?|(?:rendu|vendu|tenu|élu|paru|reçu|perdu|battu|réuni|parti|sorti|saisi)e?s?"
    r"|(?:pri|mi)se?s?|(?:sur|com|re|ap|entre)(?:pri|mi)se?s?|(?:fait|dit)e?s?)\s\Z",
    re.IGNORECASE,
)
_YET_TO_BE = re.compile(
    r"\b(?:être|avoir|\w{2,}(?:ra|ront|rait|raient)|vont|va|doit|doivent)\s(?:[^\s.,;]+\s){0,2}\Z", re.IGNORECASE
)
_VERB = {
    language: re.compile(rf"\b(?:(?P<coming>{coming})|(?P<past>{past}))\b", re.IGNORECASE)
    for language, (coming, past) in _VERBS.items()
}


# avait déjà pris, s'étaient retirés: what had been, before what is told
_HAD_BEEN = re.compile(
    r"\b(?:avai(?:t|ent)|(?:s['’])?étai(?:t|ent))\s(?:\w+\s){0,2}\w+(?:[éiu]|ée|ie|ue|[éiu]e?s|it|rt)\b[^.!?;:\n]*\Z"
)


def had_been(text: str, position: int) -> bool:
    """Whether a French verb before `position`, in its sentence, tells what had been."""
    return _HAD_BEEN.search(text, max(0, position - _REACH), position) is not None


def tense(text: str, start: int, end: int, language: str) -> Literal["past", "coming", ""]:
    """What the verb nearest to a day tells of it; nothing where no verb stands in its sentence."""
    verb = _VERB.get(language)
    if verb is None:
        return ""
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    if language == "fr" and _is_done(text, low, start):
        return "past"
    before = [match.end() for match in _SENTENCE.finditer(text, low, start)]
    after = _SENTENCE.search(text, end, high)
    low, high = before[-1] if before else low, after.start() + 1 if after else high
    best: tuple[int, str] = (_REACH * 2, "")
    for match in verb.finditer(text, low, high):
        if match.start() >= end:
            away = match.start() - end + _BEHIND
        elif match.end() <= start:
            away = start - match.end()
        else:
            continue
        best = min(best, (away, match.lastgroup or ""))
    return "coming" if best[1] == "coming" else "past" if best[1] == "past" else ""


def _is_done(text: str, low: int, start: int) -> bool:
    """Whether a participle that stands right before a day tells that it has been."""
    done = _DONE.search(text, max(low, start - 20), start)
    return done is not None and not _YET_TO_BE.search(text, max(low, done.start() - 40), done.start())
