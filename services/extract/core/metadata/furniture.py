"""What stands around prose, told by the paragraph alone: captions, share bars, source lines, links, rules."""

import re

from services.extract.core.calendar_names import fold
from services.extract.core.layout import ends_a_sentence
from services.extract.core.metadata.agencies import agencies_in, names_only_agencies
from services.extract.core.metadata.buttons import COUNTERS, bar_of_buttons
from services.extract.core.metadata.closing_lines import closing_line
from services.extract.core.metadata.house_lines import house_line
from services.extract.core.metadata.invitations import INVITED, READ_ON, RELATED, RELATED_TO, SUBSCRIBE
from services.extract.core.metadata.page_labels import Finding, is_sure, label
from services.extract.core.metadata.shapes import undated
from services.extract.core.metadata.small_print import small_print

# No caption, share bar or source line that was seen is longer.
LONGEST = 600
_LONGEST_CAPTION = 350
_LONGEST_CREDIT = 60
_LONGEST_LINK = 160
_ARROWS = (" »", " ›", "→", "►", ">>")


_RULE = re.compile(r"[^\w\"'«»“”‘’()\[\]?!]{3,}|_{3,}|(?:[*=_~#•·.\u2013\u2014-]\s*){3,}")
_SPECKS = frozenset(".,;·•*_-–—|~#")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"»)\]]+", re.IGNORECASE)
_URL_MARGIN = re.compile(r"[^\W\d_]+")
SOURCE_WORDS = (
    "sources?|quellen?|fuentes?|fontes?|fonti|bron|źródło|zdroj|kaynak|источник|източник|джерело|المصدر|المصادر"
    "|origine|sursa|forrás|izvor|vir|kilde|källa|lähde|πηγή"
)
_SOURCE = re.compile(rf"(?:{SOURCE_WORDS})\s?[:\uff1a]\s{{0,3}}(?P<name>\S.{{0,118}})\Z", re.IGNORECASE)
_PICTURE = re.compile(
    r"(?:photos?(?: (?:d['’])?(?:archives?|illustration))?|photographies?|illustrations?(?:\s?/\s?\w{3,12})?|images?"
    r"|fotos?|bild(?:er)?|crédits?(?: photos?)?"
    r"|(?:photo |image )?credits?|foto|фото|الصورة|صورة)\s?[:\uff1a]\s{0,3}\S.{0,150}",
    re.IGNORECASE,
)
# The label without its colon, and names behind it: Photo Thinkstock
_PICTURE_BY = re.compile(
    r"(?:photos?|illustrations?|images?|fotos?|bild|crédits?|credits?)(?:\s?/\s?\w{3,12})?\s(?:par |by |von |de )?"
    r"(?-i:(?:DR|©|[^\W\d_a-zß-öø-ÿ][\w’'.-]{1,20})(?:\s?[/,&]\s?|\s|\Z)){1,5}(?:/.{1,40})?\Z",
    re.IGNORECASE,
)
# (les photos sont ci-après): prose, which points at pictures
_POINTING = r"sont|est|était|étaient|voir|ci-\w+|is|are|was|were|see|below|above|siehe|unten|ver|abajo"
_CREDIT_IN_BRACKETS = re.compile(
    rf"[(\[](?![^()\[\]]*\b(?:{_POINTING})\b)"
    r"[^()\[\]]{0,40}(?:\b(?:photos?|image|crédits?|credits?|illustration|foto|archives?|getty)\b|©)"
    r"[^()\[\]]{0,50}(?<!\.)[)\]]\.?",
    re.IGNORECASE,
)
_LABELLED_IN_BRACKETS = re.compile(
    r"[(\[](?:photo|image|picture|foto|bild|crédit|credit|illustration|사진)s?(?: (?:credits?|by|courtesy))?"
    r"\s?[:=\uff1a]\s?[^()\[\]]{2,60}[)\]]\.?"
    r"|[(\[][^()\[\]]{2,40}/\s?(?:file|files|archivo|archiv|handout|pool)(?: (?:photo|picture|image))?[)\]]\.?",
    re.IGNORECASE,
)
# Foto: Anne Martin, where a caption ends
_CREDITED_AT_END = re.compile(
    r"(?:\b|(?<=[a-zß-öø-ÿ.]))(?:Photo|PHOTO|Foto|FOTO|Image|Picture|Photograph|Bild|Crédit|Credit|Imagen|Archivfoto"
    r"|Symbolbild|Symbolfoto)s?"
    r"(?:(?: credits?)?\s?[:\uff1a]\s?| by )(?=[^\Wa-zß-öø-ÿ_])[^.!?:\n]{2,60}\Z"
)
_COPYRIGHT_SIGN = re.compile(r"(?:©|\([cC]\)|\b[Cc]opyright\b|\bCOPYRIGHT\b)\s?(?:[^\W_a-z]|dpa\b)")
_RIGHTS = re.compile(
    r".{0,200}(?:tous droits réservés|all rights reserved|alle rechte vorbehalten|todos los derechos reservados"
    r"|tutti i diritti riservati|riproduzione riservata|todos os direitos reservados|wszelkie prawa zastrzeżone"
    r"|все права защищены|جميع الحقوق محفوظة)",
    re.IGNORECASE | re.DOTALL,
)
_AFTER_SLASH = re.compile(r"(?P<before>.*\S)\s?/\s?(?P<name>[^/]{2,24})", re.DOTALL)
_CREDIT_AT_END = re.compile(
    r"\b(?:photos?|images?|crédits?|credits?|foto|bild)\s?[:\uff1a]?\s?(?P<name>[^.\n]{2,40})\Z", re.IGNORECASE
)
_TAGS = re.compile(
    r"(?:tags?|mots[- ]cl[ée]s|keywords|étiquettes|libellés|schlagw(?:orte|örter)|etiquetas|теги|classé dans"
    r"|filed under|topics|archivado en|temas|argomenti|themen|الكلمات الدلالية|الوسوم)"
    r"\s?[:\uff1a]\s{0,3}\S.{0,200}",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:(?:il y a|vor|hace|há) (?:\w{1,9} )?\d{1,3} \w{1,9}|\d{1,3} \w{1,9} ago"
    r"|(?:temps de )?lecture\s?[:\uff1a]?\s?\d{1,3} ?min\w{0,5}|\d{1,3} ?min\w{0,4} (?:de lecture|read)|\d{1,3} ?mn"
    r"|reading time\W{0,3}\d.{0,10})\Z",
    re.IGNORECASE,
)
_READING = re.compile(r"(?:(?:temps de )?lecture|reading time)\s?[:\uff1a]?\s?(?:min\w{0,5})?", re.IGNORECASE)
_OFFER = re.compile(
    r"(?:get it (?:with .{2,20} )?(?:on|at|for|free)\b|buy (?:it )?(?:now|on|at)\b|shop now\b"
    r"|jetzt (?:kaufen|bestellen)\b|zum (?:angebot|shop|produkt)\b).{0,60}|.{2,90}\bzum angebot",
    re.IGNORECASE,
)
# En vente partout : La boîte à jeux https://… : an address and what it sells
_SOLD = re.compile(
    r"(?:en vente|disponible|à commander|available|order|buy|erhältlich|a la venta)\b[^.!?]{0,160}(?:https?://|www\.)\S+"
    r".{0,60}\Z",
    re.IGNORECASE,
)
# What a page's script or a chart set into it leaves behind where somebody took the marks out.
_SCRIPT = re.compile(r"(?:try\{)?!function\(|.{0,200}(?:getElementsByTagName|createElement)\([\"']script[\"']\)")
_COMMENTS = re.compile(
    r"(?:\d{1,5}\s)?(?:commentaires?|comments?|réactions?|kommentare?|comentarios?|commenti)"
    r"\s?(?:[:(\[]?\s?\d{1,5}\s?[)\]]?)?|(?:laisser|ajouter|poster|écrire) un commentaire|leave a (?:comment|reply)",
    re.IGNORECASE,
)
# WordPress's head of them, with the article's headline: 10 thoughts on “Three days of fighting”
_THOUGHTS = re.compile(
    r"(?:\d{1,5}|one|une?|ein|uno|una|een) (?:(?:thoughts?|comments?|responses?|replies) (?:on|to)"
    r"|(?:réflexions?|commentaires?|réponses?) (?:sur|à|au sujet de)|(?:gedanken?|kommentare?|antworten) (?:zu|auf)"
    r"|(?:comentarios?|respuestas?|pensamientos?) (?:en|a|sobre)|(?:commenti|commento|risposte|pensieri) (?:su|a)"
    r"|(?:comentários?|respostas?) (?:em|a)|(?:reacties?|gedachten?|reactie) op|thoughts? op)\s?[\"“„«”‘'].{1,200}",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"[(\[](?:[^()]{0,20}\b(?:avec|with|mit|con|com|via|source)\s?:?\s)?(?P<name>[^()]{2,60})[)\]]\W{0,2}"
)
_SHARING_WORDS = """
    share partager partagez partage tweet tweeter tweetez retweeter teilen compartir comparte condividi partilhar
    compartilhar delen udostepnij dela del paylas поделиться поделитесь подiлитися شارك مشاركة imprimer print drucken
    imprimir stampa tuitear twittear tuitea condividere طباعة اطبع печать
"""
_SHARING = frozenset(map(fold, _SHARING_WORDS.split()))
_NETWORKS_WORDS = """
    facebook twitter x whatsapp telegram linkedin pinterest reddit google digg pocket messenger viber vk vkontakte
    tumblr blogthis instagram youtube flipboard skype email mail courriel sms identi ca yahoo mastodon bluesky threads
    فيسبوك تويتر واتساب واتس تليغرام تلغرام تليجرام انستغرام يوتيوب фейсбук твиттер
    телеграм вконтакте одноклассники
"""
_NETWORKS = frozenset(map(fold, _NETWORKS_WORDS.split()))
_BESIDE_SHARING_WORDS = """
    cet cette ce article articles this the story page post sur on le la les l et and via par by avec with auf diesen
    dieser artikel beitrag este esta articulo nota en to in it amis friends vos votre your e envoyer send copier copy
    lien link url articolo su questo artigo статью статтю المقال هذا على
"""
_BESIDE_SHARING = frozenset(map(fold, _BESIDE_SHARING_WORDS.split()))


