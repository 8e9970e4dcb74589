"""Who speaks: from the words beside a reporting verb to a person or body that the article names."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from contracts.extraction import Entity, EntityType

_WORD = re.compile(r"\b(?:[cdjlmnst]|[Qq]u)['’]|[^\W\d_]+['’](?=\w)|\w+(?:-\w+|\.[a-z]\w*)*|[^\w\s]")
_SPEAKING = frozenset(EntityType) - {EntityType.WEAPON, EntityType.OTHER}
_MOST_MENTIONS = 40  # how many mentions back a pronoun or a title may reach
_MOST_WORDS = 12  # of a speaker without a name
_TITLE_CHARACTERS = 60  # around a name, where its title stands


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


OF = _set("de du des d' d’ of 's von vom der del della dei delle di dal do da")
_PREPOSITIONS = OF | _set(
    "à au aux en par avec contre pour dans sur chez entre vers sans sous auprès devant depuis selon "
    "with to by in from for against on at under over about into between "
    "mit zu zum zur bei beim gegen für im aus auf über gegenüber "
    "con por para contra sobre ante al per nel nella su dalla alla من في إلى على مع عن"
)
DETERMINERS = _set(
    "le la les l' l’ un une des son sa ses leur leurs ce cet cette ces the an his her their its "
    "el los las una der die das ein eine il lo gli uno"
)
_PRONOUNS = {
    **dict.fromkeys(("il", "he", "er", "él", "lui", "celui-ci", "هو"), "masculine"),
    **dict.fromkeys(("elle", "she", "ella", "lei", "celle-ci", "هي"), "feminine"),
    **dict.fromkeys(("ils", "elles", "on", "they", "we", "je", "nous", "i", "sie", "ellos"), "nobody"),
}
_STOPS = _set(
    "qui que qu' qu’ dont où lors pendant après avant lorsque quand tandis alors car mais et puis afin "
    "who which that when while after before during and but because whose as "
    "quien cuando mientras pero die als während nach che mentre durante الذي التي أن إن بأن"
)
_HARD_STOPS = frozenset('.;:()[]!?…«“„"–—»”')
_ADVERBS = _set(
    "encore aussi également ainsi ensuite notamment toutefois cependant pourtant alors outre hier en d'abord jeudi lundi "
    "mardi mercredi vendredi samedi dimanche also then later yesterday monday tuesday wednesday thursday friday saturday "
    "sunday on auch dann gestern también además ayer anche poi ieri"
)
_SKIPPED_BEFORE_VERB = _set("s' s’ se me m' lui leur nous y en ne n' n’ l' l’ sich le les also later ha")
_AUXILIARIES = _set(
    "a ont avait avaient aura auraient est sont était étaient has have had is was were hat hatte ha han"
)
_WRITINGS = _set(
    "communiqué déclaration dépêche lettre message discours texte rapport tweet document article entretien interview "
    "statement letter report speech post comunicado carta informe erklärung mitteilung comunicato بيان"
)
_FEMININE = _set("mme mlle madame la une mrs ms miss frau señora sra signora présidente ministre-présidente sœur")
_MASCULINE = _set("m mm monsieur le un mr herr señor sr signor frère")
_TITLES = _set("m mme mlle me mr mrs ms dr sir général colonel gen col")


class Word(NamedTuple):
    """A word or a mark of punctuation at its place."""

    start: int
    end: int
    lower: str


class Named(NamedTuple):
    """A mention of an entity that can speak."""

    start: int
    end: int
    name: str
    is_person: bool


def words_in(text: str, start: int, end: int) -> list[Word]:
    """The words and marks of `text[start:end]`; an elided article is a word."""
    return [Word(m.start(), m.end(), m.group().lower().replace("’", "'")) for m in _WORD.finditer(text, start, end)]


class Cast:
    """Everybody whom the article names, by where it names them."""

    def __init__(self, text: str, entities: Sequence[Entity]) -> None:
        mentions = sorted(
            (mention.start, -mention.end, entity.name, entity.type)
            for entity in entities
            if entity.type in _SPEAKING
            for mention in entity.mentions
        )
        self.text = text
        self.named: list[Named] = []
        for start, negative_end, name, kind in mentions:
            if not self.named or start >= self.named[-1].end:  # nested names are spoken for by the outer one
                self.named.append(Named(start, -negative_end, name, kind is EntityType.PERSON))
        self._starts = [named.start for named in self.named]
        self._persons = [named for named in self.named if named.is_person]
        self._person_starts = [named.start for named in self._persons]

    def within(self, start: int, end: int) -> list[Named]:
        """Those named wholly in `start` to `end`."""
        first, last = bisect_left(self._starts, start), bisect_right(self._starts, end)
        return [named for named in self.named[first:last] if named.end <= end]

    def is_name(self, start: int, end: int) -> bool:
        """Whether just these characters are a name."""
        return any(named.end == end for named in self.within(start, end) if named.start == start)

    def person_before(self, position: int, gender: str) -> str | None:
        """The last compatible person named before `position`, rather one that is the subject of its clause."""
        candidates = self._persons_before(position)
        opposite = _FEMININE if gender == "masculine" else _MASCULINE
        compatible = [named for named in candidates if not opposite & self._title_words(named)]
        subjects = [named for named in compatible if not self._is_governed(named)]
        return next((named.name for named in subjects or compatible), None)

    def person_titled(self, title: str, position: int) -> str | None:
        """The last person named before `position` with the title beside the name."""
        for named in self._persons_before(position):
            before = self._words_before(named, _TITLE_CHARACTERS)
            after = words_in(self.text, named.end, min(len(self.text), named.end + _TITLE_CHARACTERS // 2))
            if title in {word.lower for word in _last_phrase(before)}:
                return named.name
            if after and after[0].lower == "," and title in {word.lower for word in after[1:4]}:
                return named.name
        return None

    def _persons_before(self, position: int) -> list[Named]:
        last = bisect_left(self._person_starts, position)
        return self._persons[max(0, last - _MOST_MENTIONS) : last][::-1]

    def _title_words(self, named: Named) -> set[str]:
        return {word.lower for word in _last_phrase(self._words_before(named, _TITLE_CHARACTERS // 2))[-4:]}

    def _words_before(self, named: Named, characters: int) -> list[Word]:
        """The words before a person's name, back to the person named before."""
        index = bisect_left(self._person_starts, named.start)
        start = self._persons[index - 1].end if index else 0
        return words_in(self.text, max(start, named.start - characters), named.start)

    def _is_governed(self, named: Named) -> bool:
        before = words_in(self.text, max(0, named.start - 14), named.start)
        return bool(before) and before[-1].lower in _PREPOSITIONS


