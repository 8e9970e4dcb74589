"""Documents that mean harm, each made here: what it is called, its bytes, and how it and what comes of it may end."""

import gzip
from collections.abc import Iterator

from tests.services.fetch.formats.writing import docx, epub, odt, pdf, word_paragraph
from tests.services.fetch.hostile import Hostile

LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 12))
BOMB = f'<!DOCTYPE a [<!ENTITY e0 "aaaaaaaaaa">{LAUGHS}]>'
BIG = " " * (24 << 20)
ITEM = "<item><title>a</title><link>http://a.example/{}</link><description>Le convoi est entré.</description></item>"
PAGE = (
    "<html><body><article>"
    + "<p>Le convoi est entré dans la ville assiégée hier soir.</p>" * 5
    + "</article></body></html>"
)
MANY = 150  # more than are let out


def all_of_them() -> Iterator[Hostile]:
    """Every one, one after the other."""
    yield from office()
    yield from pages()
    yield from mails()
    yield from streams()


def office() -> Iterator[Hostile]:
    """Documents that are ZIP files of XML."""
    paragraph = word_paragraph("a")
    for name in ("word/document.xml", "word/styles.xml"):
        yield Hostile(f"a bomb in {name}", docx(paragraph, more={name: f"<a>{BIG}</a>"}), {"bomb"})
        yield Hostile(f"laughs in {name}", docx(paragraph, more={name: f"{BOMB}<a>&e11;</a>"}), {"unreadable"})
    for called, data in (("a bomb", f"<a>{BIG}</a>"), ("laughs", f"{BOMB}<a>&e11;</a>")):
        yield Hostile(f"{called} in core.xml", docx(paragraph, more={"docProps/core.xml": data}), {"fetched"})
        yield Hostile(f"{called} in meta.xml", odt("<text:p>a</text:p>", more={"meta.xml": data}), {"fetched"})
    yield Hostile("a Word document as deep as a well", docx("<w:tbl>" * 9000 + "</w:tbl>" * 9000), {"unreadable"})
    yield Hostile("a bomb in content.xml", odt("", more={"content.xml": f"<a>{BIG}</a>"}), {"bomb"})
    yield Hostile("laughs in content.xml", odt("", more={"content.xml": f"{BOMB}<a>&e11;</a>"}), {"unreadable"})
    yield Hostile("an OpenDocument text as deep as a well", odt("<text:p>" * 9000 + "</text:p>" * 9000), {"unreadable"})
    chapters = {f"{number}.xhtml": PAGE for number in range(MANY)}
    yield Hostile("a book of very many chapters", epub(chapters), {"expanded", "fetched", "too_many"})
    yield Hostile("a bomb in a chapter", epub({"a.xhtml": BIG, "b.xhtml": PAGE}), {"expanded", "bomb", "fetched"})


def pages() -> Iterator[Hostile]:
    """Documents of pages."""
    whole = pdf([["Texte"]])
    yield Hostile("a PDF that says it has a million pages", pdf([["Texte"]], count=1_000_000), {"too_large"})
    yield Hostile("a PDF whose pages hold themselves", whole.replace(b"[4 0 R]", b"[2 0 R]"), {"unreadable", "no_text"})
    yield Hostile("a PDF cut off", whole[: len(whole) // 2], {"unreadable", "fetched", "no_text"})
    yield Hostile("an RTF of braces", b"{\\rtf1 " + b"{" * 2_000_000, {"unreadable"})
    yield Hostile(
        "an RTF of links", b"{\\rtf1 " + b"{\\field{\\*\\fldinst{HYPERLINK " * 3000, {"no_text", "unreadable"}
    )
    yield Hostile("an RTF that skips beyond its end", b"{\\rtf1 a\\bin9999999999 b}", {"unreadable"})


def mails() -> Iterator[Hostile]:
    """Mails."""
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(2000))
    yield Hostile("parts in parts", b"From: a\nSubject: a\nMIME-Version: 1.0\n" + deep + b"\na", {"unreadable"})
    forwarded = b"From: a\nSubject: a\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n" * 30 + b"a"
    yield Hostile("mails in mails", forwarded, {"expanded", "too_deep", "no_text", "fetched"})
    for field in (b"Subject", b"From", b"Content-Type", b"Content-Disposition"):
        header = b"From: a\nTo: b\nMIME-Version: 1.0\n" + field + b": " + b'a=;,<("' * 100_000
        yield Hostile(
            f"an endless {field.decode()}", header + b"\n\nTexte", {"fetched", "no_text", "expanded", "empty"}
        )


def streams() -> Iterator[Hostile]:
    """What holds many."""
    mail = b"From a@b Mon Jan 15 10:30:00 2018\nSubject: a\n\nTexte\n\n"
    yield Hostile("a mailbox of very many mails", mail * MANY, {"expanded", "fetched", "too_many"})
    body = gzip.compress(BIG.encode())
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + body
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\nContent-Type: application/http\r\n"
    )
    record = head + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(answer), answer)
    yield Hostile("a bomb in a crawl", record, {"expanded", "bomb"})
    yield Hostile("a crawl of one line", head + b"X: " + b"a" * 20_000_000, {"expanded", "unreadable", "empty"})
    rss = '<?xml version="1.0"?>{}<rss version="2.0"><channel><title>a</title>{}</channel></rss>'
    many = rss.format("", "".join(ITEM.format(number) for number in range(MANY)))
    yield Hostile("a feed of very many entries", many.encode(), {"expanded", "fetched", "too_many"})
    laughing = rss.format(BOMB.replace("DOCTYPE a", "DOCTYPE rss"), ITEM.replace("Le convoi", "&e11; Le convoi"))
    yield Hostile("laughs in a feed", laughing.encode(), {"expanded", "fetched", "unreadable"})
