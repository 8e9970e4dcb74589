"""Names of papers and agencies, told by a word that the press calls itself by."""

import re
from itertools import pairwise

from services.extract.core.words import fold, word_set

_IN_BRACKETS = re.compile(r"[(\[](?P<name>[^()\[\]\d.!?:]{3,48})[)\]]\.?")
_BARE = re.compile(r"[^()\[\]\d.!?:]{3,48}")
_FEWEST_WORDS, _MOST_WORDS = 2, 6
_OF_THE_PRESS = word_set(
    """
    hebdo hebdomadaire presse journal gazette courrier quotidien tribune echo echos nouvelles nouvelliste depeche
    magazine revue info infos agence
    matin radio tele observateur independant republicain
    zeitung nachrichten anzeiger kurier tageblatt blatt diario periodico noticias
    gaceta correo semanario giornale corriere gazzetta notizie correio folha
    """
)
_OF_THE_PRESS_IN_ENGLISH = word_set(
    """
    news times post herald tribune gazette journal courier sentinel chronicle dispatch examiner inquirer observer
    register telegraph mail press star guardian independent standard bulletin mercury advocate ledger banner reporter
    daily weekly network today radio
    """
)
_SMALL = word_set("de du des la le les l d et of the and der die das und y e")


def titled_in_brackets(line: str) -> str | None:
    """The paper or agency that a line names in brackets and says nothing else: (Le Courrier du fleuve)."""
    match = _IN_BRACKETS.fullmatch(line)
    return titled(match["name"]) if match else None


def titled(name: str) -> str | None:
    """The same of a line that is nothing but a paper's name: Le Courrier du fleuve."""
    if not _BARE.fullmatch(name):
        return None
    words = re.findall(r"[^\W_]+", name)
    if not _FEWEST_WORDS <= len(words) <= _MOST_WORDS or not words[0][0].isupper():
        return None
    told = any(fold(word) in _OF_THE_PRESS and word[0].isupper() for word in words)
    return name.strip() if told and not _says_more(words) else None


def is_titled(name: str) -> bool:
    """Whether a name is a paper's by one of its words, English ones too."""
    words = re.findall(r"[^\W_]+", name)
    told = any(fold(word) in _OF_THE_PRESS | _OF_THE_PRESS_IN_ENGLISH and word[0].isupper() for word in words)
    return bool(words) and len(words) <= _MOST_WORDS and words[0][0].isupper() and told and not _says_more(words)


def _says_more(words: list[str]) -> bool:
    """Whether more stands there than a title has: small letters but for particles, what they lead, and the press."""
    return any(
        word[0].islower() and fold(word) not in _SMALL | _OF_THE_PRESS and before not in _SMALL
        for before, word in pairwise(words)
    )