def furniture(paragraph: str) -> Finding | None:
    """Tell what `paragraph` is besides prose, and why; None where nothing but its place could tell."""
    if len(paragraph) > LONGEST:
        return None
    return (
        _without_words(paragraph)
        or _labelled(paragraph)
        or _sharing(paragraph)
        or label(paragraph)
        or bar_of_buttons(paragraph, _button)
        or _caption(paragraph)
        or closing_line(paragraph)
        or small_print(paragraph)
        or house_line(paragraph)
    )


def glued_label(piece: str) -> Finding | None:
    """What a piece is that stands behind the last sentence of a paragraph, if its label or all its words tell it."""
    sentence = ends_a_sentence(piece)
    for sign, longest, _, finding in _LABELS:
        if finding.kind in _GLUED and len(piece) <= longest and not sentence and sign.match(piece):
            return finding
    if len(piece) < _LONGEST_CREDIT and READ_ON.fullmatch(piece):
        return Finding("related", "an invitation to read on")
    if only_agencies(piece):
        return Finding("source_line", "agencies and nothing else")
    return _sharing(piece) or (label(piece) if is_sure(piece) and piece[0].isupper() else None)


def is_credited(paragraph: str) -> bool:
    """Whether an open line ends with agencies in brackets and nothing else in them: Rescuers in the port (AFP)."""
    bracket = paragraph.rfind("(") if len(paragraph) <= _LONGEST_CAPTION else -1
    is_open = bracket > 0 and paragraph.endswith(")") and not ends_a_sentence(paragraph[:bracket].rstrip())
    return is_open and names_only_agencies(paragraph[bracket + 1 : -1])


