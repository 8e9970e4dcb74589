"""Who speaks: from the words beside a reporting verb to a person or body that the article names."""

from services.extract.core.grammar import (
    AUXILIARIES,
    DETERMINERS,
    OF,
    PREPOSITIONS,
    PRONOUNS,
    SKIPPED_BEFORE_VERB,
    SOURCES,
    TITLES,
)
from services.extract.core.speech.belongings import is_led_by_human, is_qualifier
from services.extract.core.speech.cast import QUOTED, Cast, Named, Word, words_in
from services.extract.core.speech.genders import FEMININE_ARTICLES
from services.extract.core.speech.noun_phrases import (
    RELATIVE,
    between_commas,
    clause_of_subject,
    from_article,
    head_of,
    is_emphatic,
    is_one_phrase,
    is_passed_over,
    spoken,
    ungoverned,
    unnamed,
)
from services.extract.core.speech.openings import capitals, opening_human
from services.extract.core.speech.phrase_ends import JOINING
from services.extract.core.speech.phrase_starts import from_its_opening
from services.extract.core.speech.preposed import is_preposed, subject_behind, topic
from services.extract.core.speech.pronouns import Speaker, meant
from services.extract.core.speech.relative_clauses import set_apart, which_says
from services.extract.core.speech.subject_bounds import subject_end, subject_start
from services.extract.core.speech.titles import verbs_of
from services.extract.core.speech.verbs.reporting_phrases import is_arabic
from services.extract.core.speech.writings import mentions_writing, speaker_of_writing

_THE_ONE = {"celui": "masculine", "celle": "feminine"}
_CLOSING = frozenset(("-", "–", "—", ",", ")"))
_LONGEST_RELATIVE = 18  # words of « celle qui a donné l'alerte »
_LONGEST_PHRASE = 7  # words, where no verb ends it that is known
_LEADING = PREPOSITIONS - SOURCES - {"par", "by"}


def speaker_after(cast: Cast, words: list[Word], before: int | None = None) -> Speaker | None:
    """The subject that follows its verb in `words` (the rest of the sentence); never the one who is addressed.

    A pronoun means somebody named before the position `before`.
    """
    first = subject_start(cast, words)
    if first >= len(words):
        return None
    pronoun = PRONOUNS.get(words[first].lower)
    is_article = cast.language not in {"fr", "es"} and words[first].lower == "il"
    is_article = is_article and first + 1 < len(words) and words[first + 1].lower[0].isalpha()
    if pronoun and not is_article:
        return meant(cast, words[first], pronoun, before)
    last = subject_end(cast, words, first)
    if words[first].lower in _THE_ONE:
        return _whoever(cast, words[first:], before)
    return _speaker_in(cast, from_its_opening(cast, words[first:last]))


def _whoever(cast: Cast, words: list[Word], before: int | None) -> Speaker:
    """Whom « celle qui sortait » means; itself where nobody named fits."""
    speaker = meant(cast, words[0], _THE_ONE[words[0].lower], before)
    is_told = words[1:2] and words[1].lower in {"qui", "que", "qu'", "dont"}
    end = next((i for i, word in enumerate(words[:_LONGEST_RELATIVE]) if not word.lower[0].isalnum()), 0)
    if cast.has_person(speaker.name) or not is_told or end < 3:
        return speaker
    return Speaker(cast.text[words[0].start : words[end - 1].end], words[0].start, words[end - 1].end)


def speaker_before(cast: Cast, words: list[Word], *, of_sentence: bool = False) -> Speaker | None:
    """The subject that precedes its verb in `words`: the nearest one, or for a gerund the sentence's own."""
    last = len(words)
    while last and is_passed_over(cast, words[last - 1]):
        last -= 1
    if not last or words[last - 1].lower in RELATIVE or words[last - 1].lower == "it":
        return _before_relative(cast, words[:last])
    if of_sentence or words[last - 1].lower in JOINING:
        return subject_of_sentence(cast, words[:last])
    is_part = last > 1 and words[last - 2].lower in OF  # one of them said
    pronoun = None if is_part else PRONOUNS.get(words[last - 1].lower)
    if pronoun:
        position = words[0].start if is_preposed(words[: last - 1]) else None
        own = topic(cast, words[:last]) or _own_subject(cast, words[:last], pronoun)
        return own or meant(cast, words[last - 1], pronoun, position)
    if apart := _the_one_who(cast, words[:last]) or which_says(cast, words[:last]) or set_apart(cast, words[:last]):
        return apart
    clause = clause_of_subject(cast, words[:last])
    if not any(word.lower[0].isalnum() for word in clause):
        return subject_of_sentence(cast, words[:last])
    return _nearest(cast, clause) or _inverted_pronoun(cast, words[:last])


