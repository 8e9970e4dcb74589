"""Lists of sports results: who comes in behind a number, and of what country, which a letter or two in brackets say."""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

# As papers in French shorten countries behind a sportsman's name; what may be of two is left out (Au, Bul, Chi, Est).
_SHORTENED = """
    CH:S,Sui,Suisse FR:Fr,Fra,F IT:It,Ita,I BE:Be,Bel,Belg NL:Ho,Hol,PB,P-B DE:All,RFA,RDA ES:Esp,E AT:Aut,Autr
    DK:Dan US:EU,E-U,USA GB:GB,G-B,Ang,Ecos CO:Col RU:Rus,URSS UA:Ukr SI:Slo PT:Por,Port LU:Lux SE:Su,Suè
    NO:No,Nor,Norv FI:Fin,Finl PL:Pol CZ:Tch,Tchéc HU:Hon RS:You,Youg RO:Roum GR:Gr IE:Irl CA:Can AU:Aus,Austr
    NZ:NZ,N-Z JP:Jap AR:Arg BR:Bré,Brés MX:Mex KE:Ken ET:Eth MA:Mar LT:Lit LV:Let LI:Lie,Liech KZ:Kaz ZA:Afs,AfS
"""
_COUNTRIES: Mapping[str, str] = MappingProxyType(
    {
        short: code
        for code, _, listed in (row.partition(":") for row in _SHORTENED.split())
        for short in listed.split(",")
    }
)
_PARTICLES = r"(?:(?:[Vv]an|[Vv]on|[Dd]e|[Dd]i|[Dd]a|[Dd]el|der|den|la|Le|La)\s){0,3}"
_NAME = (
    rf"(?:[A-ZÀ-Ý]\.(?:-[A-ZÀ-Ý]\.)?\s?)?{_PARTICLES}"
    r"(?:VV|[A-ZÀ-Ý])[a-zà-ÿ]+(?:['’-][A-ZÀ-Ý][a-zà-ÿ]+)*(?:\s[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)*){0,2}"
)
_BEHIND = r"(?=\s?\(|,|[.;]\s|\sm\.\s?t\.|\s[àa]\s(?:l['’]\s?)?\d|\s\d)"
_PLACED = re.compile(rf"(?:(?<![\d.,])|(?<=['’_]\s\d\d\.))\d{{1,3}}\s?[.)]\s({_NAME}){_BEHIND}")
_CODES = "|".join(sorted(map(re.escape, _COUNTRIES), key=len, reverse=True))
_OF_A_COUNTRY = re.compile(rf"({_NAME})\s?\(({_CODES})\.?(?=[,)])")
_TIME = re.compile(r"\bm\.\s?t\.|\d\s?['’′]\s?\d\d|\d+[.,]\d\d\b")
_SCORED = re.compile(rf"^({_NAME}(?:\s[A-Z]\.)?)\s\(\d+(?:/\d+\b|\sarr[êe]ts?\b)", re.MULTILINE)
_FEWEST_COUNTRIES, _FEWEST_PLACED, _FEWEST_TIMES = 3, 4, 3


class Result(NamedTuple):
    """Somebody who has a place in a list of results, or the country (its code) that he is of, and where it stands."""

    start: int
    end: int
    country: str | None = None


def results(text: str, start: int, end: int) -> list[Result]:
    """The persons and countries of a list of results in `text[start:end]`, in order; none where there is none."""
    found = [Result(*scored.span(1)) for scored in _SCORED.finditer(text, start, end)]
    placed = [Result(*match.span(1)) for match in _PLACED.finditer(text, start, end)]
    of_countries = list(_OF_A_COUNTRY.finditer(text, start, end))
    is_timed = len(placed) >= _FEWEST_PLACED and len(_TIME.findall(text, start, end)) >= _FEWEST_TIMES
    if len(of_countries) >= _FEWEST_COUNTRIES or is_timed:
        found += [Result(*match.span(2), _COUNTRIES[match[2]]) for match in of_countries]
        found += [*placed, *(Result(*match.span(1)) for match in of_countries)]
    return list(_apart(sorted(set(found), key=lambda one: (one.start, -one.end))))


def _apart(found: list[Result]) -> Iterator[Result]:
    """These without those that lie in one before."""
    last = 0
    for one in found:
        if one.start >= last:
            yield one
            last = one.end
