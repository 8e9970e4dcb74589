"""Articles below blocks of labelled lines (Title: … Author: … Date: …), as libraries and catalogues export them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

# What such lines are called, by what they tell.
_NAMES: Mapping[str, str] = {
    name: field
    for field, names in {
        "title": "title headline titre titel überschrift título titulo titolo tytuł заголовок название العنوان 标题",
        "author": "author authors author(s) byline auteur auteurs auteur(s) autor autoren autores autore autori автор "
        "авторы الكاتب 作者",
        "published": "date published publication-date date-de-publication datum erschienen fecha data дата 日期",
        "publisher": "source publication newspaper journal quelle zeitung fuente fonte źródło источник المصدر 来源",
        "": "section page pages url link words length language id rubrique seite ressort sección sezione langue",
    }.items()
    for name in names.split()
}
_LABEL = re.compile(r"(?P<name>[^\W\d_][\w() -]{0,24}?)\s?[:：]\s*(?P<value>\S.*)")
_LINE = re.compile(r"[^\r\n]+")
_FEWEST_LINES = 2


@dataclass(frozen=True)
class Header:
    """Where such a block begins and ends, what its first line is called, and what it tells, by field."""

    start: int
    end: int
    opens: str
    told: Mapping[str, str]


def headers(text: str) -> Iterator[Header]:
    """The blocks that tell a title and something else; empty lines may stand between their lines."""
    run: list[tuple[re.Match[str], str, str]] = []
    for line in _LINE.finditer(text):
        bare = line[0].strip(" \t\u00a0\ufeff*#")
        if not bare:
            continue
        found = _LABEL.fullmatch(bare)
        name = "-".join(found["name"].casefold().split()) if found else ""
        if found and name in _NAMES:
            run.append((line, name, found["value"].strip(" *")))
            continue
        yield from _header(run)
        run = []
    yield from _header(run)


def _header(run: Sequence[tuple[re.Match[str], str, str]]) -> Iterator[Header]:
    told: dict[str, str] = {}
    for _, name, value in run:
        told.setdefault(_NAMES[name], value)
    if len(run) >= _FEWEST_LINES and "title" in told and len(told) >= _FEWEST_LINES:
        yield Header(run[0][0].start(), run[-1][0].end(), run[0][1], told)


def labelled(text: str, shortest: int) -> list[int]:
    """Where the articles below such blocks begin; none where they do not open alike, or one is `shortest` or less."""
    found = list(headers(text))
    if not found or text[: found[0].start].strip() or any(one.opens != found[0].opens for one in found):
        return []
    ends = [*(one.start for one in found[1:]), len(text)]
    told = all(len(text[one.end : end].strip()) > shortest for one, end in zip(found, ends, strict=True))
    return [one.start for one in found] if told else []