def _before_relative(cast: Cast, words: list[Word]) -> Speaker | None:
    """Whom a relative clause is about, or "it" that opens one: Moscow denied what it called «so»."""
    if not words:
        return None
    if words[-1].lower != "it":
        return _antecedent(cast, words[:-1])
    named = cast.named_at(words[0].start) if len(words) > 2 and words[-2].lower == "what" else None
    return spoken(named) if named else None


def _the_one_who(cast: Cast, words: list[Word]) -> Speaker | None:
    """Whom « celui qui a donné l'alerte » means that opens the sentence, where nobody is named behind it."""
    gender = _THE_ONE.get(words[0].lower) if words[1:2] and words[1].lower == "qui" else None
    if gender is None or any(word.lower in {":", ";", QUOTED} for word in words):
        return None
    last = between_commas(words)[-1]  # at least its first words are
    if any(named.is_person for named in ungoverned(cast, last)) or PRONOUNS.get(last[-1].lower):
        return None
    return meant(cast, words[0], gender)


def _own_subject(cast: Cast, words: list[Word], pronoun: str) -> Speaker | None:
    """Whom a pronoun in a later clause means, where the sentence opens with somebody without a name who fits."""
    if pronoun not in {"masculine", "feminine"} or ungoverned(cast, words):
        return None
    opening = opening_human(cast, words[:-1])
    if opening is None:
        return None
    article = words_in(cast.text, opening.start, opening.end)[0].lower
    is_fitting = article == "l'" or (article in FEMININE_ARTICLES) == (pronoun == "feminine")
    return Speaker(opening.name, words[-1].start, words[-1].end) if is_fitting else None


def _antecedent(cast: Cast, words: list[Word]) -> Speaker | None:
    """Whom a relative clause is about: the noun phrase right before it, whatever that hangs on."""
    clause = clause_of_subject(cast, words) if words else []
    if clause and clause[-1].lower == ",":  # dit X, maire de Y, qui ajoute
        people = [named for named in ungoverned(cast, clause) if named.is_person]
        at = -3 if len(clause) > 3 and clause[-2].lower.isdecimal() else -2  # au SDIS 40, qui craint
        last = cast.named_at(clause[at].start) if len(clause) > 1 else None
        is_right_before = last is not None and not last.is_place and last.end == clause[at].end
        if nearest := people[-1] if people else last if is_right_before else None:
            return spoken(nearest)  # auprès de la Cour, qui juge
        parts = between_commas(clause)
        clause = next((part for part in reversed(parts) if part[0].lower not in _LEADING), [])
    named = cast.named_at(clause[-1].start) if clause else None
    if named and named.end == clause[-1].end and not named.is_place:
        return spoken(named)
    return unnamed(cast, from_article(clause, is_free=False)) if clause else None


def _nearest(cast: Cast, clause: list[Word]) -> Speaker | None:
    """The noun phrase that ends `clause`, with what is added to it between commas; else whoever is named last."""
    relative = next((i for i, word in enumerate(clause) if i and word.lower in {"qui", "who"}), None)
    is_cut = relative is not None and not _is_set_off(cast, clause)
    if is_cut and any(named.is_person for named in ungoverned(cast, clause[:relative])):
        clause = clause[:relative]
    if not (head := head_of(cast, clause)):
        return None
    added = [named for named in ungoverned(cast, clause) if named.is_person] if clause[-1].lower == "," else []
    free = ungoverned(cast, head) or added
    people = [named for named in free if named.is_person]
    if free and not people and is_led_by_human(head, free[-1]):
        return Speaker(cast.text[head[0].start : free[-1].end], head[0].start, free[-1].end)
    if free and not people and is_qualifier(cast, head, free[-1]):
        return unnamed(cast, head)
    if people or free:
        return spoken((people or [named for named in free if not named.is_place] or free)[-1])
    return unnamed(cast, head) or next((spoken(named) for named in reversed(ungoverned(cast, clause))), None)


def _is_set_off(cast: Cast, clause: list[Word]) -> bool:
    """Whether somebody by name ends a clause behind a mark that closes another: « X, qui …, - Y a rappelé »."""
    named = cast.named_at(clause[-1].start)
    if named is None or not named.is_person or named.end != clause[-1].end:
        return False
    first = next(i for i in range(len(clause)) if clause[i].start >= named.start)
    return first > 0 and clause[first - 1].lower in _CLOSING


