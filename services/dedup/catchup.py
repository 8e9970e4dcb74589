"""Dedup's memory after a restore: what was judged since the backup, learned again from what was said of it."""

from collections.abc import Callable, Sequence

from sqlalchemy import func
from sqlmodel import Session, col, select

from contracts.article_deduplicated import ArticleDeduplicated
from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from contracts.article_extracted import ArticleExtracted
from contracts.document import Document
from contracts.duplicate_found import DuplicateFound
from contracts.duplication import Duplicate
from services.dedup import core
from services.dedup.memory import judged, keep_verdicts, promote, remember
from services.dedup.tables import Remembered, Turn

FirstSeen = ArticleDeduplicated | ArticleExtracted | ArticleEnriched
Judgement = FirstSeen | DuplicateFound | ArticleDuplicated


def learn(
    session: Session,
    said: Sequence[Judgement],
    fingerprint: Callable[[str], core.Fingerprint] = core.fingerprint,
) -> int:
    """Take in verdicts as they were said, with the texts that they were on; how many inputs were new.

    What is known already stays as it is, so that the same may be learned again; but a duplicate of which something
    else was said since has taken a place. Bytes that are remembered are not remembered twice: an article that was
    enriched for another input has nothing new to be known by.
    """
    session.execute(select(col(Turn.turn)).with_for_update()).all()
    known = judged(session, [one.input_id for one in said])
    told = {one.input_id: one for one in said}
    promoted = {
        input_id: verdict.of
        for input_id, verdict in known.items()
        if isinstance(verdict, Duplicate) and isinstance(told[input_id], FirstSeen)
    }
    promote(session, promoted)
    new = {input_id: one for input_id, one in told.items() if input_id not in known.keys() - promoted}
    keep_verdicts(session, [(one.input_id, one.article_id, one.duplication) for one in new.values()])
    first_seen: dict[bytes, FirstSeen] = {}
    for one in new.values():
        if not isinstance(one, DuplicateFound | ArticleDuplicated):
            first_seen.setdefault(_content(one.document), one)
    for content in _remembered(session, list(first_seen)):
        del first_seen[content]
    if first_seen:
        last = session.execute(select(func.max(Remembered.number))).scalar() or 0
        remember(session, last + 1, [_article(one, fingerprint) for one in first_seen.values()])
    return len(new)


def _article(one: FirstSeen, fingerprint: Callable[[str], core.Fingerprint]) -> core.Article:
    return core.with_original(core.article_of(one.article_id, one.document, fingerprint), one.duplication)


def _content(document: Document) -> bytes:
    return core.content_of(document.sha256, document.part.number if document.part else None)


def _remembered(session: Session, contents: Sequence[bytes]) -> list[bytes]:
    return list(session.exec(select(Remembered.content).where(col(Remembered.content).in_(contents))))
