"""What a block looks like by itself: a headline, prose, a date, a lead that opens with its day."""

import re

from services.fetch.core.splitting.blocks import Block

_LONGEST_HEADLINE = 220
_SHORTEST_HEADLINE = 8
_MOST_LINES = 3
_SURE_PROSE = 200
_SHORTEST_PROSE = 70
_FEWEST_WORDS_OF_PROSE = 10
_LONGEST_CRY = 200
_LONGEST_KICKER = 40
_LONGEST_DATE_LINE = 60
_MOST_WORDS_OF_A_DATE = 2  # weekday and month, beside the short ones between them

_SENTENCE_END = ".!?…。！？؟۔।"
_CLOSING = "\"'»”’›)]}* \t\u00a0"
_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_DENSE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BULLET = re.compile(r"[-–—•·*▪►>→]\s|\(?\d{1,2}[).]\s?|[a-z][).]\s|\d{1,3}\s*[-–]\s")
_CLOCK = re.compile(r"\W{0,2}\d{1,2}\s?[:hH.]\s?\d{2}\b")  # an entry of a live text
_ADDRESS = re.compile(r"://|\S@\S|\bwww\.")
_YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d{2}(?!\d)")
# Le 12 juillet, · 6 janvier 2016 . – · On 14 July · LONDON, March 26 -
_DATED = re.compile(r"\W{0,2}(?:[^\W\d_]+[^\w%€$£]{1,3}){0,4}(?:0?[1-9]|[12]\d|3[01])(?:er|st|nd|rd|th|[.º])?(?![\w%])")


def words(text: str) -> int:
    """How many words a text has; two letters count as one in scripts that set no spaces between words."""
    dense = len(_DENSE.findall(text))
    return len(_WORD.findall(text)) if dense < 4 else dense // 2


def ends_a_sentence(text: str) -> bool:
    """Whether a full stop or its like stands at the end, before closing quotation marks and brackets."""
    bare = text[-12:].rstrip(_CLOSING)
    return bool(bare) and bare[-1] in _SENTENCE_END


def is_prose(block: Block) -> bool:
    """Whether a block reads as running text: a whole sentence of some length, or too long for anything else."""
    text = block.text
    if len(text) >= _SURE_PROSE:
        return True
    if text.rstrip(_CLOSING)[-1:] in "?!؟？！…" and len(text) <= _LONGEST_CRY:  # as often a headline
        return False
    return len(text) >= _SHORTEST_PROSE and ends_a_sentence(text) and words(text) >= _FEWEST_WORDS_OF_PROSE


def is_headline(block: Block) -> bool:
    """Whether a block could be a headline: some words that begin like a sentence, no list's item, no address."""
    text = block.text
    if block.lines > _MOST_LINES or not _SHORTEST_HEADLINE <= len(text) <= _LONGEST_HEADLINE or words(text) < 2:
        return False
    if text[-1] in ",;:،؛：" or _BULLET.match(text) or _CLOCK.match(text) or _ADDRESS.search(text):
        return False
    first = next((mark for mark in text[:12] if mark.isalnum()), "")
    return bool(first) and not first.islower() and sum(map(str.isalpha, text)) * 2 > len(text)


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


def opens_with_its_day(text: str) -> bool:
    """Whether a lead tells the day of the month within its first words, as dispatches do."""
    return _DATED.match(text[:60]) is not None
