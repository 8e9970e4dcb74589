"""What is made to do harm: bombs, quines, paths, links, entities, depth, lines without end."""

import gzip
import json
import tarfile
import zipfile
from collections.abc import Callable
from random import Random

from tests.hostile.made import Made
from tests.hostile.quine import quine
from tests.hostile.samples import PAGE, TEXT
from tests.services.fetch.archives import PACKERS, link, sevenzipped, tarred, zipped
from tests.services.fetch.formats.writing import docx, epub, odt, word_paragraph

LETTERS = "abcdefghijklmnopqrstuvwxyz"
NAMES: tuple[Callable[[Random], str], ...] = (
    lambda chance: "../" * chance.randint(1, 40) + chance.choice(("etc/passwd", "root/.ssh/authorized_keys", "a.txt")),
    lambda chance: chance.choice(("/", "//", "\\\\host\\", "C:\\", "file:///", "~/", "./../")) + "etc/a.txt",
    lambda chance: (
        "a" + chance.choice(("\n", "\r\n", "\t", "\x1b[2J", "\x7f", "\u2028", "\u202e", "\ufeff")) * 3 + ".txt"
    ),
    lambda chance: chance.choice("xé語") * 255,
    lambda chance: "x" * chance.randint(4000, 60_000) + ".txt",
    lambda chance: "/".join("d" * chance.randint(1, 3) for _ in range(chance.randint(100, 2000))) + "/a.txt",
    lambda chance: chance.choice(
        ("a!b.zip!c.txt", "#1", "a#2.txt", "%2e%2e%2fa.txt", "-rf *", "$(id).txt", "`id`", "'; --")
    ),
    lambda chance: chance.choice((" ", ".", "..", "...", "a/", "a//b", "\\", "CON", "nul.txt", ":", "a:b")),
)
BIG, MOST_IN_ZIP = 6 << 20, 65_536
OUTSIDE = ("file:///etc/passwd", "http://127.0.0.1:1/", "expect://id", "/dev/zero")
ENTITIES: tuple[Callable[[Random], str], ...] = (
    lambda chance: (
        "".join(
            f'<!ENTITY e{n} "{f"&e{n - 1};" * chance.randint(2, 20)}">' for n in range(chance.randint(5, 14), 0, -1)
        )
        + '<!ENTITY e0 "ha">'
    ),
    lambda chance: f'<!ENTITY e1 "{"a" * chance.randint(10_000, 300_000)}">',
    lambda chance: '<!ENTITY e1 "&e2;"><!ENTITY e2 "&e1;">',
    lambda chance: f'<!ENTITY e1 SYSTEM "{chance.choice(OUTSIDE)}">',
    lambda chance: '<!ENTITY % p SYSTEM "http://127.0.0.1:1/x.dtd"> %p; <!ENTITY e1 "a">',
    lambda chance: f"<!ENTITY % a \"<!ENTITY e1 '{'x' * chance.randint(1, 99)}'>\"> %a;",
    lambda chance: "<!ENTITY e1 'b'>" * chance.randint(1000, 20_000),
    lambda chance: f'<!NOTATION n SYSTEM "a{chance.random()}"><!ENTITY e1 SYSTEM "b" NDATA n>',
)
ROOTS = {
    "rss": "<rss version='2.0'><channel><title>a</title><item><title>b</title><link>http://a.example/</link>"
    "<description>{}</description></item></channel></rss>",
    "feed": "<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>b</title><content>{}</content></entry></feed>",
    "nitf": "<nitf><body><body.content><p>{}</p></body.content></body></nitf>",
    "newsItem": "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/'><contentSet><inlineXML><p>{}</p></inlineXML>"
    "</contentSet></newsItem>",
    "NewsML": "<NewsML><NewsItem><NewsComponent><ContentItem><DataContent>{}</DataContent></ContentItem>"
    "</NewsComponent></NewsItem></NewsML>",
    "html": "<html><body><p>{}</p></body></html>",
    "urlset": "<urlset><url><loc>{}</loc></url></urlset>",
}
DEEP: tuple[Callable[[int], tuple[str, bytes]], ...] = (
    lambda depth: ("a.json", b'{"text":' * depth + b"1" + b"}" * depth),
    lambda depth: ("a.json", b"[" * depth),
    lambda depth: ("a.jsonl", (b'{"a":' * depth + b"\n") * 3),
    lambda depth: ("a.html", b"<div>" * depth + TEXT),
    lambda depth: ("a.html", b"<table><tr><td>" * depth + TEXT),
    lambda depth: ("a.xml", b"<nitf><body><body.content>" + b"<p>" * depth),
    lambda depth: ("a.rss", b"<rss><channel>" + b"<item>" * depth),
    lambda depth: ("a.rtf", b"{\\rtf1 " + b"{\\b " * depth + b"a" + b"}" * depth),
    lambda depth: ("a.md", b"> " * depth + TEXT),
    lambda depth: ("a.md", b"---\na: " + b"[" * depth + b"\n---\n" + TEXT),
    lambda depth: ("a.eml", b"From: a\nTo: b\nMIME-Version: 1.0\n" + _parts(min(depth, 3000))),
    lambda depth: (
        "a.pdf",
        b"%PDF-1.4\n1 0 obj\n" + b"<</A " * depth + b">>" * depth + b"\nendobj\ntrailer<</Root 1 0 R>>",
    ),
    lambda depth: ("a.docx", docx("<w:tbl><w:tr><w:tc>" * min(depth, 9000))),
    lambda depth: ("a.odt", odt("<text:list><text:list-item>" * min(depth, 9000))),
)
LINES: dict[str, bytes] = {
    "a.txt": b"",
    "a.jsonl": b'{"text": "a"}\n{"text": "',
    "a.mbox": b"From a@b Mon Jan 15 10:30:00 2018\nSubject: a\n\nTexte\n\nFrom a@b Mon Jan 15 10:30:00 2018\nSubject: ",
    "a.csv": b'title,text\nA,words\nB,"',
    "a.warc": b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/",
    "a.html": b"<html><body><p>",
    "a.eml": b"From: a\nTo: b\nSubject: ",
    "a.json": b'{"text": "',
    "a.xml": b"<?xml version='1.0'?><nitf a='",
    "a.rtf": b"{\\rtf1 ",
    "a.md": b"---\ntitle: ",
    "a.tar": tarred([("a.txt", TEXT)])[:1024],
    "a.zip": zipped([("a.txt", TEXT)], 0)[:100],
    "a.pdf": b"%PDF-1.4\n",
}


