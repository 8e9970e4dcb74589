"""Words that say what somebody feels, holds or calls a thing: « est convaincu X », « juge la loi « injuste » »."""

from services.extract.core.grammar import ADVERBS, COPULAS, DETERMINERS, OF, PREPOSITIONS, PRONOUNS, word_set
from services.extract.core.speech.attributed import Attribution, cue_of, span_of
from services.extract.core.speech.cast import QUOTED, Cast, Word, words_in
from services.extract.core.speech.openings import opening_human
from services.extract.core.speech.phrase_ends import JOINING
from services.extract.core.speech.pronouns import Speaker, meant
from services.extract.core.speech.quotation_marks import Marked
from services.extract.core.speech.speakers import first_person, speaker_after, speaker_before
from services.extract.core.speech.verbs.reporting_phrases import THAT, Verb
from services.extract.core.speech.verbs.reporting_verbs import Reporting

# Of whoever holds what is said: « … », est convaincu X; „…“, ist X überzeugt.
_CONVINCED = word_set(
    "convaincu convaincue convaincus convaincues persuadé persuadée persuadés persuadées certain certaine catégorique "
    "sûr sûre formel formelle convencido convencida convencidos convencidas seguro segura convinto convinta convinti "
    "convinte sicuro sicura persuaso persuasa überzeugt sicher gewiss zuversichtlich enttäuscht begeistert erfreut "
    "zufrieden optimistisch skeptisch besorgt erleichtert"
)
_BE_SO = COPULAS | word_set("zeigt zeigte zeigten zeigen gibt gab gaben geben")
_OF_IT = frozenset(("en", "ne", "se", "si", "s'"))
_FARTHEST_ADJECTIVE = 9  # words of a German subject before it
# What only whoever feels it can say: X est « très déçue ».
_FEELINGS = tuple(
    word_set(
        "heureu ravi déçu déçue surpris surprise inquiet inquiète choqué fier fière satisfait content soulagé "
        "confiant convaincu optimiste bouleversé effondré consterné stupéfait scandalisé indigné enchanté "
        "comblé ému triste préoccup reconnaissant impatient serein happy glad delighted thrilled disappoint "
        "surprised shocked saddened proud relieved concerned worried confident devastated grateful excited "
        "pleased sorry stunned appalled heartbroken disgusted angry frustrated hopeful optimistic froh "
        "glücklich enttäuscht überrascht schockiert stolz erleichtert besorgt zuversichtlich traurig "
        "erschüttert entsetzt dankbar begeistert feliz contento contenta orgullos decepcionad sorprendid "
        "preocupad triste agradecid ilusionad indignad felice contenta fiero fiera deluso delusa sorpreso "
        "sorpresa preoccupat orgoglios soddisfatt commoss"
    )
)
_NO_FEELINGS = ("fierc", "contenti", "surprising", "disappointing")  # fierce, contentious: said of somebody
_FEELING_WORDS = 3  # at the beginning of the quotation, among which the adjective is
_JUDGING = word_set(
    "juge jugent jugeait jugeaient jugé jugée jugés jugées jugea trouve trouvent trouvait trouvaient trouvé estime "
    "estimait estimé considère considèrent considérait considéré deem deems deemed finds found considers considered "
    "findet finden fand fanden nennt nannte nennen nannten considera consideró giudica giudicato"
)
_JUDGED_WORDS = 14  # of what is judged, between the verb and what it is said to be
_MOST_PREDICATE = 10  # words that somebody calls a thing
_OWN_VERBS = frozenset(("feel", "feels", "felt", "sent", "fühlt", "fühlte", "siente", "sintió", "sente"))
_SHOW = word_set(
    "zeigt zeigte zeigten zeigen gibt gab gaben geben montre montrait montré montrée montrés mostró muestra mostraba "
    "mostraron detto detta detti dette mostrato mostrata dichiarato dichiarata dichiarati mostra"
)
_NEAR = 4
_HAVING = frozenset(("a", "ont", "avait", "avaient", "aurait", "auraient", "aura", "auront"))
_CRYING = frozenset(("crie", "crient", "criait", "criaient", "crié", "hurle", "hurlent"))
_LATTER = frozenset(("dieser", "diese"))
_NO_OBJECT = frozenset(",;:.!?()–—") | {QUOTED}


def convinced(cast: Cast, words: list[Word], reporting: Reporting, begin: int) -> Attribution | None:
    """« … », est convaincu X; « … », ist X überzeugt: the one whose conviction it is, right behind the words."""
    first = next((i for i, word in enumerate(words[:3]) if word.lower not in _OF_IT), len(words))
    if first + 1 >= len(words) or words[first].lower not in _BE_SO:
        return None
    if reporting.has_mood:
        return _convinced_in_german(cast, words, first, begin)
    at = next((i for i in range(first + 1, min(len(words), first + 4)) if words[i].lower in _CONVINCED), None)
    if at is None or any(word.lower not in ADVERBS for word in words[first + 1 : at]):
        return None
    if any(word.lower in OF | THAT for word in words[at + 1 : at + 2]):
        return None  # est certain de partir
    speaker = speaker_after(cast, words[at + 1 :], begin)
    return Attribution(speaker, span_of(words[first : at + 1]), "strong", "inverted") if speaker else None


