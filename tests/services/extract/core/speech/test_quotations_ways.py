"""Ways of telling that were not read once: a source right behind the words, verbs that need a second word, papers."""

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
        # whose the words are stands right behind them, and is nobody who was named before
        ("Le comité, composé « de trois à cinq membres » selon un cadre, se réunit.", "fr", "un cadre", "selon"),
        (
            "Le président Paul Durand est là. Il faut « gagner des batailles », selon un dirigeant.",
            "fr",
            "un dirigeant",
            "selon",
        ),
        ("Nach Angaben von Paul Durand ist das „eine große Schande“.", "de", "Paul Durand", "Nach Angaben"),
        # verbs
        ("Paul Durand s'est prononcé pour « renforcer les équipes ».", "fr", "Paul Durand", "s'est prononcé"),
        ("« Oui », ajoute Paul Durand, en citant la volonté « d'aider les gens ».", "fr", "Paul Durand", "citant"),
        ("Les avocats évoquent, eux, « une machination judiciaire ».", "fr", "Les avocats", "évoquent"),
        ("La loi, jugée « inutile et dangereuse » par Paul Durand, est là.", "fr", "Paul Durand", "jugée"),
        (f"« {FR} », dit en souriant Anne Petit.", "fr", "Anne Petit", "dit"),
        ("The mayor said she hoped that this would bring “comfort and relief”.", "en", "The mayor", "said"),
        (f"“{EN},” Anne Petit began, before leaving the room.", "en", "Anne Petit", "began"),
        (f"Paul Durand made it clear that “{EN}.”", "en", "Paul Durand", "made it clear"),
        (f"“{EN},” the president was quoted as saying.", "en", "the president", "was quoted as saying"),
        (f"Paul Durand dejó en claro que “{ES}”.", "es", "Paul Durand", "dejó en claro"),
        (f"El mandatario hizo saber que “{ES}”.", "es", "El mandatario", "hizo saber"),
        (f"“{ES}”, señalaban las participantes de la marcha.", "es", "las participantes de la marcha", "señalaban"),
        ("Las vecinas salieron a la calle para exigir “respeto para todas”.", "es", "Las vecinas", "exigir"),
        (f"Paul Durand ha fatto sapere che «{IT}».", "it", "Paul Durand", "ha fatto sapere"),
        ("Paul Durand ha definito il piano «una vergogna assoluta».", "it", "Paul Durand", "ha definito"),
        # a subject with a clause of its own, or with what it speaks for
        (f"“{EN},” Anne Petit, who has lived there for years, said.", "en", "Anne Petit", "said"),
        (f"“{EN},” a police officer, who asked not to be named, told Radio Sud.", "en", "a police officer", "told"),
        (f"“{EN},” a spokesman for the ministry said.", "en", "a spokesman for the ministry", "said"),
        # what is read in a paper
        (f"« {FR} », peut-on lire dans le rapport.", "fr", "le rapport", "peut-on lire dans le rapport"),
        (f"„{DE}“, heißt es in der Mitteilung.", "de", "der Mitteilung", "heißt es in der Mitteilung"),
        (f"“{ES}”, se lee en el comunicado.", "es", "el comunicado", "se lee en el comunicado"),
        (f"«{IT}», si legge nella nota.", "it", "nota", "si legge nella nota"),
        # Arabic: the words behind a name that begin what is said
        (f"أعلنت السلطات انها «{AR}».", "ar", "السلطات", "أعلنت"),
        (f"وقال رئيس المكتب ان الحطام الذي عثر عليه «{AR}».", "ar", "رئيس المكتب", "وقال"),
        ("قالت الشركة ان ذلك يشكل «تقدما كبيرا في العمل».", "ar", "الشركة", "قالت"),
        (f"وقال خلال الزيارة: «{AR}».", "ar", None, "وقال"),
    ],
)
def test_a_sentence_tells_who_says_it(text: str, language: str, speaker: str | None, cue: str) -> None:
    found = told(text, language)[-1]
    assert (found.speaker and found.speaker.lower(), found.cue) == (speaker and speaker.lower(), cue)
    assert found.direct


