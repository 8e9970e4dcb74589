"""What dedup decides, and from what: pure functions of texts and of what is remembered of them."""

from services.dedup.core.article import Article, Source, article_of, content_of, place_of, source_of
from services.dedup.core.figures import figures_of, names_of
from services.dedup.core.fingerprints import Fingerprint, fingerprint
from services.dedup.core.judging import judge, with_original
from services.dedup.core.known import Known
from services.dedup.core.standing import Standing
from services.dedup.core.text import fold
from services.dedup.core.verdict import Verdict, decide

__all__ = [
    "Article",
    "Fingerprint",
    "Known",
    "Source",
    "Standing",
    "Verdict",
    "article_of",
    "content_of",
    "decide",
    "figures_of",
    "fingerprint",
    "fold",
    "judge",
    "names_of",
    "place_of",
    "source_of",
    "with_original",
]
