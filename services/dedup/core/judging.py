"""The verdicts on a batch: each article is known to those after it."""

from collections.abc import Mapping, Sequence

from contracts.duplication import Duplication
from services.dedup.core.verdict import Article, Known, Verdict, decide


def judge(articles: Sequence[Article], known: Known, neighbours: Mapping[int, Sequence[int]]) -> list[Verdict]:
    """One verdict for each article, in their order; `known` knows the originals and revisions among them afterwards.

    `neighbours` gives for an article's place in the batch those before it whose signatures are similar.
    """
    verdicts: list[Verdict] = []
    for place, article in enumerate(articles):
        earlier = [articles[other] for other in neighbours.get(place, ()) if isinstance(verdicts[other], Duplication)]
        verdict = decide(article, known, earlier)
        if isinstance(verdict, Duplication):
            known.remember(article)
        verdicts.append(verdict)
    return verdicts
