"""Whether a feed gives the whole article, or only says that there is one; and what there is to keep of it."""

import re

from selectolax.lexbor import LexborHTMLParser

from services.fetch.core.feeds.entry import Entry
from services.fetch.core.nesting import shallow

TAG = re.compile(r"<[^<>]*>")
HIDDEN = ["script", "style", "template"]
PARAGRAPH = re.compile(r"</p\s*>|<br\s*/?>\s*<br\s*/?>|\n\s*\n", re.IGNORECASE)
MORE = (
    r"read (?:more|on|the (?:full|rest)[\w\s]{0,30})",
    r"continue reading[\w\s]{0,60}",
    r"full (?:story|article)",
    r"lire (?:la suite|l['’]article)[\w\s'’]{0,30}",
    "en savoir plus",
    "weiterlesen",
    "mehr lesen",
    "leer más",
    "seguir leyendo",
    "continua a leggere",
    "leggi tutto",
    "leia mais",
    "lees verder",
    "läs mer",
    "читать далее",
    "اقرأ المزيد",
)
CUT_OFF = re.compile(rf"(?:…|\.\.\.|\b(?:{'|'.join(MORE)}))[\s.…»>→\]\[)]*\Z", re.IGNORECASE)
SIGNATURE = re.compile(r"\s*\bThe post .{1,300} (?:appeared first|first appeared) on .{1,100}\Z")  # of WordPress
TAIL_CHARACTERS = 600
# A teaser has one paragraph of two or three lines. Who takes a teaser for the article loses the article; who takes
# the article for a teaser asks its page for it.
MIN_CHARACTERS, MIN_PARAGRAPHS = 280, 2
MIN_IN_ONE_PARAGRAPH = 700
MIN_OF_A_SUMMARY, MIN_PARAGRAPHS_OF_A_SUMMARY = 1500, 3
MORE_THAN_SUMMARY = 1.2


def is_full(entry: Entry) -> bool:
    """Whether what the entry carries is the article: its content is long and whole, or there is no page to go to."""
    if entry.link is None:
        return has_own_words(entry) if entry.refused else bool(words_of(entry)[0].strip())
    content = text_of(entry.content, entry.content_type)
    summary = text_of(entry.summary, entry.summary_type)
    if content and not _is_the_teaser(content, summary):
        enough = MIN_CHARACTERS if _paragraphs(entry.content) >= MIN_PARAGRAPHS else MIN_IN_ONE_PARAGRAPH
        return len(content) >= enough and not _is_cut_off(content)
    long = len(summary) >= MIN_OF_A_SUMMARY and _paragraphs(entry.summary) >= MIN_PARAGRAPHS_OF_A_SUMMARY
    return not content and long and not _is_cut_off(summary)


def has_own_words(entry: Entry) -> bool:
    """Whether the entry says more than its title."""
    return has_words(text_of(entry.content, entry.content_type) + text_of(entry.summary, entry.summary_type))


def words_of(entry: Entry) -> tuple[str, str]:
    """What the entry itself has to say, as it stood, and of which media type: the longer of content and summary.

    Its title, where those have no words.
    """
    texts = [
        (len(text), written, kind)
        for written, kind in ((entry.content, entry.content_type), (entry.summary, entry.summary_type))
        if has_words(text := text_of(written, kind))
    ]
    if not texts:
        return (entry.title, "text/plain") if has_words(entry.title) else ("", "text/plain")
    _, written, kind = max(texts, key=lambda each: each[0])
    return written, kind


def has_words(text: str) -> bool:
    """Whether there is a letter in it."""
    return any(character.isalpha() for character in text)


def text_of(written: str, kind: str) -> str:
    """The text of what may have markup, on one line: enough to measure it."""
    if kind != "text/plain" and ("<" in written or "&" in written):
        page = LexborHTMLParser(shallow(written))
        page.strip_tags(HIDDEN)
        written = page.body.text(separator=" ") if page.body is not None else ""
    return " ".join(written.split())


def _is_the_teaser(content: str, summary: str) -> bool:
    """Whether the content says no more than the summary does."""
    return bool(summary) and len(content) < MORE_THAN_SUMMARY * len(summary) and len(content) < MIN_OF_A_SUMMARY


def _is_cut_off(text: str) -> bool:
    return CUT_OFF.search(SIGNATURE.sub("", text[-TAIL_CHARACTERS:])) is not None


def _paragraphs(written: str) -> int:
    return sum(1 for one in PARAGRAPH.split(written) if has_words(TAG.sub(" ", one)))
