"""Lines that agencies, press offices and sites set around an article in their own words: slugs, notes, trails."""

import re
from collections.abc import Sequence

from services.extract.core.layout import ends_a_sentence
from services.extract.core.metadata.page_labels import Finding, key

_LONGEST = 260
_LONGEST_SLUG = 60
_LONGEST_TRAIL = 200
_LONGEST_PIECE = 110
_LONGEST_NAME_OF_A_SECTION = 24
_FEWEST_OF_A_MENU = 4

# BC-SYRIA-CRISIS/ALEPPO (UPDATE 2)
_SLUG = re.compile(
    r"(?:BC-)?[A-Z][A-Z0-9.]{1,20}(?:[-/][A-Z0-9.]{1,20}){0,6}/[A-Z0-9.-]{2,20}(?:\s?\([A-Z0-9 ,.]{1,24}\))?"
    r"|BC-[A-Z0-9./-]{3,40}(?:\s?\([A-Z0-9 ,.]{1,24}\))?"
)
# (Adds quotes from the army, paragraphs 5-7)
_ADVISORY = re.compile(
    r"\((?:(?:adds|updates|recasts|corrects|refiles|repeats|rewrites|writes through|amends|clarifies|releads"
    r"|removes|fixes|adding|updating|recasting|correcting|updated with|corrected)\b"
    r"|(?:actualisé|actualise|ajoute|corrige|précise|complète|répétition) (?:avec|le|la|les|au|à|des?|l['’])"
    r"|(?:actualiza|agrega|añade|corrige|precisa|repite|reitera) (?:con|el|la|los|las|en|más|citas)"
    r"|(?:neu|aktualisiert|berichtigt|ergänzt|wiederholung)\s?:|(?:aggiorna|aggiunge|corregge) (?:con|il|la|i|le))"
    r"[^()]{0,200}\)",
    re.IGNORECASE,
)
# Licensing, opens new tab: what a page says of a link to whoever cannot see it
_OPENS = re.compile(r".{2,100}[,(]\s?opens (?:in )?(?:a )?new (?:tab|window)\)?", re.IGNORECASE)
_RELEASED = re.compile(
    r"\W{0,3}(?:for immediate release|(?:press|news|media) (?:release|statement)|(?:strictly )?embargoed until\b.{0,80}"
    r"|communiqué de presse|pour (?:publication|diffusion) immédiate|sous embargo\b.{0,60}"
    r"|pressemitteilung|medienmitteilung|presseinformation|presseaussendung|sperrfrist\b.{0,60}"
    r"|nota de prensa|comunicado de prensa|para (?:su )?(?:publicación|difusión) inmediata"
    r"|comunicato stampa|nota à imprensa|persbericht|informacja prasowa|пресс-релиз|прес-реліз"
    r"|بيان صحفي|للنشر الفوري)\W{0,3}",
    re.IGNORECASE,
)
# (ha collaborato Ruggero Rossi) · Mitarbeit: Anne Martin
_HELPED = re.compile(
    r"[(\[]?(?:(?:additional|further) reporting by|with (?:additional |further )?(?:reporting|contributions?) "
    r"(?:by|from)|(?:ha(?:nno)? collaborato|con la collaborazione di)|(?:mitarbeit|mitgearbeitet haben)\s?[:\uff1a]"
    r"|con (?:la colaboración|información adicional) de|ont (?:également |aussi )?(?:participé|contribué)\s?[:\uff1a]"
    r"|a contribuer à cet article\s?[:\uff1a]|com a colaboração de|met medewerking van)"
    r"\s(?-i:[^\Wa-zß-öø-ÿ_])[^.!?:]{2,100}\W{0,2}",
    re.IGNORECASE,
)
NOTES = Finding("contact", "what a press office adds for newsrooms, and all below it")
_RELEASE = Finding("label", "the head of a press release")
_END = Finding("separator", "a mark that a dispatch ends")
_NOTES = re.compile(
    r"(?:notes? (?:to|for) (?:the )?(?:news )?editors?|editors?['’] notes?|notes? aux (?:rédactions|journalistes)"
    r"|hinweise? (?:für|an) (?:die )?redaktion(?:en)?"
    r"|notas? (?:a|para) (?:los |las )?(?:editores|redactores|redacciones)"
    r"|note per (?:la redazione|le redazioni|i giornalisti))\s?[:\uff1a]?",
    re.IGNORECASE,
)
# Only below the end of a press release.
_CONTACTS = re.compile(
    r"(?:(?:media|press) (?:contacts?|enquir(?:y|ies)|inquir(?:y|ies)|office)|contacts?(?: (?:de )?(?:presse|médias?))?"
    r"|(?:presse)?kontakte?|rückfrage(?:n|hinweis)|contactos?(?: de prensa)?|contatti(?: stampa)?"
    r"|for (?:more|further) information\b.{0,100}|pour (?:plus d['’]informations?|tout renseignement)\b.{0,100}"
    r"|weitere informationen\b.{0,100}|para (?:más|mayor) información\b.{0,100}"
    r"|per (?:maggiori )?informazioni\b.{0,100}"
    r"|للمزيد من المعلومات.{0,100})\s?[:\uff1a]?",
    re.IGNORECASE,
)
ISSUED_BY = re.compile(
    r"(?:About|À propos d[eu]s?|Über|Acerca de|Sobre|Informazioni su|Over|عن)\s"
    r"(?:l['’]|la |les? |die |das |den |el |the )?"
    r"(?P<name>(?-i:[^\Wa-zß-öø-ÿ_])[^.!?:]{2,60})\s?:?"
)
# Sign, what it cannot be without, longest line, finding.
_SIGNS = (
    (_SLUG, "", _LONGEST_SLUG, Finding("label", "an agency's slug")),
    (_ADVISORY, "(", _LONGEST, Finding("label", "what an agency changed, in brackets")),
    (_OPENS, "opens", _LONGEST, Finding("link", "a link, as it is read out")),
    (_RELEASED, "", _LONGEST_SLUG + _LONGEST_PIECE, _RELEASE),
    (_HELPED, "", _LONGEST, Finding("byline", "who helped whoever wrote it")),
)
# A site's first page, as its menus call it, folded.
_HOME_WORDS = """
    home; homepage; accueil; startseite; inicio; portada; página inicial; home page; strona główna; ana sayfa;
    anasayfa; главная; головна; الرئيسية; voorpagina; hjem; hem; etusivu; domů; acasă; kezdőlap; αρχική; דף הבית;
    ホーム; 홈; 首页; utama; beranda
"""
_HOME = frozenset(map(key, _HOME_WORDS.split(";")))
_MARKS = ">›»→|·•/\t"
_BETWEEN = re.compile(r"\s*[>›»→|·•]\s*|\s/\s|\s{2,}|\t")


