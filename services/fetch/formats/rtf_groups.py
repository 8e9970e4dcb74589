"""What striprtf does not know of rich text (RTF): what is hidden or deleted, notes below the page, boxes of text."""

import re
from typing import NamedTuple

SPECIAL = re.compile(r"\\(?:v|deleted|footnote|shptxt|dptxbxtext)(?![a-z])")
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
IGNORABLE = "*"  # its group is, for whoever does not know it
DRAWN, BOXES = ("shpinst", "do"), ("shptxt", "dptxbxtext")  # a drawing, as new programs write it and as old ones do
# Whoever can read the new form leaves the old one beside it; and boxes of what is not read are not read either.
LEFT = frozenset(
    ("shprslt", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", IGNORABLE)
)
ENDS = ("par", "row", "sect")


def as_read(written: str) -> str:
    """The document without what nobody sees of it, with boxes behind their paragraphs and notes behind its text."""
    if SPECIAL.search(written) is None:
        return written
    reading = _Reading()
    for token in TOKEN.finditer(written):
        reading.meet(token)
    return reading.document()


class _Place(NamedTuple):
    """What holds where we are: where it is written to, why it is not seen, and whether its boxes are left."""

    into: list[str]
    unseen: frozenset[str] = frozenset()
    is_left: bool = False


class _Reading:
    """The place that is come to: what holds there, and where what stands there belongs."""

    def __init__(self) -> None:
        self._text: list[str] = []
        self._notes: list[list[str]] = []
        self._boxes: list[list[str]] = []  # of the paragraph
        self._here = _Place(self._text)
        self._outer: list[_Place] = []

    def meet(self, token: re.Match[str]) -> None:
        """Whatever comes next."""
        word = token["word"] or (IGNORABLE if token[0] == f"\\{IGNORABLE}" else "")
        unseen = self._here.unseen
        if token["brace"] == "{":
            self._outer.append(self._here)
        elif token["brace"]:
            self._here = self._outer.pop() if self._outer else _Place(self._text)
        elif word in UNSEEN:
            self._here = self._here._replace(unseen=unseen - {word} if token["number"] == "0" else unseen | {word})
        elif word == "plain":
            self._here = self._here._replace(unseen=frozenset())
        elif word == NUMBER:
            self._number()
            return
        elif self._is_entered(word) or (unseen and (token["word"] is None or word in SEEN)):
            return
        self._here.into.append(token[0])
        if word in ENDS and self._here.into is self._text and not self._here.is_left:
            self._say_boxes()

    def _is_entered(self, word: str) -> bool:
        """Whether from here on it is written elsewhere."""
        outer = self._outer[-1] if self._outer else self._here
        if word == NOTE:
            self._here = self._here._replace(into=[])
            if not self._here.unseen:
                self._notes.append(self._here.into)
        elif word in DRAWN:
            self._here = outer._replace(into=[])
        elif word in BOXES:
            self._here = self._here._replace(into=[])
            if not self._here.unseen and not self._here.is_left:
                self._boxes.append(self._here.into)
        elif word in LEFT:
            self._here = self._here._replace(is_left=True)
            return False
        else:
            return False
        return True

    def _number(self) -> None:
        """A note is known by its number in the text, which stands before the note itself; there it is given anyway."""
        if self._here.into is self._text and not self._here.unseen:
            self._text.append(f"[{len(self._notes) + 1}]")

    def _say_boxes(self) -> None:
        """What stands in boxes of a paragraph stands behind it: none of its sentences is cut."""
        self._text += (f"{{\\par {''.join(box)}\\par }}" for box in self._boxes)
        self._boxes = []

    def document(self) -> str:
        """The text, and the notes at its end."""
        text = "".join(self._text)
        end = text.rfind("}")
        end = len(text) if end < 0 else end
        self._text = []
        self._say_boxes()
        notes = (f"{{\\par\\par [{number}] {''.join(note)}\\par }}" for number, note in enumerate(self._notes, 1))
        return text[:end] + "".join((*self._text, *notes)) + text[end:]
