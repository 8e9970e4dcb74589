"""Who speaks: from the words beside a reporting verb to a person or body that the article names."""

from services.extract.core.cast import QUOTED, Cast, Word
from services.extract.core.grammar import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    HARD_STOPS,
    OF,
    PREPOSITIONS,
    PRONOUNS,
    SKIPPED_BEFORE_VERB,
    SOURCES,
    STOPS,
    TIMES,
    TITLES,
    WRITINGS,
)
from services.extract.core.noun_phrases import (
    JOINING,
    RELATIVE,
    between_commas,
    clause_of_subject,
    from_article,
    head_of,
    is_one_phrase,
    spoken,
    ungoverned,
    unnamed,
)
from services.extract.core.pronouns import Speaker, meant

_LONGEST_PHRASE = 7  # words, where no verb ends it that is known
_BY = frozenset(("par", "by"))


def speaker_after(cast: Cast, words: list[Word], before: int | None = None) -> Speaker | None:
    """The subject that follows its verb in `words` (the rest of the sentence); never the one who is addressed.

    A pronoun means somebody named before the position `before`.
    """
    first = _subject_start(cast, words)
    if first >= len(words):
        return None
    pronoun = PRONOUNS.get(words[first].lower)
    is_article = words[first].lower == "il" and first + 1 < len(words) and words[first + 1].lower[0].isalpha()
    if pronoun and not is_article:
        return meant(cast, words[first], pronoun, before)
    last = _subject_end(cast, words, first)
    if words[first].lower in {"celui", "celle"}:
        return meant(cast, words[first], "masculine" if words[first].lower == "celui" else "feminine", before)
    return _speaker_in(cast, words[first:last])


def speaker_before(cast: Cast, words: list[Word], *, of_sentence: bool = False) -> Speaker | None:
    """The subject that precedes its verb in `words`: the nearest one, or for a gerund the sentence's own."""
    last = len(words)
    while last and (words[last - 1].lower in SKIPPED_BEFORE_VERB or words[last - 1].lower in ADVERBS):
        last -= 1
    if last and words[last - 1].lower in RELATIVE:
        return _antecedent(cast, words[: last - 1])
    if not last:
        return None
    if of_sentence or words[last - 1].lower in JOINING:
        return subject_of_sentence(cast, words[:last])
    pronoun = PRONOUNS.get(words[last - 1].lower)
    if pronoun:
        return meant(cast, words[last - 1], pronoun)
    clause = clause_of_subject(cast, words[:last])
    if not any(word.lower[0].isalnum() for word in clause):
        return subject_of_sentence(cast, words[:last])
    return _nearest(cast, clause) or _inverted_pronoun(cast, words[:last])


def _antecedent(cast: Cast, words: list[Word]) -> Speaker | None:
    """Whom a relative clause is about: the noun phrase right before it, whatever that hangs on."""
    clause = clause_of_subject(cast, words) if words else []
    if clause and clause[-1].lower == ",":  # dit X, maire de Y, qui ajoute
        people = [named for named in ungoverned(cast, clause) if named.is_person]
        if people:
            return spoken(people[-1])
        parts = between_commas(clause)
        clause = next((part for part in reversed(parts) if part[0].lower not in PREPOSITIONS - SOURCES - _BY), [])
    named = cast.named_at(clause[-1].start) if clause else None
    if named and named.end == clause[-1].end and not named.is_place:
        return spoken(named)
    return unnamed(cast, from_article(clause, is_free=False)) if clause else None


def _nearest(cast: Cast, clause: list[Word]) -> Speaker | None:
    """The noun phrase that ends `clause`, with what is added to it between commas; else whoever is named last."""
    relative = next((i for i, word in enumerate(clause) if i and word.lower in {"qui", "who"}), None)
    if relative is not None and any(named.is_person for named in ungoverned(cast, clause[:relative])):
        clause = clause[:relative]
    head = head_of(cast, clause)
    if not head:
        return None
    free = ungoverned(cast, head) or (ungoverned(cast, clause) if clause[-1].lower == "," else [])
    people = [named for named in free if named.is_person]
    if people or free:
        return spoken((people or [named for named in free if not named.is_place] or free)[-1])
    return unnamed(cast, head) or next((spoken(named) for named in reversed(ungoverned(cast, clause))), None)


