"""What dedup decides, and from what: pure functions of texts and of what is remembered of them."""

from services.dedup.core.fingerprints import Fingerprint, fingerprint
from services.dedup.core.judging import judge
from services.dedup.core.text import fold
from services.dedup.core.verdict import Article, Known, Verdict, article_of, content_of, decide, place_of

__all__ = [
    "Article",
    "Fingerprint",
    "Known",
    "Verdict",
    "article_of",
    "content_of",
    "decide",
    "fingerprint",
    "fold",
    "judge",
    "place_of",
]
