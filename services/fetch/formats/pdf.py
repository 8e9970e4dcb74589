"""PDFs: the text layer, page by page, in the order in which it was written, or in that of its columns.

Pictures of text are not read (no OCR).
"""

import ctypes
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pypdfium2
import pypdfium2.raw

from contracts.document import Claim
from contracts.outcomes import RejectReason
from services.fetch.core.claims import claim
from services.fetch.core.decoding import without_surrogates
from services.fetch.core.document import ReadDocument, Rejected, Source
from services.fetch.formats import properties
from services.fetch.formats.columns import SAME_ROW, WIDE, Row, in_order
from services.fetch.formats.lines import unwrapped
from services.fetch.formats.refused import Refused, said
from services.fetch.formats.set_line import Line, is_from_the_right

MEDIA_TYPE = "application/pdf"
WRONG_PASSWORD, OTHER_LOCK = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
MAX_PAGES = 20_000
MAX_CHARACTERS = 32_000_000
FONT_NAME_BYTES = 200
MAX_BAD_PAGES = 20  # in a row: a page count may be any number
WORD = re.compile("[^\\s\ufffe\x02]+[\ufffe\x02]?")  # up to where pdfium saw that one was divided
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
DATE = re.compile(r"D?:?(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?(Z|[+-]\d{2}'?\d{2})?")
FIELDS = {"CreationDate": "created", "ModDate": "modified"}


def read(source: Source) -> ReadDocument | Rejected:
    """The text of all pages, with the document's properties as claims."""
    try:
        document = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == WRONG_PASSWORD:
            return Rejected(RejectReason.ENCRYPTED, "the PDF needs a password: save it without one")
        if error.err_code == OTHER_LOCK:
            words = "the PDF is encrypted for certificates or a shop's program: print it to a PDF of its own"
            return Rejected(RejectReason.ENCRYPTED, words)
        return Rejected(RejectReason.UNREADABLE, f"the PDF is damaged: {error}")
    try:
        return _document(document)
    except Refused as refused:
        return refused.rejected
    finally:
        document.close()


def _document(document: pypdfium2.PdfDocument) -> ReadDocument | Rejected:
    pages = list(_pages(document))
    unread = sum(page is None for page in pages)
    if unread == len(pages):
        return Rejected(RejectReason.UNREADABLE, "no page of the PDF can be read")
    text = unwrapped([page for page in pages if page is not None])
    if not any(character.isalpha() for character in text):
        words = (
            f"its {len(pages)} pages have no text layer, as a scan's have none: give it one by OCR, and drop it again"
        )
        return Rejected(RejectReason.NO_TEXT, words)
    return ReadDocument(text, MEDIA_TYPE, None, text.count("\ufffd"), claims=said(_claims(document, unread)))


def _pages(document: pypdfium2.PdfDocument) -> Iterator[list[Line] | None]:
    """The lines of each page; None for one that cannot be read."""
    count = len(document)
    if count > MAX_PAGES:
        raise Refused(RejectReason.TOO_LARGE, f"the PDF has {count} pages, more than {MAX_PAGES}")
    characters, bad = 0, 0
    for number in range(count):
        page = _page(document, number)
        characters, bad = characters + sum(len(line.text) for line in page or ()), bad + 1 if page is None else 0
        if characters > MAX_CHARACTERS:
            raise Refused(RejectReason.TOO_LARGE, f"the PDF has more than {MAX_CHARACTERS} characters")
        yield page
        if bad >= MAX_BAD_PAGES:
            return


def _page(document: pypdfium2.PdfDocument, number: int) -> list[Line] | None:
    try:
        with closing(document[number]) as page:
            page.set_rotation(0)  # else its lines come from the side from which it is looked at
            with closing(page.get_textpage()) as words:
                return in_order(list(_rows(words)))
    except pypdfium2.PdfiumError:
        return None


def _rows(words: pypdfium2.PdfTextPage) -> Iterator[Row]:
    text = words.get_text_range()
    placed = len(text) == words.count_chars()  # then a character's index is its offset
    at = 0
    for raw in text.split("\n"):
        line = _cleaned(raw)
        pieces = tuple(_pieces(words, raw, at)) if placed and line.strip() else ()
        yield Row(_whole(line, pieces) if pieces else Line(line), pieces)
        at += len(raw) + 1


