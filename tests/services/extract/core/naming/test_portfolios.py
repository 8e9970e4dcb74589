from collections.abc import Callable

import pytest

from contracts.extraction import Entity, EntityType

Read = Callable[..., tuple[Entity, ...]]
PERSON, BODY = EntityType.PERSON, EntityType.ORGANISATION


@pytest.mark.parametrize(
    ("text", "span", "name"),
    [
        ("Le ministre turc de la Défense Zorb Zarbin parle", "ministre turc de la Défense Zorb Zarbin", "Zorb Zarbin"),
        ("Le ministre zalmirien de la Défense Zorb Zarbin parle", "Défense Zorb Zarbin", "Zorb Zarbin"),
        ("La ministre des Armées Zorba al-Zarbin parle", "Armées Zorba al-Zarbin", "Zorba al-Zarbin"),
    ],
)
def test_who_holds_a_portfolio_is_named_behind_it(read: Read, text: str, span: str, name: str) -> None:
    assert [(one.name, one.type) for one in read(text, {span: BODY})] == [(name, PERSON)]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("Le club Défense Zorb Zarbin a gagné", "Défense Zorb Zarbin"),
        ("Le ministère de la Défense Zorb Zarbin", "Défense Zorb Zarbin"),
    ],
)
def test_without_a_minister_it_is_no_portfolio(read: Read, text: str, span: str) -> None:
    assert not any(one.type is PERSON and one.name == "Zorb Zarbin" for one in read(text, {span: BODY}))
