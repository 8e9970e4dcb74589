"""First surnames that stand by themselves in Spanish."""

from contracts.extraction import Entity, EntityType
from contracts.value import Mention
from services.extract.core.speech.surnames import first_surnames


def person(name: str, *, kind: EntityType = EntityType.PERSON) -> Entity:
    return Entity(name=name, type=kind, mentions=(Mention(start=0, end=len(name), surface=name),))


def called(text: str, *names: str) -> list[tuple[str, str]]:
    found = first_surnames(text, [person(name) for name in names])
    return [(text[start:end], name) for start, end, name in found]


def test_the_last_word_but_one_of_a_name_is_the_surname_that_papers_use() -> None:
    text = "Inés Marta Zabal Orué llegó tarde. En la plaza, Zabal habló poco. Según Zabal, no hay prisa."
    assert called(text, "Inés Marta Zabal Orué") == [("Zabal", "Inés Marta Zabal Orué")] * 2


def test_a_name_with_one_surname_has_no_first_one() -> None:
    assert called("Inés Zabal llegó tarde. Inés habló poco.", "Inés Zabal") == []


def test_a_surname_that_two_have_is_nobodys() -> None:
    assert called("Llegaron. Zabal habló poco.", "Inés Marta Zabal Orué", "Luis Zabal Pons") == []


def test_a_given_name_is_no_surname() -> None:
    assert called("Luis Carlos Zabal llegó. Carlos habló poco.", "Luis Carlos Zabal") == []


def test_part_of_another_name_is_not_meant() -> None:
    text = "Marta Zabal Orué llegó. La Plaza Zabal estaba vacía y Zabal Pons no vino."
    assert called(text, "Marta Zabal Orué") == []
