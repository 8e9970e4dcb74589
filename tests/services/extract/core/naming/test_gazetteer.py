import pytest

from contracts.extraction import EntityType
from services.extract.core.naming.gazetteer import Entry, Gazetteer
from services.extract.core.words import words

GAZETTEER = Gazetteer(
    [
        (Entry("ONU", EntityType.ORGANISATION), ["ONU", "Nations unies"]),
        (Entry("Conseil de sécurité", EntityType.ORGANISATION), ["Conseil de sécurité des Nations unies"]),
        (Entry("OTAN", EntityType.ORGANISATION), ["OTAN", "UNE"]),
        (Entry("Seine", EntityType.PLACE), ["Seine"]),
        (Entry("Front al-Nour", EntityType.ARMED_GROUP), ["Front al-Nour", "al-Nour"]),
        (Entry("missile", EntityType.WEAPON), ["missile", "S-300"]),
        (Entry("Total", EntityType.ORGANISATION), ["Total?"]),
    ]
)


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in GAZETTEER.find(text, words(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Les nations Unies protestent", []),  # the first capital of a name must be one
        ("Les Nations Unies protestent", ["Nations Unies"]),
        ("le Conseil de sécurité des Nations unies", ["Conseil de sécurité des Nations unies"]),  # the longest
        ("l’ONU et l'Onu, mais pas l'onu", ["ONU", "Onu"]),
        ("Une Otan plus forte", ["Otan"]),  # a short acronym in title case may be a common word
        ("le mouvement anti-OTAN", ["OTAN"]),
        ("à Vitry-sur-Seine", []),  # a part of another name
        ("le long de la Seine.", ["Seine"]),
        ("le front Al-Nour, Al-Nour", ["Al-Nour", "Al-Nour"]),
        ("le Front Al‑Nour", ["Front Al‑Nour"]),  # a hyphen that does not break
        ("un Missile, des S-300", ["Missile", "S-300"]),
        ("les Nations\nunies", []),  # never across lines
        ("CONSEIL DE SÉCURITÉ DES NATIONS UNIES", ["CONSEIL DE SÉCURITÉ DES NATIONS UNIES"]),
    ],
)
def test_a_listed_name_is_found_as_it_may_be_written(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_a_weak_name_says_so() -> None:
    text = "Total publie, la Seine monte"
    assert [hit.weak for hit in GAZETTEER.find(text, words(text))] == [True, False]


def test_offsets_count_code_points() -> None:
    text = "😀é (ONU)"
    (hit,) = GAZETTEER.find(text, words(text))
    assert text[hit.start : hit.end] == "ONU"
