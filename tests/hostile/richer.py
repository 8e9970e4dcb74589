"""Documents with what plain ones have not: without them a game never comes to much of what their readers can do."""

import json
import stat
import zipfile
from base64 import encodebytes
from collections.abc import Iterator
from io import BytesIO, RawIOBase

from tests.services.fetch.archives import WRITTEN, zipped
from tests.services.fetch.core.page.test_kinds import CONSENT, LIVE, PROSE, TEASERS, page
from tests.services.fetch.core.page.test_walls_and_lists import ENTRY, TEASER, WALLS
from tests.services.fetch.formats.test_eml import LETTER
from tests.services.fetch.formats.test_epub import CHAPTERS, META, NAV
from tests.services.fetch.formats.test_fuzz import FEED, JSON_FEED, MAILBOX, RECORD
from tests.services.fetch.formats.test_json import (
    CC_NEWS,
    NEWS_API,
    NEWS_PLEASE,
    NINJS_1,
    NINJS_2,
    NINJS_3,
    PICTURE,
    SCHEMA_ORG,
)
from tests.services.fetch.formats.test_markdown import TOML
from tests.services.fetch.formats.test_mbox import ONE, TWO
from tests.services.fetch.formats.test_mhtml import saved
from tests.services.fetch.formats.test_msg import LETTER as LETTERS
from tests.services.fetch.formats.test_msg import SUBJECT, attachment
from tests.services.fetch.formats.test_newsml import COMPONENT, ENCODED, NEWSML, XHTML, item_of, message_of
from tests.services.fetch.formats.test_nitf import nitf_of
from tests.services.fetch.formats.test_warc import ENCODED as CODINGS
from tests.services.fetch.formats.test_warc import PAGE as CRAWLED
from tests.services.fetch.formats.test_warc import chunked
from tests.services.fetch.formats.writing import epub, msg, msg_properties, odt
from tests.services.fetch.test_splitting import BRIDGE, HARVEST, INTERVIEW, LIBRARY, ONE_ARTICLE, RATES, STRIKE

