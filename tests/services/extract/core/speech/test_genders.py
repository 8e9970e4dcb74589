"""Of which gender somebody is whom a noun phrase tells, and whom a pronoun behind it can mean."""

import pytest

from services.extract.core.speech.genders import of_phrase
from tests.services.extract.core.speech.test_quotations_told import among

Q = "« Nous perdrons peut-être cette maison »"


@pytest.mark.parametrize(
    ("phrase", "gender"),
    [
        ("la mère", "feminine"),
        ("cette élue", "feminine"),
        ("cet avocat", "masculine"),
        ("l' avocate", "feminine"),
        ("sa mère", "feminine"),
        ("son père", "masculine"),
        ("son avocate", "feminine"),  # « son » stands for « sa » before a vowel
        ("son avocat", "masculine"),
        ("son épouse", None),
    ],
)
def test_a_phrase_tells_a_gender_by_its_article_or_else_by_its_noun(phrase: str, gender: str | None) -> None:
    assert of_phrase(phrase.split()) == gender


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"Son avocate reste lucide : {Q}, lance-t-elle.", "Son avocate"),
        (f"Son épouse reste lucide : {Q}, lance-t-elle.", "Son épouse"),
        (f"Son père reste lucide : {Q}, lance-t-il.", "Son père"),
        (f"Son père reste lucide : {Q}, lance-t-elle.", None),
    ],
)
def test_a_pronoun_means_whoever_can_be_of_its_gender(text: str, speaker: str | None) -> None:
    assert [one.speaker for one in among(text, "fr")] == [speaker]
