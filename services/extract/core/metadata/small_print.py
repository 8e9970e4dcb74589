"""What pages print small around an article: references, interests, embedded posts, prices, a weblog's own sentences."""

import re

from services.extract.core.metadata.page_labels import Finding

_LONGEST = 320

# 1. Martin A et al. Zalmiral in chronic fever. J Fever Trials 2021;12:118-29
_REFERENCE = re.compile(
    r"(?:\[?\d{1,2}[\].)]?\s)?[^\n]{10,200}\b(?:19|20)\d\d\s?;\s?\d{1,4}(?:\(\d{1,3}\))?\s?:\s?e?\d[^\n]{0,30}"
)
_INTERESTS = re.compile(
    r"(?:(?:liens?|conflits?|déclarations?) d['’]intérêts?|(?:conflicts?|declarations?) of interests?"
    r"|interessenkonflikte?|conflictos? de intereses)\s?[:\uff1a.]\s?\S.{0,250}",
    re.IGNORECASE,
)
# — Real Zalmira (@RealZalmira) July 29, 2019
_POSTED = re.compile(
    r"(?:[\u2013\u2014-]{1,2}\s?)?[^\n@]{2,60}\(@\w{2,30}\)\s{1,3}(?:le )?"
    r"(?:[^\W\d_]{3,12}\.? \d{1,2},? (?:19|20)\d\d|\d{1,2}(?:er)? [^\W\d_]{3,12}\.? (?:19|20)\d\d)"
)
_EMBEDDED = re.compile(r"[^\n]{0,280}\bpic\.twitter\.com/\w{4,20}\W{0,3}", re.IGNORECASE)
_DELAYED = re.compile(
    r"(?:cours|cotations?|données(?: de marché)?|quotes?|market data|kurse)\b[^.!?\n]{0,40}"
    r"\b(?:délai|différée?s?|retard|delayed?|verzögert)\b[^.!?\n]{0,60}\.?",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"(?:[^.!?\n]{0,80}[.!?:]\s?)?(?:abonnements?|abonnez-vous|subscriptions?|subscribe)\b[^.!?\n]{0,60}"
    r"\d\s?(?:€|euros?\b|\$|£|francs?\b|CHF\b)[^.!?\n]{0,40}",
    re.IGNORECASE,
)
# WordPress's sentences about an entry, in French, English and Spanish.
_ENTRY = re.compile(
    r"(?:cette entrée a été (?:publiée|postée)|ce contenu a été publié|this entry was posted"
    r"|esta entrada (?:fue|ha sido) publicada)\b.{0,250}",
    re.IGNORECASE,
)
_WITH_AGENCY = re.compile(
    r"[\u2013\u2014-]{1,2}\s?(?:avec|with)\s(?:(?:la|le|les|the)\s|l['’])?(?-i:[^\Wa-zß-öø-ÿ_])[^.!?:,;\n]{2,50}",
    re.IGNORECASE,
)
_DESK_OF = re.compile(
    r"(?:la )?rédaction\s(?:d[eu']\s?|de la )?(?P<name>(?-i:[^\Wa-zß-öø-ÿ_])[^.!?:,;()\n]{2,40}?)"
    r"(?:\s?\((?:avec|with)\s[^()\n]{2,40}\))?",
    re.IGNORECASE,
)
_ASKED = (
    r"(?:\s?[?!:.…–—|-].{0,60})?"  # a question or a label, and no sentence that goes on: Déjà inscrits, 400 coureurs …
)
# What stands where a page breaks off for whoever has not paid, and what its forms answer.
_PAYWALL = re.compile(
    r"\W{0,3}(?:"
    r"(?:ou )?si vous avez déjà un compte"
    r"|(?:vous êtes|vous avez|êtes-vous) déjà (?:abonn|inscrit|un compte)\w*\b.{0,50}"
    rf"|déjà (?:abonn\w+|inscrits?|un compte){_ASKED}"
    r"|(?:et |pour )?accéde[rz] (?:gratuitement|en illimité)\b.{0,60}|créez (?:votre|un) compte\b.{0,40}"
    r"|connectez-vous\b.{0,40}|profitez de (?:notre|nos) offres?\b.{0,60}"
    r"|(?:cet article|la suite|ce contenu)\b.{0,30} est réservée?\b.{0,60}"
    r"|il vous reste \d{1,2}(?:[.,]\d+)?\s?% de cet article à lire.{0,90}"
    r"|(?:pour )?lire la suite\b.{0,30}(?:abonnez|connectez|inscrivez)-vous.{0,60}"
    r"|already (?:a subscriber|have an account)\b.{0,60}"
    rf"|already (?:a member|registered){_ASKED}"
    r"|(?:(?:subscribe|sign in|log in|register)\b.{0,20} )?to (?:continue|keep) reading\b.{0,80}"
    r"|this (?:article|content|story) is (?:only |exclusively )?(?:for|available to|reserved for)\b.{0,20}subscribers\b"
    r".{0,60}"
    r"|an error (?:has )?occurred(?:,? (?:please|try|while (?:load|send|submit|process|sav|retriev|try)).{0,60})?"
    r"|this (?:article|story) has been sent to\b.{0,40}"
    r"|this copy is for your personal,? non-?commercial use only\b.{0,250}"
    r"|(?:sie haben|haben sie|sind sie) (?:schon |bereits )?(?:ein abo|abonnent|registriert|ein konto)\b.{0,60}"
    rf"|(?:schon|bereits) (?:ein abo|abonnent|registriert|ein konto){_ASKED}"
    r"|(?:jetzt )?(?:anmelden|einloggen|registrieren) (?:und|um) weiter\w*lesen\b.{0,40}"
    r"|ya (?:(?:eres|soy|es) (?:suscriptor|registrad)|tienes (?:una )?cuenta)\w*.{0,40}"
    r"|(?:contenido|artículo)\b.{0,20} para suscriptores\b.{0,40}|inicia sesión para\b.{0,60}"
    r"|(?:sei già (?:abbonato|registrato)|hai già un account)\b.{0,60}"
    r"|(?:contenuto|articolo) riservato agli abbonati\b.{0,40}"
    r")\W{0,3}",
    re.IGNORECASE,
)
_SIGNS = (
    (_PAYWALL, Finding("subscription", "what a page asks for before it shows more")),
    (_REFERENCE, Finding("link", "a reference to a journal")),
    (_INTERESTS, Finding("label", "what interests the author declares")),
    (_POSTED, Finding("link", "who posted what is embedded, and when")),
    (_EMBEDDED, Finding("link", "a post that ends with its picture's address")),
    (_DELAYED, Finding("label", "how late the market's prices are")),
    (_PRICE, Finding("subscription", "what a subscription costs")),
    (_ENTRY, Finding("navigation", "what a weblog says of its entry")),
    (_WITH_AGENCY, Finding("source_line", "with whose material it was made")),
    (_DESK_OF, Finding("source_line", "the newsroom that signs")),
)


def small_print(line: str) -> Finding | None:
    """What a line is that a page prints small; None where it is none of that."""
    if len(line) > _LONGEST:
        return None
    return next((finding for sign, finding in _SIGNS if sign.fullmatch(line)), None)


def desk_of(line: str) -> str | None:
    """The paper whose newsroom signs in a line: Rédaction Zalmira Info (avec AFP)."""
    match = _DESK_OF.fullmatch(line)
    return match["name"].strip() if match else None
