"""The names of persons in what a byline says, without its label, dates, roles and addresses."""

import re
from collections.abc import Collection, Iterator, Sequence

# What was done by whoever is named behind "by".
DONE = (
    r"(?:texte?|words(?:\s+and\s+(?:photos|pictures))?|story|reported|written|écrit|posted|submitted|published|publié"
    r"|escrito|scritto|geschrieben|publicado|postado|pubblicato|posté|veröffentlicht|verfasst|eingestellt|gepost"
    r"|(?:(?:an?|eine?|une?|una?|um)\s+)?(?:interview|report|analysis|review|essay|bericht|reportage|kommentar|analyse"
    r"|gastbeitrag|porträt|portrait|entretien|entrevista|reportaje|reportagem|crónica|análisis|intervista|servizio))"
)
# What stands before a colon and the name of who wrote it.
LABELS = (
    r"(?:auteure?s?|authors?|autore?s?|autor(?:en|in|a|as)?|автор(?:ы)?|byline|texte?|words|текст|texto|testo|tekst)"
)
LABEL = re.compile(
    rf"\W{{0,3}}(?:{DONE}\s+)?"
    r"(?:(?:by|par|von|por|door|av|af)\b|(?:de|di|od|da)(?=\s+\S+\s+\S)"
    rf"|{LABELS}\s*[:\uff1a])\s*[:\uff1a]?\s*",
    re.IGNORECASE,
)
STRAY = re.compile(r"https?://\S*|\S+@\S+|@\w+|\([^()]{0,200}\)")
READING = re.compile(r"\b(?:min\b|min[uú]t|мин)", re.IGNORECASE)
RULES = re.compile(r"\s*[|•·]\s*")
FEWEST_DIGITS = 4  # in a date with its year
BETWEEN = re.compile(
    r"\s*[,;&|/•·、，・\u2013\u2014\n]\s*|\s+-\s+|(?:\s+|^)(?:et|and|und|en|och|og|avec|with|mit|con)(?:\s+|$)|\bfor\b"
    r"|(?<=\w\w)\s+(?:y|e|i|и)\s+(?=[^\W\d_a-z]\S+\s+\S)"
)
# What somebody is, or what a button says, and no name.
NO_NAMES = re.compile(
    r"\b(?:reporter|correspond[ae]nte?s?|editors?|writers?|journalist\w*|staff|columnist|contributor|producer|chief"
    r"|director|bureau|desk|agenc\w+|team|redakteur\w*|korrespondent\w*|redakt\w+|rédact\w+|redac\w+|redazione"
    r"|journaliste?s?|envoyée?s?|spéciale?|periodista|giornalista|inviato|author|authors|auteur\w*|autor\w*|byline|by|par"
    r"|von|por|published|updated|posted|publié|mis|follow|share|subscribe|contact|e-?mail|twitter|facebook|linkedin"
    r"|profile|view|more|read|comments?|home|news|article|stories|min|minutes?|guest|admin|today|yesterday|ago|photo\w*"
    r"|getty|images?|january|february|march|april|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
DATE = re.compile(
    r"\s+(?:(?:on|le|am|il|el|den|à|at|en|um|om|alle|às|published|updated|posted|publié|mis)\s.*\d.*"
    r"|(?:[^\W\d_]{3,10}\.?\s+)?\d.*)\Z",
    re.IGNORECASE,
)
# The same where nothing stands between a name and the month.
GLUED_DATE = re.compile(r"(?<=[a-zß-öø-ÿ])(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s+\d.*\Z")
# Where somebody reports from, behind the name, or what it is filed under.
PLACE = re.compile(
    r"\s+(?:(?:reporting|reports|writes)\s+)?(?:[Ii]n|from|à|au|aux|aus|en|em|w|v|в)\s+[^\W\d_a-zß-öø-ÿ].*\Z"
)
NAME_WORD = re.compile(r"[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:[-'’.][^\W\d_]+)*\.?")
WORD = re.compile(r"[^\W\d_]+")
# What English does things by, in titles' capitals where a site sets its lines so: By Popular Demand.
_SPOKEN_WORDS = """
    accident acclaim age all any appointment arrangement chance choice coincidence common consent court default demand
    design express force hand invitation land law letter mail majority means mistake mutual nature necessity only or
    order phone popular post private proxy public referendum request royal rule sea special surprise telephone two
    unanimous vote
"""
SPOKEN = frozenset(_SPOKEN_WORDS.split())
_PARTICLES_WORDS = "de du des la le van von der den dit al el ibn bin ben abu y e da do dos di del of ter zu"
PARTICLES = frozenset(_PARTICLES_WORDS.split())
SPACED = re.compile(r"[\u0590-\u0dff]")  # from Hebrew and Arabic to India's: without capitals, and with spaces
AGENCY = re.compile(r"[A-Z]{2,5}")
MOST_WORDS = 6
LONGEST_NAME = 60


def names_signed(pieces: Sequence[str]) -> Iterator[str]:
    """Yield the persons, and agencies in capitals, whom the pieces of a byline name: in one line, or a piece each."""
    names = [name for piece in pieces for name in _names(piece)]
    yield from names or _names(" ".join(pieces))


def signed_between(line: str) -> str | None:
    """The one piece of a line between rules that is a name, where all others are a date and how long it is read."""
    pieces = [piece for piece in RULES.split(line) if piece]
    named = [piece for piece in pieces if not any(map(str.isdecimal, piece))]
    others = [piece for piece in pieces if piece not in named]
    reading = [piece for piece in others if READING.search(piece)]
    dates = [piece for piece in others if sum(map(str.isdecimal, piece)) >= FEWEST_DIGITS]
    # Beside a date alone, sites write what an article is filed under as often as who wrote it.
    if len(named) != 1 or not dates or not reading or len(reading) + len(dates) != len(others):
        return None
    return named[0] if " " in named[0] and is_signature(named[0]) else None


def _names(line: str) -> Iterator[str]:
    bare = LABEL.sub("", line, count=1) if LABEL.match(line) else line
    for piece in BETWEEN.split(STRAY.sub(" ", bare)):
        name = " ".join(PLACE.sub("", DATE.sub("", GLUED_DATE.sub("", piece))).split()).strip(' .:-|"“”«»')
        if is_signature(name):
            yield name


def is_signature(name: str) -> bool:
    """Whether a piece of a byline is a person's name, or an agency's in capitals."""
    words = name.split()
    if not words or len(words) > MOST_WORDS or len(name) > LONGEST_NAME or NO_NAMES.search(name):
        return False
    if len(words) == 1 and (name.upper() != name.lower() or SPACED.search(name)):  # other scripts may set no spaces
        return AGENCY.fullmatch(name) is not None
    return all(word in PARTICLES or NAME_WORD.fullmatch(word) for word in words) and words[-1] not in PARTICLES


def is_of_words(name: str, words: Collection[str]) -> bool:
    """Whether a name is made of nothing but words: those that are written small on its page, or that follow "by"."""
    own = [word.casefold() for word in WORD.findall(name) if word not in PARTICLES]
    return len(own) > 1 and all(word in words or word in SPOKEN for word in own)