def subject_of_sentence(cast: Cast, words: list[Word]) -> Speaker | None:
    """Whom a sentence is about: who is named first and hangs on nothing, its pronoun, or its first noun phrase."""
    words = words[next((i for i, word in enumerate(words) if word.lower[0].isalnum()), len(words)) :]
    if (own := subject_behind(words)) and PRONOUNS[own.lower] in {"masculine", "feminine"}:
        return meant(cast, own, PRONOUNS[own.lower], words[0].start)  # encouragé par X, il refuse
    opening = [words[i] for i in range(min(6, len(words))) if not is_emphatic(words, i) and not _is_relative(words, i)]
    told = ((word, PRONOUNS[word.lower]) for word in opening if word.lower in PRONOUNS)
    pronoun = next((one for one in told if cast.language != "it" or one[0].lower != "il"), None)
    free = [named for named in ungoverned(cast, words) if not named.is_place]
    if pronoun and not any(named.start < pronoun[0].start for named in free):
        return meant(cast, *pronoun)
    if free:
        return _opening_before(cast, words, free[0]) or spoken(free[0])
    for part in between_commas(words):
        if speaker := opening_subject(cast, part):
            return speaker
    return _inverted_pronoun(cast, words)


def _is_relative(words: list[Word], at: int) -> bool:
    """Whether a pronoun is a relative clause's: sa mère, chez qui il vit."""
    return at > 1 and words[at - 1].lower in RELATIVE


def _opening_before(cast: Cast, words: list[Word], named: Named) -> Speaker | None:
    """Whom a sentence opens with by what they are, where a verb parts them from the first who is named in it."""
    opening = opening_human(cast, [word for word in words if word.start < named.start])
    if opening is None:
        return None
    verbs = verbs_of(cast.language)
    between = [word.lower for word in words if opening.end <= word.start < named.start]
    return opening if any(lower in verbs for lower in between) else None


def opening_subject(cast: Cast, words: list[Word]) -> Speaker | None:
    """The noun phrase that opens a clause, up to its verb where that is an auxiliary."""
    first = next((i for i in range(min(len(words), 3)) if _is_article(cast, words, i)), None)
    named = cast.named_at(words[0].start) if words else None
    if named and named.start == words[0].start and not named.is_place:
        return spoken(named)
    if first is None and (name := capitals(cast, words)):
        return name
    is_led = first is None or (first > 0 and words[first - 1].lower in PREPOSITIONS)
    if first is None or is_led or any(word.lower.isdecimal() for word in words[first + 1 : first + 2]):
        return None  # dans la ville; le 17 janvier
    if first + 1 < len(words) and cast.text[words[first + 1].start].isupper():  # le DHS annonce
        return unnamed(cast, words[first : first + 2])
    verb = next((i for i in range(first + 1, len(words)) if words[i].lower in AUXILIARIES), len(words))
    phrase = words[first:verb]
    if verb == len(words) and len(phrase) > _LONGEST_PHRASE:
        return opening_human(cast, words) or _named_or_not(cast, _shortest_phrase(phrase))
    return _named_or_not(cast, phrase)


def _named_or_not(cast: Cast, phrase: list[Word]) -> Speaker | None:
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


def _is_surname(cast: Cast, words: list[Word]) -> bool:
    """Whether a name that nothing found is the subject, and what follows goes on without it: fragt X und macht Y."""
    first = words[0]
    return (
        len(words) > 1
        and cast.named_at(first.start) is None
        and cast.text[first.start].isupper()
        and first.lower not in TITLES
        and words[1].lower in JOINING
        and not (len(words) > 2 and cast.text[words[2].start].isupper())  # erklärt Ärztin und Autorin X
    )


def _speaker_in(cast: Cast, words: list[Word]) -> Speaker | None:
    if words and words[0].lower == QUOTED:
        words = words[1:] if len(words) > 1 and cast.text[words[1].start].isupper() else []
    free = ungoverned(cast, words)
    people = [named for named in free if named.is_person]
    if people and _is_surname(cast, words):
        return Speaker(cast.text[words[0].start : words[0].end], words[0].start, words[0].end)
    if people:
        return spoken(people[1] if len(people) > 1 and is_one_phrase(cast, *people[:2]) else people[0])
    if free and is_led_by_human(words, free[0]):
        return Speaker(cast.text[words[0].start : free[0].end], words[0].start, free[0].end)
    if free and not free[0].is_place and (free[0].start == words[0].start or not is_arabic(words[0].lower)):
        return spoken(free[0])
    return (speaker_of_writing(cast, words) if mentions_writing(words[:3]) else None) or unnamed(cast, words)
