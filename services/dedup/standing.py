"""What came again in the articles of each source, in the database: read and written with the verdicts."""

from collections.abc import Iterable, Mapping

import numpy as np
from sqlmodel import Session, col

from services.dedup.core import Standing
from services.dedup.rows import put, where
from services.dedup.tables import Standing as Row


def recalled(session: Session, sources: Iterable[bytes]) -> dict[bytes, Standing]:
    """By those of these sources that have any, what came again in their articles."""
    columns = (col(Row.source), col(Row.articles), col(Row.hashes), col(Row.counts))
    return {
        source: Standing(articles, np.frombuffer(hashes, np.uint32), np.frombuffer(counts, np.uint16))
        for source, articles, hashes, counts in where(session, columns, col(Row.source), sorted(set(sources) - {b""}))
    }


def keep(session: Session, before: Mapping[bytes, Standing], after: Mapping[bytes, Standing]) -> None:
    """Write down what has changed."""
    changed = [
        {
            "source": source,
            "articles": one.articles,
            "hashes": one.hashes.tobytes(),
            "counts": one.counts.tobytes(),
        }
        for source, one in after.items()
        if before.get(source) is not one
    ]
    put(session, str(Row.__tablename__), changed, key="source")