def house_line(line: str) -> Finding | None:
    """What a line is that an agency, a press office or a site set around the article; None where it says more."""
    if len(line) > _LONGEST:
        return None
    for sign, mark, longest, finding in _SIGNS:
        if len(line) <= longest and mark in line and sign.fullmatch(line):
            return finding
    return _from_home(line) if _parted(line) else None


def _parted(line: str) -> bool:
    """Whether something stands in a line that may part the names of sections: a quick no for most lines."""
    return "  " in line or any(mark in line for mark in _MARKS)


def is_released(above: Sequence[Finding | None]) -> bool:
    """Whether what stands above has a press release's head or a mark of its end."""
    return _RELEASE in above or _END in above


def opens_notes(line: str, *, released: bool) -> bool:
    """Whether from a line on a text speaks to newsrooms: notes for editors, and below a release whom to ask."""
    if len(line) > _LONGEST:
        return False
    return bool(_NOTES.fullmatch(line) or (released and (_CONTACTS.fullmatch(line) or ISSUED_BY.fullmatch(line))))


def _from_home(line: str) -> Finding | None:
    """A trail of sections from the site's first page down to the article, or a menu of them."""
    if len(line) > _LONGEST_TRAIL or ends_a_sentence(line):
        return None
    first, *others = (piece.strip() for piece in _BETWEEN.split(line.strip(" >›»→|·•/")))
    if key(first) not in _HOME or not others or not all(0 < len(piece) <= _LONGEST_PIECE for piece in others):
        return None
    is_menu = len(others) >= _FEWEST_OF_A_MENU and all(len(one) <= _LONGEST_NAME_OF_A_SECTION for one in others)
    return Finding("navigation", "a site's menu") if is_menu else Finding("label", "a trail from the site's first page")
