"""UTF-8 with lines in it that somebody wrote in another encoding: read so where the text's own letters prove which."""

from collections.abc import Iterator

from services.fetch.core.oddness import reads_oddly

CODECS = ("cp1252", "iso8859-15", "cp1250", "iso8859-2", "cp1251", "koi8-r", "mac_roman", "cp850", "cp1253", "cp1254")
MAX_BYTES = 4 << 20
MOST_LINES = 1000


def mixed(data: bytes) -> tuple[str, str] | None:
    """The text, and the other encoding; None where nothing proves that there is one, or which.

    The proof: no byte beyond ASCII in these lines is UTF-8, all of them are letters and signs that the other lines
    have, and there is one such reading alone.
    """
    if len(data) > MAX_BYTES:
        return None
    lines = data.split(b"\n")
    strange = [at for at, line in enumerate(lines) if not _is_utf8(line)]
    if not 0 < len(strange) <= MOST_LINES or any(_has_utf8(lines[at]) for at in strange):
        return None
    others = set(strange)
    own = {one for at, line in enumerate(lines) if at not in others for one in line.decode() if one > "\x7f"}
    read = {text: codec for codec, text in _readings([lines[at] for at in strange]) if _foreign(text) <= own}
    if len(read) != 1:
        return None
    [(text, codec)] = read.items()
    if reads_oddly(text):
        return None
    for at, line in zip(strange, text.split("\n"), strict=True):
        lines[at] = line.encode()
    return b"\n".join(lines).decode(), codec


def _readings(lines: list[bytes]) -> Iterator[tuple[str, str]]:
    """The lines in each encoding, the usual ones last, so that these give it its name where several read the same."""
    for codec in reversed(CODECS):
        try:
            yield codec, b"\n".join(lines).decode(codec)
        except UnicodeError:
            continue


def _foreign(text: str) -> set[str]:
    return {one for one in text if one > "\x7f"}


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeError:
        return False
    return True


def _has_utf8(line: bytes) -> bool:
    return not line.decode("utf-8", "ignore").isascii()
