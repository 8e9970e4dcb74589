"""Lines that end a text without being of it: an agency's mark, whom to write to, where it is from, what to read on.

As newspapers and agencies of many languages word them; all but the marks only where a line has nothing else in it.
"""

import re

from services.extract.core.layout import ends_a_sentence
from services.extract.core.metadata.agencies import names_only_agencies
from services.extract.core.metadata.page_labels import Finding
from services.extract.core.metadata.press_titles import titled_in_brackets

_LONGEST = 260
_LONGEST_SOURCE = 110
_LONGEST_CONTACT = 200

# // انتهى // · (END) · - fin - · NNNN
_END_MARK = re.compile(
    r"[/(\[*#\u2013\u2014-]{1,3}\s?(?:انته[ىي]|يتبع|ends?|fin|ende|fine|koniec|конец|кінець)"
    r"\s?[/)\]*#\u2013\u2014-]{1,3}|(?-i:N{4}|ENDS)|-\s?30\s?-",
    re.IGNORECASE,
)
_FILED = re.compile(
    r"\d{1,2}[:.h]\d\d\s?(?:ت\s?م|بتوقيت \w{2,12}|GMT|UTC|CES?T|MES?Z|MSK|мск|[AEP][DS]T)(?:\s+N{4})?", re.IGNORECASE
)
_NETWORK = r"(?:twitter|x|instagram|facebook|telegram|تويتر|فيسبوك|انستغرام|твиттер|телеграм)"
_CONTACT = re.compile(
    r"\W{0,3}(?:[^\W\d_]{2,12}\s?[:\uff1a]\s?)?[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{2,20}){1,3}\W{0,3}"
    rf"|(?:via |{_NETWORK}\s?[:\uff1a]?\s?)?@\w{{2,30}}|{_NETWORK}\s?[:\uff1a]\s?\w{{2,30}}@"
    r"|للتواصل(?:\s(?:أرسل|ارسل|مع الكاتب)\b|\s?:).{0,170}"
    r"|(?:pour )?contacter (?:l['’]auteure?|la rédaction)\s?:.{1,80}"
    r"|(?:e-?mail|contact) the (?:author|writer|reporter)s?\b.{0,80}"
    r"|(?:contact|reach|e-?mail|write to|you can (?:reach|e-?mail|contact)) .{0,80}?"
    r"\b[\w.+-]{1,40}@[\w-]{1,40}\.\w.{0,70}"
    r"|kontakt zu[mr] (?:autor|autorin|redaktion)\b.{0,80}|contacta(?:r)? (?:al autor|a la autora)\b.{0,80}",
    re.IGNORECASE,
)
# Con información de El Diario
_WITH_MATERIAL = re.compile(
    r"[*(\[]{0,2}\s?(?:con informaci[oó]n de|com informações d[aeo]|avec (?:des )?informations (?:de|d['’])"
    r"|mit (?:material|informationen) (?:von|der|des)|mit agenturmaterial"
    r"|with (?:additional )?(?:reporting|information|material) (?:by|from)|بالاتفاق مع|по материалам|за матеріалами"
    r"|en (?:partenariat|collaboration) avec|in collaborazione con)\s(?:el |la |los |le |l['’])?"
    r"(?P<name>[^,;:]{2,60})",
    re.IGNORECASE,
)
_HIGH = re.compile(r"[«\"“]?[^\Wa-zß-öø-ÿа-яґєії_]")
_MOST_WORDS = 8
_BARE_SOURCE_OF = re.compile(r"Sources?\s(?P<name>[A-Z].{1,40})")
# Source Morning Paper and agencies
_SOURCE_AND_AGENCIES = re.compile(
    r"Sources?\s[A-Z][\w&.-]{1,24}(?:\s[A-Z][\w&.-]{1,24}){0,3}\s(?:and|&)\s(?:news )?[Aa]gencies", re.ASCII
)
_BARE_SOURCE = re.compile(
    r"(?:sources?|quellen?|fuentes?|fontes?|fonti|bron|źródło|zdroj|kaynak|източник|источник|джерело|المصدر)"
    r"\s?[:\uff1a\u2013\u2014-]",
    re.IGNORECASE,
)
# Billet également publié sur …
_ALSO_AT = re.compile(
    r"(?:(?:ce|cet|cette|this|diese[rs]?|este|esta|questo) )?"
    r"(?:(?:billet|article|tribune|texte|post|chronique|story|piece|text|artikel|beitrag|artículo|texto|articolo) )?"
    r"(?:(?:a|est|a été|was|has been|ist|wurde|fue|se) )?(?:également|aussi|initialement|d['’]abord|originally|first"
    r"|also|zuerst|ursprünglich|auch|originalmente|también|originariamente) (?:publié|paru|published|appeared"
    r"|erschienen|veröffentlicht|publicad[oa]|pubblicato)e? (?:sur|dans|à|on|in|at|auf|bei|en|su) \S.{1,60}",
    re.IGNORECASE,
)
# All that a site has of a day
_OF_THE_DAY = re.compile(
    r"(?:(?:tous |toute |all |alle )?(?:les |l['’]|the )?(?:[ée]v[éè]nements|actualités?|archives|events|news|meldungen"
    r"|nachrichten|noticias|notizie)) (?:du|of|from|vom|del) (?:\w{3,12},? )?(?:\d{1,2}(?:er|\.|st|nd|rd|th)? (?:de )?"
    r"[^\W\d_]{3,12}|[^\W\d_]{3,12} \d{1,2},?) (?:de )?(?:19|20)\d\d",
    re.IGNORECASE,
)
# Whoever reads is told to read elsewhere: one sentence, its first words an imperative or an aim.
_ELSEWHERE = re.compile(
    r"[\W_]{0,4}(?:"
    r"(?:lire|lisez|retrouvez|consultez|découvrez|pour lire) (?:la suite(?= sur| dans| ici|\W*\Z)"
    r"|l['’]intégralité|l['’](?:article|entretien|interview|enquête)"
    r" (?:en entier|en intégralité|complet|complète|intégrale?)|tous nos articles)\b"
    r"|cliquez ici\b|pour (?:en savoir plus|plus d['’]informations?)(?: [^.:]{3,40})?\s?[:,]\s?"
    r"(?=https?:|www\.|cliquez|rendez-vous|consultez)"
    r"|(?:(?:to )?read the (?:full|whole|rest|original|entire)|for more "
    r"(?:information|on this|details|stories),? (?:visit|go to|click)"
    r"|follow (?:him|her|them|us|the author) (?:on|at) )\b"
    r"|(?:lea|lee|leer|puede leer|consulte|vea|ver) (?:aquí|el (?:artículo|texto|reportaje) completo"
    r"|la (?:nota|noticia|entrevista|historia) completa)\b|(?:haga|haz) clic\b|síguenos en\b"
    r"|más información (?:en|aquí)\b"
    r"|mehr (?:dazu|zum thema|informationen) (?:hier|unter|auf|finden sie|lesen sie)\b"
    r"|den (?:ganzen|vollständigen|kompletten) (?:artikel|text|beitrag) (?:lesen|finden|gibt)\b"
    r"|hier (?:klicken|geht es zu[mr]?)\b"
    r"|(?:leggi|continua a leggere|clicca) (?:l['’]articolo|qui\b|tutto\b|l['’]intervista)"
    r"|(?:leia|confira) (?:a (?:matéria|reportagem|íntegra)|o (?:artigo|texto) completo)\b|clique aqui\b"
    r"|(?:przeczytaj|czytaj) (?:cały|całość|pełny|więcej)\b|(?:celý článek|více) (?:čtěte|najdete|na|si přečtěte)\b"
    r"|(?:подробнее|подробности|больше|детальніше|подробиці)(?: об этом| про це)?:? (?:читайте|смотрите|в|на|у)\b"
    r"|(?:لقراءة|لمشاهدة|لمتابعة|للاطلاع على|لمزيد من)\b.{0,80}(?:[أا]نقر|[أا]ضغط|هن[ـ]{0,4}ا)"
    r").{0,180}",
    re.IGNORECASE,
)
# О том, как …, читайте в статье …
_READ_IN = re.compile(
    r"[^.!?:]{0,140}\bчитайте (?:также |подробнее |також )?(?:в|на|у) (?:\w{3,12} )?(?:статье|материале"
    r"|публикации|интервью|обзоре|репортаже|статті|матеріалі|інтерв['’]ю)\b"
    r".{0,180}",
    re.IGNORECASE,
)
# Нашли ошибку? Выделите её и нажмите Ctrl+Enter
_REPORT = re.compile(
    r"(?:если (?:вы )?(?:заметил[иь]|заметите|нашли|увидели) (?:ошибку|опечатку|неточность)|нашли (?:ошибку|опечатку)"
    r"|якщо ви (?:помітили|знайшли) (?:помилку|орфографічну)|знайшли помилку|заметили ошибку|have you spotted an error"
    r"|do you have an? (?:\w+ ){0,2}(?:story|tip)\b[^.?]{0,90}\?"
    r"|(?:found|spotted) (?:a|an) (?:mistake|error|typo)\?|vous avez (?:repéré|remarqué|trouvé) une (?:erreur|faute)"
    r"|fehler (?:gefunden|entdeckt)\?|našli jste chybu|znalazłeś błąd|zauważyłeś błąd|hai trovato un errore"
    r"|¿?ha(?:s)? (?:visto|encontrado) (?:un|algún) error"
    r"|(?:have|got|do you have) an? (?:story|tip|news tip)\b[^.?]{0,30}\?|vous avez une info(?:rmation)?\b[^.?]{0,30}\?"
    r"|¿tienes una (?:historia|noticia)\b|masz (?:newsa|zdjęcie|film|ciekawy temat|dla nas)\b[^.?]{0,50}\?"
    r"|есть (?:новость|что рассказать)\b[^.?]{0,30}\?)",
    re.IGNORECASE,
)
PLAYER = re.compile(
    r"(?:no media source currently available|(?:the )?media could not be loaded[^.!?]{0,80}"
    r"|your browser does(?:n['’]t| not) support (?:the |this )?(?:audio|video|html5|iframes?)[^.!?]{0,40})\.?",
    re.IGNORECASE,
)


