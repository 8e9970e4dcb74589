"""Digests of mailing lists (RFC 1153): mails one below the other in the text of one, with lines of hyphens between."""

import re
from dataclasses import dataclass

FIRST = re.compile(r"^-{70}[ \t]*\n", re.MULTILINE)  # behind what is in it
BETWEEN = re.compile(r"^-{30}[ \t]*(?:\n|\Z)", re.MULTILINE)
NUMBER = re.compile(r"Message:[ \t]*\d{1,6}[ \t]*\n")
HEAD = re.compile(r"(?:[A-Za-z][A-Za-z-]{1,40}:[^\n]*+\n(?:[ \t]+[^\s][^\n]*+\n)*+)++(?=\n)")
NAMES = ("from:", "subject:", "date:")  # what a mail has in a digest: two of them at least
ABOUT_BODY = ("content-", "mime-version:")
END = re.compile(r"\s*End of ", re.IGNORECASE)


@dataclass(frozen=True)
class Digest:
    """What a digest says itself, and the mails in it: the header, and the text."""

    own: str
    mails: tuple[tuple[str, str], ...]


def digest(text: str) -> Digest | None:
    """The digest that a mail's text is; None where it is none."""
    first = FIRST.search(text)
    if first is None:
        return None
    own, mails = [text[: first.start()]], list[tuple[str, list[str]]]()
    pieces = BETWEEN.split(text[first.end() :])
    for number, piece in enumerate(pieces):
        if (mail := _mail(piece)) is not None:
            mails.append((mail[0], [mail[1]]))
        elif not mails or number == len(pieces) - 1:
            own.append(piece)
        else:  # a line of hyphens in a text
            mails[-1][1].append(piece)
    is_one = len(mails) > 1 or (len(mails) == 1 and END.match(own[-1]) is not None)
    if not is_one:
        return None
    return Digest("\n".join(own), tuple((head, f"{'-' * 30}\n".join(pieces)) for head, pieces in mails))


def _mail(piece: str) -> tuple[str, str] | None:
    piece = piece.lstrip("\n")
    numbered = NUMBER.match(piece)
    piece = piece[numbered.end() :] if numbered is not None else piece
    found = HEAD.match(piece)
    if found is None:
        return None
    fields = re.split(r"\n(?![ \t])", found[0].rstrip("\n"))
    if sum(field.lower().startswith(NAMES) for field in fields) < 2:
        return None
    head = "".join(f"{field}\n" for field in fields if not field.lower().startswith(ABOUT_BODY))
    return head, piece[found.end() :].lstrip("\n")
