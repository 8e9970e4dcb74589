"""Whom a Spanish verb in the plural without a subject is about: the last several people who were one."""

import re

from services.extract.core.grammar import HUMANS, word_set
from services.extract.core.speech.cast import Cast
from services.extract.core.speech.pronouns import Speaker

_REACH = 1200  # characters back to them
_SUBJECT = re.compile(
    r"(?:(?<=[.!?”»\"\n]\s)|(?<=\n)|(?<=\A))(?:Los|Las|Unos|Unas|Varios|Varias|Algunos|Algunas|Ambos|Dos|Tres)"
    r"(?:\s(?!que\b|han?\b|no\b|se\b|son\b|fueron\b|eran\b)[^\W\d_]+){1,3}"
)
SEVERAL = word_set(
    "fuentes firmantes manifestantes organizaciones grupos asociaciones sindicatos vecinos expertos críticos "
    "autoridades investigadores científicos economistas familiares padres madres víctimas trabajadores "
    "estudiantes docentes legisladores testigos fiscales funcionarios ciudadanos residentes usuarios responsables "
    "portavoces partidos activistas participantes agentes analistas médicos denunciantes colectivos musulmanes"
)


def several_told(cast: Cast, position: int) -> Speaker | None:
    """The last several who have spoken before `position`, or whom a sentence opens with: « Los firmantes piden … »."""
    spoken = cast.several_before(position)
    found = None
    for match in _SUBJECT.finditer(cast.text, max(0, position - _REACH), position):
        words = match.group().lower().split()[1:]
        noun = next((i for i, word in enumerate(words) if _is_of_people(word)), None)
        if noun is not None and not cast.is_quoted(match.start()):
            length = len(" ".join(match.group().split()[: noun + 2]))
            found = match.start(), match.start() + length
    if spoken and (found is None or spoken.start >= found[0]):
        return Speaker(spoken.name, spoken.start, spoken.end)
    return Speaker(cast.text[slice(*found)], *found) if found else None


def _is_of_people(word: str) -> bool:
    return word in SEVERAL or word.removesuffix("s") in HUMANS or word.removesuffix("es") in HUMANS