def _convinced_in_german(cast: Cast, words: list[Word], first: int, begin: int) -> Attribution | None:
    at = next((i for i, word in enumerate(words[:_FARTHEST_ADJECTIVE]) if word.lower in _CONVINCED), None)
    start = first + 1 + (words[first + 1].lower == "sich")
    if at is None or at <= start or any(word.lower in _NO_OBJECT for word in words[start:at]):
        return None
    if any(word.lower[0].isalpha() and word.lower not in JOINING for word in words[at + 1 : at + 2]):
        return None
    subject = [word for word in words[start:at] if word.lower not in ADVERBS | {"sich"}]
    speaker = speaker_after(cast, subject, begin) if subject else None
    return Attribution(speaker, span_of(words[at : at + 1]), "strong", "inverted") if speaker else None


def felt(cast: Cast, passage: Marked, words: list[Word]) -> Attribution | None:
    """« X est « très déçue » »: what only whoever feels it can say is theirs."""
    at = len(words) - 1
    while at > 0 and words[at].lower in ADVERBS:
        at -= 1
    shown = _shown(words, at)
    if at < 1 or not (shown or words[at].lower in COPULAS | _OWN_VERBS) or not cast.text[passage.start].islower():
        return None
    said = words_in(cast.text, passage.start, passage.end)[:_FEELING_WORDS]
    if not any(word.lower.startswith(_FEELINGS) and not word.lower.startswith(_NO_FEELINGS) for word in said):
        return None
    speaker = speaker_before(cast, words[: at if shown is None else shown])
    cue = None if shown is None else span_of(words[shown : at + 1])
    return Attribution(speaker, cue, "naming", "naming") if _is_somebody(cast, words, speaker) else None


def _shown(words: list[Word], last: int) -> int | None:
    """Where « s'est montré », „zeigt sich“, « se mostró » begin that end with the word `last`."""
    lowers = [word.lower for word in words[max(0, last - 2) : last + 1]]
    if len(lowers) > 1 and lowers[-1] == "sich" and lowers[-2] in _SHOW:
        return last - 1
    own = next((i for i in range(max(0, last - 2), last) if words[i].lower in {"s'", "se", "si"}), None)
    return own if own is not None and lowers[-1] in _SHOW else None


_HOLDING = frozenset(("hält", "halten", "hielt", "hielten"))


def _held_for(cast: Cast, passage: Marked, words: list[Word]) -> Attribution | None:
    """„X hält den Plan für „unrealistisch““: whoever holds a thing to be so."""
    at = next((i for i in reversed(range(len(words))) if words[i].lower in _HOLDING), 0)
    if not at or words[-1].lower != "für" or not 1 < len(words) - at <= _JUDGED_WORDS:
        return None
    is_short = len(words_in(cast.text, passage.start, passage.end)) <= _MOST_PREDICATE
    speaker = speaker_before(cast, words[:at]) if is_short else None
    cue = words[at].start, words[at].end
    return Attribution(speaker, cue, "naming", "naming") if _is_somebody(cast, words, speaker) else None


def judged(cast: Cast, passage: Marked, words: list[Word], reporting: Reporting) -> Attribution | None:
    """« X juge la décision « injuste » »: whoever finds a thing to be so."""
    if reporting.has_mood and (found := _held_for(cast, passage, words)):
        return found
    at = next((i for i in reversed(range(len(words))) if words[i].lower in _JUDGING), 0)
    thing = words[at + 1 :]
    if not at or not 0 < len(thing) <= _JUDGED_WORDS or not cast.text[passage.start].islower():
        return None
    is_thing = thing[0].lower in DETERMINERS or cast.named_at(thing[0].start) is not None
    is_led = thing[-1].lower in DETERMINERS | PREPOSITIONS | COPULAS | THAT
    if not is_thing or is_led or any(word.lower in _NO_OBJECT | THAT for word in thing):
        return None
    if len(words_in(cast.text, passage.start, passage.end)) > _MOST_PREDICATE:
        return None
    first = at
    while first and words[first - 1].lower in reporting.auxiliaries | ADVERBS:
        first -= 1
    speaker = speaker_before(cast, words[:first]) if first else None
    cue = cue_of(words, Verb(first, at + 1))
    return Attribution(speaker, cue, "naming", "naming") if _is_somebody(cast, words, speaker) else None


