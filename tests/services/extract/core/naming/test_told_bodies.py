"""Where no recogniser reads, a body is told by its first word, with all that belongs to its name and nothing else."""

import pytest

from services.extract.core.naming.told_bodies import told_bodies
from services.extract.core.words import words


def found(text: str, tongue: str) -> list[str]:
    return [text[one.start : one.end] for one in told_bodies(text, words(text), tongue)]


@pytest.mark.parametrize(
    ("text", "tongue", "names"),
    [
        ("La Confederación Zorbana del Arte de Zorb calló.", "es", ["Confederación Zorbana del Arte de Zorb"]),
        ("El Ministerio de Salud y Deportes calló.", "es", ["Ministerio de Salud y Deportes"]),
        ("El Tribunal Supremo y la Guardia Civil.", "es", ["Tribunal Supremo", "Guardia Civil"]),
        ("El Partido Zorbano y Ana Zorba callan.", "es", ["Partido Zorbano"]),
        ("El Consejo Zorbano para Prevenir la Violencia", "es", ["Consejo Zorbano para Prevenir la Violencia"]),
        ("Lo dice la Federazione Zorbana della Pesca.", "it", ["Federazione Zorbana della Pesca"]),
        ("La Guardia di Finanza e la Corte di Zorbia", "it", ["Guardia di Finanza", "Corte di Zorbia"]),
        ("A Secretaria de Segurança de Zorbópolis disse.", "pt", ["Secretaria de Segurança de Zorbópolis"]),
        # nothing
        ("Consejo para quien viaja.", "es", []),
        ("Servicio, por favor.", "es", []),
        ("GUARDIA CIVIL", "es", []),
        ("Le Conseil de Zorbie.", "fr", []),
    ],
)  # fmt: skip
def test_a_body_is_told_by_its_first_word(text: str, tongue: str, names: list[str]) -> None:
    assert found(text, tongue) == names


@pytest.mark.parametrize(
    ("text", "tongue"),
    [
        ("La actriz Zarna Cruz Zorbés calló.", "es"),
        ("Vive en Santa Cruz de la Zorba.", "es"),
        ("Habla Ana Banco Zorbés.", "es"),
        ("Dom Zorbes Câmara Zorba nasceu.", "pt"),
        ("Lo dice Zarbo Corte Zorbi.", "it"),
    ],
)
def test_behind_a_saint_or_a_name_it_is_a_last_name(text: str, tongue: str) -> None:
    assert not told_bodies(text, words(text), tongue, frozenset(("ana",)))


def test_an_adjective_with_a_capital_may_stand_before_a_body() -> None:
    assert found("La Suprema Corte de Zorbia calló.", "es") == ["Corte de Zorbia"]
