"""What a block looks like by itself: a headline, prose, a date, a lead that opens as dispatches do."""

import re

from services.fetch.core.splitting.blocks import Block

_LONGEST_HEADLINE = 220
_LONGEST_HEADLINE_SET_APART = 320
_SHORTEST_HEADLINE = 8
_MOST_LINES = 3
_SURE_PROSE = 200
_SHORTEST_PROSE = 70
_SHORTEST_PROSE_OF_SENTENCES = 110
_FEWEST_WORDS_OF_PROSE = 10
_LONGEST_CRY = 200
_LONGEST_KICKER = 40
_LONGEST_DATE_LINE = 60
_MOST_WORDS_IN_BRACKETS = 4
_MOST_WORDS_OF_A_DATE = 2  # weekday and month, beside the short ones between them
_DAY_WITHIN = 160

_SENTENCE_END = ".!?…。！？؟۔।"
_CLOSING = "\"'»”’›)]}* \t\u00a0"
_WRITER = re.compile(rf"(?<=[{_SENTENCE_END}\"'»”’])\s?[(\[（][^()\[\]（）]{{1,24}}[)\]）]$")  # (dpa) · (A.H.)
_BRACKETS = {"(": ")", "[": "]", "（": "）", "【": "】"}
_GOES_ON = ",;:،؛："
_NO_LETTER = "<^©※↑"  # markup, a footnote, a right: no headline opens with such
_FOOTNOTE = "^↑"
_INNER_END = re.compile(r"[^\W\d_]{3}[.!?…。！？؟۔।][\"'»”’)]*(?:\s+[\"'«“‘„(]?[^\W\d_]|(?<=[。！？])\w)")
_LONGEST_SIGNATURE = 60
_MOST_WORDS_OF_A_SIGNATURE = 5
_LONGEST_PARTICLE = 3
_BYLINE = re.compile(r"(?:by|par|von|por|di|door|av|af)\s+(?=[^\W\d_])", re.IGNORECASE)
_AROUND_AN_END_MARK = "()[]<>*-\u2013\u2014#/. \t\u00a0"
_END_MARKS = frozenset({"end", "ends", "fin", "ende", "fine"})
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_DENSE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BULLET = re.compile(r"[-–—•·*▪►>→]\s|\(?\d{1,2}[).]\s?|[a-z][).]\s|\d{1,3}\s*[-–]\s")
_CLOCK = re.compile(r"\W{0,2}\d{1,2}\s?[:hH.]\s?\d{2}\b")  # an entry of a live text
_ADDRESS_ALONE = re.compile(r"(?:[^\W\d_]{1,12}:\s*)?<?(?:https?://|www\.)\S+")  # URL: https://…
_ADDRESS = re.compile(r"://|\S@\S|\bwww\.")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d{2}(?!\d)")
# Le 12 juillet, · 6 janvier 2016 . – · On 14 July · LONDON, March 26 -
_DATED = re.compile(
    r"\W{0,2}(?:[^\W\d_]+[^\w%€$£]{1,3}){0,4}(?:0?[1-9]|[12]\d|3[01])(?:er|st|nd|rd|th|[.º])?"
    r"(?![\w%]|[-–:]\d+(?![-–/.\d])|[.,]\d+(?![.\d]))"
)
# PARIS (AFP) - · (Reuters) —
_AGENCY = re.compile(r"[^().!?\n]{0,60}\([^()\d]{2,30}\)\s?[-\u2013\u2014]{1,2}\s")
# 20 Sep 2014 · September 20, 2014 · 20.9.2014 · 2014-09-20
_DAY = re.compile(
    r"(?<!\d)(?:\d{1,2}(?:er|st|nd|rd|th|[.º])?[\s./-]{1,3}(?:[^\W\d_]{2,12}|\d{1,2})[\s.,/-]{1,3}"
    r"|[^\W\d_]{3,12}\.? \d{1,2}(?:st|nd|rd|th)?, ?)(?:1[89]|20)\d{2}(?!\d)|(?<!\d)(?:1[89]|20)\d{2}-\d\d-\d\d"
)
_NUMBER = re.compile(
    r"(?:\(?(?P<digits>\d{1,3})\s?(?:[).:/]|[-–](?=\s))|\(?(?P<roman>[IVXL]{1,6})\s?(?:[).:/]|[-–](?=\s)))\s*(?=\S)"
)
_MARKED = re.compile(r"(#{1,6})\s+")
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def words(text: str) -> int:
    """How many words a text has; two letters count as one in scripts that set no spaces between words."""
    dense = len(_DENSE.findall(text))
    return len(_WORD.findall(text)) if dense < 4 else dense // 2


def room(text: str) -> int:
    """How long a text is; a letter counts as two in scripts that set no spaces between words."""
    return len(text) + len(_DENSE.findall(text))


def ends_a_sentence(text: str) -> bool:
    """Whether a full stop or its like stands at the end, before closing marks and the writer's initials in brackets."""
    bare = _WRITER.sub("", text[-40:]).rstrip(_CLOSING)
    return bool(bare) and bare[-1] in _SENTENCE_END


def is_prose(text: str) -> bool:
    """Whether a block reads as running text: a whole sentence of some length, or too long for anything else."""
    long = room(text)
    if long >= _SURE_PROSE:
        return True
    if long >= _SHORTEST_PROSE_OF_SENTENCES and has_sentences(text):
        return True
    if text.rstrip(_CLOSING)[-1:] in "?!؟？！…" and long <= _LONGEST_CRY:  # as often a headline
        return False
    return long >= _SHORTEST_PROSE and ends_a_sentence(text) and words(text) >= _FEWEST_WORDS_OF_PROSE


