"""Small whole documents of each line of the table of formats, for somebody to do harm with."""

import json

from services.fetch.core.kinds import KINDS
from tests.services.fetch.archives import PACKERS, sevenzipped, tarred, zipped
from tests.services.fetch.formats import test_fuzz, test_fuzz_texts
from tests.services.fetch.formats.test_fuzz import CRAWL, MAILBOX

TEXT = "Le conseil a voté le budget hier soir, après un long débat.\n".encode() * 20
PAGE = (
    b"<!DOCTYPE html><html><head><title>Le budget</title></head><body><article><p>%s</p></article></body></html>" % TEXT
)
MEMBERS = [("a.txt", TEXT), ("b/c.html", PAGE), ("d.txt", b"")]
LINES = b"".join(json.dumps({"title": "A", "text": f"{TEXT.decode()} {n}"}).encode() + b"\n" for n in range(9))
ENTRY = b'<entry xmlns="http://www.w3.org/2005/Atom"><title>a</title><link href="http://a.example/1"/><content>b</content></entry>'
# By what reads them, and the ending of their names.
SAMPLES: dict[tuple[str, str], list[bytes]] = {
    ("zips", "zip"): [zipped(MEMBERS), zipped([("a.zip", zipped(MEMBERS)), ("b.jsonl", LINES)], 0)],
    ("tars", "tar"): [tarred(MEMBERS), tarred([("é" * 150, TEXT), ("a.mbox", MAILBOX)])],
    ("tars", "tar.gz"): [tarred(MEMBERS, "w:gz"), tarred([("a.jsonl", LINES)], "w:gz")],
    ("sevenzips", "7z"): [sevenzipped(MEMBERS)],
    **{("compressed", f"jsonl.{kind}"): [pack(LINES)] for kind, pack in PACKERS.items()},
    **{("compressed", f"mbox.{kind}"): [pack(MAILBOX)] for kind, pack in PACKERS.items()},
    ("warc", "warc.gz"): [PACKERS["gz"](CRAWL[: len(CRAWL) // 2]) * 2],
    **{(reader, reader): list(known) for reader, known in (test_fuzz.SAMPLES | test_fuzz_texts.SAMPLES).items()},
    ("atom_entry", "xml"): [ENTRY],
    ("html", "html"): [PAGE],
    ("text", "txt"): [TEXT, TEXT.decode().encode("utf-16"), TEXT.decode().encode("cp1252")],
}
ENDINGS = {
    "feed": "rss",
    "json_any": "json",
    "wire": "txt",
    "reuters_sgml": "sgm",
    "table": "csv",
    "markdown": "md",
} | dict.fromkeys(("nitf", "newsml_g2", "newsml1"), "xml")
READERS = {kind.reader for kind in KINDS}


def name_of(ending: str) -> str:
    """What such a file is called by whoever does not lie about it."""
    return f"a.{ENDINGS.get(ending, ending)}"
