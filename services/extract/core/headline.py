"""A page's headline stands outside its text: it is read for names above it, and what it names is told apart again."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from contracts.extraction import Entity, Place, Title
from contracts.value import Span
from services.extract.core.naming.found import Recogniser
from services.extract.core.naming.passages import Passage

_BELOW = "\n\n"  # between the headline and the text

Named = TypeVar("Named", Entity, Place)


class Headed(NamedTuple):
    """A text with its headline above it, where the text itself does not hold it; `above` is how far that moves it."""

    text: str
    title: Title | None
    above: int

    @classmethod
    def of(cls, text: str, title: Title | None) -> "Headed":
        """The text itself where it holds its headline, or where there is none."""
        if title is None or title.start is not None or not title.text:
            return cls(text, title, 0)
        lead = title.text + _BELOW
        return cls(lead + text, Title(text=title.text, start=0, end=len(title.text)), len(lead))

    def passages(self, read: Sequence[Passage], recognise: Recogniser | None, tongue: str) -> list[Passage]:
        """What is read of the text, moved, and the headline before it."""
        if not self.above:
            return list(read)
        moved = [each._replace(start=each.start + self.above, end=each.end + self.above) for each in read]
        return [Passage(0, self.above - len(_BELOW), recognise, tongue), *moved]

    def moved(self, spans: Sequence[Span]) -> list[Span]:
        """Spans of the text as spans of this one."""
        return [Span(start=span.start + self.above, end=span.end + self.above) for span in spans]

    def within_text(self, named: Sequence[Named]) -> tuple[Named, ...]:
        """What the text itself names, with the places where it does; what the headline alone names is gone."""
        if not self.above:
            return tuple(named)
        told = ((one, [mention for mention in one.mentions if mention.start >= self.above]) for one in named)
        return tuple(
            one.model_copy(
                update={
                    "mentions": tuple(
                        mention.model_copy(
                            update={"start": mention.start - self.above, "end": mention.end - self.above}
                        )
                        for mention in mentions
                    )
                }
            )
            for one, mentions in sorted(told, key=lambda pair: pair[1][0].start if pair[1] else 0)
            if mentions
        )
