"""What striprtf does not know of rich text (RTF): words that are hidden or were deleted, and notes below the page."""

import re

UNSEEN_OR_NOTES = re.compile(r"\\(?:v|deleted|footnote)(?![a-z])")
TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]++)(?P<number>-?\d{1,10}+)?+ ?|(?P<brace>[{}])|\\'[0-9a-fA-F]{2}|\\.|[^\\{}]++|\\", re.DOTALL
)
# Control words that stand for something which is seen; all others stay, for they say what holds for what follows.
SEEN = frozenset(
    (
        *("bullet", "emdash", "emspace", "endash", "enspace", "ldblquote", "line", "lquote", "par", "qmspace"),
        *("rdblquote", "rquote", "tab", "u"),
    )
)
UNSEEN = ("v", "deleted")
NOTE, NUMBER = "footnote", "chftn"


def as_read(written: str) -> str:
    """The document without what nobody sees of it, and with its notes behind its text."""
    if UNSEEN_OR_NOTES.search(written) is None:
        return written
    reading = _Reading()
    for token in TOKEN.finditer(written):
        reading.meet(token)
    return reading.document()


class _Reading:
    """The place that is come to: what holds there, and where what stands there belongs."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._notes: list[list[str]] = []
        self._into, self._unseen = self._text, frozenset[str]()
        self._outer: list[tuple[list[str], frozenset[str]]] = []

    def meet(self, token: re.Match[str]) -> None:
        """Whatever comes next."""
        word = token["word"]
        if token["brace"] == "{":
            self._outer.append((self._into, self._unseen))
        elif token["brace"]:
            self._into, self._unseen = self._outer.pop() if self._outer else (self._text, frozenset())
        elif word in UNSEEN:
            self._unseen = self._unseen - {word} if token["number"] == "0" else self._unseen | {word}
        elif word == "plain":
            self._unseen = frozenset()
        elif word == NOTE:
            self._into = []
            if not self._unseen:
                self._notes.append(self._into)
            return
        elif word == NUMBER:
            self._number()
            return
        elif self._unseen and (word is None or word in SEEN):
            return
        self._into.append(token[0])

    def _number(self) -> None:
        """A note is known by its number in the text, which stands before the note itself; there it is given anyway."""
        if self._into is self._text and not self._unseen:
            self._text.append(f"[{len(self._notes) + 1}]")

    def document(self) -> str:
        """The text, and the notes at its end."""
        text = "".join(self._text)
        if not self._notes:
            return text
        end = text.rfind("}")
        end = len(text) if end < 0 else end
        notes = (f"{{\\par\\par [{number}] {''.join(note)}\\par }}" for number, note in enumerate(self._notes, 1))
        return text[:end] + "".join(notes) + text[end:]