MEMBERS = [("a.txt", b"Le conseil a vot\xc3\xa9. " * 40), ("b/", b""), ("b/c.txt", b"Hier."), ("\xe9.mbox", MAILBOX)]
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)
DIRECTORY = b"PK\x01\x02"
BLOCKS = (
    "<pre> a\n  b</pre><dl><dt>a</dt><dd><p>b</p>c</dd></dl><p>a<br/>b <b>c<i>d<br/>e</i><script>f</script></b></p>"
    "<table><tr><td><p>a</p></td><td/><td>b</td></tr></table><b><p>a</p></b>" + 160 * "<div>" + "z" + 160 * "</div>"
)
TYPED = '<!DOCTYPE nitf [<!ENTITY a "b &c; d"><!-- " --><!ENTITY c \'e\'><!ENTITY f SYSTEM "g"><!ENTITY % h "i">]>'
NESTED = f"<nitf><body><body.content>{300 * '<a>'}</body.content></body></nitf>"
HELD = f"<x>{nitf_of(BLOCKS, root='<nitf>').partition('?>')[2]}</x>"
IN_BASE64 = COMPONENT.replace("<DataContent>{1}</DataContent>", ENCODED)
CONTENTS = (
    "<inlineData encoding='base64'>***</inlineData>",
    "<inlineData encoding='e:base64' contenttype='text/html'>PGI+YTwvYj4=</inlineData>",
    HELD.replace("x>", "inlineXML>"),
    "<remoteContent href='a'/>",
)
PACKAGE = {"type": "composite", "headline": "A", "body_html": "<p>b</p><br>c", "associations": {"a": NINJS_1}}
NODES: list[object] = [
    NEWS_PLEASE,
    {**CC_NEWS, "date": 1519981200000, "text": "a&amp;b\n\n<i>c</i>\nd"},
    NEWS_API,
    {**SCHEMA_ORG, "articleBody": "", "description": "A few words."},
    {"@graph": [{"@type": "WebPage", "name": "A", "url": "https://a.example/"}, SCHEMA_ORG, NINJS_1]},
    {"@graph": [{"@type": "Organization"}, SCHEMA_ORG]},
    PICTURE | {"headline": "A"},
    PACKAGE,
    {"type": "composite", "associations": [NINJS_3, [NINJS_2, PACKAGE], 3]},
    {"hits": {"hits": [{"_source": NINJS_2}, 3]}},
    {"response": {"content": {"article": NEWS_API}}},
    {"title": "a", "body": {"summary": "b", "sections": [{"headline": "c", "paragraphs": ["d", 1]}, 2]}},
    [1, "a"],
    3,
]
ENTRIES: list[object] = [
    {"url": "http://a.example/1", "summary": "a"},
    {"id": "b" * 3000, "content_text": "Un < deux.\n\nTrois."},
    {"external_url": "http://a.example/2", "date_published": "2018-01-15T10:30:00+01:00", "author": {"name": "A"}},
    {},
    3,
]
SHEET = saved()
BYLINES = (
    "<p class=byline>Par <a rel=author href=/j>Jane Holloway</a>, à Alep, et Ann Bee (AFP)</p><address>By A. Bee, "
    "17 May 2024</address><span itemprop=author itemscope><span itemprop=name>Ann Bee</span></span>"
)
DATES = (
    "<time itemprop=datePublished datetime=2024-05-17T10:12>Fri</time><p class=date>17 May 2024</p>"
    "<div class=post-date>Updated 18 May 2024</div><span data-date=1715940000>x</span><p>Published on 17 May 2024</p>"
    "<abbr title=2024-05-17 class=published>x</abbr><figure><img src=a><figcaption>Un pont.</figcaption></figure>"
)
DATA = {"@type": "NewsArticle", "headline": "T", "author": {"@id": "#p"}, "isAccessibleForFree": "False"}
GRAPH = {"@graph": [DATA, {"@type": "Person", "@id": "#p", "name": "Ann Bee"}, {"@type": "VideoObject"}]}
PAGES = [
    page(f"<article><h1>T</h1>{BYLINES}{DATES}{PROSE}</article><aside>{TEASERS}</aside>", url="https://j.example/1"),
    page(f"{BYLINES}<h1>T</h1>{DATES}<p>Court.</p>", data=GRAPH, og="article"),
    page("<p>Court.</p>", og="video.other", data={"@type": "ImageGallery"}),
    page(TEASERS, url="https://j.example/category/monde", data={"@type": "CollectionPage"}),
    page("<h1>Search</h1>" + "".join(TEASER.format(n=n) for n in range(12)), og="website"),
    page(LIVE, url="https://j.example/live/1"),
    page("".join(ENTRY.format(n=n) for n in range(9)), data={"@type": "LiveBlogPosting"}),
    page(CONSENT),
    *(page(f"<div>{wall}</div>") for wall in WALLS.values()),
    page("<h1>404</h1><p>Page not found</p>"),
]
ARTICLES = "\n\n\n".join(f"{title}\n\n{text}" for title, text in (BRIDGE, HARVEST, LIBRARY, RATES, STRIKE))
TEXTS = [ARTICLES, ARTICLES.replace("\n\n\n", "\n\n***\n\n"), ONE_ARTICLE, INTERVIEW, ARTICLES.replace(".\n", ".")]


class _Pipe(RawIOBase):
    """What cannot be sought in: a size and a checksum come behind each member then."""

    def __init__(self) -> None:
        self.written = BytesIO()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override] # bytes are all that zipfile gives
        return self.written.write(data)


