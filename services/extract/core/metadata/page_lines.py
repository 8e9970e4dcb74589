"""Lines that speak of the page they stand on, which only a copy of a whole page shows to be none of the article's."""

import re

from services.extract.core.metadata.page_labels import Finding, key
from services.extract.core.words import word_set

_NETWORKS = word_set(
    "facebook twitter x whatsapp telegram linkedin pinterest reddit flipboard messenger instagram youtube tiktok "
    "bluesky threads mastodon tumblr pocket email mail xing vk line truth gab gettr parler"
)
# Among other signs of a page these tell its own lines.
_MORE_OF_IT = re.compile(
    r"\W{0,3}(?:(?:more|latest|related|popular|trending|best|top)(?: \w{1,12}){0,2} (?:from|on|in|by)\b"
    r"|(?:keep|continue) reading\b|submit a correction"
    r"|view (?:all|more)\b|see (?:all|more)\b|plus d['’ ]|(?:tous|toutes) (?:les|ses|nos) (?:articles"
    r"|actualités|vidéos)\b|nos (?:derniers|autres)\b"
    r"|mehr (?:von|aus|zu|zum|zur|über|aktuelle|news|nachrichten)\b|weitere \w+|alle (?:artikel|beiträge"
    r"|themen|nachrichten)\b|(?:neueste|letzte|aktuelle) \w+\Z"
    r"|más (?:de|sobre|en|noticias)\b|(?:altri|tutti gli) articoli\b|mais (?:de|sobre|notícias)\b|meer (?:over"
    r"|van|nieuws)\b|więcej (?:na|o|z)\b"
    r"|daha fazla\b|ещё|еще|другие|المزيد من)[^.!?]{0,80}\Z",
    re.IGNORECASE,
)
_OF_THE_PAGE = re.compile(
    r"newsletters?\b|infolettres?\b|\bcookies?\b|javascript|ad[ -]?block|werbeblocker|bloqueur de pub"
    r"|\bsign (?:up|in)\b|\blog ?in\b|registrieren sie sich|melden sie sich"
    r"|\binscrivez-vous\b|\babonnez-vous\b|\bconnectez-vous\b|privacy policy|terms (?:of|and) (?:use|service"
    r"|conditions)|datenschutz(?:erklärung|einstellungen|hinweise)?"
    r"|politique de confidentialité|política de privacidad|iniciar? sesión|\bsuscr[ií]b"
    r"|informativa sulla privacy|your inbox|preferred source|app (?:store|herunter)|google play"
    r"|(?:facebook|instagram|youtube|tiktok|twitter|x)-(?:inhalte?|konto|beitrag)|externer? inhalt"
    r"|externen inhalt|embedded content|contenu externe",
    re.IGNORECASE,
)
# Said to whoever reads the page, in whole sentences.
_TO_THE_READER = re.compile(
    r"\b(?:unsubscribe|opt out) at any time|\bby (?:signing up|subscribing|registering|submitting)\b"
    r"|\b(?:in|to) your (?:inbox|e-?mail)\b|\bour (?:privacy policy|terms of (?:use|service)|newsletters?)\b"
    r"|\byou (?:must|need to) be logged in\b|\bdelivered (?:right |straight )?to (?:you|your)\b"
    r"|\bif you enjoyed this (?:article|post|story)\b|\benable javascript\b"
    r"|\bexterne[nr]? inhalte?\b|\bmir (?:externe )?inhalte\b|\bunserer datenschutz|\bwieder abmelden\b"
    r"|\bmeine (?:personen|personenbezogenen )daten\b|\bkommentar-?(?:regeln|login|funktion)\b"
    r"|\bfehler (?:melden|aufgefallen)\b|\bleser\*?(?:innen)?kommentar\b"
    r"|\bvous (?:désinscrire|désabonner)\b|\ben vous (?:inscrivant|abonnant)\b|\bvotre boîte (?:mail|de réception)\b"
    r"|\bréserv[ée]e?s? (?:aux|à nos) abonnés\b|\bnos offres\b|\bdarse de baja\b|\bal suscribirte\b",
    re.IGNORECASE,
)
# What players, forms and barriers say within an article, in whole sentences.
_OF_A_BOX = re.compile(
    r"(?:failed to load|could not be loaded)\b|\brefresh(?:ing)? (?:your browser|the page)\b"
    r"|\bother videos from our (?:team|site)\b|\bback to video\Z|\bvalid e-?mail address\b"
    r"|\b(?:junk|spam) folder\b|\bwelcome e-?mail is on its way\b|\b(?:issue|problem|error) signing you up\b"
    r"|\bmore newsletters\?|\breserved for subscribers\b|\bregister to unlock\b|\bunlock more articles\b"
    r"|\bfree to read\b|\badvertisement has not loaded\b|\bby (?:providing|entering) your e-?mail\b"
    r"|\bopen this photo in gallery\b|\Aimage \d+ of \d+\Z|\byour thoughts and join the conversation\b"
    r"|\bunlimited online access\b|\bcomments are subject to\b"
    r"|\badresse (?:e-?mail|électronique) valide\b|\bcontenu réservé\b|\brafraîchir (?:la page|votre navigateur)\b"
    r"|\bgültige e-?mail-?adresse\b|\bvideo konnte nicht geladen\b|\bspam-?ordner\b"
    r"|\bcorreo electrónico válido\b|\bcarpeta de (?:spam|correo no deseado)\b|\bindirizzo e-?mail valido\b",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:legende|bildunterschrift|bildlegende|légende|pie de foto|didascalia)\s?[:\uff1a]\s?\S", re.IGNORECASE
)
_MORE = re.compile(
    r"\W{0,3}(?:(?i:more|trending)(?: (?i:great))? [A-Z][\w.]+(?: (?i:stories|news|articles|videos))?"
    r"|(?i:(?:top|best) (?:\w+ )?(?:stories|news|articles|videos)))\Z"
)
_STAMP = re.compile(
    r"(?:(?:first |last )?(?:published|updated|posted|modified|publi[ée]e?|mis à jour|actualis[ée]e?|veröffentlicht"
    r"|aktualisiert|stand|publicado|actualizado|publikacja|aktualizacja)(?: on| le| am| el)?\b"
    r"[^.!?]{0,40}\d[^.!?]{0,60}"
    r"|\d{1,3} ?(?:[smhd]|min|hrs?|minutes?|hours?|days?|weeks?|months?) ago\b.{0,20}"
    r"|\d{1,2}[./-]\d{1,2}[./-](?:\d\d){1,2}\b.{0,14})\Z",
    re.IGNORECASE,
)
_COUNT = re.compile(
    r"\W{0,3}(?:rating:? ?)?\d[\d.,]{0,8}k? ?(?:shares?|comments?|votes?|likes?|views?|replies|partages?|kommentare?"
    r"|reaktionen)\W{0,3}\Z",
    re.IGNORECASE,
)
_SHARED = re.compile(
    r"(?:follow|folgen sie|suivez|síguenos|segui)(?: us| uns| nous|-nous)?(?: the| on| auf| sur| en| su)? .{2,40}\Z"
    r"|(?:(?:facebook|twitter|pinterest|e-?mail|linkedin|whatsapp|telegram|reddit|instagram|youtube|flipboard)\s?){2,}\Z",
    re.IGNORECASE,
)
# Beside what a reader wrote: a button, or when.
_REPLY = re.compile(
    r"\W{0,3}(?:reply|repl(?:y|ies)|antworten|répondre|responder|rispondi|report(?: comment)?|melden|likes?)\W{0,3}\Z"
    r"|.{0,40}(?:\d{1,2}[:.h]\d\d|\bago\b|\b20\d\d\b).{0,12}\Z",
    re.IGNORECASE,
)
_LONGEST_REPLY = 60
_SIGNS = (
    (_MORE, Finding("related", "more of what the page has")),
    (_STAMP, Finding("label", "when something was put there")),
    (_COUNT, Finding("label", "how often something was shared or commented")),
    (_SHARED, Finding("share_bar", "networks to follow the page on")),
)
_OWN = Finding("subscription", "the page speaks of itself")
_LONGEST_SENTENCES = 400
_LONGEST_LINE = 120
_LONGEST_BOXED = 250


