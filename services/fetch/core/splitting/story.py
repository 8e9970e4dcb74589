"""What an article has told so far: its words, its names, how it goes on from one paragraph to the next."""

from collections import Counter
from collections.abc import Set as AbstractSet

from services.fetch.core.splitting.terms import names, share

_MOST_SUBJECTS = 8
_OFTEN = 2  # paragraphs that name a subject
_OPENING = 40  # characters of a lead that no other passage of the same article opens with
_USUAL = 0.3  # of a paragraph's words those that stood before, where too few have been read to know


class Story:
    """Grows by a block at a time, so that a text is read once however many headlines are judged by it."""

    def __init__(self) -> None:
        self.words: set[str] = set()
        self.lead: str | None = None
        self._named: Counter[str] = Counter()
        self._subjects: set[str] = set()
        self._known, self._paragraphs = _USUAL, 1

    def tell(self, block: str, found: set[str], *, prose: bool) -> None:
        """Go on with a block and its longer words."""
        if prose:
            if self.lead is not None:
                self._known += share(found, self.words)
                self._paragraphs += 1
            self.lead = self.lead or block
            for name in names(block):
                self._named[name] += 1
                self._subject(name)
        self.words |= found

    def _subject(self, name: str) -> None:
        """Keep a name among those that come most often."""
        if self._named[name] < _OFTEN or name in self._subjects:
            return
        if len(self._subjects) == _MOST_SUBJECTS:
            least = min(self._subjects, key=lambda one: (self._named[one], one))
            if self._named[least] >= self._named[name]:
                return
            self._subjects.remove(least)
        self._subjects.add(name)

    def known(self, passage: set[str]) -> float:
        """Of the words of a passage, those that stood in the article, less than is usual in it."""
        return self._known / self._paragraphs - share(passage, self.words)

    def named(self, passage: set[str]) -> float:
        """Of what a passage names, what the article has named."""
        return share(passage, self._named.keys())

    def carried(self, passage: set[str], about: AbstractSet[str] = frozenset()) -> float:
        """Of what the article is about, what a passage names; `about` are other words that tell it."""
        return share(self._subjects | about, passage)

    def opens_like(self, lead: str) -> bool:
        """Whether a lead begins as the article did: another version of it, or the same once more."""
        return self.lead is not None and opening(lead) == opening(self.lead)


def opening(lead: str) -> str:
    """The first words of a lead."""
    return " ".join(lead.split()).casefold()[:_OPENING]
