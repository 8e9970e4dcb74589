"""Sentences that name somebody beside words in marks who has not said them: nobody is better than the wrong one."""

import pytest

from tests.services.extract.core.speech.test_quotations_told import told

FR = "Nous ne quitterons pas cette ville avant la fin du mois"
EN = "We will not leave this city before the end of the month"
ES = "No dejaremos esta ciudad antes de que termine el mes"


@pytest.mark.parametrize(
    "text",
    [
        "Asked whether “the house will ever be sold,” Paul Durand declined.",
        "After reading “Gone With the Wind and Other Stories,” Paul Durand resigned.",
        "In response to a question on whether “the deal was already dead,” Paul Durand shrugged.",
        f"It was made clear to Paul Durand that “{EN}.”",
    ],
)
def test_who_answers_words_of_others_has_not_said_them(text: str) -> None:
    assert told(text, "en")[-1].speaker is None


@pytest.mark.parametrize("gerund", ["en saluant Paul Durand", ", en visant Paul Durand,", "en montrant Paul Durand"])
def test_who_is_greeted_by_a_speaker_does_not_speak(gerund: str) -> None:
    assert told(f"« {FR} », a déclaré {gerund} la ministre.")[-1].speaker != "Paul Durand"


@pytest.mark.parametrize(
    "several", ["thousands of dollars were paid", "dozens of houses fell", "hundreds of miles away"]
)
def test_hundreds_of_things_say_nothing(several: str) -> None:
    assert told(f"The ministers met. On Monday, {several}. “{EN},” they said.", "en")[-1].speaker == "The ministers"


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"“{ES}”, dijo el vecino de Mataró.", "el vecino de Mataró"),
        (f"“{ES}”, dijo el primer ministro Sharon.", "el primer ministro Sharon"),
        (f"El portavoz de Denuncia Pública dijo que “{ES}”.", "El portavoz de Denuncia Pública"),
        (f"Paul Durand, de la plataforma Denuncia, dijo que “{ES}”.", "Paul Durand"),
    ],
)
def test_spanish_names_that_look_like_verbs_are_names(text: str, speaker: str) -> None:
    assert told(text, "es")[-1].speaker == speaker


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Radio Sud développe « une intelligence artificielle pour tous les usages ».", "fr"),
        ("Paul Durand décortique « Le Capital au XXIe siècle ».", "fr"),
        ("La réforme soulève « un immense espoir dans le pays ».", "fr"),
    ],
)
def test_what_somebody_makes_or_reads_is_no_speech(text: str, language: str) -> None:
    assert [one.direct for one in told(text, language)] == [False]
