"""What columns and keys are called by those who write them for themselves, in their own language and spelling.

Compared without case, accents, spaces, hyphens and underscores.
"""

import unicodedata
from functools import lru_cache
from typing import Any

from services.fetch.formats.json_keys import PATHS, TEXTS, TEXTS_BESIDE

# By what JSON calls it, in Catalan, Chinese, Czech, Danish, Dutch, English, French, German, Greek, Hungarian, Italian,
# Japanese, Korean, Norwegian, Polish, Portuguese, Romanian, Russian, Spanish, Swedish, Turkish and Ukrainian.
_OTHERWISE = {
    "text": (
        "texte, testo, texto, tekst, articletext, storytext, newstext, bodycopy, contenu, texte de l'article, "
        "texte intégral, corps, corps de l'article, corps du texte, artikeltext, volltext, fließtext, inhalt, "
        "haupttext, contenido, cuerpo, texto completo, cuerpo de la noticia, texto de la noticia, contenuto, "
        "corpo, testo completo, testo articolo, testo dell'articolo, conteúdo, texto da notícia, "
        "corpo da notícia, inhoud, artikeltekst, treść, treść artykułu, pełny tekst, obsah, text článku, "
        "plný text, conținut, textul articolului, szöveg, cikk szövege, brödtext, brødtekst, innehåll, metin, "
        "içerik, haber metni, текст, текст статьи, полный текст, содержание, тело, текст статті, повний текст, "
        "зміст, κείμενο, περιεχόμενο, النص, نص, نص المقال, المحتوى, טקסט, תוכן, 本文, 記事本文, 正文, 内容, "
        "內容, 全文, 본문, 내용, 기사본문"
    ),
    "title": (
        "titre, titel, titulo, título, titolo, títol, titular, heading, überschrift, ueberschrift, schlagzeile, "
        "hauptzeile, titre de l'article, manchette, manchete, kop, krantenkop, tytuł, nagłówek, titulek, nadpis, "
        "název, titlu, cím, overskrift, başlık, заголовок, название, назва, τίτλος, العنوان, عنوان, כותרת, "
        "タイトル, 見出し, 题名, 标题, 標題, 题目, 제목"
    ),
    "author": (
        "auteur, auteurs, autor, autore, autori, autores, autora, verfasser, journaliste, journalist, reporter, "
        "writer, signature, firma, schrijver, redaktor, forfatter, författare, szerző, yazar, muhabir, автор, "
        "авторы, автори, συγγραφέας, συντάκτης, الكاتب, المؤلف, كاتب, מחבר, כתב, 著者, 筆者, 記者, 作者, 기자, "
        "작성자, 저자"
    ),
    "date": (
        "datum, fecha, data di pubblicazione, data de publicação, data publikacji, data wydania, "
        "date de publication, date de parution, date publication, jour, publication day, publishing day, day, "
        "veröffentlicht, veröffentlichungsdatum, erscheinungsdatum, erschienen am, publikationsdatum, "
        "publicatiedatum, fecha de publicación, fecha publicación, datum vydání, datum publikování, dato, dátum, "
        "megjelenés, publiceringsdatum, tarih, yayın tarihi, дата, дата публикации, дата выхода, опубликовано, "
        "дата публікації, ημερομηνία, التاريخ, تاريخ النشر, תאריך, 日付, 掲載日, 公開日, 日期, 发布时间, "
        "发布日期, 發布時間, 날짜, 작성일, 게재일"
    ),
    "publishedAt": ("publisheddate, dateofpublication, publishedon, publishedtime, publishingtime, publicationtime"),
    "publish_date": ("publishdate"),
    "language": ("langue, sprache, idioma, lingua, taal, język, jazyk, språk, dil, язык, мова, 言語, 语言, 언어"),
    "url": ("lien, enlace, adresse web, webadresse, ссылка, посилання, bağlantı, odkaz, 链接, 링크"),
    "section": ("rubrique, ressort, sección, sezione, seção, editoria, dział, рубрика, раздел, 分类, 섹션"),
    "publisher": (
        "quelle, zeitung, medium, média, journal, titre de presse, medio, fuente, testata, fonte, veículo, "
        "krant, bron, źródło, zdroj, kaynak, источник, издание, джерело, видання, المصدر, 媒体, 来源, 來源, "
        "출처, 언론사"
    ),
}
# What an object of JSON is full of, and a table in Italian, Portuguese or Polish calls its days.
DATES_OF_TABLES = {"data": "date"}


@lru_cache(maxsize=4096)
def bare(name: str) -> str:
    """The name as it is compared."""
    apart = unicodedata.normalize("NFKD", name[:100].casefold())
    return "".join(character for character in apart if character.isalnum())


_ALIASES = {bare(each): name for name, those in _OTHERWISE.items() for each in those.split(", ")}
KNOWN = {
    bare(name): name
    for name in (*reversed((*TEXTS, *TEXTS_BESIDE)), *(path for paths in PATHS.values() for path in reversed(paths)))
    if "." not in name
}
KNOWN = {**_ALIASES, **KNOWN}
_AS_THEY_STAND = frozenset(KNOWN.values())


def known(name: str) -> str | None:
    """What JSON calls it; None where nobody calls anything of an article so."""
    return KNOWN.get(bare(name))


def by_known_names(node: dict[str, Any]) -> dict[str, Any]:
    """The object, with what stands in it under a name of one's own under the one that is known, too."""
    found: dict[str, Any] = {}
    for name, value in node.items():
        if name not in _AS_THEY_STAND and (own := known(name)) is not None and own not in node:
            found.setdefault(own, value)
    return {**node, **found} if found else node
