"""The name lists of `data/` and the country names of the CLDR, read into what the core looks names up in."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from babel import Locale, UnknownLocaleError

from contracts.extraction import EntityType
from services.extract.core.naming.gazetteer import Entry, Gazetteer
from services.extract.core.naming.names import Names
from services.extract.core.words import fold, word_set
from services.extract.installed import version_of_lists
from services.extract.lexicon import ordinary_words

_TYPED_LISTS = ("persons", "armed_groups", "armed_forces", "organisations", "weapons", "others")
_NOTE = re.compile(r"\s*\(.*?\)")  # Myanmar (Birmanie)
_COUNTRY_CODE = re.compile(r"[A-Z]{2}")
# CLDR regions that are not countries: European Union, Eurozone, United Nations, pseudo-locales, outlying scraps.
_NOT_COUNTRIES = word_set("AC BV CP CQ DG EA EU EZ HM IC QO TA UM UN XA XB ZZ")
_ENDING = re.compile(r"(?<=[a-zäöü]{3})(?:e|er|es)(?= [A-Z])")  # Vereinigtes Königreich, Vereinigte Staaten
_PLURALS_IN_S = ("s", "x")
# Listed names that mean something else in a language: America is a continent, Seine is "his", Douma a town, San Martín
# a liberator and what is called after him, Islands of the Caymans as often as Iceland's.
_MEANT_OTHERWISE = {
    "en": frozenset(("europa", "douma")),
    "fr": frozenset(("europa", "ganges")),
    "de": frozenset(("seine", "eure", "gange", "islands")),
    "es": frozenset(("america", "san martin")),
    "pt": frozenset(("america",)),
    "ca": frozenset(("america",)),
    "gl": frozenset(("america",)),
}


_OF_TWO_COUNTRIES = frozenset(("Congo",))  # which a list of regions has, for the text to choose


class Misread(Exception):
    """Raised for a line of a list that is not written as they are."""


@cache
def names(language: str, own: Path | None = None) -> Names:
    """The names as they are written in a language (primary subtag); peoples are known in French only.

    `own` is a folder of further lists, whose names go before those of `data/`; raises Misread for a line that is none.
    """
    added = [*_regions(own), *_typed(own)] if own else []
    otherwise = _MEANT_OTHERWISE.get(language, frozenset())
    everywhere = [*_countries(language), *_regions(), *_typed(), *_peoples(language)]
    known = [(entry, [name for name in named if fold(name) not in otherwise]) for entry, named in everywhere]
    listed = Gazetteer([*added, *known])
    given = given_names() | (given_names(own) if own else frozenset())
    return Names(listed, demonyms(language), given, language == "fr", version_of_lists(own), ordinary_words(language))


@cache
def given_names(own: Path | None = None) -> frozenset[str]:
    """Folded given names that are rarely anything else."""
    return frozenset(fold(name) for row in _rows("given_names", own) for name in _names(row))


@cache
def demonyms(language: str) -> dict[str, str | None]:
    """Folded words for peoples and their countries; null where a people has none or several."""
    found: dict[str, str | None] = {}
    for country, forms in _people_forms() if language == "fr" else ():
        for form in forms:
            key = fold(form)
            found[key] = country if found.get(key, country) == country else None
    return found


def _rows(name: str, own: Path | None = None) -> Iterator[dict[str, str]]:
    """The lines of a list of `data/`, or of the folder `own`, which need not have it."""
    path = (own or files("services.extract.data")).joinpath(f"{name}.tsv")
    if own and not path.is_file():
        return
    with path.open(encoding="utf-8-sig") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in rows:
            if own and (None in row or None in row.values() or not row.get("names")):
                raise Misread(
                    f"{path}, line {rows.line_num}: as many columns as the first line has, and one of `names`"
                )
            yield row


def _names(row: dict[str, str]) -> list[str]:
    return [name for name in row["names"].split("|") if name]


def _plain(names_listed: list[str]) -> str:
    return names_listed[0].removesuffix("?")


def _typed(own: Path | None = None) -> Iterator[tuple[Entry, list[str]]]:
    for name in _TYPED_LISTS:
        for row in _rows(name, own):
            source = row["source"] if own else Entry.source
            try:
                kind = EntityType(row["type"])
            except ValueError:
                raise Misread(f"{own}/{name}.tsv: `{row['type']}` is no type of {', '.join(EntityType)}") from None
            # A weapon or an event of the same row is a thing of its own; spellings of one thing share a row.
            listed = _names(row)
            if name in {"weapons", "others"}:
                for alias in listed:
                    yield Entry(alias.removesuffix("?"), kind, row["country"] or None, source=source), [alias]
            else:
                yield Entry(_plain(listed), kind, row["country"] or None, source=source), listed


def _regions(own: Path | None = None) -> Iterator[tuple[Entry, list[str]]]:
    for row in _rows("regions", own):
        listed = _names(row)
        at = (float(row["latitude"]), float(row["longitude"])) if row["latitude"] else (None, None)
        source = row["source"] if own else Entry.source
        yield (
            Entry(
                _plain(listed), EntityType.PLACE, row["country"] or None, latitude=at[0], longitude=at[1], source=source
            ),
            listed,
        )


def _countries(language: str) -> Iterator[tuple[Entry, list[str]]]:
    placed = {row["code"]: row for row in _rows("countries")}
    for code, cldr_name in sorted(_cldr(language).items()):
        row = placed.get(code)
        listed = _names(row) if row else []
        known = {name.removesuffix("?") for name in listed}
        listed += [name for name in (_NOTE.sub("", cldr_name), *_aliases(cldr_name)) if name not in known]
        listed += _of_them(_NOTE.sub("", cldr_name)) if language == "de" else []
        if row:
            yield (
                Entry(
                    _NOTE.sub("", cldr_name),
                    EntityType.PLACE,
                    code,
                    float(row["latitude"]),
                    float(row["longitude"]),
                    "cldr",
                ),
                listed,
            )


def _of_them(name: str) -> list[str]:
    """The other cases of a country's name in German: Frankreichs, in den Niederlanden, der Vereinigten Staaten."""
    if " " in name:
        weak = _ENDING.sub("en", name)
        return [weak, f"{weak}n"] if weak != name and name.endswith("e") else [weak] if weak != name else []
    return [f"{name}n"] if name.endswith("lande") else [] if name.endswith(("s", "z", "x")) else [f"{name}s"]


