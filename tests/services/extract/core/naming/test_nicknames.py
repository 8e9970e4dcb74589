from collections.abc import Callable

import pytest

from contracts.extraction import Entity, EntityType

Read = Callable[..., tuple[Entity, ...]]
PERSON, PLACE, BODY = EntityType.PERSON, EntityType.PLACE, EntityType.ORGANISATION


@pytest.mark.parametrize(
    ("text", "nickname"),
    [
        ("Jean Zarbin, dit « Mobali », est parti. Mobali a fui.", "Mobali"),
        ("Jean Zarbin alias « Zorb » et son frère", "Zorb"),
        ("Jean Zarbin, surnommé « le Rouge », est parti", "Rouge"),
        ("Jean Zarbin, plus connu sous le nom de « Zorb Zalm », est parti", "Zorb Zalm"),
        ("Jean Zarbin, known as “Red”, has left", "Red"),
    ],
)
def test_a_nickname_is_whom_it_stands_behind(read: Read, text: str, nickname: str) -> None:
    found = read(text, {"Jean Zarbin": PERSON, nickname: PLACE})
    assert {mention.surface for mention in found[0].mentions} == {"Jean Zarbin", nickname}
    assert not any(one.type is PLACE for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "Jean Zarbin dit « Non ». Il part.",
        "« Oui », dit Jean Zarbin. « Zorb », ajoute-t-il.",
        "Jean Zarbin, dit « Le Monde », a été élu.",
        "La loi Jean Zarbin, dite « de la honte », est votée.",
        "Jean Zarbin, dit « Zalmira est à nous », a souri.",
    ],
)
def test_what_somebody_says_or_a_paper_writes_is_no_nickname(read: Read, text: str) -> None:
    (person,) = [one for one in read(text, {"Jean Zarbin": PERSON}) if one.type is PERSON]
    assert {mention.surface for mention in person.mentions} == {"Jean Zarbin"}


def test_a_citys_name_stays_the_citys(read: Read) -> None:
    found = read("Jean Zarbin, dit « Zalmira », vit à Zalmira.", {"Zalmira": PLACE}, towns=["Zalmira"])
    assert [(one.name, len(one.mentions)) for one in found if one.type is PLACE] == [("Zalmira", 2)]