def hint(paragraph: str) -> Finding | None:
    """What a short line of a page speaks of, if it is the page itself."""
    if key(paragraph) in _NETWORKS:
        return Finding("share_bar", "a network's name by itself")
    if _MORE_OF_IT.match(paragraph):
        return Finding("related", "more of what the page has")
    return _OWN if _OF_THE_PAGE.search(paragraph) else None


def boxed(paragraph: str) -> Finding | None:
    """What a line is that a box within the article says: a player, a form, a barrier, a picture."""
    if len(paragraph) > _LONGEST_BOXED:
        return None
    if _CAPTION.match(paragraph):
        return Finding("caption", "a label of a picture's words")
    return _OWN if _OF_A_BOX.search(paragraph) else None


def aside(paragraph: str) -> Finding | None:
    """What a paragraph beside the article is: a time, a count, or sentences said to the page's reader."""
    if len(paragraph) <= _LONGEST_LINE and (found := [finding for sign, finding in _SIGNS if sign.match(paragraph)]):
        return found[0]
    if len(paragraph) <= _LONGEST_SENTENCES and _TO_THE_READER.search(paragraph):
        return Finding("subscription", "the page speaks to its reader")
    return None


def is_beside_a_comment(paragraph: str) -> bool:
    """Whether a line is one of those that stand at each comment: when it was written, how often liked, a button."""
    return len(paragraph) < _LONGEST_REPLY and bool(_REPLY.match(paragraph) or aside(paragraph))
