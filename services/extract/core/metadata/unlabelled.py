"""Headlines of other articles that stand within the prose without a word on what they are.

English sets headlines in titles' capitals, its common words too: two and more such lines in a row, or glued to one line
that is longer than any headline, below a sentence that announces nothing, are a page's links. The last above the prose
may head it; and other languages do not show it.
"""

import re
from collections.abc import Sequence

from services.extract.core.layout import Paragraph, ends_a_sentence
from services.extract.core.metadata import shapes
from services.extract.core.metadata.page_labels import Finding
from services.extract.core.words import word_set

_WORD = re.compile(r"\w(?:[\w'’.-]*\w)?")
_FEWEST_WORDS = 5
_FEWEST_LINES = 2
_WORDS_OF_SEVERAL = 20  # in one line
_WORDS_A_COMMA = 8
_LONGEST = 600
_LONGEST_HEAD = 24
# Titles leave these in lower case.
_SMALL = word_set(
    """
    a an the of and or nor but in on at to for from by with as vs via into over after off up out per than de la le du
    des et von und
    """
)
# Names of people, firms and works in a list are made of other words.
_COMMON = word_set(
    """
    is are was were be been being has have had will would can could may might must should do does did not no never ever
    his her their our your my its it he she they we you i this that these those who whose what why how when where which
    after before over under about against between into during without with from amid despite until since because if
    says say said tells told gets get got makes make made takes take took gives give goes go going comes come calls
    call wins win loses lose finds find found shows show shown sees see wants want needs need knows know dies died
    killed faces face fails fail files filed sues sued hits hit sets set slams drops debuts announces announced
    reveals revealed reportedly allegedly just now still back here there all more most some many every first last next
    new best worst greatest biggest another
    """
)


def unlabelled_links(blocks: Sequence[Paragraph], findings: Sequence[Finding | None]) -> list[int]:
    """Which paragraphs are headlines of other articles: the runs of them that stand below prose."""
    found: list[int] = []
    index = 1
    while index < len(blocks):
        end = index
        while end < len(blocks) and findings[end] is None and _is_titled(blocks[end]):
            end += 1
        heads_prose = end < len(blocks) and findings[end] is None and shapes.is_prose(blocks[end])
        is_several = end - index >= _FEWEST_LINES + heads_prose or (
            end > index and len(_words(blocks[index])) >= _WORDS_OF_SEVERAL
        )
        common = sum(any(_is_common(word) for word in _words(block)) for block in blocks[index:end])
        if is_several and 2 * common > end - index:
            first = index - _is_headed(blocks, findings, index)
            found += range(first, end) if _follows_prose(blocks, findings, first) else ()
        index = end + 1
    return found


def _is_headed(blocks: Sequence[Paragraph], findings: Sequence[Finding | None], index: int) -> bool:
    """Whether a word or two above a run name the list: Editor's picks."""
    above = blocks[index - 1]
    return findings[index - 1] is None and shapes.is_label(above.text) and len(above.text) <= _LONGEST_HEAD


def _follows_prose(blocks: Sequence[Paragraph], findings: Sequence[Finding | None], index: int) -> bool:
    """Whether prose stands above that announces no list."""
    above = blocks[index - 1] if index else None
    return above is not None and findings[index - 1] is None and shapes.is_prose(above) and ends_a_sentence(above.text)


def _is_titled(block: Paragraph) -> bool:
    """Whether a line is a headline in titles' capitals, and no list of names."""
    text = block.text
    if len(text) > _LONGEST or text.isupper() or text[-1] in ",;:" or ends_a_sentence(text.rstrip("?!…")):
        return False
    spoken = _words(block)
    telling = [word for word in spoken if word.lower() not in _SMALL]
    if len(spoken) < _FEWEST_WORDS or text.count(",") > max(1, len(spoken) // _WORDS_A_COMMA):
        return False
    numbered = sum(word[0].isdecimal() for word in spoken)
    return 4 * numbered <= len(spoken) and all(
        word[0].isupper() or word[0].isdecimal() for word in [*spoken[:1], *telling]
    )


def _is_common(word: str) -> bool:
    return word[0].isupper() and word.lower() in _COMMON


def _words(block: Paragraph) -> list[str]:
    return _WORD.findall(block.text)