def source_named(line: str) -> str | None:
    """Who is named behind the label of a source line."""
    match = _SOURCE.fullmatch(line)
    return undated(match["name"]).strip(" .()[]") if match else None


def only_networks(paragraph: str) -> bool:
    """Whether a line names social networks and nothing else, as the lines of a share bar do."""
    words = _folded_words(paragraph)
    return 0 < len(words) <= 4 and all(word in _NETWORKS for word in words)


def _without_words(paragraph: str) -> Finding | None:
    if not any(map(str.isalnum, paragraph[:80])) and (_RULE.fullmatch(paragraph[:80]) or paragraph in _SPECKS):
        return Finding("separator", "a rule: no letter and no digit in it")
    if "://" in paragraph or "www." in paragraph:
        margin = _URL.sub("", paragraph)
        if len(_URL_MARGIN.findall(margin)) <= 2 and len(margin) < 30 and not ends_a_sentence(margin):
            return Finding("link", "an address by itself")
    return None


_GLUED = frozenset(("source_line", "caption", "tags", "related", "subscription"))
# Sign, longest paragraph, whether a sentence may end there, finding.
_LABELS = (
    (_SOURCE, 60, True, Finding("source_line", "a source behind its label")),
    (_SOURCE, 200, False, Finding("source_line", "a source behind its label")),
    (_CLOCK, 40, True, Finding("label", "how long ago, or how long to read")),
    (_PICTURE, 200, False, Finding("caption", "a picture's label")),
    (_PICTURE_BY, 60, False, Finding("caption", "a picture's label and names")),
    (_TAGS, 250, False, Finding("tags", "subjects behind their label")),
    (_RIGHTS, 160, True, Finding("copyright", "a copyright notice")),
    (_COPYRIGHT_SIGN, 250, True, Finding("copyright", "a copyright sign at its head")),
    (RELATED_TO, LONGEST, True, INVITED),
    (RELATED, 250, False, INVITED),
    (SUBSCRIBE, 200, True, Finding("subscription", "an invitation to subscribe")),
    (_SOLD, 250, False, Finding("link", "an address and what it sells")),
    (_SCRIPT, LONGEST, True, Finding("navigation", "a script of the page")),
)


