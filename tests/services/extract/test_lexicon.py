"""The ordinary words of French, out of the model that is installed."""

import pytest

from services.extract.lexicon import ordinary_words


@pytest.mark.parametrize("word", ["histoire", "histoires", "partez", "détruire", "école", "ecole", "gros"])
def test_words_are_known_in_their_forms_and_without_the_accent_of_their_capital(word: str) -> None:
    assert ordinary_words("fr")(word)


@pytest.mark.parametrize("name", ["macron", "marseille", "zarbin", ""])
def test_names_are_no_words(name: str) -> None:
    assert not ordinary_words("fr")(name)


def test_a_language_without_tables_has_no_words() -> None:
    assert not ordinary_words("xx")("histoire")
