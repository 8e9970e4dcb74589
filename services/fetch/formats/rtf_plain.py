"""Rich text (RTF) said in the way in which striprtf reads it in one pass, and raises nothing.

Its patterns of font tables and of links try all pairs and triples of what they find: three kilobytes take hours.
"""

import codecs
import re
from collections.abc import Iterator

from striprtf.striprtf import charset_map

FONTS = re.compile(r"\{[^{}]*\\fonttbl")
BRACE = re.compile(r"[{}]")
FONT = re.compile(r"\\f(?:(?P<font>\d{1,10})|charset(?P<charset>\d{1,3}))(?!\d)")
# Those of the Macintosh that Python has not, by what Windows has for the same letters.
OF_WINDOWS = {78: 128, 79: 129, 80: 134, 81: 136, 82: 130}
# The address of a link is no word of the text: behind a line's end, which says nothing in RTF, it is not looked for.
LINK = re.compile(r"\\fldinst(?=\{)", re.IGNORECASE)
NUMBERED = re.compile(r"\\u(?:(?P<number>-?\d{5,10})|c(?!-?\d|[a-z]))", re.IGNORECASE)
CODE_PAGE = re.compile(r"\\ansicpg(-?\d{0,10})")
LAST_CHARACTER, LOST = 0x10FFFF, 0xFFFD


def plainly(written: str) -> str:
    """The same document: its fonts one by one, no word looked for in links, and only what there is in numbers."""
    text = CODE_PAGE.sub(_code_page, NUMBERED.sub(_number, LINK.sub(r"\g<0>\n", written)))
    table = FONTS.search(text)
    if table is None:
        return text
    end = _end(text, table.end())
    fonts = "".join(f"{{\\f{font}\\fcharset{charset} A;}}" for font, charset in _fonts(text[table.end() : end]))
    return f"{text[: table.start()]}{{\\fonttbl{fonts}}}{text[end:]}"


def codec_of(code_page: str) -> str:
    """The codec of a code page by its number; that of Western Europe where there is none."""
    return f"cp{code_page}" if _is_codec(f"cp{code_page}") else "cp1252"


def _code_page(found: re.Match[str]) -> str:
    return found[0] if _is_codec(f"cp{found[1]}") else ""


def _number(found: re.Match[str]) -> str:
    if found["number"] is None:
        return r"\uc1"
    number = int(found["number"])
    number += 0x10000 if number < 0 else 0
    return found[0] if 0 <= number <= LAST_CHARACTER else rf"\u{LOST}"


def _end(text: str, at: int) -> int:
    """Where the group ends that is open there."""
    depth = 1
    for brace in BRACE.finditer(text, at):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.end()
    return len(text)


def _fonts(table: str) -> Iterator[tuple[str, int]]:
    """Each font and its character set, where Python has a codec for that."""
    font = None
    for found in FONT.finditer(table):
        if found["font"] is not None:
            font = found["font"]
        elif font is not None:
            charset = OF_WINDOWS.get(int(found["charset"]), int(found["charset"]))
            if _is_codec(charset_map.get(charset, "")):
                yield font, charset
            font = None


def _is_codec(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True
