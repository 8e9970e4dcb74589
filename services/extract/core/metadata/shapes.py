"""What a paragraph looks like by itself: prose, a headline, a label, a person's name."""

import re
from dataclasses import replace

from services.extract.core.layout import Paragraph, ends_a_sentence

_LONGEST_HEADLINE = 220
_LONGEST_HEADING = 140
_LONGEST_LABEL = 24
_LONGEST_NAME = 60
_LONGEST_TRAIL = 100

_WORD = re.compile(r"[^\W_]+(?:[-'’.][^\W_]+)*")
_ABBREVIATION_END = re.compile(r"(?:\b[^\W\d_]\.){2}\W{0,3}\Z|\b(?:Inc|Corp|Co|Ltd|Jr|St|No|etc|Cie)\.\Z")
_BULLET = re.compile(r"[-\u2013\u2014•·*▪►>→]\s|\(?\d{1,2}[).]\s|[a-z][).]\s")
_ITEM = re.compile(r"[-\u2013\u2014•·*▪►>→»+]\s?(?=\S)")
# Home > World > Syria
_TRAIL = re.compile(r"(?:[\w' ’-]{2,30}[>›»]){1,5}[\w' ’-]{2,30}")
_ELLIPSIS = re.compile(r"(?:…|\.\.\.?)[\"'»”’)\s]*\Z")
_PARTICLES_WORDS = """
    de du des la le les van von der den dit al el ibn bin ben abu abou bint y e da do dos di del of
"""
PARTICLES = frozenset(_PARTICLES_WORDS.split())
_DATED = re.compile(
    r"(?:[,،]\s|\s[-–—(]\s?|\s)(?:(?:du|le|of|del|vom|dated)\s)?(?:\d{1,2}(?:er|\.)?\s(?:de\s)?[^\W\d_]{3,10}\.?\s(?:de\s)?\d{4}"
    r"|\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d)\)?\Z"
)
_NAME_WORD = re.compile(r"[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:[-'’][^\W\d_]+)*\.?(?:-[^\W\d_]\.)?")
_PARTICLE_JOINED = re.compile(r"(?:al|el|d|l|o|Al|El|D|L|O)[-'’][^\W\d_a-z][^\W\d_]+(?:-[^\W\d_]+)*")
# Words of a page's own furniture and of sayings that look like names in titles' capitals.
_NO_NAME_WORDS = """
    us more news article articles story stories comment comments related share read press release releases policy terms
    contact about newsletter subscribe home world video videos photos gallery topics tags see also end fin ende photo
    suite commentaires articles liens contactez facebook twitter copyright all the this
    vive vivent viva merci gracias gloire liberté égalité fraternité lives matter
    any our your that every means necessary popular demand
"""
_NO_NAME = frozenset(_NO_NAME_WORDS.split())
_DESKS_WORDS = """
    rédaction redaction redaktion redacción redazione redação redakcja redakce newsroom newsdesk редакция редакція
"""
_DESKS = frozenset(_DESKS_WORDS.split())
_HIGH = r"[^\Wa-zß-öø-ÿ_]"
_LABEL_BEFORE = re.compile(
    rf"(?P<label>{_HIGH}{{2}}(?:{_HIGH}|[ '’&/,.:!?-]){{0,46}}?)[ \u00a0]-[ \u00a0]"
    r"(?=[^\W\d_]|[\"«“'‘\d])"
)
_SECTION_BEFORE = re.compile(
    rf"(?P<label>{_HIGH}{{4}}(?:{_HIGH}|[ '’&/,-]){{0,36}}{_HIGH})\.[-\u2013\u2014]?[ \u00a0]+(?={_HIGH}[^\W\d_A-ZÀ-Þ])"
)
_QUOTED_LINE = re.compile(r"‘[^‘]{3,}’|“[^“”]{3,}”|„[^„“”]{3,}[“”]|«[^«»]{3,}»|»[^«»]{3,}«|\"[^\"]{3,}\"")
_DENSE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# A full stop behind a word of some length, with a capital after it: neither an initial nor an abbreviation.
_SENTENCE_END = re.compile(
    r"[^\W\d]{3,}\)?(?:[ \u00a0]?[»”\"])?(?:\.|[ \u00a0]?[!?…])[»”\"]?[ \u00a0]+(?=[«“\"]?[ \u00a0]?[^\W\d_a-zß-öø-ÿ])"
)
_ROW = re.compile(r"[^.:\n]{2,60}\s?:\s?\d")
_ATTRIBUTED = re.compile(r"(?<=[.!?…»”\"])\s\([^()]{3,60}\)\Z")  # « … » (Proverbe peul)
_SENTENCES_OF_PROSE = 3


def words(text: str) -> int:
    """How many words `text` has; two letters count as one in scripts that set no spaces between words."""
    dense = len(_DENSE.findall(text))
    return len(_WORD.findall(text)) if dense < 4 else dense // 2


def is_prose(paragraph: Paragraph) -> bool:
    """Whether a paragraph reads as running text: whole sentences, or too long for anything else."""
    text = paragraph.text
    if len(text) > _LONGEST_HEADLINE:
        return True
    if not ends_a_sentence(text) or _ABBREVIATION_END.search(text):
        return paragraph.set_in_lines and len(text) > _LONGEST_HEADING
    stop = text.rstrip("\"'»”’)] \u00a0")[-1:]
    return words(text) >= (5 if stop in ".。।۔" and not _ELLIPSIS.search(text) else 14)


