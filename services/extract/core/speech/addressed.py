"""Whether marked words are to one person, and so hardly that person's own."""

from services.extract.core.speech.cast import Cast, words_in
from services.extract.core.speech.quotation_marks import Marked

MYSELF = frozenset(("je", "j'", "mon", "ma", "mes", "i", "my", "ich", "mein", "meine", "yo", "mi", "io"))
_THOU = {
    "fr": frozenset(("tu", "te", "t'", "toi", "ton", "ta", "tes")),
    "de": frozenset(("du", "dich", "dir", "dein", "deine", "deinen")),
    "es": frozenset(("tú", "te", "ti", "tu", "tus")),
    "it": frozenset(("tu", "te", "ti", "tuo", "tua", "tuoi")),
}
_YOU = frozenset(("vous", "votre", "vos", "you", "your", "usted", "ustedes", "voi", "vostro", "vostra"))


def is_to_somebody(cast: Cast, passage: Marked) -> bool:
    """Whether words are to one person, and hardly that person's: « Tu le regretteras. », « Vous êtes libre. »."""
    words = words_in(cast.text, passage.start, passage.end)
    lowers = {word.lower for word in words}
    if lowers & _THOU.get(cast.language, frozenset()):
        return True
    is_formal = cast.language == "de" and any(cast.text[word.start : word.end] in {"Sie", "Ihnen"} for word in words)
    return (is_formal or bool(lowers & _YOU)) and not lowers & MYSELF
