"""The day that stands in a page's address, in the forms that publishers give it."""

import re
from calendar import monthrange
from dataclasses import dataclass

# By hand, for an address may be none, and then the library raises.
_PATH = re.compile(r"\A[a-z]+://[^/?#]*", re.IGNORECASE)
_YEAR = r"(?P<year>19[89]\d|20\d\d)"
_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: number for number, name in enumerate(_NAMES.split(), 1)}
_FORMS = (
    re.compile(rf"/{_YEAR}[/-](?P<month>[01]?\d)[/-](?P<day>[0-3]?\d)(?![\d.])"),  # /2024/05/17/
    re.compile(rf"/{_YEAR}/(?P<name>[a-z]{{3}})[a-z]*/(?P<day>[0-3]?\d)(?=[/-]|\Z)", re.IGNORECASE),  # /2024/may/17/
    re.compile(rf"/{_YEAR}[/-]?(?P<month>[01]\d)/?(?P<day>[0-3]\d)(?=[/_.-]|\Z)"),  # /20240517/ and /2024/0517/
    re.compile(rf"(?<!\d)(?<!\d-){_YEAR}-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\d-])"),  # -2024-05-17.html
    re.compile(rf"(?<!\d)(?<!\d-)(?P<day>[0-3]\d)-(?P<month>[01]\d)-{_YEAR}(?!\d)"),  # -17-05-2024
    re.compile(rf"[-_]{_YEAR}(?P<month>[01]\d)(?P<day>[0-3]\d)(?=[/_.-]|\Z)"),  # -20240517
)


@dataclass(frozen=True, slots=True)
class Addressed:
    """A day in an address, and the piece of it that says so."""

    value: str
    evidence: str


def day_in(address: str) -> Addressed | None:
    """The day that an address names; None where it names none."""
    path = _PATH.sub("", address, count=1).partition("?")[0].partition("#")[0]
    for form in _FORMS:
        for match in form.finditer(path):
            parts = match.groupdict()
            month = _MONTHS.get((parts.get("name") or "").lower()) or int(parts.get("month") or 0)
            year, evidence = int(parts["year"]), match.group().strip("/-_")
            if 1 <= month <= 12 and 1 <= int(parts["day"]) <= monthrange(year, month)[1]:
                return Addressed(f"{year}-{month:02}-{int(parts['day']):02}", evidence)
    return None
