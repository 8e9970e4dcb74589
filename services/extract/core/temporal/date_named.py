"""What bears a day's name: streets, movements, attacks. Such a day says nothing of when something was."""

import re

# Attacks that are called by their day: they were on it, in a year that the name leaves out.
_ATTACKS = re.compile(
    r"(?:attenta?t[si]?|attaques?|attacks?|atentados?|anschl[äa]ge\w?)(?: (?!and|et|y|und|e\b)\w{1,4}){0,2}\s\Z",
    re.IGNORECASE,
)
_ATTACKS_AFTER = re.compile(r"(?: \w{1,12})? (?:attacks|bombings)\b")
# Before the day: a street or a house whatever its letters, a movement or a unit with a capital. By language.
_BORNE = {
    "fr": r"(?:(?i:\b(?:rue|avenue|boulevard|(?<!en\s)(?<!sur\s)place|placette|square|quai|esplanade|allée|faubourg"
    r"|rond-point|stade|hôpital|lycée|collège|université|aéroport|caserne|cité|quartier|parc|gare|station|pont|coalition"
    r"|alliance|camp|forces))|\b(?:Mouvements?|Fronts?|Brigades?|Bataillons?|Comité|Collectif|Parti|Groupe|Organisation"
    r"|Union|Fondation|Association|Coordination|Ligue|Armée|Régiment|Division|École|Théâtre))\sdu\s",
    "en": r"\b(?:Movement|Brigades?|Battalion|Front|Group|Organi[sz]ation|Coalition|Alliance|Forces)\sof\s(?:the\s)?",
    "es": r"(?:(?i:\b(?:calle|avenida|plaza|plazuela|paseo|barrio|colonia|hospital|estadio|universidad|escuela"
    r"|instituto|puente|parque|estación|aeropuerto|villa))"
    r"|\b(?:Movimiento|Frente|Brigada|Batallón|Grupo|Partido|Organización|Comité|Cooperativa))\s(?:del?\s)?",
    "it": r"(?:(?i:\b(?:via|viale|piazza|piazzale|largo|corso)\s|\b(?:ponte|quartiere|ospedale|stadio)\s(?:del\s)?)"
    r"|\b(?:Movimento|Brigat[ae]|Battaglione|Gruppo|Fronte|Partito|Comitato)\s(?:del\s)?)",
    "de": r"(?:(?i:\b(?:straße|strasse|platz|allee|brücke)\sdes\s)|\b(?:Bewegung|Brigade|Gruppe|Bündnis)\s(?:des\s)?)",
    "ar": r"(?<!\w)و?ب?(?:ال)?(?:شارع|ساحة|ميدان|جادة|حي|جسر|كوبري|مدينة|جامعة|مستشفى|مدرسة|ملعب|دوار|حديقة"
    r"|حركة|لواء|كتيبة|كتائب|قوى|تحالف|فريق|تيار|جبهة)\s",
}
# Behind the day, in English: June 30 Street; the March 23 Movement, the March 14 alliance, but on March 5 Party …
_WAYS_AFTER = re.compile(
    r"(?:st|nd|rd|th)?\s(?:Street|Avenue|Bridge|Square|Boulevard|Hospital|Stadium|Airport|University)\b"
)
_BODIES_AFTER = re.compile(
    r"(?:st|nd|rd|th)?(?:\s[A-Z]\w{2,12})?\s(?:Movement|Brigades?|Battalion|Front|Group|Organi[sz]ation|Coalition|Alliance"
    r"|Party|Committee|Forces|Youth|movement|coalition|alliance|group(?! (?:stage|match|game)))\b"
)
_ON = re.compile(r"\b(?:on|since|until|by|before|after|from|to)\s\Z", re.IGNORECASE)
# A hyphen and a capital make a French day a name: le 11-Septembre, le 14-Juillet.
_HYPHENED = re.compile(r"(?<!\d)[1-9]\d?(?:er)?-[A-ZÀ-Ý][a-zà-ÿ]+\Z")
# A unit with a small letter needs the month's capital: le bataillon du 17 Octobre.
_UNIT = re.compile(r"\b(?:mouvement|front|brigade|bataillon|comité|collectif|groupe|école)s?\sdu\s\Z")
_CAPITAL_MONTH = re.compile(r"\d(?:er)?\s[A-ZÀ-Ý]")
_REACH = 28  # characters before a day in which its kind stands
_BEFORE = {language: re.compile(rf"{form}\Z") for language, form in _BORNE.items()}


def is_attack(text: str, start: int, end: int) -> bool:
    """Whether a day without a year stands for the attacks of it."""
    return bool(_ATTACKS.search(text, max(0, start - 24), start) or _ATTACKS_AFTER.match(text, end))


def is_borne(text: str, start: int, end: int, language: str) -> bool:
    """Whether a day at `start` to `end` is a name, or the end of one: rue du 4 septembre, the March 23 Movement."""
    before = max(0, start - _REACH)
    if language == "fr" and _HYPHENED.search(text, start, end):
        return True
    if language == "fr" and _UNIT.search(text, before, start) and _CAPITAL_MONTH.search(text, start, end):
        return True
    is_bare = text[start].isdecimal() or language == "en"  # plaza 9 de Julio, but a la calle el 9 de julio
    if is_bare and language in _BEFORE and _BEFORE[language].search(text, before, start):
        return True
    if language != "en":
        return False
    is_body = _BODIES_AFTER.match(text, end) is not None and not _ON.search(text, before, start)
    return is_body or _WAYS_AFTER.match(text, end) is not None