# Traduit de l'anglais par Anne Martin
_TRANSLATED = re.compile(
    r"[(\[]?(?:(?:article|texte|text) )?(?:traduit|traduction|adapté|translated|translation|übersetzt|übersetzung"
    r"|traducido|traducción|traduzione|tradotto)\b"
    r"(?: (?:de l['’]|du |from (?:the )?|aus dem |del |dall['’])[^\W\d_]{3,16})?"
    r"(?: et adapt(?:é|ation))?\s?(?:par|pour|by|for|von|por|da|di|de|[:\uff1a])"
    r"\s?(?-i:[^\Wa-zß-öø-ÿ_])[^.!?:]{2,60}\W{0,2}",
    re.IGNORECASE,
)
# (Rédaction de Beyrouth, traduction bureau de Paris)
_MADE_BY_A_DESK = re.compile(
    r"[(\[](?:[^()\[\].!?]{0,80}[\s,;])?(?:rédaction d[eu']|édité par|version française|(?:pour le )?service français"
    r"|traduction|bureau d[eu])\b[^()\[\].!?]{0,120}[)\]]\W{0,2}",
    re.IGNORECASE,
)
_REPORTED = re.compile(
    r"[(\[;,]\s?(?i:reportage|enquête|récit|avec)\s?(?i:de |d['’]|: )?"
    r"(?P<name>[^\Wa-zß-öø-ÿ_][^,;()\[\]]{2,50}?)"
    r"(?=\s(?:à|au|en|aux)\s|[,;)\]])"
)
# A weblog's own stamp: Publié par Carnets du fleuve à 22:14 3 commentaires
_STAMPED = re.compile(
    r"(?:publié|posté|posted|publicado|gepostet|pubblicato) (?:par|by|por|von|da) (?P<name>[^\d\n]{2,60}?)"
    r" (?:à|at|a la|a las|um|alle)s? \d{1,2}\s?[:.h]\s?\d\d\b.{0,60}",
    re.IGNORECASE,
)


