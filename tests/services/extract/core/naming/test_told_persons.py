"""Where no recogniser reads, whoever a verb of speaking stands beside is a person, and bodies and trades are none."""

import pytest

from services.extract.core.naming.told_persons import told_persons
from services.extract.core.words import words


def found(text: str, tongue: str) -> list[str]:
    persons = told_persons(text, words(text), tongue, frozenset(("miguel",)), lambda name, least=0: name == "Bad Elm")
    return [text[one.start : one.end] for one in persons]


@pytest.mark.parametrize(
    ("text", "tongue", "names"),
    [
        ("«No», afirmó Iker Zorbarena a las puertas.", "es", ["Iker Zorbarena"]),
        ("La consejera de Industria, Lucía Zorbaranda, calló.", "es", ["Lucía Zorbaranda"]),
        ("«Erano sei», racconta Gaspare Lo Zurlo, il medico.", "it", ["Gaspare Lo Zurlo"]),
        ("Il ministro dell'Interno Marco Zorbini ha detto no.", "it", ["Marco Zorbini"]),
        ("„Nein“, sagte die Hebamme Annegret Zorbenroth.", "de", ["Annegret Zorbenroth"]),
        ("Gemeindepräsident Reto Zorbrunn-Käslin betont das.", "de", ["Reto Zorbrunn-Käslin"]),
        ("Der Geologe Urs Zorbermatt von der Behörde schweigt.", "de", ["Urs Zorbermatt"]),
        ("Das sei so, sagte Peter Zorbach am Montag.", "de", ["Peter Zorbach"]),
        # no persons
        ("Tournee-Sieger Zorbawald sagte am Montag nichts.", "de", []),
        ("Im November sagte niemand etwas.", "de", []),
        ("Die ETH Zorbach sagte am Montag nichts.", "de", []),
        ("Bad Elm sagte die Feier ab.", "de", []),
        ("La Cruz Roja informó de ello.", "es", []),
        ("Aceros del Zorbión anunció el cierre.", "es", []),
        ("Habló Miguel Zorba Ruiz. Luego Zorba Ruiz dijo adiós.", "es", []),
        ("«Non», a dit Paul Zorband.", "fr", []),
        ("La Confederación Zorba anunció un paro.", "es", []),
        ("La ministra de Relaciones Zorbas, calló.", "es", []),
        ("Escribe una nueva Carta Zorba.", "es", []),
        ("Lo dijo el abogado de Miguel Zorba.", "es", ["Miguel Zorba"]),
        ("Concepción Zorba dijo que no.", "es", ["Concepción Zorba"]),
        ("Das sagte der Sportliche Leiter des Vereins.", "de", []),
        ("Das sagte der Sportliche Leiter Urs Zorber.", "de", ["Urs Zorber"]),
        ("Das sagte der Daily Star am Montag.", "de", []),
    ],
)
def test_persons_are_told_by_who_speaks(text: str, tongue: str, names: list[str]) -> None:
    assert found(text, tongue) == names