def is_headline(paragraph: Paragraph) -> bool:
    """Whether a paragraph could be a headline: some words that begin like a sentence and do not end like one."""
    text = paragraph.text
    if len(text) > _LONGEST_HEADLINE or words(text) < 2 or _BULLET.match(text) or not _begins_high(text):
        return False
    if text[-1] in ",;::،؛" or "://" in text or "@" in text.split(" ", 1)[0]:
        return False
    letters = sum(map(str.isalpha, text))
    open_end = not ends_a_sentence(text) or text.rstrip("\"'»”’) \u00a0")[-1:] in "?!…؟？！"
    return letters * 2 > len(text) and (open_end or bool(_ELLIPSIS.search(text) or _ABBREVIATION_END.search(text)))


def is_saying(paragraph: Paragraph) -> bool:
    """Whether a paragraph reads as running text but for a few words in brackets behind it, which say whose it is."""
    bare = _ATTRIBUTED.sub("", paragraph.text)
    return is_prose(paragraph) or (bare != paragraph.text and is_prose(replace(paragraph, text=bare)))


def is_told(paragraph: Paragraph, at_least: int = _SENTENCES_OF_PROSE) -> bool:
    """Whether a paragraph is so many whole sentences: prose, though it may end with a mark that a headline has."""
    if len(paragraph.text) > _LONGEST_HEADLINE:
        return True
    return is_prose(paragraph) and len(_SENTENCE_END.findall(paragraph.text)) + 1 >= at_least


def is_item(paragraph: Paragraph) -> bool:
    """Whether a paragraph is an item of a list of headlines: short, behind a bullet or an arrow."""
    return len(paragraph.text) <= _LONGEST_HEADLINE and _ITEM.match(paragraph.text) is not None


def is_heading(paragraph: Paragraph) -> bool:
    """Whether a paragraph could be a heading within the prose: a short headline that cries out nothing."""
    text = paragraph.text
    if len(text) > _LONGEST_HEADING or text[-1] in "!！…" or text.endswith("..") or text[0] in "«\"“”„'‘(":
        return False
    return is_headline(paragraph) or (
        words(text) == 1 and text[0].isupper() and not ends_a_sentence(text) and text[-1] not in ":,;"
    )


def is_row(text: str) -> bool:
    """Whether a line is one of a table: a label, a colon and a figure."""
    return _ROW.match(text) is not None


def is_quoted_line(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a short line within one pair of quotation marks, as what somebody said heads prose."""
    text = paragraph.text
    return len(text) <= _LONGEST_HEADING and _QUOTED_LINE.fullmatch(text) is not None


def is_label(text: str) -> bool:
    """Whether a line could name a section: a trail of them, or one or two words at most, with no sentence in them."""
    return is_trail(text) or (len(text) <= _LONGEST_LABEL and words(text) <= 2 and not ends_a_sentence(text))


def is_trail(text: str) -> bool:
    """Whether a line is the way from a site's first page to this one: Home > World > Syria."""
    return len(text) <= _LONGEST_TRAIL and _TRAIL.fullmatch(text) is not None


def label_end(text: str) -> int:
    """Where the sentence begins behind a section's name in capitals: POLITIQUE - Le ministre …; 0 where none stands.

    An agency's place looks the same but for its dash or its bracket, and belongs to the prose.
    """
    match = _LABEL_BEFORE.match(text)
    return match.end() if match and any(map(str.isalpha, match["label"])) else 0


def section_end(headline: str) -> int:
    """Where the headline begins behind a section's name in capitals and a full stop: JUSTICE. Dix ans; else 0."""
    match = _SECTION_BEFORE.match(headline)
    return match.end() if match else 0


def is_desk(text: str) -> bool:
    """Whether a line signs for the newsroom."""
    parts = text.strip(" \u00a0-\u2013\u2014").split()
    return 0 < len(parts) <= 3 and parts[-1].casefold().rstrip(".") in _DESKS


def is_name(text: str) -> bool:
    """Whether a line could be somebody's name, or name the newsroom: two to five words in capitals' company."""
    bare = text.strip(" \u00a0-\u2013\u2014")
    if not bare or len(bare) > _LONGEST_NAME:
        return False
    parts = bare.split()
    if is_desk(text):
        return True
    if any(part.casefold() in _NO_NAME for part in parts):
        return False
    high = [_is_capital(part) for part in parts]
    joined = [not one and _PARTICLE_JOINED.fullmatch(part) is not None for one, part in zip(high, parts, strict=True)]
    whole = all(map(any, zip(high, joined, (part.casefold() in PARTICLES for part in parts), strict=True)))
    named = 2 <= len(parts) <= 5 and 2 <= sum(high) + sum(joined) <= 4 and high[0]
    return whole and named and not bare.endswith((".", "!", "?"))


def _is_capital(part: str) -> bool:
    return part[0].isupper() and _NAME_WORD.fullmatch(part) is not None


def _begins_high(text: str) -> bool:
    first = next((mark for mark in text[:12] if mark.isalnum()), "")
    return bool(first) and not first.islower()


def undated(name: str) -> str:
    """A name without the day behind it: Africa Matin, 12 septembre 2023."""
    return _DATED.sub("", name)