_CONTACTS = Finding("contact", "whom to write to, and nothing else")
_SOURCES = Finding("source_line", "whose material it is")
_SIGNS = (
    (_END_MARK, _LONGEST, Finding("separator", "a mark that a dispatch ends")),
    (_FILED, _LONGEST, Finding("label", "the time of filing")),
    (_CONTACT, _LONGEST_CONTACT, _CONTACTS),
    (_SOURCE_AND_AGENCIES, _LONGEST_SOURCE, _SOURCES),
    (_BARE_SOURCE, _LONGEST_SOURCE, Finding("source_line", "the label of a source, and nothing behind it")),
    (_STAMPED, _LONGEST_SOURCE, Finding("source_line", "who published it, and at what hour")),
    (_TRANSLATED, _LONGEST_SOURCE, Finding("label", "who translated it")),
    (_MADE_BY_A_DESK, _LONGEST_CONTACT, Finding("label", "the desks that made it, in brackets")),
    (_OF_THE_DAY, _LONGEST_SOURCE, Finding("link", "what else there is of a day")),
    (PLAYER, _LONGEST, Finding("navigation", "what a player says")),
)


def closing_line(line: str) -> Finding | None:
    """What a line is that only ends or accompanies a text; None where it says more."""
    if len(line) > _LONGEST:
        return None
    for sign, longest, finding in _SIGNS:
        if len(line) <= longest and sign.fullmatch(line):
            return finding
    if len(line) <= _LONGEST_SOURCE and (_is_of_others(line) or titled_in_brackets(line)):
        return _SOURCES
    if len(line) <= _LONGEST_SOURCE and not ends_a_sentence(line) and _ALSO_AT.fullmatch(line):
        return Finding("source_line", "where else it was published")
    return points_elsewhere(line)


