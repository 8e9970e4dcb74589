"""The table of formats: which kinds of documents there are, by what they are told, and what reads them.

A format is one module in `services/fetch/formats`, one line here, and one in `docs/formats.md`.
"""

from dataclasses import dataclass, field

from services.fetch.core import looks
from services.fetch.core.binary import packed
from services.fetch.core.looks import Look

MEBIBYTE = 1 << 20
DOCUMENT_BYTES = 64 * MEBIBYTE  # of what is read as a whole
STREAM_BYTES = 1 << 40  # of what is read piece by piece: whatever comes in


@dataclass(frozen=True)
class Kind:
    """One line: a media type, the module that reads it, and how it is told from the others.

    By content: `magic` at an offset, `holds` for a file in a ZIP, `roots` for the root of an XML document, `looks` for
    how a text begins. By name, where content does not decide: `names`, and `also` for other media types that others
    call it by. `opens` says that inputs may come out of it, `several` that its text may hold several articles;
    `max_bytes` is the most that its reader takes.
    """

    media_type: str
    reader: str
    called: str
    names: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    magic: tuple[tuple[int, bytes], ...] = ()
    holds: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    looks: Look | None = field(default=None, compare=False)
    opens: bool = False
    several: bool = False
    max_bytes: int = DOCUMENT_BYTES

    @property
    def streams(self) -> bool:
        """Whether what comes out of it comes one by one: of one that is cut, whatever is complete before the cut."""
        return self.opens and self.max_bytes == STREAM_BYTES