def subject_of_sentence(cast: Cast, words: list[Word]) -> Speaker | None:
    """Whom a sentence is about: who is named first and hangs on nothing, its pronoun, or its first noun phrase."""
    words = words[next((i for i, word in enumerate(words) if word.lower[0].isalnum()), len(words)) :]
    pronoun = next(((w, PRONOUNS[w.lower]) for w in words[:6] if w.lower in PRONOUNS), None)
    free = [named for named in ungoverned(cast, words) if not named.is_place]
    if pronoun and not any(named.start < pronoun[0].start for named in free):
        return meant(cast, *pronoun)
    if free:
        return spoken(free[0])
    for part in between_commas(words):
        if speaker := opening_subject(cast, part):
            return speaker
    return _inverted_pronoun(cast, words)


def opening_subject(cast: Cast, words: list[Word]) -> Speaker | None:
    """The noun phrase that opens a clause, up to its verb where that is an auxiliary."""
    first = next((i for i in range(min(len(words), 3)) if _is_article(cast, words, i)), None)
    named = cast.named_at(words[0].start) if words else None
    if named and named.start == words[0].start and not named.is_place:
        return spoken(named)
    if first is None or (first and words[first - 1].lower in PREPOSITIONS):
        return None
    if first + 1 < len(words) and cast.text[words[first + 1].start].isupper():  # le DHS annonce
        capitals = words[first : first + 2]
        return unnamed(cast, capitals)
    verb = next((i for i in range(first + 1, len(words)) if words[i].lower in AUXILIARIES), len(words))
    phrase = words[first:verb]
    if verb == len(words) and len(phrase) > _LONGEST_PHRASE:
        phrase = _shortest_phrase(phrase)
    return first_person(cast, phrase[:6]) or unnamed(cast, phrase)


def _shortest_phrase(words: list[Word]) -> list[Word]:
    """An article, its noun, and what hangs on that by "of"."""
    last = 2
    while last + 1 < len(words) and words[last].lower in OF:
        last += 2 + (words[last + 1].lower in DETERMINERS)
    return words[:last]


def _is_article(cast: Cast, words: list[Word], at: int) -> bool:
    """Whether a noun follows; English « A » opens a sentence with one in lower case."""
    if words[at].lower in {"a", "an"} and at == 0 and len(words) > 1:
        return words[1].lower not in DETERMINERS | PREPOSITIONS and cast.text[words[1].start].islower()
    return words[at].lower in DETERMINERS


def _inverted_pronoun(cast: Cast, words: list[Word]) -> Speaker | None:
    for word in reversed(words):
        if word.lower.endswith(("-il", "-elle")):
            return meant(cast, word, "masculine" if word.lower.endswith("-il") else "feminine")
    return None


def first_person(cast: Cast, words: list[Word]) -> Speaker | None:
    """The person whom `words` name first and not as a complement."""
    return next((spoken(named) for named in ungoverned(cast, words) if named.is_person), None)


def has_pronoun_subject(words: list[Word]) -> bool:
    """Whether a pronoun stands right before the verb that follows `words`."""
    last = next((word.lower for word in reversed(words) if word.lower not in SKIPPED_BEFORE_VERB), "")
    return last in PRONOUNS


def speaker_of_writing(cast: Cast, words: list[Word]) -> Speaker | None:
    """Whose communiqué, letter or dispatch `words` speak of."""
    for index, word in enumerate(words):
        if word.lower in WRITINGS:
            whose = words[index + 1 :]
            if not whose or whose[0].lower not in OF:
                return None
            whose = whose[next((i for i, w in enumerate(whose) if w.lower not in OF), len(whose)) :]
            named = ungoverned(cast, whose)
            return spoken(named[0]) if named else unnamed(cast, whose)
    return None


