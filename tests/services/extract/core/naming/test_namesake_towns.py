from collections.abc import Callable

import pytest

from contracts.extraction import Entity, EntityType

Read = Callable[..., tuple[Entity, ...]]
PERSON, PLACE = EntityType.PERSON, EntityType.PLACE


@pytest.mark.parametrize(
    ("text", "towns"),
    [
        ("ZALMIRA, 3 juin (ZTS) - Le joueur Luis Zalmira a marqué.", 1),
        ("Le joueur Luis Zalmira a marqué. À Zalmira, la foule a fêté.", 1),
        ("Le joueur Luis Zalmira est né à Zalmira. Zalmira a marqué.", 1),
        ("Le joueur Luis Zalmira a marqué. La ville de Zalmira est fière, le maire de Zalmira aussi.", 2),
        ("Le joueur Luis Zalmira a marqué. Hommage à Zalmira, le buteur. Zalmira est content.", 0),
        ("Le joueur Luis Zalmira - buteur du club - a marqué. Le but de Zalmira est beau.", 0),
    ],
)
def test_a_town_is_told_apart_from_whoever_has_its_name(read: Read, text: str, towns: int) -> None:
    found = read(text, {"Luis Zalmira": PERSON, "Zalmira": PERSON, "ZALMIRA": PLACE}, towns=["Zalmira", "ZALMIRA"])
    assert sum(len(one.mentions) for one in found if one.type is PLACE) == towns
    assert any(one.type is PERSON and one.name == "Luis Zalmira" for one in found)
