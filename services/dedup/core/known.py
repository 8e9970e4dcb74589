"""What is known when a verdict is given."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from services.dedup.core.article import Article, Source
from services.dedup.core.similarity import NOTHING, Hashes, among
from services.dedup.core.standing import Standing, together


@dataclass(slots=True)
class Known:
    """The remembered articles that may have to do with those of a batch, by what they are asked for.

    `latest` is the newest version at each place, `near` lists for an article_id those with a similar signature,
    oldest first; `originals` names the first version of those that are later ones. `standing` is what came again in the
    articles of a source, by its key.
    """

    articles: set[str] = field(default_factory=set)
    contents: dict[bytes, str] = field(default_factory=dict)
    texts: dict[bytes, str] = field(default_factory=dict)
    latest: dict[bytes, Article] = field(default_factory=dict)
    near: dict[str, Sequence[Article]] = field(default_factory=dict)
    originals: dict[str, str] = field(default_factory=dict)
    standing: dict[bytes, Standing] = field(default_factory=dict)
    _boilerplate: dict[bytes, Hashes] = field(default_factory=dict)

    def remember(self, article: Article) -> None:
        """Know an article that is original or a revision; who came first stays first."""
        self.articles.add(article.article_id)
        self.contents.setdefault(article.content, article.article_id)
        if article.fingerprint.text:
            self.texts.setdefault(article.fingerprint.text, article.article_id)
        self.latest[article.place] = article
        self.name_original(article.article_id, article.original)

    def name_original(self, article_id: str, original: str) -> None:
        """Know the first of an article's versions, where it is not the first itself."""
        if original:
            self.originals[article_id] = original

    def original_of(self, article_id: str) -> str:
        """The first of an article's versions."""
        return self.originals.get(article_id, article_id)

    def keep(self, source: Source, standing: Standing) -> None:
        """Know what came again in the articles of a source."""
        self.standing[source.key] = standing
        self._boilerplate.pop(source.key, None)

    def boilerplate(self, *sources: Source) -> Hashes:
        """The shingles that do not count in articles of these sources."""
        if not self.standing:
            return NOTHING
        return together(self._of(source.key) for source in dict.fromkeys(sources))

    def telling(self, article: Article) -> bytes:
        """The article's sketch without the boilerplate of its source, by which nothing is to be found."""
        without = self.boilerplate(article.source)
        sketch = article.fingerprint.sketch
        if not len(without):
            return sketch
        hashes = np.frombuffer(sketch, np.uint32)
        return hashes[~among(hashes, without)].tobytes()

    def _of(self, key: bytes) -> Hashes:
        if key not in self._boilerplate:
            standing = self.standing.get(key)
            self._boilerplate[key] = NOTHING if standing is None else standing.boilerplate()
        return self._boilerplate[key]
