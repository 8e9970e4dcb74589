"""What the words of a quotation are woven into: the clause of a verb, a « selon X », what somebody calls a thing."""

from services.extract.core.grammar import (
    ADVERBS,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    REPORTED,
    REPORTS,
    TIMES,
    WRITINGS,
    word_set,
)
from services.extract.core.speech.attributed import Attribution, cue_of, span_of
from services.extract.core.speech.callings import ARTICLES_OF_NAMES, TO, by_agent, exhorted, is_accused, named, shown_as
from services.extract.core.speech.cast import QUOTED, Word
from services.extract.core.speech.introductions import Introduction
from services.extract.core.speech.openings import opening_human
from services.extract.core.speech.phrase_ends import JOINING
from services.extract.core.speech.pronouns import Speaker
from services.extract.core.speech.relative_clauses import for_whom
from services.extract.core.speech.sources import according, as_told
from services.extract.core.speech.speakers import has_pronoun_subject, speaker_before, subject_of_sentence
from services.extract.core.speech.verbs.reporting_phrases import THAT, Verb
from services.extract.core.speech.verbs.unknown_verbs import leads_to_infinitive, looks_like_verb

_HIM = frozenset(("lui", "elle", "him", "her", "él", "ella", "lei"))
_JUDGING = ("jug", "trouv", "estim", "considér", "deem", "consider")  # a jugé l'annonce « maladroite »
_BEFORE_INFINITIVES = frozenset(("de", "a", "por", "para", "di", "per"))
_ATTACKING = ("fustig", "étrill", "tacl", "critiqu", "brocard", "raill", "éreint", "criticis", "criticiz", "mock")
_SAYING_SO = (
    *(
        "dénonc",
        "fustig",
        "critiqu",
        "réclam",
        "demand",
        "exig",
        "rappel",
        "affirm",
        "défend",
        "plaid",
        "salu",
        "regrett",
    ),
    *("déplor", "condamn", "dire", "redire"),
)
_CONJOINED = word_set("tandis alors avant après afin parce depuis pendant sans plus moins aussi bien pour dès ce")
_NEGATIONS = frozenset(("pas", "plus", "jamais", "rien", "point"))
_HAVING = frozenset(("avoir", "être", "haber", "having"))  # accuse d'avoir « menti »
_HOLDING = word_set(
    "hope hopes hoped believe believes believed think thinks thought wonder wonders wondered regrets regretted"
)
_REPROACHING = frozenset(("wirft", "warf", "werfen", "warfen", "wirf"))
_WOULD = frozenset(("würde", "würden"))
_LAWS = WRITINGS | REPORTS | word_set("article loi convention constitution règlement charte traité accord contrat code")
_NEAR_WORDS = 3  # between a verb and words woven into its clause
_LONGEST_DAY = 7  # words between commas that tell when
_CLAUSE_WORDS = 34  # between the "that" of a verb and words of its clause
_SPEECH_WORDS = 14  # between a verb and a long quotation


def _tells_when(lower: str) -> bool:
    """Whether a word can be part of a day: samedi 1er février, le 4 septembre dernier."""
    is_around = lower in {"le", "l'", "ce", "au", "soir", "matin", "dernier", "dernière"}
    return is_around or lower in TIMES or lower.isdecimal() or lower == "1er"


