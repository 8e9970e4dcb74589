"""The verdicts on a batch: each article is known to those after it."""

from collections.abc import Mapping, Sequence

from contracts.duplication import Duplicate, Duplication
from services.dedup.core.verdict import Article, Known, Verdict, decide


def judge(articles: Sequence[Article], known: Known, neighbours: Mapping[int, Sequence[int]]) -> list[Verdict]:
    """One verdict for each article, in their order; `known` knows the originals and revisions among them afterwards.

    `neighbours` gives for an article's place in the batch some of those before it that share most with it; in the place
    of a duplicate stands what it is a duplicate of, so that few of them are enough.
    """
    verdicts: list[Verdict] = []
    first_seen: dict[str, Article] = {}
    for place, article in enumerate(articles):
        names = dict.fromkeys(_first(articles[other], verdicts[other]) for other in neighbours.get(place, ()))
        verdict = decide(article, known, [first_seen[name] for name in names if name in first_seen])
        if isinstance(verdict, Duplication):
            known.remember(article)
            first_seen[article.article_id] = article
        verdicts.append(verdict)
    return verdicts


def _first(article: Article, verdict: Verdict) -> str:
    return verdict.of if isinstance(verdict, Duplicate) else article.article_id