def _labelled(paragraph: str) -> Finding | None:
    sentence = ends_a_sentence(paragraph)
    for sign, longest, may_end_a_sentence, finding in _LABELS:
        if len(paragraph) <= longest and (may_end_a_sentence or not sentence) and sign.match(paragraph):
            return finding
    if len(paragraph) < _LONGEST_CREDIT and READ_ON.fullmatch(paragraph):
        return Finding("related", "an invitation to read on")
    if len(paragraph) < _LONGEST_LINK and (_OFFER.fullmatch(paragraph) or _points_on(paragraph)):
        return Finding("link", "an offer, or a line that points on")
    if (len(paragraph) < _LONGEST_CREDIT and _COMMENTS.fullmatch(paragraph)) or _THOUGHTS.fullmatch(paragraph):
        return Finding("comments", "the head of readers' comments")
    return Finding("source_line", "agencies and nothing else") if only_agencies(paragraph) else None


def _points_on(paragraph: str) -> bool:
    """Whether a line ends with an arrow, or with a guillemet that closes nothing."""
    closes = paragraph.endswith(" »") and ends_a_sentence(paragraph)  # a speech that was opened paragraphs above
    return (
        paragraph.endswith(_ARROWS)
        and not closes
        and "«" not in paragraph
        and "„" not in paragraph
        and " " in paragraph
    )


def only_agencies(paragraph: str) -> bool:
    """Whether a line credits news agencies and says nothing else: `AFP`, `(avec Reuters et AP)`."""
    if len(paragraph) > _LONGEST_CREDIT:
        return False
    aside = _ASIDE.fullmatch(paragraph)
    return names_only_agencies(aside["name"] if aside else paragraph)


def _sharing(paragraph: str) -> Finding | None:
    if len(paragraph) > 120:
        return None
    words = _folded_words(COUNTERS.sub(" ", paragraph))
    known = all(word in _SHARING or word in _NETWORKS or word in _BESIDE_SHARING for word in words)
    networks = sum(word in _NETWORKS for word in words)
    if words and len(words) <= 14 and known and (networks >= 2 or any(word in _SHARING for word in words)):
        return Finding("share_bar", "words of sharing and nothing else")
    return None


def _button(piece: str) -> Finding | None:
    """What one of several buttons is: one that a page labels, one of sharing, a network, a head of comments."""
    if found := label(piece) or _sharing(piece):
        return found
    if only_networks(piece):
        return Finding("share_bar", "a network's name")
    if _READING.fullmatch(piece):
        return Finding("label", "how long to read")
    return Finding("comments", "the head of readers' comments") if _COMMENTS.fullmatch(piece) else None


def _folded_words(paragraph: str) -> list[str]:
    return [fold(word) for word in re.findall(r"[^\W\d_]+", paragraph[:200])]


def _caption(paragraph: str) -> Finding | None:
    sign = _picture_credit(paragraph[-120:]) if len(paragraph) <= _LONGEST_CAPTION else None
    return Finding("caption", sign) if sign else None


def _picture_credit(tail: str) -> str | None:
    bracket = max(tail.rfind("("), tail.rfind("["))
    signs = (_CREDIT_IN_BRACKETS, _LABELLED_IN_BRACKETS) if bracket >= 0 else ()
    if any(sign.fullmatch(tail, bracket) for sign in signs):
        return "a picture credit in brackets at its end"
    if _CREDITED_AT_END.search(tail, max(0, len(tail) - 90)):
        return "a picture's label and names at its end"
    if any(agencies_in(credit["name"]) for credit in _CREDIT_AT_END.finditer(tail)):
        return "a picture's agency at its end"
    return None if ends_a_sentence(tail) else _open_credit(tail)


def _open_credit(tail: str) -> str | None:
    if _COPYRIGHT_SIGN.search(tail, max(0, len(tail) - 60)):
        return "a copyright sign at its end"
    slash = _AFTER_SLASH.fullmatch(tail) if "/" in tail else None
    if slash and (agencies_in(slash["name"]) or (slash["before"][-4:].isdecimal() and slash["name"][0].isupper())):
        return "an agency behind a slash at its end"
    return None
