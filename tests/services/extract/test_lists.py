import csv
from collections import Counter
from pathlib import Path

import pytest

from contracts.extraction import EntityType
from services.extract import lists

DATA = Path(lists.__file__).parent / "data"
FILES = sorted(DATA.glob("*.tsv"))
BY_COUNTRY = frozenset(("regions", "countries", "peoples"))  # where one name may be several countries'


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_line_of_a_list_is_whole_and_says_where_it_comes_from(path: Path) -> None:
    for row in rows(path):
        assert None not in row, row
        assert None not in row.values(), row
        assert row["source"], row
        assert "||" not in row["names"]
        if "type" in row:
            assert EntityType(row["type"])
        if row.get("latitude"):
            assert -90 <= float(row["latitude"]) <= 90
            assert -180 <= float(row["longitude"]) <= 180


@pytest.mark.parametrize("path", [path for path in FILES if path.stem not in BY_COUNTRY], ids=lambda path: path.stem)
def test_no_name_stands_twice_in_a_list_unless_it_is_weak_once(path: Path) -> None:
    names = Counter(name for row in rows(path) for name in row["names"].split("|"))
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize(
    ("name", "country"),
    [("NLAW", "GB"), ("AT4", "SE"), ("HK416", "DE"), ("Toronto Maple Leafs", "CA"), ("Boston Bruins", "US")],
)
def test_weapons_and_clubs_are_of_the_country_that_makes_or_has_them(name: str, country: str) -> None:
    found = lists.names("fr").gazetteer.named(name)
    assert found is not None
    assert found.country == country


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_list_is_described(path: Path) -> None:
    assert f"`{path.name}`" in (DATA / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "name", "country"),
    [
        ("fr", "Allemagne", "DE"),
        ("fr", "Etats-Unis", "US"),
        ("en", "Germany", "DE"),
        ("de", "Deutschland", "DE"),
        ("de", "Frankreichs", "FR"),
        ("de", "Niederlanden", "NL"),
        ("de", "Vereinigten Staaten", "US"),
        ("de", "Vereinigten Arabischen Emiraten", "AE"),
        ("ar", "سوريا", "SY"),
        ("ar", "سورية", "SY"),
    ],
)
def test_countries_are_known_in_the_articles_language(language: str, name: str, country: str) -> None:
    entry = lists.names(language).gazetteer.named(name)
    assert entry is not None
    assert (entry.type, entry.country, entry.source) == (EntityType.PLACE, country, "cldr")


@pytest.mark.parametrize(
    ("name", "country", "latitude", "longitude"),
    [
        ("Istrie", "HR", 45.2, 13.9),
        ("Vorarlberg", "AT", 47.2, 9.9),
        ("Moravie", "CZ", 49.3, 17.0),
        ("Thessalie", "GR", 39.5, 22.2),
        ("Tonkin", "VN", 21.5, 105.0),
        ("Prusse-Orientale", None, 54.3, 21.0),
        ("Tanganyika", None, -6.0, 29.6),
        ("Chablais", None, 46.3, 6.8),
        ("Yougoslavie", None, 44.0, 20.5),
        ("Terre-Neuve-et-Labrador", "CA", 53.0, -60.0),
        ("أمريكا اللاتينية", None, -10.0, -70.0),
    ],
)
def test_what_lies_apart_is_a_region_of_its_own_and_what_several_countries_share_has_none(
    name: str, country: str | None, latitude: float, longitude: float
) -> None:
    entry = lists.names("fr").gazetteer.named(name)
    assert entry is not None
    assert (entry.country, entry.latitude, entry.longitude) == (country, latitude, longitude)