def a_bomb(chance: Random) -> Made:
    """Much of the same, packed one way or another, once or several times."""
    data = bytes([chance.randrange(256)]) * (BIG + chance.randrange(BIG))
    called = chance.choice(list(BOMBS))
    name, packed = BOMBS[called](chance, data)
    return Made("bombs", f"{len(data)} bytes {called}", name, packed)


def _packed(chance: Random, data: bytes) -> tuple[str, bytes]:
    pack = chance.choice(list(PACKERS))
    return f"a.{chance.choice(('txt', 'jsonl', 'mbox', 'tar'))}.{pack}", PACKERS[pack](data)


def _twice(chance: Random, data: bytes) -> tuple[str, bytes]:
    pack, inner = chance.choice(list(PACKERS)), chance.choice(list(PACKERS))
    return f"a.{pack}", PACKERS[pack](PACKERS[inner](data * 3))


def _tarred(chance: Random, data: bytes) -> tuple[str, bytes]:
    pack = chance.choice(list(PACKERS))
    return f"a.tar.{pack}", PACKERS[pack](tarred([("a.txt", TEXT), ("b.txt", data)]))


def _zipped(chance: Random, data: bytes) -> tuple[str, bytes]:
    method = chance.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    return "a.zip", zipped([("a.txt", TEXT), ("b.txt", data)], method)


def _sevenzipped(_: Random, data: bytes) -> tuple[str, bytes]:
    return "a.7z", sevenzipped([("b.txt", data)])


def _crawled(_: Random, data: bytes) -> tuple[str, bytes]:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    answer = head + gzip.compress(data)
    record = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
    return "a.warc", record + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(answer), answer)


def _written(chance: Random, data: bytes) -> tuple[str, bytes]:
    part = chance.choice(("word/document.xml", "word/styles.xml"))
    return "a.docx", docx(word_paragraph("a"), more={part: f"<a>{' ' * len(data)}</a>"})


def _opened(chance: Random, data: bytes) -> tuple[str, bytes]:
    part = chance.choice(("content.xml", "meta.xml", "styles.xml"))
    return "a.odt", odt("", more={part: f"<a>{' ' * len(data)}</a>"})


def _bound(_: Random, data: bytes) -> tuple[str, bytes]:
    return "a.epub", epub({"a.xhtml": " " * len(data), "b.xhtml": PAGE.decode()})


def _many(chance: Random, _: bytes) -> tuple[str, bytes]:
    many = [(f"{number}{chance.random()}", b"") for number in range(chance.randint(150, 1500))]
    return "a.zip", chance.choice((zipped, tarred))(many)


