"""Where in and around a sentence whoever speaks is named: behind it, within it, before its verb's own list."""

import pytest

from tests.services.extract.core.speech.test_quotations_told import told

FR = "Nous ne quitterons pas cette ville avant la fin du mois"
EN = "We will not leave this city before the end of the month"
DE = "Wir verlassen diese Stadt nicht vor dem Ende des Monats"
ES = "No dejaremos esta ciudad antes de que termine el mes"
IT = "Non lasceremo questa città prima della fine del mese"
AR = "لن نغادر هذه المدينة قبل نهاية الشهر"


@pytest.mark.parametrize(
    ("text", "language", "speaker", "cue"),
    [
        # the sentence behind
        (f"« {FR}. » Ces mots sont de Paul Durand.", "fr", "Paul Durand", None),
        (f"« {FR}. » La phrase est d'Anne Petit, le jour de son départ.", "fr", "Anne Petit", None),
        (f"“{EN}.” The words are those of Anne Petit, who left last year.", "en", "Anne Petit", None),
        (f"“{ES}.” Son palabras de Paul Durand.", "es", "Paul Durand", None),
        (f"«{IT}.» Sono le parole di Anne Petit.", "it", "Anne Petit", None),
        (f"«{IT}», le parole di Paul Durand.", "it", "Paul Durand", None),
        (f"“{ES}”, así lo aseguró Anne Petit.", "es", "Anne Petit", "aseguró"),
        (f"«{AR}»، هذا ما قاله رئيس الاتحاد.", "ar", "رئيس الاتحاد", "قاله"),
        # within the words
        (f"« Si tout va bien, explique le maire, {FR}. »", "fr", "le maire", "explique"),
        # an inverted pronoun with a verb of any meaning
        ("Paul Durand est là. C'est « une honte » et il faut agir, s'étouffe-t-il.", "fr", "Paul Durand", None),
        (f"«{IT}», si sfoga Paul Durand.", "it", "Paul Durand", "si sfoga"),
        (f"“{ES}”, dijo Paul Durand. “{ES}”, externó.", "es", "Paul Durand", "externó"),
        (f"« {FR} », tranche, lui, Paul Durand.", "fr", "Paul Durand", "tranche"),
        # whose view it is
        (f"Ainsi, pour Paul Durand, membre du comité : « {FR} ».", "fr", "Paul Durand", "pour"),
        (
            "Pour une partie des salariés, il s'agit d'un « prétexte un peu gros ».",
            "fr",
            "une partie des salariés",
            "Pour",
        ),
        (f"Per Paul Durand «{IT}».", "it", "Paul Durand", "Per"),
        ("Paul Durand est là. À ses yeux, « rien ne change en ville ».", "fr", "Paul Durand", "À ses yeux"),
        ("“Ya”, dijo Paul Durand. A su juicio, “no cambia nada en la ciudad”.", "es", "Paul Durand", "A su juicio"),
        ("Paul Durand kam. Seiner Meinung nach „ändert sich nichts“.", "de", "Paul Durand", "Seiner Meinung nach"),
        ("« Trop cher pour le village » d'après lui, Paul Durand a refusé le projet.", "fr", "Paul Durand", "d'après"),
        ("S'il dit ne pas vouloir « regarder en arrière », Paul Durand n'exclut rien.", "fr", "Paul Durand", "dit"),
        # whoever is quoted, and not the paper
        (f"“{EN},” Radio Sud quoted one witness as saying.", "en", "one witness", "quoted"),
        (f"Radio Sud quoted Anne Petit as saying: “{EN}.”", "en", "Anne Petit", "quoted"),
        # verbs with an infinitive
        ("Anne Petit a appelé à se concentrer « sur les questions de fond ».", "fr", "Anne Petit", "a appelé"),
        ("Anne Petit a reproché au maire de ne pas « tenir compte des faits ».", "fr", "Anne Petit", "a reproché"),
        ("Paul Durand a refusé, l'invitant à « travailler autrement ».", "fr", "Paul Durand", "invitant"),
        ("La société a promis, jurant de continuer « à œuvrer en paix ».", "fr", "La société", "jurant"),
        ("Anne Petit quiso recordar que “no dejaremos esta ciudad”.", "es", "Anne Petit", "quiso recordar"),
        # whose the gerund is
        ("Sa mère a été entendue, l'avocat dénonçant « un acharnement ».", "fr", "l'avocat", "dénonçant"),
        ("It came, with some analysts suggesting that it is “prejudiced work”.", "en", "some analysts", "suggesting"),
        (f"عبرت الوزيرة عن فخرها، مضيفة «{AR}».", "ar", "الوزيرة", "مضيفة"),
        (f"لكن الوزير رأى أن الأمر صعب، مضيفا «{AR}».", "ar", "الوزير", "مضيفا"),
        (f"وأضاف الوزير الذي تابع: «{AR}».", "ar", "الوزير", "تابع"),
        (f"وقال لـ«عكاظ» مدير المستشفى: «{AR}».", "ar", "مدير المستشفى", "وقال"),
        # phrases
        (f"“{EN},” said a source close to the talks.", "en", "a source close to the talks", "said"),
        (f"« {FR} », raconte un habitant installé au village.", "fr", "un habitant", "raconte"),
        (f"« {FR} », dit l'ancienne ministre et ex-députée.", "fr", "l'ancienne ministre et ex-députée", "dit"),
        (f"“{EN},” one of them said.", "en", "one of them", "said"),
        (f"“{EN}”, says WHO.", "en", "WHO", "says"),
        (f"“{ES}”, dijo a la prensa Paul Durand, alcalde de la ciudad.", "es", "Paul Durand", "dijo"),
        (f"“{ES}”, dijo Paul Durand a Anne Petit.", "es", "Paul Durand", "dijo"),
        (f"„{DE}“, sagte der Präsident wahrscheinlich.", "de", "der Präsident", "sagte"),
    ],
)
def test_a_turn_tells_who_says_it(text: str, language: str, speaker: str, cue: str | None) -> None:
    found = told(text, language)[-1]
    assert (found.speaker, found.direct) == (speaker, True)
    assert cue in {None, found.cue}


