"""Offices with the capital of respect, which name nobody and no body: le Chef d'Etat, la Présidence."""

import re
from dataclasses import replace

from contracts.extraction import EntityType
from services.extract.core.naming.claim import Claim
from services.extract.core.naming.found import IsPlace

_OF_TOWNS = r"(?:Maires?|Préfète?s?|Députée?s?|Sénat(?:eur|rice)s?|Procureure?s?|Gouverneure?s?|Ambassad(?:eur|rice)s?)"
_OFFICES = (
    rf"(?:{_OF_TOWNS}|(?:Vice-)?[Pp]résident(?:e|es|s|s?-?directeur)?|Présidence|Premi(?:er|ère)s?[ -][Mm]inistres?"
    r"|Ministres?|Secrétaires?|Chefs?|Chanceli(?:er|ère)s?|Commissaires?|Direct(?:eur|rice)s?|Adjointe?s?|Conseill(?:er|ère)s?"
    r"|Porte-parole|Haute?s?[ -][Cc]ommissaires?)"
)
_BEHIND = (
    r"(?:\s(?:générale?|adjointe?|délégué|d['’]|(?:de|du|des|à|au|aux|en)\b"
    r"|[a-zà-ÿ]+(?:ais|aise|ain|aine|ien|ienne|ois|oise|and|ande|ol|ole|péen|péenne|que|lge|sse|rc|rque)\b)[^\n]*)?"
)
_OFFICE = re.compile(rf"{_OFFICES}{_BEHIND}")
_SEAT = re.compile(rf"{_OF_TOWNS}\s(?:de\s|d['’]|(?P<of_the>du\s))(?P<town>[A-ZÀ-Ý][^\n]*)")
_HEADED = re.compile(
    r"(?:(?:Vice-)?[Pp]résidente?|Direct(?:eur|rice))(?:\s(?:générale?|adjointe?))*"
    r"\s(?:de\s(?:la\s|l['’])?|du\s|d['’])(?!République\b)(?P<body>[A-ZÀ-Ý][^\n]*)"
)
_QUOTED = '«"“'


def without_an_office(text: str, claim: Claim, is_place: IsPlace) -> Claim | None:
    """The claim, of an office the town or body that it is held in (Maire de Lyon), and None where none is named."""
    if claim.settled or claim.type is EntityType.PERSON or not _OFFICE.fullmatch(text, claim.start, claim.end):
        return claim
    if claim.type is EntityType.OTHER and text[max(0, claim.start - 2) : claim.start].strip()[-1:] in _QUOTED:
        return claim
    seat = _SEAT.fullmatch(text, claim.start, claim.end)
    if seat is not None and is_place(f"Le {seat['town']}" if seat["of_the"] else seat["town"]):
        return replace(claim, start=seat.start("town"), type=EntityType.PLACE)
    headed = _HEADED.fullmatch(text, claim.start, claim.end)
    if headed is not None and not is_place(headed["body"]):
        return replace(claim, start=headed.start("body"), type=EntityType.ORGANISATION)
    return None
