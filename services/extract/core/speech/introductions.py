"""The words before a quotation that say who speaks: a verb, a name and a colon, « selon X »."""

from dataclasses import replace

from services.extract.core.grammar import ADVERBS, DETERMINERS, PREPOSITIONS, TIMES
from services.extract.core.speech.arabic_subjects import subject_in_arabic
from services.extract.core.speech.asides import told_between, turned_in_relative
from services.extract.core.speech.attributed import Attribution, cue_of, span_of
from services.extract.core.speech.captioned import captioned
from services.extract.core.speech.cast import QUOTED, Cast, Word
from services.extract.core.speech.colons import WHEN, subject_behind, told_it, told_of, worded, worded_last
from services.extract.core.speech.dropped_subjects import disagrees, is_incise
from services.extract.core.speech.incises import told
from services.extract.core.speech.latter import the_latter
from services.extract.core.speech.noun_phrases import unnamed
from services.extract.core.speech.openings import opening_human
from services.extract.core.speech.owners import CALLED_AFTER
from services.extract.core.speech.phrase_ends import JOINING
from services.extract.core.speech.pronouns import Speaker, meant
from services.extract.core.speech.sources import according, in_the_view_of
from services.extract.core.speech.speakers import first_person, has_pronoun_subject, speaker_after, speaker_before
from services.extract.core.speech.verbs.reporting_phrases import THAT, Verb, is_arabic, verbs_in
from services.extract.core.speech.verbs.reporting_verbs import Reporting
from services.extract.core.speech.whereabouts import cited_by, where_said

_AT = frozenset(("à", "au", "aux", "chez", "du", "dans"))
_HIM = frozenset(("lui", "elle", "eux", "elles", "him", "her", "them", "ihn", "él", "ella", "lui", "lei"))
_ADDRESSING = frozenset(("tell", "tells", "told"))  # whoever stands behind it is told, and does not speak
_WITHOUT = frozenset(("sans", "sin", "senza"))
_PASSIVES = frozenset(("was", "were", "is", "are", "been", "being"))
_ASKED = frozenset(("asked", "told", "questioned", "warned"))
_ANOTHER = frozenset(("alors", "tandis", "pendant", "quand", "lorsque"))
_GOING_ON = frozenset(("continuer", "poursuivre", "continuar", "continuare"))
_PARTICLES = frozenset(("an", "vor", "ein", "mit", "hinzu", "klar", "zu", "auf", "ab", "fest", "hin"))
_PERFECT_INFINITIVES = frozenset(("avoir", "être", "s'être", "having", "haber", "aver"))
_GERMAN_PRONOUNS = {"er": "masculine", "sie": "feminine"}
_IMPERSONAL = frozenset(("estima", "cree", "dice", "considera", "espera", "calcula", "sabe", "comenta", "rumorea"))
_NEAR_WORDS = 3  # between a verb and words woven into its clause
_INVERTED_WORDS = 8  # of a subject between its verb and the quotation