def _archives() -> Iterator[bytes]:
    """ZIPs whose directory is missing or misleads, of each method, as programs write them that know no sizes before."""
    for method in METHODS:
        for large in (False, True):
            pipe = _Pipe()
            with zipfile.ZipFile(pipe, "w", method) as archive:
                for path, data in MEMBERS:
                    with archive.open(zipfile.ZipInfo(path, WRITTEN), "w", force_zip64=large) as member:
                        member.write(data)
            whole = pipe.written.getvalue()
            yield whole
            yield whole[: whole.index(DIRECTORY)]
    whole = zipped(MEMBERS)
    yield whole[: whole.index(DIRECTORY)]
    yield b"before it" + whole.replace(b"PK\x03\x04", b"PK\x03\x05", 1)
    with zipfile.ZipFile(linked := BytesIO(), "w") as archive:
        info = zipfile.ZipInfo("a", WRITTEN)
        info.external_attr = stat.S_IFLNK << 16
        archive.writestr(info, "b")
        archive.writestr(zipfile.ZipInfo("é.txt", WRITTEN), "a")
    yield linked.getvalue().replace(b"\x14\x00\x00\x08", b"\x14\x00\x00\x00")  # its name is UTF-8, and does not say so


def _kept(body: bytes, coding: str) -> bytes:
    """A page in the archive of a crawl as it was sent; the library's writer would leave files behind."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1251\r\nContent-Encoding: {coding}\r\n"
    answer = head.encode() + b"Transfer-Encoding: chunked\r\n\r\n" + body
    return RECORD % (len(answer), answer)


DIGEST = (
    f"Subject: Digest\nFrom: a@example.org\nDate: x\n\nTopics:\n\n{70 * '-'}\n\nMessage: 1\n{LETTER.format('Un', 'a')}"
    f"{30 * '-'}\n\n{LETTER.format('Deux', 'b')}{30 * '-'}\n\nEnd of List Digest\n"
)
FLOWED = b"Subject: a\nContent-Type: text/plain; format=flowed; delsp=yes\n\nUn \n mot \n> cit\xe9 \n>> b\n-- \nc\n"
PASSED_ON = (
    b"Subject: a\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n%s\n--b\n"
    b"Content-Type: text/html; charset=koi8-r\nContent-Transfer-Encoding: base64\n"
    b"Content-Disposition: attachment; filename*0*=utf-8''%%C3%%A9; filename*1=.html\n\nPGI+YTwvYj4\n--b--\n"
)
SECRET = b"Subject: a\nContent-Type: %s; smime-type=enveloped-data\n\nx\n"
NCX = (
    "<ncx><navMap><navPoint><navLabel><text>a</text></navLabel><content src='text/b.xhtml'/></navPoint></navMap></ncx>"
)
RIGHTS = (
    "<encryption><EncryptedData><EncryptionMethod Algorithm='x#aes128-cbc'/><CipherData><CipherReference "
    "URI='OEBPS/text/b.xhtml'/></CipherData></EncryptedData></encryption>"
)
OPEN_TEXT = (
    "<text:h>a</text:h><text:p>b<text:s text:c='2'/><text:tab/>c<text:line-break/><text:note><text:note-body><text:p>d"
    "</text:p></text:note-body></text:note></text:p><table:table><table:table-row><table:table-cell><text:p>e</text:p>"
    "</table:table-cell><table:table-cell><text:list><text:list-item><text:p>f</text:p></text:list-item></text:list>"
    "</table:table-cell></table:table-row></table:table>"
)
OPEN_META = "<dc:title>a</dc:title><meta:initial-creator>A B</meta:initial-creator><dc:language>fr</dc:language>"
OUTLOOK = [
    msg({**msg_properties(LETTERS), **attachment(b"%PDF-1.4", "é.pdf", "application/pdf")}),
    msg({**msg_properties({SUBJECT: "a", 0x1013: "<p>b</p>"}), **attachment(b"GIF8", "a.gif", "image/gif")}),
    msg({"WordDocument": b"x"}),
    msg({"EncryptedPackage": b"x"}),
]
RICHER: dict[str, list[tuple[str, bytes]]] = {
    "nitf": [("a.xml", nitf_of(text).encode()) for text in (BLOCKS, "")]
    + [
        (
            "a.xml",
            (TYPED + "<nitf><body><body.content><p>&a;&f;&eacute;&x; & &#1;</p></body.content></body></nitf>").encode(),
        )
    ]
    + [("a.xml", NESTED.encode()), ("a.xml", nitf_of("<p>é</p>").replace("utf-8", "latin1").encode("latin-1"))],
    "newsml_g2": [("a.xml", item_of(content).encode()) for content in CONTENTS]
    + [("a.xml", message_of(item_of(XHTML.format("<p>One.</p>")), *map(item_of, CONTENTS)).encode())]
    + [("a.xml", b"<packageItem><groupSet/></packageItem>")],
    "newsml1": [
        ("a.xml", NEWSML.format(IN_BASE64.format("A", encodebytes(text).decode())).encode())
        for text in (b"Une ville.", b"\x89PNG\x00")
    ]
    + [("a.xml", NEWSML.format(content).encode()) for content in ("", COMPONENT.format("A", HELD) * 2, HELD)]
    + [("a.xml", NEWSML.format(f"<NewsComponent>{COMPONENT.format('A', HELD) * 2}</NewsComponent>").encode())],
    "json_any": [("a.json", json.dumps(node).encode()) for node in NODES],
    "eml": [("a.eml", data) for data in (DIGEST.encode(), FLOWED, PASSED_ON % FLOWED)]
    + [("a.eml", SECRET % kind) for kind in (b"multipart/encrypted", b"application/pkcs7-mime")],
    "mbox": [
        ("a.mbox", ONE + TWO),
        ("a.mbox", b"From a b\n" + ONE.replace(b"Premier", b">From a\n>>From b") + TWO[:60]),
    ],
    "epub": [
        ("a.epub", epub(CHAPTERS, meta=META, nav=NAV, more=more))
        for more in ({"META-INF/encryption.xml": RIGHTS}, {"OEBPS/nav.xhtml": NCX}, {"META-INF/container.xml": "<a/>"})
    ],
    "odt": [
        ("a.odt", odt(OPEN_TEXT, meta=OPEN_META)),
        ("a.odt", odt("x", more={"META-INF/manifest.xml": "<manifest:encryption-data/>"})),
        ("a.odt", odt("x", more={"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})),
    ],
    "msg": [("a.msg", data) for data in OUTLOOK],
    "warc": [
        ("a.warc", _kept(sent, coding))
        for coding, pack in CODINGS.items()
        for sent in (chunked(pack(CRAWLED)), pack(CRAWLED), CRAWLED)
    ],
    "feed": [
        (
            "a.rss",
            FEED.replace(b"<item>", b"<item/><item><title>a</title><link>http://a.example/2</link></item><item>"),
        ),
        ("a.json", JSON_FEED.replace(b"[{", b"[" + json.dumps(ENTRIES)[1:-1].encode() + b", {", 1)),
    ],
    "markdown": [
        ("a.md", TOML.encode()),
        ("a.md", b"- a\n  1. b\n> c\n\n| a | b |\n|---|---|\n| ~~c~~ | [d](e) |\n\n***\n"),
    ],
    "mhtml": [
        ("a.mhtml", SHEET),
        ("a.mhtml", saved(start='; start="<page>"', location="cid:page").replace(b"Snapshot-Content-", b"X-")),
        ("a.mhtml", SHEET.replace(b"text/html", b"image/gif")),
        ("a.mhtml", SHEET[: SHEET.index(b"</article>")]),
        (
            "a.mht",
            SHEET.replace(b"--b\r\n", b"--b\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n" * 60, 1),
        ),
    ],
    "html": [("a.html", text.encode()) for text in PAGES],
    "text": [("a.txt", text.encode()) for text in TEXTS],
    "zips": [("a.zip", data) for data in _archives()],
}