def mentions_writing(words: list[Word]) -> bool:
    """Whether a communiqué or the like is spoken of."""
    return any(word.lower in WRITINGS for word in words)


def _subject_start(cast: Cast, words: list[Word]) -> int:
    at = 0
    while at < len(words):
        lower = words[at].lower
        if lower == "en" and at + 1 < len(words) and words[at + 1].lower.endswith("ant"):
            return len(words)  # dit-il en montrant la table
        if lower == "a" or (lower in PREPOSITIONS and lower not in DETERMINERS):  # dijo a la prensa
            at = _after_phrase(cast, words, at)
        elif _is_when_or_how(words, at):
            at += 1
        else:
            break
    return at


def _is_when_or_how(words: list[Word], at: int) -> bool:
    """Whether a word stands between a verb and its subject: ce lundi 17 juillet dernier, fièrement, a comma."""
    lower = words[at].lower
    following = words[at + 1].lower if at + 1 < len(words) else ""
    if lower in TIMES or (lower in DETERMINERS and following in TIMES) or lower.isdecimal():
        return True
    if lower == "a" and following:
        return False
    is_last = at > 0 and lower in {"dernier", "passé"} and words[at - 1].lower in TIMES
    return is_last or lower == "," or lower in ADVERBS or lower.endswith(("ment", "ly"))


def _after_phrase(cast: Cast, words: list[Word], preposition: int) -> int:
    """Skip the one who is told: the preposition and the name or noun it governs."""
    at = preposition + 1
    while at < len(words) and (words[at].lower in DETERMINERS or words[at].lower in PREPOSITIONS):
        at += 1
    if at < len(words) and (named := cast.named_at(words[at].start)):
        return next((i for i in range(at, len(words)) if words[i].start >= named.end), len(words))
    at += 1
    while at < len(words) and words[at].lower not in DETERMINERS and words[at].lower != ",":
        if words[at].lower in HARD_STOPS or words[at].lower in STOPS or cast.named_at(words[at].start):
            break
        if words[at].lower in OF:  # en fin d'après-midi, à la télévision de la région
            return _after_phrase(cast, words, at)
        at += 1
    return at


def _subject_end(cast: Cast, words: list[Word], first: int) -> int:
    """Where the subject ends: before a clause or a full stop; a comma only goes on to an apposition."""
    for at in range(first, min(len(words), first + 25)):
        lower = words[at].lower
        if named := cast.named_at(words[at].start):
            if named.start < words[at].start:
                continue  # John A. Stein
        elif lower in STOPS or lower == QUOTED:
            return at if not (lower == QUOTED and at == first) else at + 2
        elif lower in HARD_STOPS and not (lower == "." and _is_abbreviated(words[at - 1])):
            return at
        if lower == "," and not _is_apposition(cast, words, at + 1):
            return at
    return min(len(words), first + 25)


def _is_abbreviated(word: Word) -> bool:
    return word.lower in TITLES or (len(word.lower) == 1 and word.lower.isalpha())


def _is_apposition(cast: Cast, words: list[Word], at: int) -> bool:
    if at >= len(words):
        return False
    is_named = cast.named_at(words[at].start) is not None
    return is_named or words[at].lower in DETERMINERS or words[at].lower in TITLES


def _speaker_in(cast: Cast, words: list[Word]) -> Speaker | None:
    if words and words[0].lower == QUOTED:
        words = words[1:] if len(words) > 1 and cast.text[words[1].start].isupper() else []
    free = ungoverned(cast, words)
    people = [named for named in free if named.is_person]
    if people:
        return spoken(people[1] if len(people) > 1 and is_one_phrase(cast, *people[:2]) else people[0])
    if free and not free[0].is_place:
        return spoken(free[0])
    return (speaker_of_writing(cast, words) if mentions_writing(words[:3]) else None) or unnamed(cast, words)
