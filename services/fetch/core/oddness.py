"""Whether a text reads as if its bytes had been taken for another encoding: two scripts in one word, and such."""

import re
from itertools import pairwise

SAMPLE_CHARACTERS = 32 << 10  # from where the first letter beyond ASCII stands
FOREIGN = re.compile(r"[^\x00-\x7f]")
WORD = re.compile(r"[^\W\d_]+")
LATIN, OTHER_ALPHABET = "A-Za-zªºÀ-ÖØ-öø-ʯ", "\u0370-\u058f\u05d0-\u05ea\u0620-\u064a\u0e01-\u0e2e"
TWO_SCRIPTS = re.compile(f"[{LATIN}][{OTHER_ALPHABET}]|[{OTHER_ALPHABET}][{LATIN}]")
# Accents do not come four together; letters of two bytes do. Written out a page is searched in a quarter of the time.
ACCENTS_IN_A_ROW = re.compile("[À-ÖØ-öø-ʯ]" * 4)
SIGN_IN_A_WORD = re.compile(r"[^\W\d_][¡¿¹´`¨¸˝˛˘×÷¤¦§¶±©®‰†‡•‹›²³½¼¾¬¢¥\x80-\x9f][^\W\d_]")
MAX_ODD_SHARE = 0.2  # of the words with letters beyond ASCII


def reads_oddly(text: str) -> bool:
    """Whether too many of the words with letters beyond ASCII look like no word of any language."""
    first = FOREIGN.search(text)
    if first is None:
        return False
    sample = text[max(0, first.start() - 64) : first.start() + SAMPLE_CHARACTERS]
    words = [word for word in WORD.findall(sample) if not word.isascii()]
    if _has_its_case_reversed(words):
        return True
    odd = sum(1 for word in words if _is_odd(word)) + len(SIGN_IN_A_WORD.findall(sample))
    return odd > MAX_ODD_SHARE * len(words)


def _has_its_case_reversed(words: list[str]) -> bool:
    """Whether most are in capitals, and some of them begin with the one small letter: as KOI8-R reads elsewhere."""
    reversed_ = sum(1 for word in words if len(word) > 2 and word[0].islower() and word[1:].isupper())
    return reversed_ > 0 and reversed_ + sum(word.isupper() for word in words) > len(words) / 2


def _is_odd(word: str) -> bool:
    if TWO_SCRIPTS.search(word) or ACCENTS_IN_A_ROW.search(word):
        return True
    return any(one.islower() and other.isupper() for one, other in pairwise(word))