class Woven(Introduction):
    """The words before a quotation, read also for what it is a part of."""

    def loosely(self, after: list[Word], *, words_quoted: int, is_clause: bool) -> Attribution | None:
        """What the words are woven into: the clause of a verb, or what follows « selon X » and « pour X »."""
        if self.words and (own := self._by_own_account()):
            return own
        return (
            (
                as_told(self.cast, self.words, self.reporting)
                or (self._is_named_last() and self._called(after))
                or self._reproached(after)
                or shown_as(self.cast, self.words, self.reporting)
                or (self._is_exhorted_last() and exhorted(self.cast, self.words, self.reporting))
                or self._in_clause(words_quoted=words_quoted, is_clause=is_clause)
                or exhorted(self.cast, self.words, self.reporting)
                or self._for_whom()
                or self._by_any_that()
                or self._called(after)
                or according(self.cast, self.words, self.reporting, at_start=False)
                or self._in_the_view_of()
            )
            if self.words
            else None
        )

    def _for_whom(self) -> Attribution | None:
        """« …, dit X, pour qui la hausse est « … » »: whose view a relative clause tells."""
        words, led = self.words, for_whom(self.words)
        if led is None or any(verb.first > led[0] for verb in self.verbs):
            return None
        first, whom = led
        if not first or any(word.lower == QUOTED for word in words[first:]):
            return None
        speaker = speaker_before(self.cast, [*words[:first], words[whom]._replace(lower="qui")])
        cue = span_of(words[first:whom])
        is_thing = words[first].lower == "selon" or words[whom].lower not in {"qui", "whom"}
        if speaker is None or (is_thing and not self._is_person(speaker)):
            return None  # l'idée selon laquelle, raison pour laquelle
        return Attribution(speaker, cue, "woven", "according_to")

    def _is_person(self, speaker: Speaker) -> bool:
        phrase = [word for word in self.words if word.start >= speaker.start]
        return self.cast.has_person(speaker.name) or opening_human(self.cast, phrase) is not None

    def _called(self, after: list[Word]) -> Attribution | None:
        return (
            by_agent(self.cast, self.words, after, self.reporting)
            or named(self.cast, self.words, self.naming, self.reporting)
            or shown_as(self.cast, self.words, self.reporting)
        )

    def _reproached(self, after: list[Word]) -> Attribution | None:
        """« X wirft ihm „Untätigkeit“ vor »: whoever reproaches somebody with it."""
        verb = self.verbs[-1] if self.verbs and self.reporting.has_mood else None
        if verb is None or not after or self.words[verb.last - 1].lower not in _REPROACHING:
            return None
        speaker = self._subject(verb) if after[0].lower in {"vor", "vorgeworfen"} else None
        return Attribution(speaker, cue_of(self.words, verb), "naming", "naming") if speaker else None

    def _is_named_last(self) -> bool:
        """Whether a verb that names stands behind all that report: « il a critiqué ce qu'il a qualifié de « … » »."""
        return bool(self.naming) and (not self.verbs or self.naming[-1].first > self.verbs[-1].last)

    def _is_exhorted_last(self) -> bool:
        """Whether a verb that calls upon somebody stands behind all that report: « il réfute et appelle à « … » »."""
        at = next((i for i, word in enumerate(self.words) if word.lower in self.reporting.exhorting), None)
        return at is not None and bool(self.verbs) and at >= self.verbs[-1].last

    def _by_own_account(self) -> Attribution | None:
        """« Selon lui » right before the quotation."""
        if len(self.words) < 2 or self.words[-1].lower not in _HIM:
            return None
        return according(self.cast, self.words, self.reporting, at_start=False)

    def _in_clause(self, *, words_quoted: int, is_clause: bool) -> Attribution | None:
        if not self.verbs:
            return None
        words = self.words
        is_long = self.has_comma or (is_clause and words_quoted > 4)
        bare = frozenset() if is_long else self.reporting.bare
        verbs = [
            verb
            for verb in self.verbs
            if not verb.is_gerund or words[verb.last - 1].lower not in bare or self._is_meant(verb)
        ]
        if not verbs:
            return None
        telling = next((verb for verb in reversed(self.verbs) if self._has_clause(verb)), None)
        goes_on = telling is not None and self._goes_on_after(telling, verbs[-1])
        has_that = telling is not None and not goes_on
        verb = self._through(telling) if telling and has_that else verbs[-1]
        distance = self._distance(verb)
        reach = _CLAUSE_WORDS if has_that else _SPEECH_WORDS if self._leads_on() else _NEAR_WORDS
        if not has_that and is_clause and words_quoted > 5:
            reach = _SPEECH_WORDS
        if self._is_attack(verb):
            reach = max(reach, _SPEECH_WORDS)
        is_apart = self.has_comma and not has_that and not (is_clause and words_quoted > 4)
        if distance > reach or is_apart or any(w.lower == ";" for w in words[verb.last :]):
            return None
        speaker = self._subject(verb)
        if (
            goes_on and not verb.is_gerund and words[verb.first - 1].lower == ","
        ):  # après avoir dit que …, X promet de « … »
            speaker = subject_of_sentence(self.cast, words[: self.verbs[0].first]) or speaker
        return self._woven(verb, speaker, distance, has_that=has_that)

    def _is_meant(self, verb: Verb) -> bool:
        """Whether somebody does a thing to say so: « a convoqué la presse pour dénoncer des « … » »."""
        before = self.words[verb.first - 1].lower if verb.first else ""
        return before == "pour" and self.words[verb.last - 1].lower.startswith(_SAYING_SO)

    def _through(self, verb: Verb) -> Verb:
        """The verb of which another one only tells more: said he hoped that."""
        before = next((other for other in reversed(self.verbs) if other.last <= verb.first), None)
        between = [word.lower for word in self.words[before.last : verb.first]] if before else []
        if self.words[verb.last - 1].lower not in _HOLDING:
            return verb
        is_clause = before is not None and self.words[before.last - 1].lower in self.reporting.clausal
        return before if before and is_clause and len(between) == 1 and between[0] in PRONOUNS else verb

    def _woven(self, verb: Verb, speaker: Speaker | None, distance: int, *, has_that: bool) -> Attribution | None:
        words = self.words
        is_bare = speaker is None and (  # y aceptó, «…»
            self.reporting.drops_subjects or verb.first < 2 or words[verb.first - 1].lower in JOINING
        )
        if speaker is None and not (has_that or is_bare or has_pronoun_subject(words[: verb.first])):
            return None
        rule = "that_clause" if has_that else "object"
        if not has_that and words[verb.last - 1].lower.startswith(_JUDGING) and distance <= _NEAR_WORDS:
            return Attribution(speaker, cue_of(words, verb), "naming", "naming")
        subjectless = verb.is_gerund or is_bare
        return Attribution(speaker, cue_of(words, verb), "woven", rule, words[-1].lower in THAT, subjectless)

    def _distance(self, verb: Verb) -> int:
        """How many words stand between a verb and the quotation, when and how apart."""
        words = [word.lower for word in self.words[verb.last :]]
        if len(words) > 2 and words[0] == "," and "," in words[1:_LONGEST_DAY]:
            day = words[1 : words.index(",", 1)]
            if day and all(_tells_when(lower) for lower in day):  # a promis, samedi 1er février, un « … »
                words = words[len(day) + 2 :]
        return sum(not (lower in TIMES or lower in ADVERBS or lower.isdecimal()) for lower in words)

    def _goes_on_after(self, telling: Verb, last: Verb) -> bool:
        """Whether another verb follows what was told, right before the quotation: « a dit que …, ajoutant « … » »."""
        words = self.words
        before = words[last.first - 1].lower if last.first > telling.last else ""
        told_before = words[telling.first].lower in {"avoir", "ayant"} or telling.is_gerund
        if told_before and any(word.lower == "," for word in words[telling.last : last.first]):
            return last.first > telling.last  # après avoir dit que …, X évoque « … »
        is_near = len(words) - last.last <= _NEAR_WORDS or self._leads_on()
        if is_near and before in JOINING and any(word.lower == QUOTED for word in words[telling.last : last.first]):
            return True  # ha detto che «…» e ha chiesto di «…»
        return is_near and (before == "," or (last.is_gerund and before in JOINING | {"en"}))

    def _ends_in_infinitive(self, bare: list[str]) -> bool:
        """Whether a Spanish or Italian infinitive behind a preposition leads on: la necesidad de crear « … »."""
        is_led = len(bare) > 1 and bare[-2] in _BEFORE_INFINITIVES
        return is_led and self.reporting.drops_subjects and bare[-1].endswith(("ar", "er", "ir", "are", "ere", "ire"))

    def _is_attack(self, verb: Verb) -> bool:
        """Whether what is told of whom a verb attacks is the attacker's: il étrille X, qui n'a « pas d'idées »."""
        behind = [word.lower for word in self.words[verb.last :]]
        lower = self.words[verb.last - 1].lower
        is_of_whom = any(one in {"qui", "dont", "who", "whose"} for one in behind)
        return (lower.startswith(_ATTACKING) and is_of_whom) or is_accused(lower, behind)

    def _leads_on(self) -> bool:
        """Whether a preposition stands before the quotation, with an article between them or not."""
        words = self.words
        if len(words) > 3 and words[-1].lower in _NEGATIONS and words[-2].lower in {"ne", "n'"}:
            words = words[:-2]  # reproche à X de ne pas « agir »
        bare = [word.lower for word in words[-2:] if word.lower not in ARTICLES_OF_NAMES]
        own = self.words[self.verbs[-1].last :] if self.verbs else []
        is_led = not any(word.lower in ",;:" for word in own) and (
            leads_to_infinitive(self.cast, self.words, len(self.words) - 1) or self._ends_in_infinitive(bare)
        )
        return bool(bare) and (bare[-1] in TO | _HAVING or is_led)

    def _by_any_that(self) -> Attribution | None:
        """A verb that the lists do not have, and "that" right before the quotation: « Il trouve que « … » »."""
        words = self.words
        if len(words) < 3 or words[-1].lower not in THAT or not looks_like_verb(words[-2].lower):
            return None
        first = -3 if words[-3].lower in self.reporting.auxiliaries else -2
        if words[first - 1 : first] and words[first - 1].lower in PREPOSITIONS | DETERMINERS:
            return None  # l'idée que
        speaker = speaker_before(self.cast, words[:first])
        named = self.cast.named_at(speaker.start) if speaker else None
        is_somebody = speaker is not None and (
            self.cast.has_person(speaker.name)
            or (named and not named.is_place)
            or opening_human(self.cast, [word for word in words if word.start >= speaker.start])
            or not _LAWS.isdisjoint(word.lower for word in words[:first][-_NEAR_WORDS:])
        )
        return (
            Attribution(speaker, span_of(words[first:-1]), "woven", "that_clause", after_that=True)
            if is_somebody
            else None
        )

    def _is_reported(self, verb: Verb) -> bool:
        """Whether the clause behind a German verb is in the mood of what others say, and no other clause between."""
        behind = [word.lower for word in self.words[verb.last + 1 :]]
        return "," not in behind and any(lower in REPORTED or lower in _WOULD for lower in behind)

    def _is_relative(self, verb: Verb, following: list[str]) -> bool:
        """Whether "que" behind a name and a comma begins a clause with a verb of its own: lo dijo X, que ha hablado."""
        at = next((i for i in range(2, len(following)) if following[i] in THAT and following[i - 1] == ","), 0)
        named = self.cast.named_at(self.words[verb.last + at - 2].start) if at else None
        return named is not None and any(one.first > verb.last + at for one in self.verbs)

    def _has_clause(self, verb: Verb) -> bool:
        """Whether a clause follows that is what was said: "that …", or in English any after "said"."""
        following = [word.lower for word in self.words[verb.last : verb.last + 8]]
        if following and (following[0] in _HAVING or (following[0] in {"n'", "ne"} and not verb.is_gerund)):
            return True  # il affirme n'avoir travaillé avec « … »
        if self.reporting.has_mood and following[:1] == [","] and self._is_reported(verb):
            return True  # betont, das sei „kein Abschied“
        if ":" in following and not verb.is_gerund:
            return True  # il a révélé ceci : X n'avait « … »
        if self._is_relative(verb, following):
            return False
        pairs = zip(["", *following], following, strict=False)
        return any(lower in THAT and before not in _CONJOINED for before, lower in pairs) or (
            self.words[verb.last - 1].lower in self.reporting.clausal and len(following) > 1 and following[0] != ","
        )
