"""Recognisers of others: found by their entry points, asked for only by name."""

from collections.abc import Sequence
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from pydantic import ValidationError

from contracts.extraction import EntityType
from services.chassis.explain import explain
from services.extract import installed, model
from services.extract.core.naming.found import Found
from services.extract.core.versions import LISTED, versions
from services.extract.settings import ExtractSettings


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
    monkeypatch.setattr(installed, "entry_points", lambda group: [one for one in points if one.group == group])
    monkeypatch.setattr(EntryPoint, "load", lambda _: brought)


def test_none_is_used_that_nobody_asked_for() -> None:
    assert model.chosen_recognisers("") == {}


def test_one_speaks_for_the_languages_that_it_brings() -> None:
    found = model.chosen_recognisers(" shouting,")
    assert set(found) == {"fr", "de"}
    assert found["de"](["ZORB", "zorb"]) == [[Found(0, 4, EntityType.PERSON)], []]


def test_one_that_is_not_installed_is_named_with_those_that_are() -> None:
    with pytest.raises(installed.NoRecogniser, match=r"`whispering`.*there is: shouting"):
        model.chosen_recognisers("shouting,whispering")


def test_one_that_is_not_installed_is_told_before_anything_starts_with_its_setting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("WIREROOM_EXTRACT_RECOGNISERS", "shouting, whispering")
    with pytest.raises(ValidationError) as raised:
        ExtractSettings()

    told = explain(raised.value)
    assert told is not None
    assert told.startswith(
        "WIREROOM_EXTRACT_RECOGNISERS (from the environment) is 'shouting, whispering': no installed"
    )
    assert "`whispering`" in told


def test_lists_of_ones_own_have_a_version_that_their_lines_make(tmp_path: Path) -> None:
    (tmp_path / "persons.tsv").write_text("names\tcountry\ttype\tsource\n")
    before = [installed.version_of_lists(one) for one in (None, tmp_path, tmp_path)]
    (tmp_path / "persons.tsv").write_text("names\tcountry\ttype\tsource\nAda Lovelace\tGB\tperson\tmine\n")
    after = installed.version_of_lists(tmp_path)

    assert before[0] == ""
    assert before[1] == before[2] != after
    assert {name for name, version in versions("3.8.0", after).items() if version.endswith(f"+{after}")} == LISTED
    assert versions("3.8.0", after)["entities"] == f"3.8.0+{versions(None)['entities']}+{after}"
    assert versions("3.8.0", "") == versions("3.8.0")