def test_a_pronoun_at_the_head_of_a_list_of_verbs_is_the_subject_of_each() -> None:
    found = told(f"Paul Durand came. In town, he asked about work, called it “a shame” and said, “{EN}.”", "en")
    assert [one.speaker for one in found] == ["Paul Durand", "Paul Durand"]


def test_he_is_whoever_spoke_without_a_name_in_the_sentence_before() -> None:
    text = f"“{EN},” said Paul Durand. He left. One resident said that nobody knew. “{EN},” he said."
    assert [one.speaker for one in told(text, "en")] == ["Paul Durand", "One resident"]


def test_she_is_the_lawyer_of_somebody_and_not_that_somebody() -> None:
    text = f"Anne Petit est venue. L'avocate de Paul Durand précise les faits. « {FR} », explique-t-elle."
    assert told(text)[-1].speaker == "L'avocate de Paul Durand"


def test_of_a_sentence_before_the_last_clause_tells_who_it_is_about() -> None:
    text = f"Les gens ont protesté, mais le directeur, Paul Durand, a pris sa défense. « {FR}. »"
    assert told(text)[-1].speaker == "Paul Durand"


def test_long_words_behind_what_a_thing_is_called_are_the_same_speakers() -> None:
    found = told("C'est la fête, qu'Anne Petit a qualifiée d'« illégale », « dans la mesure où elle nuit aux autres ».")
    assert [one.speaker for one in found] == ["Anne Petit", "Anne Petit"]


def test_shouts_are_no_names() -> None:
    found = told("« Paris libre ! », « Liberté ! », « Honte ! », scandaient les manifestants.")
    assert [one.speaker for one in found] == ["les manifestants"] * 3


def test_low_single_marks_quote_in_german() -> None:
    found = told(f"„Paul Durand sagt: ‚{DE}‘ – das glaube ich nicht.“", "de")
    assert [(one.speaker, one.cue) for one in found][1:] == [("Paul Durand", "sagt")]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"« {FR}. » La phrase est de trop, dans ce pays.", "fr"),
        (f"« {FR}. » Ces mots ont choqué Paul Durand.", "fr"),
        (f"Cette décision s'explique par son âge. « {FR}. »", "fr"),
        ("The army focuses on what it calls “digital terrorism”.", "en"),
        ("Se estima que son “más de mil personas en la calle”.", "es"),
        ("La semana pasada anunció una “gran fiesta para todos”.", "es"),
        ("« A », a-t-il dit, alors que Paul Durand est accusé de « fraude ».", "fr"),
    ],
)
def test_nobody_is_told_where_nobody_speaks(text: str, language: str) -> None:
    assert told(text, language)[-1].speaker is None