def _whole(text: str, pieces: tuple[Line, ...]) -> Line:
    """The line of these pieces; a word that was divided may have led it through several lines of the page."""
    first, *others = pieces
    set_lines = [first]
    for piece in others:
        last = set_lines[-1]
        if abs(last.top - piece.top) < SAME_ROW * last.height:
            left, right = min(last.left, piece.left), max(last.right, piece.right)
            set_lines[-1] = replace(last, left=left, right=right, is_whole=False)
        else:
            set_lines.append(piece)
    return replace(set_lines[0], text=text, last=set_lines[-1] if len(set_lines) > 1 else None)


def _pieces(words: pypdfium2.PdfTextPage, raw: str, at: int) -> Iterator[Line]:
    """A line in pieces that stand apart: wide spaces lie between them, or a word that was divided goes on elsewhere."""
    from_the_right = is_from_the_right(raw)
    begin, begins, ends, base, heights = 0, 0.0, 0.0, 0.0, list[float]()
    for word in WORD.finditer(raw):
        left, bottom, right, _ = first = words.get_charbox(at + word.start(), loose=True)
        last = words.get_charbox(at + word.end() - 1, loose=True) if word.end() - word.start() > 1 else first
        left, right = (last[0], right) if from_the_right else (left, last[2])
        if heights:
            wide = WIDE * heights[0]
            is_next = (begins - wide < right if from_the_right else begins <= left) and left < ends + wide
            if not (is_next and base - bottom < SAME_ROW * heights[0]):
                yield _piece(words, raw[begin : word.start()], at + begin, _place(begins, ends, base, heights))
                heights = []
        if not heights:
            begin, begins, ends, base = word.start(), left, right, bottom
        begins, ends = (min(begins, left), max(ends, right)) if from_the_right else (begins, right)
        heights.append(last[3] - last[1])
    if heights:
        yield _piece(words, raw[begin:], at + begin, _place(begins, ends, base, heights))


def _place(left: float, right: float, base: float, heights: list[float]) -> Line:
    """A line without its text: as high as most of its letters, for an accent on a capital makes one higher."""
    height = sorted(heights)[(len(heights) - 1) // 2]
    return Line("", left, base + height, height, right)


def _piece(words: pypdfium2.PdfTextPage, raw: str, at: int, place: Line) -> Line:
    first, last = _font(words, at), _font(words, at + len(raw.rstrip()) - 1)
    return replace(place, text=_cleaned(raw).strip(), font=first if first == last else "")


def _font(words: pypdfium2.PdfTextPage, at: int) -> str:
    name, flags = ctypes.create_string_buffer(FONT_NAME_BYTES), ctypes.c_int()
    size = pypdfium2.raw.FPDFText_GetFontInfo(words, at, name, FONT_NAME_BYTES, flags)
    return name.value.decode("utf-8", "replace") if 0 < size <= FONT_NAME_BYTES else ""


def _cleaned(raw: str) -> str:
    return _spaced(CONTROLS.sub("", without_surrogates(raw)))


def _spaced(line: str) -> str:
    """The line with plain spaces, where a program has written all of them as unbreakable ones."""
    return line if line.count(" ") >= line.count("\xa0") else line.replace("\xa0", " ")


def _claims(document: pypdfium2.PdfDocument, unread: int) -> Iterator[Claim | None]:
    yield properties.title(_told(document, "Title"), "pdf")
    yield from properties.authors(_told(document, "Author"), "pdf")
    for key, field in FIELDS.items():
        yield claim(field, _iso(_told(document, key)), "pdf")
    if unread:
        yield claim("unread_pages", str(unread), "pdf")


def _told(document: pypdfium2.PdfDocument, key: str) -> str:
    """A property; empty where it is damaged, for that costs no word of the text."""
    try:
        return str(document.get_metadata_value(key))
    except (pypdfium2.PdfiumError, ValueError):
        return ""


def _iso(date: str) -> str | None:
    """A PDF's date as everybody else writes it."""
    found = DATE.match(date)
    if found is None:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    if hour is None:
        return f"{year}-{month}-{day}"
    offset = (zone or "").replace("'", "")
    offset = f"{offset[:3]}:{offset[3:]}" if len(offset) == 5 else offset
    return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{offset}"