# Of the kinds that look alike the first one that fits is taken: what is certain stands before what is not.
KINDS: tuple[Kind, ...] = (
    # Archives.
    Kind(
        "application/zip",
        "zips",
        "a ZIP archive",
        names=(".zip",),
        also=("application/x-zip-compressed",),
        magic=((0, b"PK\x03\x04"), (0, b"PK\x05\x06")),
        opens=True,
        max_bytes=STREAM_BYTES,
    ),
    Kind(
        "application/x-tar",
        "tars",
        "a tar archive",
        names=(".tar", ".tgz", ".tbz2", ".txz", ".tzst", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst"),
        also=("application/x-gtar",),
        magic=((257, b"ustar"),),
        opens=True,
        max_bytes=STREAM_BYTES,
    ),
    Kind(
        "application/x-7z-compressed",
        "sevenzips",
        "a 7z archive",
        names=(".7z",),
        magic=((0, b"7z\xbc\xaf\x27\x1c"),),
        opens=True,
        max_bytes=STREAM_BYTES,
    ),
    Kind(
        "application/gzip",
        "compressed",
        "a gzip archive",
        names=(".gz",),
        also=("application/x-gzip",),
        magic=packed("application/gzip"),
        opens=True,
        max_bytes=STREAM_BYTES,
    ),
    Kind(
        "application/x-bzip2",
        "compressed",
        "a bzip2 archive",
        names=(".bz2",),
        also=("application/bzip2",),
        magic=packed("application/x-bzip2"),
        opens=True,
        max_bytes=STREAM_BYTES,
    ),
    Kind(
        "application/x-xz",
        "compressed",
        "an xz archive",
        names=(".xz", ".lzma"),
        also=("application/x-lzma",),
        magic=packed("application/x-xz"),
        opens=True,
        max_bytes=STREAM_BYTES,
    ),
    Kind(
        "application/zstd",
        "compressed",
        "a zstd archive",
        names=(".zst",),
        magic=packed("application/zstd"),
        opens=True,
        max_bytes=STREAM_BYTES,
    ),
    # Documents that are binary.
    Kind(
        "application/pdf",
        "pdf",
        "a PDF",
        names=(".pdf",),
        also=("application/x-pdf",),
        magic=((0, b"%PDF-"),),
    ),
    Kind(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
        "a Word document",
        names=(".docx", ".docm"),
        holds=("word/document.xml", "word/document2.xml", "word/settings.xml", "word/styles.xml"),
        several=True,
    ),
    Kind(
        "application/epub+zip",
        "epub",
        "an e-book",
        names=(".epub",),
        holds=("META-INF/container.xml",),
        opens=True,
    ),
    Kind(
        "application/vnd.oasis.opendocument.text",
        "odt",
        "an OpenDocument text",
        names=(".odt", ".ott"),
        holds=("mimetype", "META-INF/manifest.xml"),  # of books as well, which are told before
        several=True,
    ),
    Kind(
        "application/vnd.ms-outlook",
        "msg",
        "an Outlook message",
        names=(".msg",),
        magic=((0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),),
        opens=True,
    ),
    Kind(
        "application/rtf",
        "rtf",
        "a rich text (RTF)",
        names=(".rtf",),
        also=("text/rtf",),
        magic=((0, b"{\\rtf"),),
        several=True,
    ),
    # Feeds, mails, archives of crawls.
    Kind(
        "application/rss+xml",
        "feed",
        "a feed",
        names=(".rss", ".atom", ".rdf"),
        also=("application/atom+xml", "application/rdf+xml"),
        roots=("rss", "RDF", "feed", "channel", "CHANNEL", "Channel"),
        looks=looks.feed,
        opens=True,
    ),
    Kind(
        "application/atom+xml;type=entry",
        "atom_entry",
        "an Atom entry",
        roots=("entry",),
    ),
    Kind(
        "application/feed+json",
        "feed",
        "a JSON feed",
        looks=looks.json_feed,
        opens=True,
    ),
    Kind(
        "application/warc",
        "warc",
        "the archive of a crawl",
        names=(".warc", ".arc"),
        also=("application/x-internet-archive",),
        looks=looks.warc,
        opens=True,
        max_bytes=STREAM_BYTES,
    ),
    Kind(
        "application/mbox",
        "mbox",
        "a mailbox",
        names=(".mbox",),
        looks=looks.mbox,
        opens=True,
        max_bytes=STREAM_BYTES,
    ),
    Kind(
        "multipart/related",
        "mhtml",
        "a saved page (MHTML)",
        names=(".mhtml", ".mht"),
        looks=looks.saved_page,
    ),
    Kind(
        "message/rfc822",
        "eml",
        "a mail",
        names=(".eml", ".emlx"),
        looks=looks.mail,
        opens=True,
    ),
    # Texts; the last of them is what any text is that is nothing else.
    Kind(
        "text/html",
        "html",
        "an HTML page",
        names=(".html", ".htm", ".xhtml", ".xht"),
        also=("application/xhtml+xml",),
        roots=("html",),
        looks=looks.html,
    ),
    Kind(
        "application/nitf+xml",
        "nitf",
        "a NITF article",
        also=("text/vnd.iptc.nitf",),
        roots=("nitf",),
    ),
    Kind(
        "application/vnd.iptc.g2.newsitem+xml",
        "newsml_g2",
        "a NewsML-G2 item",
        also=("application/vnd.iptc.g2.newsmessage+xml",),
        roots=("newsItem", "newsMessage", "packageItem", "conceptItem", "knowledgeItem", "planningItem"),
        opens=True,
    ),
    Kind(
        "application/vnd.iptc.newsml+xml",
        "newsml1",
        "a NewsML document",
        roots=("NewsML",),
        opens=True,
    ),
    Kind("text/sgml", "reuters_sgml", "Reuters SGML", looks=looks.sgml_wire, opens=True),
    Kind("text/vnd.iptc.anpa", "wire", "agency wire", also=("text/vnd.iptc.7901",), looks=looks.wire, opens=True),
    Kind(
        "application/x-ndjson",
        "jsonl",
        "JSON Lines",
        names=(".jsonl", ".ndjson", ".jl"),
        also=("application/jsonl", "application/x-jsonlines", "application/json-lines"),
        looks=looks.jsonl,
        opens=True,
        max_bytes=STREAM_BYTES,
    ),
    Kind(
        "application/json",
        "json_any",
        "JSON",
        names=(".json",),
        also=("application/ld+json", "text/json"),
        looks=looks.json,
        opens=True,
    ),
    Kind(
        "text/csv",
        "table",
        "a table",
        names=(".csv", ".tsv", ".tab"),
        also=("text/tab-separated-values", "application/csv"),
        looks=looks.table,
        opens=True,
        max_bytes=STREAM_BYTES,
    ),
    Kind(
        "text/markdown",
        "markdown",
        "a Markdown text",
        names=(".md", ".markdown", ".mkd"),
        also=("text/x-markdown",),
        looks=looks.markdown,
        several=True,
    ),
    Kind("text/plain", "text", "a text", several=True),
)
PLAIN = KINDS[-1]
