import pytest

from contracts.extraction import Entity, EntityType
from contracts.value import Mention
from services.extract.core.speech.lone_names import lone_names


def found(text: str, *entities: Entity) -> list[str]:
    return [name for _, _, name in lone_names(text, entities)]


def entity(text: str, surface: str, kind: EntityType, name: str | None = None) -> Entity:
    at = text.index(surface)
    mention = Mention(start=at, end=at + len(surface), surface=surface)
    return Entity(name=name or surface, type=kind, mentions=(mention,))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Jérémy a huit ans.", ["Jérémy"]),
        ("La lettre de Samuel Verdier est arrivée.", ["Samuel Verdier"]),
        ("Il vit rue Pierre et va au lycée Victor.", []),
        ("L'église Saint-Michel, la tempête Xavier", []),
        ("Pierre angulaire du projet, le pont est fini.", []),
        ("Le match de Noël est fini.", []),
        ("Le voilier Marie et la boulangerie Louise", []),
        ("Le petit Jérémy et l'avocate Louise", ["Jérémy", "Louise"]),
        ("Jeanne d'Arc et Charles de Marolles", []),
    ],
)
def test_a_given_name_that_nothing_else_says_what_it_is_is_a_persons(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_a_given_name_means_the_only_person_who_is_called_so() -> None:
    text = "Julien Dumas parle. Pour Julien, tout va bien."
    assert found(text, entity(text, "Julien Dumas", EntityType.PERSON)) == ["Julien Dumas"]


def test_what_was_found_already_is_not_found_again() -> None:
    text = "Marine Dupond est venue."
    assert found(text, entity(text, "Marine Dupond", EntityType.PERSON)) == []


def test_a_given_name_is_no_place_but_where_places_have_it() -> None:
    assert found("Jérémy dort.", entity("Jérémy dort.", "Jérémy", EntityType.PLACE)) == ["Jérémy"]
    assert found("Florence dort.", entity("Florence dort.", "Florence", EntityType.PLACE)) == []


def test_a_name_has_no_more_than_four_words_behind_the_given_one_and_none_is_found_within_another() -> None:
    assert found("Léa " * 12) == ["Léa Léa Léa Léa Léa", "Léa Léa Léa Léa Léa", "Léa Léa"]
