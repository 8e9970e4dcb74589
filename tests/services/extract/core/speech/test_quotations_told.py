"""Who speaks and by which words, where a sentence says it in a roundabout way: each line is one way."""

import pytest

from contracts.extraction import Entity, EntityType, Quotation
from contracts.value import Mention, Span
from services.extract.core.speech.quotations import quotations

Q = "Nous ne quitterons pas cette ville avant la fin du mois"
PERSONS, BODIES = ("Paul Durand", "Anne Petit", "Petit"), ("Radio Sud", "Sud Hebdo")


def told(text: str, language: str = "fr") -> list[Quotation]:
    return _read(text, language, PERSONS, BODIES)


def among(text: str, language: str = "fr") -> list[Quotation]:
    """The same, of more persons and bodies."""
    persons = ("Paul Durand", "Anne Petit", "Marc Leroy", "Julie Morel", "Karim Haddad")
    return _read(text, language, persons, ("Radio Sud", "Nordalia"))


def _read(text: str, language: str, persons: tuple[str, ...], bodies: tuple[str, ...]) -> list[Quotation]:
    named = [(name, EntityType.PERSON) for name in persons] + [(name, EntityType.ORGANISATION) for name in bodies]
    entities = []
    for name, kind in named:
        starts = [at for at in range(len(text)) if text.startswith(name, at)]
        mentions = tuple(Mention(start=at, end=at + len(name), surface=name) for at in starts)
        entities.append(Entity(name=name, type=kind, mentions=mentions))
    return list(quotations(text, (Span(start=0, end=len(text)),), tuple(entities), language))


@pytest.mark.parametrize(
    ("sentence", "speaker", "cue"),
    [
        ("« {} », explique-t-on à Radio Sud.", "Radio Sud", "explique-t-on"),
        ("« {} », dit-on dans l'entourage d'Anne Petit.", "l'entourage d'Anne Petit", "dit-on"),
        ("« {} », affirme-t-on du côté de Bercy.", "Bercy", "affirme-t-on"),
        ("« {} », a-t-on appris lundi de sources proches du dossier.", "sources proches du dossier", "a-t-on appris"),
        ("Paul Durand est venu. « {} », glisse t’il.", "Paul Durand", "glisse t’il"),
        ("Paul Durand est venu. « {} », raconte t-il en partant.", "Paul Durand", "raconte t-il"),
        ("« {} », affirment les experts.", "les experts", "affirment"),
        ("« {} », anticipe d'ores et déjà Paul Durand.", "Paul Durand", "anticipe"),
        ("« {} », affirme de son côté le très jeune conseiller.", "le très jeune conseiller", "affirme"),
        ("« {} », souffle l'ancien ministre tout en levant la main.", "l'ancien ministre", "souffle"),
        ("« {} », a réagi l'avocate de la famille Petit, Paul Durand.", "Paul Durand", "a réagi"),
        ("« {} », affirme le trésorier Radio Sud.", "le trésorier Radio Sud", "affirme"),
        ("« {} », explique l'un d'eux.", "l'un d'eux", "explique"),
        ("Les autres ont défendu l'idée : « {} » explique Paul Durand.", "Paul Durand", "explique"),
        ("Le capitaine, membre de Radio Sud, s'est dit fier : « {} ».", "Le capitaine", "s'est dit"),
        ("Paul Durand a pu dire : « {} ».", "Paul Durand", "a pu dire"),
        ("Radio Sud a diffusé un montage, posant la question : « {} »", "Radio Sud", "posant la question"),
        ("Paul Durand met tout de même en garde : « {} ».", "Paul Durand", "met tout de même en garde"),
        ("Un inconnu avait publié un message, où il écrivait : « {} ».", "un inconnu", "écrivait"),
        ("Quant à la suite, la ministre est catégorique : « {} ».", "la ministre", None),
        ("« {} » : Paul Durand en est convaincu.", "Paul Durand", None),
        ("« {} ». Voilà ce qu'a dit Paul Durand à la foule.", "Paul Durand", "a dit"),
        ("Dans un entretien, le nouveau président a surpris. « {} ».", "le nouveau président", None),
    ],
)
def test_a_french_sentence_tells_who_says_it(sentence: str, speaker: str, cue: str | None) -> None:
    (found,) = told(sentence.format(Q))
    assert (found.speaker or "").lower() == speaker.lower()
    assert (found.cue, found.direct) == (cue, True)


