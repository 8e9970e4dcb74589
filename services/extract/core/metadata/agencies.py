"""News agencies and broadcasters that are credited for words and pictures: no authors."""

import re

_NAMES = (
    "AFP",
    "Agence France-Presse",
    "AP",
    "Associated Press",
    "The Associated Press",
    "Reuters",
    "Thomson Reuters",
    "Reuter",
    "dpa",
    "dpa-infocom",
    "APA",
    "SDA",
    "Keystone-ATS",
    "Keystone",
    "ATS",
    "Belga",
    "ANP",
    "EFE",
    "Europa Press",
    "Lusa",
    "ANSA",
    "Adnkronos",
    "PAP",
    "CTK",
    "ČTK",
    "TASR",
    "MTI",
    "Agerpres",
    "BTA",
    "Tanjug",
    "Hina",
    "STA",
    "TASS",
    "ITAR-TASS",
    "RIA Novosti",
    "Interfax",
    "Sputnik",
    "Ukrinform",
    "UNIAN",
    "BelTA",
    "Kazinform",
    "Anadolu",
    "Anadolu Agency",
    "AA",
    "DHA",
    "IHA",
    "TRT",
    "IRNA",
    "Tasnim",
    "Fars",
    "Mehr",
    "ISNA",
    "SANA",
    "NNA",
    "Petra",
    "KUNA",
    "QNA",
    "WAM",
    "SPA",
    "BNA",
    "MENA",
    "MAP",
    "APS",
    "TAP",
    "Xinhua",
    "Kyodo",
    "Jiji",
    "Yonhap",
    "KCNA",
    "PTI",
    "ANI",
    "Bernama",
    "Antara",
    "AAP",
    "PA",
    "UPI",
    "Bloomberg",
    "Getty Images",
    "EPA",
    "Sipa",
    "Abaca",
    "Shutterstock",
    "iStock",
    "واس",
    "رويترز",
    "أ ف ب",
    "د ب أ",
    "РИА Новости",
    "ТАСС",
    "Интерфакс",
)
_BY_FOLDED = {name.casefold(): name for name in _NAMES}
_SPLIT = re.compile(
    r"[,;/()\[\]&+|]|(?:\s|^)(?:avec|et|and|with|und|via|con|y|e)\s|\bphotos?\b|\bimages?\b", re.IGNORECASE
)
# Por Agencia EFE
_LED = re.compile(
    r"\A(?:(?:par|por|by|von|da|de) )?(?:(?:l['’])?(?:agence|agencia|agência|agenzia|nachrichtenagentur|agentur) )?"
)
# Two and three letters are an agency only in capitals: AA, not a word that reads so.
_SHORT = 3

_LONGEST_FIRST = sorted(_NAMES, key=len, reverse=True)
_NAMED = re.compile(
    rf"\b(?:{'|'.join(re.escape(name) for name in _LONGEST_FIRST if len(name) > _SHORT)})\b", re.IGNORECASE
)
_NAMED_IN_CAPITALS = re.compile(
    rf"\b(?:{'|'.join(re.escape(name) for name in _LONGEST_FIRST if len(name) <= _SHORT)})\b"
)


def agencies_in(credit: str) -> tuple[str, ...]:
    """Agencies that a credit such as `AFP photo` or `avec Reuters et AP` names, as their own names are written."""
    if whole := _BY_FOLDED.get(credit.strip(" .:-()\u00a0").casefold()):
        return (whole,) if len(whole) > _SHORT or whole in credit else ()
    found = []
    for piece in _SPLIT.split(credit[:200]):
        bare = piece.strip(" .:-\u00a0").casefold()
        name = _BY_FOLDED.get(bare) or _BY_FOLDED.get(_LED.sub("", bare))
        if name and (len(name) > _SHORT or name in piece):
            found.append(name)
    return tuple(dict.fromkeys(found))


def agency_named(text: str) -> str | None:
    """The first agency that a text names, as its own name is written."""
    found = _NAMED.search(text) or _NAMED_IN_CAPITALS.search(text)
    return _BY_FOLDED[found.group().casefold()] if found else None


def names_only_agencies(credit: str) -> bool:
    """Whether every name in a credit is an agency's."""
    pieces = [piece.strip(" .:-\u00a0") for piece in _SPLIT.split(credit)]
    return all(not piece or agencies_in(piece) for piece in pieces) and any(pieces)