def stamped_by(line: str) -> str | None:
    """Whoever published a weblog's entry, where its stamp names them."""
    match = _STAMPED.fullmatch(line)
    return match["name"].strip() if match else None


def reported_by(line: str) -> str | None:
    """Whose report it was, where the line of its desks names them: (Reportage A. Martin, édité par B. Petit)."""
    match = _REPORTED.search(line) if _MADE_BY_A_DESK.fullmatch(line) else None
    return match["name"].strip() if match else None


def points_elsewhere(sentence: str) -> Finding | None:
    """What a sentence is that tells whoever reads it to read on elsewhere, or to report mistakes."""
    if _REPORT.match(sentence):
        return Finding("contact", "a request to report mistakes or news")
    if len(sentence) > _LONGEST:
        return None
    if _ELSEWHERE.fullmatch(sentence) or ("читайте" in sentence and _READ_IN.fullmatch(sentence)):
        return Finding("link", "an invitation to read on elsewhere")
    return None


def _is_of_others(line: str) -> bool:
    if (of := _BARE_SOURCE_OF.fullmatch(line)) and names_only_agencies(of["name"]):
        return True
    found = _WITH_MATERIAL.fullmatch(line.rstrip(" .)]*"))
    if found is None or len(found["name"].split()) > _MOST_WORDS:
        return False
    return _HIGH.match(found["name"]) is not None or not ends_a_sentence(line)