def _last_phrase(words: list[Word]) -> list[Word]:
    """The words since the last punctuation; the full stop of an abbreviated title is none."""
    cut = next((i + 1 for i in reversed(range(len(words))) if words[i].lower in ',;:!?()«»"“”…'), 0)
    return words[cut:]


def speaker_after(cast: Cast, words: list[Word]) -> str | None:
    """The subject that follows its verb in `words` (the rest of the sentence); never the one who is addressed."""
    first = _subject_start(cast, words)
    if first >= len(words):
        return None
    pronoun = _PRONOUNS.get(words[first].lower)
    is_article = words[first].lower == "il" and first + 1 < len(words) and words[first + 1].lower[0].isalpha()
    if pronoun and not is_article:
        return cast.person_before(words[first].start, pronoun) if pronoun != "nobody" else None
    last = _subject_end(cast, words, first)
    return _speaker_in(cast, words[first:last])


def speaker_before(cast: Cast, words: list[Word], *, of_sentence: bool = False) -> str | None:
    """The subject that precedes its verb in `words`: the nearest one, or for a gerund the sentence's own."""
    last = len(words)
    while last and (words[last - 1].lower in _SKIPPED_BEFORE_VERB or words[last - 1].lower in _ADVERBS):
        last -= 1
    if last and words[last - 1].lower in {"qui", "who", "que", "che"}:
        last -= 1
    if not last:
        return None
    pronoun = _PRONOUNS.get(words[last - 1].lower)
    if pronoun and not of_sentence:
        return cast.person_before(words[last - 1].start, pronoun) if pronoun != "nobody" else None
    free = _ungoverned(cast, words[:last])
    if free:
        return (free[0] if of_sentence else free[-1]).name
    if inverted := next((word for word in reversed(words[:last]) if word.lower.endswith(("-il", "-elle"))), None):
        return cast.person_before(inverted.start, "masculine" if inverted.lower.endswith("-il") else "feminine")
    if pronoun := _PRONOUNS.get(words[0].lower):
        return cast.person_before(words[0].start, pronoun) if pronoun != "nobody" else None
    return _phrase(cast, _last_clause(words[:last]))


def has_pronoun_subject(words: list[Word]) -> bool:
    """Whether a pronoun stands right before the verb that follows `words`."""
    last = next((word.lower for word in reversed(words) if word.lower not in _SKIPPED_BEFORE_VERB), "")
    return last in _PRONOUNS


def speaker_of_writing(cast: Cast, words: list[Word]) -> str | None:
    """Whose communiqué, letter or dispatch `words` speak of."""
    for index, word in enumerate(words):
        if word.lower in _WRITINGS:
            named = cast.within(word.end, words[-1].end)
            return named[0].name if named else _phrase(cast, _without_of(words[index + 1 :]))
    return None


def mentions_writing(words: list[Word]) -> bool:
    """Whether a communiqué or the like is spoken of."""
    return any(word.lower in _WRITINGS for word in words)


def _subject_start(cast: Cast, words: list[Word]) -> int:
    at = 0
    while at < len(words):
        lower = words[at].lower
        if lower in _PREPOSITIONS and lower not in DETERMINERS:
            at = _after_phrase(cast, words, at)
        elif lower == "," or lower in _ADVERBS or lower.endswith(("ment", "ly")):
            at += 1
        else:
            break
    return at


