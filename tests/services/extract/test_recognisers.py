"""Recognisers of others: found by their entry points, asked for only by name."""

from collections.abc import Sequence
from importlib.metadata import EntryPoint

import pytest

from contracts.extraction import EntityType
from services.extract import model
from services.extract.core.found import Found


class Shouting:
    """A recogniser that takes every word in capitals for a person."""

    name, version = "shouting", "1"

    def __call__(self, paragraphs: Sequence[str]) -> list[list[Found]]:
        return [[Found(0, len(each), EntityType.PERSON)] if each.isupper() else [] for each in paragraphs]


def brought() -> dict[str, Shouting]:
    return {"fr": Shouting(), "de": Shouting()}


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    points = [EntryPoint("shouting", f"{__name__}:brought", "wireroom.recognisers")]
    monkeypatch.setattr(model, "entry_points", lambda group: [one for one in points if one.group == group])
    monkeypatch.setattr(EntryPoint, "load", lambda _: brought)


def test_none_is_used_that_nobody_asked_for() -> None:
    assert model.chosen_recognisers("") == {}


def test_one_speaks_for_the_languages_that_it_brings() -> None:
    found = model.chosen_recognisers(" shouting,")
    assert set(found) == {"fr", "de"}
    assert found["de"](["ZORB", "zorb"]) == [[Found(0, 4, EntityType.PERSON)], []]


def test_one_that_is_not_installed_is_named_with_those_that_are() -> None:
    with pytest.raises(model.NoRecogniser, match=r"`whispering`.*there is: shouting"):
        model.chosen_recognisers("shouting,whispering")