def test_a_participle_before_a_noun_says_nothing() -> None:
    (found,) = told("A drug would induce “torpor”—the term for the hibernating state.", "en")
    assert (found.speaker, found.direct) == (None, False)


def test_what_somebody_concludes_is_nobodys_name() -> None:
    found = told(f"„{DE}“, sagte Paul Durand. Er ging. Seine Schlussfolgerung: „{DE}“", "de")
    assert [one.speaker for one in found] == ["Paul Durand", "Paul Durand"]


def test_a_spanish_verb_with_a_capital_begins_its_sentence_though_a_full_stop_is_lost() -> None:
    found = told(f"“{ES}”, dijo Paul Durand. El ministro le da margen al alcalde Dijo también que “{ES}”.", "es")
    assert [one.speaker for one in found] == ["Paul Durand", "Paul Durand"]


def test_an_english_auxiliary_stands_between_a_subject_and_its_verb() -> None:
    found = told(f"“Some read it and they might think, ‘{EN}’, but no,” said Paul Durand.", "en")
    assert [one.speaker for one in found] == ["Paul Durand", None]


def test_a_verb_before_a_name_tells_no_gender() -> None:
    found = told(f"Anne Petit est venue. « {FR} », souligne Paul Durand. « {FR} », se lamente-t-il.")
    assert [one.speaker for one in found] == ["Paul Durand", "Paul Durand"]


def test_hundreds_are_meant_by_they() -> None:
    (found,) = told(f"On Monday, hundreds of protesters came to town. “{EN},” they chanted.", "en")
    assert (found.speaker, found.cue) == ("hundreds of protesters", "chanted")


def test_a_block_may_open_behind_who_says_it() -> None:
    text = f'"{EN}," explains Anne Petit. "{EN}.\n\n"{EN}.\n\n"{EN}."'
    _, block = told(text, "en")
    assert (block.kind, block.speaker) == ("block", "Anne Petit")
    assert (block.start, block.end) == (text.index('. "') + 3, len(text) - 1)


def test_a_mark_that_is_never_closed_opens_no_block_where_the_next_paragraph_opens_none() -> None:
    found = told(f'"{EN}," explains Anne Petit. "{EN}.\n\nNobody left. "{EN}," she said.', "en")
    assert "block" not in {one.kind for one in found}


@pytest.mark.parametrize(
    ("rest", "speakers"),
    [
        ('"That is a lie," said Paul Durand.', ["Anne Petit", "Anne Petit", "Paul Durand"]),
        ('"That is a lie," said Dr. Paul Durand.', ["Anne Petit", "Anne Petit", "Paul Durand"]),
        (f'"{EN}.\n\n"That is a lie!" said Paul Durand.', ["Anne Petit", "Anne Petit", "Paul Durand"]),
        ('"That is no lie," she said.', ["Anne Petit", "Anne Petit"]),
        ('"That is no lie," Petit said.', ["Anne Petit", "Petit"]),
        ('"That is no lie." Paul Durand agrees.', ["Anne Petit", "Anne Petit"]),
    ],
)
def test_a_block_ends_before_another_who_is_named_speaks(rest: str, speakers: list[str]) -> None:
    found = told(f'"{EN}," said Anne Petit. "{EN}.\n\n{rest}', "en")
    assert [one.speaker for one in found] == speakers


def test_who_said_what_somebody_was_told_is_not_who_told_it() -> None:
    (found,) = told("The mayor said he told Anne Petit that this would bring “comfort and relief”.", "en")
    assert found.cue == "told"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Anne Petit cite « Les Misérables de Victor Hugo ».", "fr"),
        ("Anne Petit milite pour « une autre politique de la ville ».", "fr"),
        ("Anne Petit made plain “white shirts” for the whole team.", "en"),
    ],
)
def test_what_somebody_cites_stands_for_or_makes_is_not_said(text: str, language: str) -> None:
    (found,) = told(text, language)
    assert (found.speaker, found.direct) == (None, False)