def _after_phrase(cast: Cast, words: list[Word], preposition: int) -> int:
    """Skip the one who is told: the preposition and the name or noun it governs."""
    at = preposition + 1
    while at < len(words) and (words[at].lower in DETERMINERS or words[at].lower in _PREPOSITIONS):
        at += 1
    if (
        at < len(words)
        and (named := next(iter(cast.within(words[at].start, words[-1].end)), None))
        and (named.start <= words[at].start)
    ):
        return next((i for i in range(at, len(words)) if words[i].start >= named.end), len(words))
    at += 1
    while at < len(words) and words[at].lower not in DETERMINERS and words[at].lower != ",":
        if words[at].lower in _HARD_STOPS or words[at].lower in _STOPS:
            break
        at += 1
    return at


def _subject_end(cast: Cast, words: list[Word], first: int) -> int:
    """Where the subject ends: before a clause or a full stop; a comma only goes on to an apposition."""
    for at in range(first, min(len(words), first + 25)):
        lower = words[at].lower
        if lower in _STOPS or (lower in _HARD_STOPS and not (lower == "." and words[at - 1].lower in _TITLES)):
            return at
        if lower == "," and not _is_apposition(cast, words, at + 1):
            return at
    return min(len(words), first + 25)


def _is_apposition(cast: Cast, words: list[Word], at: int) -> bool:
    if at >= len(words):
        return False
    is_named = any(named.start == words[at].start for named in cast.within(words[at].start, words[-1].end))
    return is_named or words[at].lower in DETERMINERS or words[at].lower in _TITLES


def _speaker_in(cast: Cast, words: list[Word]) -> str | None:
    free = _ungoverned(cast, words)
    person = next((named for named in free if named.is_person), None)
    if named := person or next(iter(free), None):
        return named.name
    return speaker_of_writing(cast, words[:4] + words[4:]) if mentions_writing(words[:3]) else _phrase(cast, words)


def _ungoverned(cast: Cast, words: list[Word]) -> list[Named]:
    """Those named in `words` that hang on no preposition: subjects, not complements."""
    if not words:
        return []
    heads = {word.start: index for index, word in enumerate(words)}
    within = cast.within(words[0].start, words[-1].end)
    return [named for named in within if not _is_complement(words, heads.get(named.start, 0))]


def _is_complement(words: list[Word], at: int) -> bool:
    """Whether the noun at `at` hangs on a preposition, with an article between them or not."""
    if at > 1 and words[at - 1].lower in DETERMINERS and words[at - 1].lower not in OF:
        at -= 1
    return at > 0 and words[at - 1].lower in _PREPOSITIONS


def _last_clause(words: list[Word]) -> list[Word]:
    """The subject's own words: the last part between commas that begins as a noun phrase does, up to its verb."""
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.lower == ",":
            parts.append([])
        else:
            parts[-1].append(word)
    parts = [part[1:] if part[0].lower in _STOPS else part for part in parts if part]
    parts = [part for part in parts if part]
    nouns = [part for part in parts if part[0].lower in DETERMINERS and not any(w.lower.isdecimal() for w in part[:2])]
    part = (nouns or parts or [[]])[-1]
    verb = next((i for i, word in enumerate(part) if i and word.lower in _AUXILIARIES), len(part))
    return part[:verb]


def _phrase(cast: Cast, words: list[Word]) -> str | None:
    """A speaker without a name, in the text's words; one known by that title earlier on is named."""
    end = next(
        (
            i
            for i, w in enumerate(words)
            if i and (w.lower in _STOPS or w.lower in _HARD_STOPS or w.lower == "," or w.lower in _PREPOSITIONS - OF)
        ),
        len(words),
    )
    words = words[:end]
    while words and (words[-1].lower in _ADVERBS or words[-1].lower in DETERMINERS):
        words = words[:-1]
    if not words or len(words) > _MOST_WORDS or not _is_noun_phrase(words):
        return None
    head = 1 if words[0].lower in DETERMINERS and len(words) > 1 else 0
    if head and (name := cast.person_titled(words[head].lower, words[0].start)):
        return name
    capital = _trailing_name(cast.text, words)
    return capital or cast.text[words[0].start : words[-1].end]


def _is_noun_phrase(words: list[Word]) -> bool:
    """Whether the words could be a subject: they do not begin with a preposition, and one of them is a noun or a name."""
    if words[0].lower in _PREPOSITIONS or not words[0].lower[0].isalpha():
        return False
    function_words = DETERMINERS | _PREPOSITIONS | _STOPS | _PRONOUNS.keys()
    return any(word.lower not in function_words and len(word.lower) > 1 for word in words)


def _trailing_name(text: str, words: list[Word]) -> str | None:
    """Two or more capitalised words at the phrase's end, where nothing found its names beforehand."""
    first = len(words)
    while first and text[words[first - 1].start].isupper():
        first -= 1
    is_name = len(words) - first > 1 and not _is_complement(words, first)
    return text[words[first].start : words[-1].end] if is_name else None


def _without_of(words: list[Word]) -> list[Word]:
    first = next((i for i, w in enumerate(words) if w.lower not in OF), len(words))
    return words[first:]