BOMBS = {
    "packed": _packed,
    "packed twice": _twice,
    "in a packed tar": _tarred,
    "in a ZIP": _zipped,
    "in 7z": _sevenzipped,
    "in a crawl": _crawled,
    "in Word": _written,
    "in OpenDocument": _opened,
    "in a book": _bound,
    "beside very many files": _many,
}


def what_holds_itself(chance: Random) -> Made:
    """A file that unpacks to itself, or archives one in another without end in sight."""
    data = quine("".join(chance.choices(LETTERS, k=4)).encode())
    depth = chance.randint(0, 3)
    for _ in range(depth):
        data = chance.choice((zipped, tarred))([("a.gz", data), ("b.txt", TEXT)])
    return Made("quines", f"in {depth} others", chance.choice(("a.gz", "a.zip", "a")), data)


def a_strange_name(chance: Random) -> Made:
    """Files in archives under names that lead elsewhere, or are none."""
    members = [(chance.choice(NAMES)(chance), TEXT + b"%d" % number) for number in range(chance.randint(1, 6))]
    if chance.random() < 0.6 and all(len(name.encode()) < MOST_IN_ZIP for name, _ in members):
        return Made("names", "in a ZIP", "a.zip", zipped(members))
    return Made("names", "in a tar", "a.tar", tarred(members))


def links_in_a_circle(chance: Random) -> Made:
    """What only tar has: links to each other, out of the archive, and things that are no files."""
    names = chance.sample(LETTERS, chance.randint(1, 8))
    others = [
        link(
            name,
            chance.choice((*names, "../" * 9 + "etc", "/proc/self/mem", ".")),
            chance.choice((tarfile.SYMTYPE, tarfile.LNKTYPE)),
        )
        for name in names
    ]
    for kind in chance.sample((tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, b"Z"), 2):
        device = tarfile.TarInfo(f"dev{kind!r}")
        device.type, device.devmajor, device.devminor = kind, 1, chance.randint(0, 9)
        others.append(device)
    chance.shuffle(others)
    return Made("links", f"{len(others)} links and devices", "a.tar", tarred([("a.txt", TEXT)], others=others))


def entities(chance: Random) -> Made:
    """XML of each kind with entities and types that grow, recur, or lead outside."""
    root, body = chance.choice(list(ROOTS.items()))
    told = chance.choice(ENTITIES)(chance)
    inside = chance.choice(("&e1;", "&e5; &e13;", "a &e1; " * 50, "a"))
    data = f"<?xml version='1.0'?><!DOCTYPE {root} [{told}]>{body.format(inside)}".encode()
    if chance.random() < 0.2:
        part = chance.choice(("word/document.xml", "docProps/core.xml"))
        return Made("entities", f"in {part}", "a.docx", docx(word_paragraph("a"), more={part: data}))
    return Made("entities", f"in {root}", chance.choice(("a.xml", "a.rss", "a.html", "a")), data)


def what_is_deep(chance: Random) -> Made:
    """Things in things in things."""
    depth = int(10 ** chance.uniform(2, 5))
    name, data = chance.choice(DEEP)(depth)
    return Made("depth", f"{name[2:]} {depth} deep", name, data)


def a_long_line(chance: Random) -> Made:
    """A line of some megabytes, where lines are expected."""
    name, begins = chance.choice(list(LINES.items()))
    again = chance.choice((b"a", b" ", b"\x00", b"<", b'"', b"\\", b"a,", b"&", "é".encode(), b"\xff"))
    size = chance.randint(1 << 16, 3 << 20)
    return Made("long lines", f"{size} times {again!r} as {name}", name, begins + again * (size // len(again)))


def keys_of_json(chance: Random) -> Made:
    """JSON whose values are not what their names say."""
    values: tuple[object, ...] = (
        *(None, True, 10**400, -1e308, [], {}, [[]] * 50),
        *("\ud800", "\x00" * 9, "a" * 100_000, {"$ref": "#"}),
    )
    names = (
        "text",
        "title",
        "body",
        "articleBody",
        "author",
        "date",
        "url",
        "headline",
        "content",
        "version",
        "items",
        "@type",
    )
    node = {name: chance.choice(values) for name in chance.sample(names, chance.randint(2, 8))}
    text = json.dumps(node if chance.random() < 0.5 else [node] * chance.randint(1, 200))
    return Made("values", "JSON of strange values", chance.choice(("a.json", "a.jsonl", "a")), text.encode())


def _parts(depth: int) -> bytes:
    return b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(depth)) + TEXT