@pytest.mark.parametrize(("language", "name"), [("en", "Gold Coast"), ("fr", "RDA"), ("fr", "AEF"), ("de", "Islands")])
def test_what_is_more_often_something_else_today_is_in_no_list(language: str, name: str) -> None:
    assert lists.names(language).gazetteer.named(name) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ONU", "Nations unies"),
        ("OTAN", "Alliance atlantique"),
        ("BCE", "Banque centrale européenne"),
        ("Kremlin", "الكرملين"),
        ("FARC", "Forces armées révolutionnaires de Colombie"),
    ],
)
def test_an_acronym_and_what_it_stands_for_are_one_thing(one: str, other: str) -> None:
    gazetteer = lists.names("fr").gazetteer
    assert gazetteer.named(one) == gazetteer.named(other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("FARC", "Armée de libération nationale"),
        ("M23", "FDLR"),
        ("Boko Haram", "Iswap"),
        ("YPG", "YPJ"),
        ("Forces de soutien rapide", "Mouvement populaire de libération du Soudan"),
        ("FMI", "Banque mondiale"),
        ("Hillary Clinton", "Bill Clinton"),
        ("Royal Marines", "Special Air Service"),
        ("GNA", "Gouvernement d'union nationale"),  # which many countries have had
        ("République populaire de Donetsk", "République populaire de Lougansk"),
    ],
)
def test_who_are_named_together_are_not_one(one: str, other: str) -> None:
    gazetteer = lists.names("fr").gazetteer
    assert (first := gazetteer.named(one)) is not None
    assert (second := gazetteer.named(other)) is not None
    assert first != second


def test_lists_of_ones_own_go_before_and_say_where_they_are_from(tmp_path: Path) -> None:
    header = "type\tcountry\tnames\tsource\n"
    (tmp_path / "armed_groups.tsv").write_text(f"{header}armed_group\tSY\tBrigade du Zalm|BDZ\tour desk\n", "utf-8")
    (tmp_path / "organisations.tsv").write_text(f"{header}organisation\t\tOTAN\tour desk\n", "utf-8")
    regions = "country\tlatitude\tlongitude\tnames\tsource\nSY\t35.1\t36.2\tZalmira\tour desk\n"
    (tmp_path / "regions.tsv").write_text(regions, "utf-8")
    (tmp_path / "given_names.tsv").write_text("names\tsource\nZorbix\tour desk\n", "utf-8")
    own = lists.names("fr", tmp_path)
    for name in ("BDZ", "OTAN", "Zalmira"):
        assert (entry := own.gazetteer.named(name)) is not None
        assert entry.source == "our desk"
    assert (entry := own.gazetteer.named("Zalmira")) is not None
    assert (entry.country, entry.latitude, entry.longitude) == ("SY", 35.1, 36.2)
    assert "zorbix" in own.given
    assert own.gazetteer.named("Daech") is not None
    assert lists.names("fr").gazetteer.named("BDZ") is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("type\tcountry\tnames\tsource\nperson\tFR\tZorb\n", "line 2"),
        ("type\tcountry\tnames\tsource\nperson\tFR\t\town\n", "line 2"),
        ("type\tcountry\tnames\tsource\nperso\tFR\tZorb\town\n", "`perso` is no type"),
    ],
)
def test_a_line_of_ones_own_that_cannot_be_read_is_named(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "persons.tsv").write_text(content, "utf-8")
    with pytest.raises(lists.Misread, match=reason):
        lists.names("fr", tmp_path)


def test_a_language_that_the_cldr_lacks_is_served_with_english_names() -> None:
    assert lists.names("und").gazetteer.named("Germany") is not None


@pytest.mark.parametrize(
    ("word", "country"), [("syriennes", "SY"), ("nord coreens", "KP"), ("kurde", None), ("occidentaux", None)]
)
def test_words_for_peoples_are_known_in_all_their_forms(word: str, country: str | None) -> None:
    assert lists.demonyms("fr")[word] == country


def test_a_country_and_a_place_have_coordinates() -> None:
    for name in ("Syrie", "Crimée", "Euphrate"):
        entry = lists.names("fr").gazetteer.named(name)
        assert entry is not None
        assert entry.latitude is not None
