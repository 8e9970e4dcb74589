"""The forms of dates, written in the marks of their words (`date_words`, `date_tokens`): one letter, one word.

The names of groups: w weekday, d day, m month, y year, of the first date or (w2, d2, …) of the last; `join` what stands
between; `more` the days between; `way` last or next; `this` what stands before.
"""

import re
from typing import Literal, NamedTuple

Kind = Literal[
    "days", "day", "months", "month", "years", "year", "figures", "decade", "season", "quarter",
    "unit", "weekdays", "weekday", "near", "ago", "told_before", "told_unit", "eve", "told_day",
    "name",  # of a street or a movement: none, and nothing within it is one
]  # fmt: skip


class Form(NamedTuple):
    """A pattern of marks and what its matches mean."""

    kind: Kind
    pattern: re.Pattern[str]


_PART = r"(?:[AT]?P[OuA]A?)?"  # la matinée du
_AT = r"(?:R?P|uP)?"  # au soir
_CUT = r"(?:(?<=m)\.|\(M\))?"  # cut short; or told by its other calendar's name too: يونيو (حزيران)
_OF_YEAR = r"(?:O?(?P<y>Y))?"
_NUMBER = r"(?P<bracket>\()?(?P<d>D)(?(bracket)\))"  # domingo 12, domingo (12)
_BEHIND_COMMA = r"(?:(?P<comma>,)(?P<y>Y))"  # 8 March, 2019: so in English alone


def _weekday(group: str) -> str:
    return rf"(?:(?P<{group}>W)P?,?[Au]?)?"


_DAYS = (
    rf"B?{_PART}[AJT]?{_weekday('w')}(?P<d>D)\.?(?:O?(?P<m>[Mm]){_CUT}(?:O?(?P<y>Y))?)?"
    rf"(?P<more>(?:,A?(?:WP?,?A?)?D){{0,9}})(?P<join>,?[RN-])[uA]?J?{_weekday('w2')}(?P<d2>D)\.?-?"
    rf"O?(?P<m2>[Mm]){_CUT}(?:O?(?P<y2>Y))?(?P<way>[LX]?){_AT}"
)
_MONTHS = (
    r"B?(?:A?E-?[Ou]?)?(?P<m>M)(?:O?(?P<y>Y))?(?P<more>(?:,M){0,9})(?P<join>,?[RN-])(?:A?E-?[Ou]?)?"
    r"(?P<m2>M)(?:O?(?P<y2>Y))?(?P<way>[LX]?)"
)
_MONTH = (
    rf"(?:(?P<part>A?E-?[OuA]?(?:UO)?))?(?P<this>[LTX]?)(?:(?<=[LTX])UO)?(?P<m>[Mm])(?:{_CUT}(?:(?P<comma>,)|O|[/-]|)(?P<y>Y))?"
    r"(?P<way>[LX]?)"
)
_ENGLISH_DAYS = (
    rf"B?A?(?P<m>[Mm]){_CUT}(?P<d>D)(?:,?(?P<y>Y))?(?P<join>[RN-])A?(?:(?P<m2>[Mm]){_CUT})?(?P<d2>D)(?:,?(?P<y2>Y))?"
)
_FORMS: tuple[tuple[Kind, str], ...] = (
    ("days", _DAYS),
    ("day", rf"{_PART}[AJT]?{_weekday('w')}(?P<d>D)\.?-?O?(?P<m>[Mm]){_CUT}-?{_OF_YEAR}(?P<way>[LX]?){_AT}"),
    ("day", rf"{_PART}[AJT]?{_weekday('w')}(?P<d>D)O?(?P<m>[Mm]){_CUT}{_BEHIND_COMMA}"),
    ("days", _ENGLISH_DAYS),
    ("day", rf"(?:A?P[OuA]A?)?{_weekday('w')}(?P<m>[Mm]){_CUT}(?P<d>D)(?:,?(?P<y>Y))?{_AT}"),
    ("months", _MONTHS),
    ("month", _MONTH),
    ("month", r"(?P<y>Y)(?P<m>M)"),
    ("years", r"(?P<decade>[AJ]?G)?B?(?P<y>Y)(?P<more>(?:,Y){0,9})(?P<join>,?[RN-]A?)(?P<y2>[YDn])"),
    ("year", r"(?P<article>A)(?P<y>Y)"),
    ("year", r"(?P<part>A?E(?:-|[Ou]?(?:A?U[Ou]?)?)|A?UO?|)(?P<y>Y)"),
    ("figures", r"A?(?P<i>I)"),
    ("decade", r"(?:A?E[Ou]?)?[AJ]?(?:G(?P<y>[YDn])(?:-(?P<y2>[YDn]))?|(?P<g>g)-?G?)"),
    ("season", r"(?:[ATJ]?(?P<this>[LX]?)S(?:[Ou]?A?(?P<y>Y)(?:[-/](?P<y2>[YDn]))?|(?P<way>[LX]))|[AT]?[LX]S|TS)"),
    ("quarter", r"A?(?P<n>Q)(?P<q>q)[Ou]?(?:A?UO?)?(?P<y>Y)"),
    ("quarter", r"(?P<y>Y)(?P<n>Q)(?P<q>q)"),
    ("unit", r"(?P<part>(?:A?E[Ou]?)?)(?P<this>[AT]?)(?P<before>[LX]?)(?P<u>[Uk])(?P<way>[LXc]?)"),
    ("weekdays", rf"B?{_PART}[AT]?(?P<w>W)P?(?P<join>[RN-])[AT]?(?P<w2>W)(?P<way>[LX]?){_AT}"),
    ("weekday", rf"(?:{_PART}|E)(?P<this>[AT]?)(?P<before>[LX]?)(?P<w>W)(?:P?,?A?{_NUMBER})?{_AT}(?P<way>[LX]?)"),
    ("near", r"(?P<k>K)(?:RP|P)?|(?P<this>T)P|(?P<last>L)P|A(?P<night>P)L|(?P<today>H)P?"),
    ("ago", r"a(?P<n>[Dw])d|(?P<n2>[Dw])df"),
    ("told_before", r"(?P<v>V)|(?P<n>[Dw])d(?P<sign>v)"),
    ("told_unit", r"A?(?P<f>F)(?P<u>U)"),
    ("told_unit", r"[AT]?(?P<u>U)-?(?P<f>F)"),
    ("eve", r"(?P<v>V)[Ou]A?"),
)
FORMS = tuple(Form(kind, re.compile(pattern)) for kind, pattern in _FORMS)
# Marks some of which every form has: a paragraph without them has no date.
TELLING = re.compile(r"[MmWYIgKHVk!]|[Dw]d|[TLA]P|G[YDn]|S[LX]|[TLX]S|U[LXcF]|[LXTF]U|E[OuA]{0,2}U")
