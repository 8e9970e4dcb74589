"""Who speaks: from the words beside a reporting verb to a person or body that the article names."""

from services.extract.core.cast import Cast, Named, Word
from services.extract.core.grammar import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    HARD_STOPS,
    OF,
    PREPOSITIONS,
    PRONOUNS,
    SKIPPED_BEFORE_VERB,
    STOPS,
    TITLES,
    WRITINGS,
)
from services.extract.core.titles import person_titled

_MOST_WORDS = 12  # of a speaker without a name


def speaker_after(cast: Cast, words: list[Word]) -> str | None:
    """The subject that follows its verb in `words` (the rest of the sentence); never the one who is addressed."""
    first = _subject_start(cast, words)
    if first >= len(words):
        return None
    pronoun = PRONOUNS.get(words[first].lower)
    is_article = words[first].lower == "il" and first + 1 < len(words) and words[first + 1].lower[0].isalpha()
    if pronoun and not is_article:
        return cast.person_before(words[first].start, pronoun) if pronoun != "nobody" else None
    last = _subject_end(cast, words, first)
    return _speaker_in(cast, words[first:last])


def speaker_before(cast: Cast, words: list[Word], *, of_sentence: bool = False) -> str | None:
    """The subject that precedes its verb in `words`: the nearest one, or for a gerund the sentence's own."""
    last = len(words)
    while last and (words[last - 1].lower in SKIPPED_BEFORE_VERB or words[last - 1].lower in ADVERBS):
        last -= 1
    if last and words[last - 1].lower in {"qui", "who", "que", "che"}:
        last -= 1
    if not last:
        return None
    pronoun = PRONOUNS.get(words[last - 1].lower)
    if pronoun and not of_sentence:
        return cast.person_before(words[last - 1].start, pronoun) if pronoun != "nobody" else None
    free = _ungoverned(cast, words[:last])
    if free:
        return (free[0] if of_sentence else free[-1]).name
    if inverted := next((word for word in reversed(words[:last]) if word.lower.endswith(("-il", "-elle"))), None):
        return cast.person_before(inverted.start, "masculine" if inverted.lower.endswith("-il") else "feminine")
    if pronoun := PRONOUNS.get(words[0].lower):
        return cast.person_before(words[0].start, pronoun) if pronoun != "nobody" else None
    return _phrase(cast, _last_clause(words[:last]))


def has_pronoun_subject(words: list[Word]) -> bool:
    """Whether a pronoun stands right before the verb that follows `words`."""
    last = next((word.lower for word in reversed(words) if word.lower not in SKIPPED_BEFORE_VERB), "")
    return last in PRONOUNS


def speaker_of_writing(cast: Cast, words: list[Word]) -> str | None:
    """Whose communiqué, letter or dispatch `words` speak of."""
    for index, word in enumerate(words):
        if word.lower in WRITINGS:
            whose = _without_of(words[index + 1 :])
            named = _ungoverned(cast, whose)
            return named[0].name if named else _phrase(cast, whose)
    return None


def mentions_writing(words: list[Word]) -> bool:
    """Whether a communiqué or the like is spoken of."""
    return any(word.lower in WRITINGS for word in words)


def _subject_start(cast: Cast, words: list[Word]) -> int:
    at = 0
    while at < len(words):
        lower = words[at].lower
        if lower in PREPOSITIONS and lower not in DETERMINERS:
            at = _after_phrase(cast, words, at)
        elif lower == "," or lower in ADVERBS or lower.endswith(("ment", "ly")):
            at += 1
        else:
            break
    return at


def _after_phrase(cast: Cast, words: list[Word], preposition: int) -> int:
    """Skip the one who is told: the preposition and the name or noun it governs."""
    at = preposition + 1
    while at < len(words) and (words[at].lower in DETERMINERS or words[at].lower in PREPOSITIONS):
        at += 1
    if (
        at < len(words)
        and (named := next(iter(cast.within(words[at].start, words[-1].end)), None))
        and (named.start <= words[at].start)
    ):
        return next((i for i in range(at, len(words)) if words[i].start >= named.end), len(words))
    at += 1
    while at < len(words) and words[at].lower not in DETERMINERS and words[at].lower != ",":
        if words[at].lower in HARD_STOPS or words[at].lower in STOPS:
            break
        at += 1
    return at


def _subject_end(cast: Cast, words: list[Word], first: int) -> int:
    """Where the subject ends: before a clause or a full stop; a comma only goes on to an apposition."""
    for at in range(first, min(len(words), first + 25)):
        lower = words[at].lower
        if lower in STOPS or (lower in HARD_STOPS and not (lower == "." and words[at - 1].lower in TITLES)):
            return at
        if lower == "," and not _is_apposition(cast, words, at + 1):
            return at
    return min(len(words), first + 25)


def _is_apposition(cast: Cast, words: list[Word], at: int) -> bool:
    if at >= len(words):
        return False
    is_named = any(named.start == words[at].start for named in cast.within(words[at].start, words[-1].end))
    return is_named or words[at].lower in DETERMINERS or words[at].lower in TITLES


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
    return [
        named
        for named in within
        if not _is_complement(words, at := heads.get(named.start, 0)) and not (at and words[at - 1].lower == "(")
    ]


def _is_complement(words: list[Word], at: int) -> bool:
    """Whether the noun at `at` hangs on a preposition, with an article between them or not."""
    if at > 1 and words[at - 1].lower in DETERMINERS and words[at - 1].lower not in OF:
        at -= 1
    return at > 0 and words[at - 1].lower in PREPOSITIONS


def _last_clause(words: list[Word]) -> list[Word]:
    """The subject's own words: the last part between commas that begins as a noun phrase does, up to its verb."""
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.lower == ",":
            parts.append([])
        else:
            parts[-1].append(word)
    parts = [part[1:] if part[0].lower in STOPS else part for part in parts if part]
    parts = [part for part in parts if part]
    nouns = [part for part in parts if part[0].lower in DETERMINERS and not any(w.lower.isdecimal() for w in part[:2])]
    part = (nouns or parts or [[]])[-1]
    verb = next((i for i, word in enumerate(part) if i and word.lower in AUXILIARIES), len(part))
    return part[:verb]


def _phrase(cast: Cast, words: list[Word]) -> str | None:
    """A speaker without a name, in the text's words; one known by that title earlier on is named."""
    while words and not words[0].lower[0].isalpha():
        words = words[1:]
    end = next(
        (
            i
            for i, w in enumerate(words)
            if i and (w.lower in STOPS or w.lower in HARD_STOPS or w.lower == "," or w.lower in PREPOSITIONS - OF)
        ),
        len(words),
    )
    words = words[:end]
    while words and words[-1].lower in ADVERBS | DETERMINERS | SKIPPED_BEFORE_VERB:
        words = words[:-1]
    if not words or len(words) > _MOST_WORDS or not _is_noun_phrase(words):
        return None
    if name := person_titled(cast, words):
        return name
    capital = _trailing_name(cast.text, words)
    return capital or cast.text[words[0].start : words[-1].end]


def _is_noun_phrase(words: list[Word]) -> bool:
    """Whether the words could be a subject: no preposition begins them, and one of them is a noun or a name."""
    if words[0].lower in PREPOSITIONS or not words[0].lower[0].isalpha():
        return False
    function_words = DETERMINERS | PREPOSITIONS | STOPS | PRONOUNS.keys()
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