def within_its_tense(cast: Cast, passage: Marked, words: list[Word], reporting: Reporting) -> Attribution | None:
    """« X a « fermement condamné » ces tirs »: whoever did so, a mark between auxiliary and participle."""
    if len(words) < 2 or words[-1].lower not in _HAVING or not cast.text[passage.start].islower():
        return None
    said = words_in(cast.text, passage.start, passage.end)
    at = next((i for i, word in enumerate(said[:_FEELING_WORDS]) if word.lower in reporting.participles), None)
    if at is None or any(word.lower not in ADVERBS and not word.lower.endswith("ment") for word in said[:at]):
        return None
    speaker = speaker_before(cast, words[:-1])
    if speaker is None or speaker.name is None:
        return None
    return Attribution(speaker, span_of(said[at : at + 1]), "naming", "naming")


def cried(cast: Cast, words: list[Word]) -> Attribution | None:
    """« X crie au « scandale » »: whoever calls a thing so."""
    last = len(words) - (len(words) > 1 and words[-1].lower in {"la", "l'"} and words[-2].lower == "à")
    if last < 2 or words[last - 1].lower not in {"au", "à"} or words[last - 2].lower not in _CRYING:
        return None
    first = last - 2 - (last > 2 and words[last - 3].lower in _HAVING)
    speaker = speaker_before(cast, words[:first]) if first else None
    return Attribution(speaker, span_of(words[first : last - 1]), "naming", "naming") if speaker else None


def closing_verb(
    cast: Cast, passage: Marked, before: list[Word], after: list[Word], reporting: Reporting
) -> Attribution | None:
    """A German clause that ends in its verb: « nachdem X „…“ gerufen hatte », « die sie als „…“ bezeichnete »."""
    if not reporting.has_mood or not after or not before:
        return None
    verb = after[0].lower
    has_auxiliary = len(after) > 1 and after[1].lower in reporting.auxiliaries
    end = after[1 + has_auxiliary].lower if len(after) > 1 + has_auxiliary else "."
    is_verb = verb in reporting.finite | reporting.naming | reporting.participles | _CALLED
    if not is_verb or end[0].isalpha() or _is_title(cast, passage, before, verb):
        return None
    cue = span_of(after[: 1 + has_auxiliary])
    opening = next((i for i in reversed(range(len(before))) if before[i].lower in reporting.auxiliaries), None)
    if opening is not None and not has_auxiliary and verb in reporting.participles | _CALLED:
        # X hat das „…“ genannt; gestern hat X das „…“ genannt
        speaker = speaker_after(cast, before[opening + 1 :]) if _is_turned(before, opening) else None
        speaker = speaker or speaker_before(cast, before[:opening])
        return Attribution(speaker, cue, "naming", "naming") if _is_somebody(cast, before, speaker) else None
    last = len(before) - (before[-1].lower == "als")  # den X als „…“ bezeichnete
    at = next((i for i in reversed(range(last)) if before[i].lower in _SUBORDINATING), None)
    if at is None or at + 1 >= len(before):
        return None
    clause = before[at + 1 :]
    gender = PRONOUNS.get(clause[0].lower)
    if clause[0].lower in _LATTER and (named := cast.persons_before(clause[0].start)):
        speaker = Speaker(named[0].name, clause[0].start, clause[0].end)
    elif gender:
        speaker = meant(cast, clause[0], gender)
    else:
        speaker = first_person(cast, clause) or opening_human(cast, clause)
    return Attribution(speaker, cue, "naming", "naming") if speaker else None


_SUBORDINATING = word_set("dass nachdem weil während wie als wenn obwohl die der das den welche was indem bevor")
_CALLED = word_set("genannt bezeichnet bezeichnete bezeichneten nannte nannten nennt gerufen geschrieben betitelt")


def _is_title(cast: Cast, passage: Marked, before: list[Word], verb: str) -> bool:
    """Whether it is a name that something is given: die sich „Freie Bürger“ nennt, den er „Die Stadt“ nannte."""
    is_several = len(words_in(cast.text, passage.start, passage.end)) > 1
    is_naming = verb.startswith(("genannt", "nannt", "nennt", "heiß", "hieß"))
    is_own = any(word.lower == "sich" for word in before[-_NEAR:])
    return is_naming and (is_own or (is_several and cast.text[passage.start].isupper()))


def _is_turned(words: list[Word], auxiliary: int) -> bool:
    """Whether a subject stands behind its auxiliary, as where something else opens the sentence."""
    return auxiliary == 0 or words[0].lower in PREPOSITIONS | ADVERBS


def _is_somebody(cast: Cast, words: list[Word], speaker: Speaker | None) -> bool:
    """Whether a subject is one who can feel and judge: a name, whom a pronoun means, or what a person is."""
    if speaker is None or speaker.name is None:
        return False
    named = cast.named_at(speaker.start)
    if cast.has_person(speaker.name) or (named is not None and not named.is_place):
        return True
    return opening_human(cast, [word for word in words if word.start >= speaker.start]) is not None