class Introduction:
    """The words before one quotation, read for whoever speaks; the mark of its end (a colon, a comma) apart."""

    def __init__(self, cast: Cast, words: list[Word], reporting: Reporting) -> None:
        last = words[-1].lower if words else ""
        self.cast, self.reporting = cast, reporting
        self.has_colon, self.has_comma = last == ":", last == ","
        words = words[:-1] if last in {":", ","} else words
        if self.has_comma and len(words) > 2 and words[-2].lower == "," and words[-1].lower in _HIM:
            words, self.has_comma = words[:-2], False  # les avocats évoquent, eux, « … »
        self.words = words[self._beginning(words) :]
        verbs = [verb for verb in verbs_in(self.words, reporting) if not self._is_name(verb)]
        verbs = [verb for verb in verbs if not self._is_promised(verb, verbs) and not self._is_anybodys(verb)]
        verbs = self._named_as(verbs)
        self.verbs = [verb for verb in verbs if not verb.is_naming and not self._is_beside(verb)]
        self.naming = [verb for verb in verbs if verb.is_naming]

    def _beginning(self, words: list[Word]) -> int:
        """Where the sentence begins, whose full stop before a verb without a subject may be lost: « … Dijo que »."""
        if not self.reporting.drops_subjects:
            return 0
        last = next((i for i in reversed(range(1, len(words))) if words[i].lower in self.reporting.finite), 0)
        is_capital = self.cast.text[words[last].start].isupper() if last else False
        return last if is_capital and not self.cast.named_at(words[last].start) else 0

    def _named_as(self, verbs: list[Verb]) -> list[Verb]:
        """The verbs, the last of which only names where "as" ends the words: described reports of it as “slow”."""
        naming = self.reporting.naming if self.words and self.words[-1].lower == "as" else frozenset()
        at = next((i for i in reversed(range(len(verbs))) if self.words[verbs[i].last - 1].lower in naming), None)
        if at is None or self.has_colon or verbs[at].is_gerund:
            return verbs
        return [*verbs[:at], replace(verbs[at], is_naming=True)]

    def _is_promised(self, verb: Verb, verbs: list[Verb]) -> bool:
        """Whether an infinitive only tells how what is promised is done: promettant de continuer « à agir »."""
        is_led = self.words[verb.first].lower in _GOING_ON and verb.is_gerund
        return is_led and any(other.last == verb.first - 1 for other in verbs)

    def _is_anybodys(self, verb: Verb) -> bool:
        """Whether « on » says so with a word of its own, and no place tells who: on dit « digne »."""
        is_one = verb.first > 0 and self.words[verb.first - 1].lower == "on"
        has_that = verb.last < len(self.words) and self.words[verb.last].lower in THAT
        return is_one and not has_that and self._at_whose(verb) is None

    def _is_name(self, verb: Verb) -> bool:
        """Whether what looks like a verb is part of somebody's name."""
        named = self.cast.named_at(self.words[verb.first].start)
        return named is not None and self.cast.text[self.words[verb.first].start].isupper()

    def _is_beside(self, verb: Verb) -> bool:
        """Whether a verb tells when, and a clause of its own follows: « Quand il l'a appris, X est resté coi : »."""
        words = self.words
        led = {word.lower for word in words[max(0, verb.first - _NEAR_WORDS) : verb.first]}
        return (self.has_colon and bool(led & WHEN) and any(word.lower == "," for word in words[verb.last :])) or (
            words[verb.first - 1].lower in _WITHOUT and verb.first > 0
        )

    def closely(self) -> Attribution | None:
        """What is tied to the quotation by its place: a colon, a verb or a "that" right before it, an incise."""
        words = self.words
        if not words:
            return None
        if [word.lower in wanted for word, wanted in zip(words[-2:], (_PASSIVES, _ASKED), strict=False)] == [
            True,
            True,
        ]:
            return Attribution(None, span_of(words[-2:]), "strong", "addressed")  # whoever was asked says nothing yet
        if cited := next((c for v in reversed(self.verbs) if (c := cited_by(self.cast, words, v))), None):
            return cited
        if self.has_colon and (found := worded_last(self.cast, words) if self.verbs else self._captioned()):
            return found
        if self.verbs and (found := self._by_verb(self.verbs[-1])):
            return found
        return told_of(self.cast, words, self.reporting) if self.has_colon else None

    def _by_verb(self, verb: Verb) -> Attribution | None:
        words, cast = self.words, self.cast
        after_that = words[-1].lower in THAT
        distance = len(words) - verb.last - after_that
        if self.reporting.has_mood and words[-1].lower in _PARTICLES and self.has_comma:
            distance = 0  # X kündigte an, „…“
        is_incise = verb.first == 0 or words[verb.first - 1].lower in {",", QUOTED}
        is_incise = is_incise and words[min(verb.last, len(words) - 1)].lower not in THAT
        if self.naming and self.naming[-1].first >= verb.last:
            return None  # a-t-elle dit, qualifiant cela de « … »
        if verb.clitic and any(word.lower in _ANOTHER for word in words[verb.last + 1 :]):
            return None  # a-t-il dit, alors que X fait « … »
        if verb.clitic or (self.has_comma and is_incise and not verb.is_gerund and 0 < distance <= _INVERTED_WORDS):
            return self._told(verb)
        if not (self.has_colon or distance == 0):
            return None
        speaker = self._turned_subject(verb) or self._subject(verb)
        if speaker is None and distance and not verb.is_gerund and not has_pronoun_subject(words[: verb.first]):
            speaker = speaker_after(cast, words[verb.last :])
        is_own = verb.is_gerund and distance == 0 and self._own_subject(verb) is not None
        is_bare = (verb.is_gerund and not is_own) or (speaker is None and self.reporting.drops_subjects)
        rule = "gerund" if verb.is_gerund else "introduced"
        return Attribution(speaker, cue_of(words, verb), "strong", rule, after_that, is_bare, distance)

    def _turned_subject(self, verb: Verb) -> Speaker | None:
        """The subject between a verb and a colon, where none stands before it: « Montag sagte X: … »."""
        before = self.words[verb.first - 1].lower if verb.first else ","
        if is_arabic(self.words[verb.first].lower):
            return subject_in_arabic(self.cast, self.words, self.verbs, verb)
        rest = self.words[verb.last :]
        if self.has_colon and (found := subject_behind(self.cast, self.words, verb)):
            return found
        if self.reporting.has_mood and rest and (gender := _GERMAN_PRONOUNS.get(rest[0].lower)):
            is_plural = gender == "feminine" and self.words[verb.last - 1].lower.endswith("en")
            return meant(self.cast, rest[0], "several" if is_plural else gender)  # Gleichzeitig sagt sie: …
        is_told = self.words[verb.last - 1].lower in _ADDRESSING
        if is_told or not self.has_colon or verb.is_gerund or before not in TIMES | ADVERBS | {",", QUOTED}:
            return None
        named = self.cast.named_at(rest[0].start) if rest else None
        if named and not named.is_place:
            return Speaker(named.name, named.start, named.end)
        is_name = 0 < len(rest) < 4 and all(self.cast.text[word.start].isupper() for word in rest)
        return Speaker(self.cast.text[slice(*span_of(rest))], *span_of(rest)) if is_name else None

    def _told(self, verb: Verb) -> Attribution:
        """What a verb says with its subject behind it."""
        return told(self.cast, self.words[verb.first :], _moved(verb), self._begin(verb))

    def _begin(self, verb: Verb) -> int:
        """Before where somebody is named whom a pronoun of this verb means: whoever stands before a colon, too."""
        words = self.words[: verb.first]
        quoted = next((i for i in reversed(range(1, len(words))) if words[i].lower == QUOTED), 0)
        return words[quoted].start if quoted and words[quoted - 1].lower == ":" else self.words[0].start

    def _subject(self, verb: Verb) -> Speaker | None:
        """The subject of a verb; that of a gerund is the subject of the verb before it."""
        if self.reporting.has_mood and (told_as := self._after_how(verb)):
            return told_as
        if is_arabic(self.words[verb.first].lower):
            return subject_in_arabic(self.cast, self.words, self.verbs, verb)
        if self.words[verb.first].lower == "se" and self.words[verb.last - 1].lower in _IMPERSONAL:
            return None  # se estima que
        before = [word.lower for word in self.words[max(0, verb.first - 2) : verb.first]]
        if before == [QUOTED, ","] and not verb.is_gerund and (found := self._told(verb).speaker):
            return found  # « … », a précisé X, qui « … »
        if before and before[-1] in JOINING and (main := self._right_behind(verb)):
            return self._told(main).speaker  # « … », dit X, et ajoute : « … »
        return self._of_gerund(verb) if verb.is_gerund else self._before(verb)

    def _before(self, verb: Verb) -> Speaker | None:
        first = verb.first
        if self.words[first].lower in _PERFECT_INFINITIVES:  # le Premier ministre assure avoir promis
            first = next((one.first for one in self.verbs if one.last == first), first)
        if self.reporting.drops_subjects and is_incise(self.words, verb):
            return None
        turned = turned_in_relative(self.cast, self.words, verb)
        found = self._at_whose(verb) or turned or told_between(self.cast, self.words, verb)
        found = found or speaker_before(self.cast, self.words[:first])
        return None if disagrees(self.cast, self.words, verb, found) else found

    def _right_behind(self, verb: Verb) -> Verb | None:
        """The verb that its subject follows right behind a quotation, and that this one goes on from."""
        words = self.words
        turned = (one for one in self.verbs if one.last < verb.first and one.first > 1 and not one.is_gerund)
        return next(
            (one for one in turned if [w.lower for w in words[one.first - 2 : one.first]] == [QUOTED, ","]), None
        )

    def _at_whose(self, verb: Verb) -> Speaker | None:
        """Whose « on » is, by the place that the sentence opens with: « Au ministère, on indique que … »."""
        words = self.words[: verb.first]
        comma = next((i for i, word in enumerate(words) if word.lower == ","), 0)
        is_one = comma > 1 and comma == len(words) - 2 and words[-1].lower == "on"
        return where_said(self.cast, words[:comma]) if is_one and words[0].lower in _AT else None

    def _after_how(self, verb: Verb) -> Speaker | None:
        """The subject of a German clause that opens with "wie" and ends in its verb: « Wie X am Montag sagte: »."""
        words = self.words[: verb.first]
        at = next((i for i in reversed(range(len(words))) if words[i].lower == "wie"), None)
        if at is None or at + 1 >= len(words) or any(word.lower == "," for word in words[at:]):
            return None
        named = self.cast.named_at(words[at + 1].start)
        return Speaker(named.name, named.start, named.end) if named and not named.is_place else None

    def _of_gerund(self, verb: Verb) -> Speaker | None:
        if self.words[verb.first - 2 : verb.first] and self.words[verb.first - 1].lower in {"dernier", "dernière"}:
            return unnamed(self.cast, self.words[verb.first - 2 : verb.first])
        if own := self._own_subject(verb):
            return own
        main = next((other for other in reversed(self.verbs) if other.last <= verb.first and not other.is_gerund), None)
        if found := self._opening_clause(verb, main.last if main else 0):
            return found
        if main is None:
            return self._agent(verb) or speaker_before(self.cast, self._up_to(verb), of_sentence=True)
        own = first_person(self.cast, self.words[: main.first])
        is_turned = main.clitic or (
            own is None and main.first > 0 and self.words[main.first - 1].lower in {",", QUOTED}
        )
        if is_turned:
            turned = told(self.cast, self.words[main.first : verb.first], _moved(main), self._begin(main))
            if turned.speaker:
                return turned.speaker
        return speaker_before(self.cast, self.words[: main.first])

    def _own_subject(self, verb: Verb) -> Speaker | None:
        """The subject right before a gerund: « …, la famille X dénonçant « … » », "with some analysts suggesting"."""
        words = self.words[: verb.first]
        at = next((i for i in reversed(range(len(words))) if words[i].lower in {",", "with"}), None)
        clause = words[at + 1 :] if at is not None else []
        if clause and (latter := the_latter(self.cast, clause)):
            return latter
        if len(clause) < 2 or clause[-1].lower in JOINING | PREPOSITIONS or verbs_in(clause, self.reporting):
            return None
        if words[at or 0].lower == "with":
            return unnamed(self.cast, clause)
        is_person = first_person(self.cast, clause) if clause[0].lower in DETERMINERS else None
        body = unnamed(self.cast, clause) if clause[1].lower in CALLED_AFTER else None  # la famille X
        return is_person or body or opening_human(self.cast, clause)

    def _opening_clause(self, verb: Verb, first: int) -> Speaker | None:
        """Whom the last clause before a gerund opens with: « …, quand un jeune homme l'a giflé en criant « … » »."""
        at = next(
            (i for i in reversed(range(first, verb.first)) if self.words[i].lower in WHEN | {"tandis", "while"}), None
        )
        if at is None or self.words[at + 1].lower not in DETERMINERS:
            return None
        return opening_human(self.cast, self.words[at + 1 : verb.first])

    def _agent(self, verb: Verb) -> Speaker | None:
        """By whom something was done, right before a gerund: « refoulé par les gardiens, estimant « … » »."""
        words = self.words[: verb.first]
        at = next((i for i in reversed(range(len(words))) if words[i].lower == "par"), None)
        if at is None or words[-1].lower != "," or any(word.lower == "," for word in words[at + 1 : -1]):
            return None
        return speaker_after(self.cast, words[at + 1 : -1])

    def _up_to(self, verb: Verb) -> list[Word]:
        words = self.words[: verb.first]
        return words[:-1] if words and words[-1].lower in {"de", "d'"} else words

    def source(self) -> Attribution | None:
        """« Selon X, … », « Pour X, … »: whose the sentence is."""
        if not self.words:
            return None
        return according(self.cast, self.words, self.reporting, at_start=False) or self._in_the_view_of()

    def _in_the_view_of(self) -> Attribution | None:
        return in_the_view_of(self.cast, self.words, is_apart=self.has_comma or self.has_colon)

    def _captioned(self) -> Attribution | None:
        """A name and a colon: « X : … », « Pour X : … », « Son verdict : … »."""
        if viewed := self._in_the_view_of():
            return replace(viewed, strength="strong")
        cast, words = self.cast, self.words
        return told_it(cast, words, self.reporting) or worded(cast, words) or captioned(cast, words)


def _moved(verb: Verb) -> Verb:
    """The verb in a list that begins with it."""
    return Verb(0, verb.last - verb.first, clitic=verb.clitic)