def _aliases(cldr_name: str) -> Iterator[str]:
    yield from (alias for alias in re.findall(r"\((.*?)\)", cldr_name) if alias not in _OF_TWO_COUNTRIES)
    if cldr_name.startswith(("La ", "Le ", "L’")):
        yield f"{cldr_name.split(maxsplit=1)[-1]}?"


def _cldr(language: str) -> dict[str, str]:
    try:
        territories = Locale(language).territories
    except (UnknownLocaleError, ValueError):
        territories = Locale("en").territories
    return {
        code: name for code, name in territories.items() if _COUNTRY_CODE.fullmatch(code) and code not in _NOT_COUNTRIES
    }


def _peoples(language: str) -> Iterator[tuple[Entry, list[str]]]:
    for country, forms in _people_forms() if language == "fr" else ():
        yield Entry(forms[-2].capitalize(), EntityType.PEOPLE_GROUP, country), [form.capitalize() for form in forms]


def _people_forms() -> Iterator[tuple[str | None, list[str]]]:
    """Country and the forms of one word for its people: masculine, feminine, and their plurals."""
    for column, rows in (("demonyms", _rows("countries")), ("names", _rows("peoples"))):
        for row in rows:
            for word in (row[column] or "").split("|"):
                if word:
                    forms = word.split("/")
                    plurals = forms[2:] or [form if form.endswith(_PLURALS_IN_S) else f"{form}s" for form in forms]
                    yield row.get("code") or row.get("country") or None, [*forms[:2], *plurals]