def is_headline(text: str, lines: int) -> bool:
    """Whether a block could be a headline: some words that begin like a sentence, no list's item, no address."""
    if lines > _MOST_LINES or room(text) < _SHORTEST_HEADLINE or len(text) > _LONGEST_HEADLINE or words(text) < 2:
        return False
    if text[-1] in _GOES_ON or is_aside(text) or _BULLET.match(text) or _CLOCK.match(text) or _ADDRESS.search(text):
        return False
    first = next((mark for mark in text[:12] if mark.isalnum()), "")
    return bool(first) and not first.islower() and sum(map(str.isalpha, text)) * 2 > len(text)


def is_headline_set_apart(text: str, lines: int, *, ruled: bool) -> bool:
    """Whether a block could be a headline where a rule or wide gap stands before it: less is asked of it."""
    if lines > _MOST_LINES + 1 or len(text) > _LONGEST_HEADLINE_SET_APART or words(text) == 0:
        return False
    return not is_aside(text) and not _ADDRESS.search(text) and (ruled or not _BULLET.match(text))


def is_aside(text: str) -> bool:
    """Whether a block is a note beside the text: all in brackets, markup, a footnote, a right."""
    closing = _BRACKETS.get(text[0])
    return text[0] in _NO_LETTER or (closing is not None and text.find(closing) == len(text) - 1)


def is_footnote(text: str) -> bool:
    """Whether a block is what an article's sources are told in."""
    return text[0] in _FOOTNOTE


def has_sentences(text: str) -> bool:
    """Whether a block goes on after the end of a sentence."""
    return _INNER_END.search(text) is not None


def is_signature(text: str) -> bool:
    """Whether a line could be somebody's name, an address or a right, as stands below an article."""
    if len(text) > _LONGEST_SIGNATURE:
        return False
    if is_aside(text) or "@" in text:
        return True
    found = _WORD.findall(text)
    long = [word for word in found if len(word) > _LONGEST_PARTICLE or not word[0].islower()]
    named = all(word[0].isupper() for word in long) and not any(map(str.isdigit, text))
    return len(long) > 1 and len(found) <= _MOST_WORDS_OF_A_SIGNATURE and named and not ends_a_sentence(text)


def is_byline(text: str) -> bool:
    """Whether a line tells who wrote what it stands at, and nothing else: By Nora Vance · Par Luc Petit."""
    found = _BYLINE.match(text)
    if found is None or not text[0].isupper():
        return False
    name = text[found.end() :]
    return name[0].isupper() and is_signature(name)


def is_end_mark(text: str) -> bool:
    """Whether a line says that an article ends here, as agencies and press offices have it: (END) · ENDS · - fin -."""
    return text.strip(_AROUND_AN_END_MARK).casefold() in _END_MARKS


def is_address(text: str) -> bool:
    """Whether a line is an address of the web and nothing else, as exports have it below an article."""
    return _ADDRESS_ALONE.fullmatch(text) is not None


def is_in_brackets(text: str) -> bool:
    """Whether a line is a word or two in square brackets, as lists of dispatches name their sections."""
    return text[0] in "[【" and is_aside(text) and words(text) <= _MOST_WORDS_IN_BRACKETS


def is_kicker(block: Block) -> bool:
    """Whether a block could be the word or two above a headline."""
    return len(block.text) <= _LONGEST_KICKER and not ends_a_sentence(block.text)


def is_date_line(text: str) -> bool:
    """Whether a short line tells a day and its year, and little beside."""
    if len(text) > _LONGEST_DATE_LINE or not _YEAR.search(text):
        return False
    if sum(len(word) > 3 and not word[0].isdigit() for word in _WORD.findall(text)) > _MOST_WORDS_OF_A_DATE:
        return False
    return any(len(number) <= 2 for number in re.findall(r"\d+", text))


def opens_as_a_dispatch(text: str) -> bool:
    """Whether a lead tells the day of the month or the agency within its first words."""
    return _DATED.match(text[:60]) is not None or _AGENCY.match(text[:100]) is not None


def opens_with_an_agency(text: str) -> bool:
    """Whether a lead opens with an agency in brackets, behind its place."""
    return _AGENCY.match(text[:100]) is not None


def tells_its_day(text: str) -> bool:
    """Whether a lead tells day, month and year in its first lines."""
    return _DAY.search(text[:_DAY_WITHIN]) is not None


def is_in_capitals(text: str) -> bool:
    """Whether a line is set in capitals."""
    letters = [mark for mark in text if mark.isalpha()]
    return sum(map(str.isupper, letters)) * 10 >= len(letters) * 8 > 0


def numbered(text: str) -> tuple[int, int]:
    """The number that a line opens with, and where what it numbers begins; nought where it has none."""
    found = _NUMBER.match(text)
    if found is None:
        return 0, 0
    if found["digits"]:
        return int(found["digits"]), found.end()
    values = [_ROMAN[letter] for letter in found["roman"]]
    value = sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
    return value, found.end()


def marked(text: str) -> tuple[int, int]:
    """The level that Markdown gives to a headline, and where its words begin; nought where it is none."""
    found = _MARKED.match(text)
    return (len(found[1]), found.end()) if found is not None else (0, 0)