@pytest.mark.parametrize(
    ("sentence", "speaker", "cue"),
    [
        ("Paul Durand a critiqué l'idée, qu'il a qualifiée de « honteuse et fausse ».", "Paul Durand", "a qualifiée"),
        ("« Non », a dit Paul Durand, qualifiant le plan de « vraie folie ».", "Paul Durand", "qualifiant"),
        ("Paul Durand a dit que tout allait, ajoutant n'être « pas surpris ».", "Paul Durand", "ajoutant"),
        ("Après avoir dit que tous viendraient, Paul Durand a évoqué un « grand pas ».", "Paul Durand", "a évoqué"),
        ("Paul Durand a dénoncé cet acte et annoncé une « grande réforme ».", "Paul Durand", "annoncé"),
        ("Paul Durand affirme dans ce cadre avoir « simplement voulu bien faire ».", "Paul Durand", "affirme"),
        ("Sud Hebdo a décidé que « tout était à refaire ».", "Sud Hebdo", "a décidé"),
        ("Paul Durand a dit que le juge n'était qu'un « petit fonctionnaire ».", "Paul Durand", "a dit"),
        ("Le parc a attaqué le texte, qui condamne selon lui « tout un métier ».", "Le parc", "selon"),
        ("Paul Durand vend des lunettes qui donnent, selon ses termes, « une autre vue ».", "Paul Durand", "selon"),
        ("Anne Petit a fait part de ses « vives inquiétudes ».", "Anne Petit", "a fait part"),
        ("Le suspect a été arrêté par les gardiens, estimant « qu'il mentait ».", "les gardiens", "estimant"),
        (
            "« Non », a dit la ville dans un texte qui a par la suite évoqué une « simple erreur ».",
            "un texte",
            "a par la suite évoqué",
        ),
    ],
)
def test_words_woven_into_a_sentence_are_told_by_the_verb_that_governs_them(
    sentence: str, speaker: str, cue: str
) -> None:
    found = told(sentence)[-1]
    assert (found.speaker, found.cue, found.kind) == (speaker, cue, "partial")


@pytest.mark.parametrize(
    "sentence",
    [
        "La sociologie dite « analytique », espère renouveler le genre.",
        "Paul Durand est l'auteur de « Voyage au bout de la nuit ».",
        "Paul Durand cite la loi qui consacre l'idée selon laquelle « tout est permis ».",
    ],
)
def test_nobody_says_a_term_or_a_title(sentence: str) -> None:
    (found,) = told(sentence)
    assert (found.speaker, found.direct) == (None, False)


def test_several_who_spoke_as_one_are_meant_by_a_plural() -> None:
    first, second = told(f"« {Q} », soulignent les experts. « {Q} », rappellent-ils.")
    assert (first.speaker, second.speaker) == ("les experts", "les experts")


def test_a_heading_in_marks_is_not_of_the_sentence_before_it() -> None:
    found = told("Le ministre a été reçu lundi.\n« Une justice à bout de souffle »\nAnne Petit est venue.")[0]
    assert found.speaker is None


@pytest.mark.parametrize(
    ("sentence", "language", "speaker", "cue"),
    [
        ("Radio Sud rejected the claims as “patently false and absurd”.", "en", "Radio Sud", "rejected"),
        ("Paul Durand told us the ministry's claim “is patently false and absurd”.", "en", "Paul Durand", "told"),
        (f"Paul Durand, who lives in Berlin, told Reuters previously: “{Q}”", "en", "Paul Durand", "told"),
        ("“{},” the Radio Sud aide said.", "en", "the Radio Sud aide", "said"),
        ("Paul Durand, speaking after the vote, said: “{}.”", "en", "Paul Durand", "said"),
        ("Anne Petit was wrong to ask, Paul Durand said. “{},” he added.", "en", "Paul Durand", "added"),
        ("„{}“, ereiferte sich der Trainer.", "de", "der Trainer", "ereiferte"),
        ("„{}“ sagte der Arzt.", "de", "der Arzt", "sagte"),
        ("“{}”, dicen desde el ayuntamiento.", "es", "el ayuntamiento", "dicen"),
        ("“{}”, interpuso Paul Durand.", "es", "Paul Durand", "interpuso"),
        ("“{}”. Estas son las palabras con las que Paul Durand abre su carta.", "es", "Paul Durand", None),
    ],
)
def test_other_languages_tell_it_in_ways_of_their_own(
    sentence: str, language: str, speaker: str, cue: str | None
) -> None:
    found = told(sentence.format(Q), language)[-1]
    assert (found.speaker, found.cue, found.direct) == (speaker, cue, True)


def test_a_german_sentence_in_the_mood_of_reported_speech_goes_on_with_it() -> None:
    first, second = told(f"„{Q}“, sagte Paul Durand. Der Plan habe „alles auf den Kopf gestellt“.", "de")
    assert (first.speaker, second.speaker, second.kind) == ("Paul Durand", "Paul Durand", "partial")


def test_a_spanish_verb_without_a_subject_lets_the_last_speaker_go_on() -> None:
    text = f"“{Q}”, dijo Paul Durand.\nLlovía mucho.\nAñadió que no hay razones para temer. “{Q}”."
    assert [one.speaker for one in told(text, "es")] == ["Paul Durand", "Paul Durand"]


@pytest.mark.parametrize(("clitic", "name"), [("il", "Paul Durand"), ("elle", "Anne Petit")])
def test_a_given_name_tells_whom_a_pronoun_means(clitic: str, name: str) -> None:
    (found,) = told(f"Paul Durand a vu Anne Petit. « {Q} », a-t-{clitic} dit.")
    assert found.speaker == name


@pytest.mark.parametrize("sentence", ['"{}" she told Radio Sud by telephone.', '"{}" she told Radio Sud.'])
def test_a_comma_that_was_lost_before_she_told_somebody_is_not_missed(sentence: str) -> None:
    (found,) = told("Anne Petit was on the bus. " + sentence.format(Q), "en")
    assert (found.speaker, found.cue) == ("Anne Petit", "told")
