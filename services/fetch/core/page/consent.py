"""Telling a wall that asks for consent, by its words and its buttons, from an article on such things."""

import re
from collections.abc import Iterable, Sequence

from services.fetch.core.page.blocks import Block

TERMS = re.compile(
    r"cookies?|consent|gdpr|rgpd|dsgvo|personal data|privacy|einwillig|zustimm|datenschutz|personenbezogen|tracking"
    r"|werbung|pur-abo|consentement|traceurs|données personnelles|vie privée|publicités? personnalisée|consentimiento"
    r"|datos personales|privacidad|consenso|dati personali|\bpartners?\b|\bpartnern\b|partenaires|socios"
    r"|personali[sz]ed (?:ads|content|advertising)|measure audience|legitimate interest|intérêt légitime|your choices"
    r"|vos choix|identifiers|accepter|consentimento|dados pessoais|privacidade|toestemming|persoonsgegevens|samtycke"
    r"|\bgegevens\b|advertenties"
    r"|personuppgifter|zgod[ayęą]|zgody|danych osobowych|dane osobowe|prywatnoś|согласи|персональны|конфиденциальн"
)
# What consent is asked for: said of much else, too.
PURPOSES = re.compile(
    r"advertis|audience|analy[ts]|analíti|statist|estadíst|publicit|publicid|pubblicit|werbe|anzeigen|marketing"
    r"|adverten|reklam|реклам|статистик|third part|terceros|terze parti|d(?:rit|er)den?\b|drittanbiet|tiers\b"
    r"|jederzeit|at any time|à tout moment|en cualquier momento|widerruf|withdraw"
)
OPENERS = re.compile(
    r"before you continue|we (?:value|respect|care about) your (?:data )?privacy|mit werbung (?:weiter|nutzen|lesen)"
    r"|vos choix concernant|continuer sans accepter|(?:we|wir|nous) (?:and|und|et) (?:our|unsere|nos) \d+"
    r"|respect(?:ons)? (?:de )?votre vie privée|bevor sie fortfahren|avant de continuer|antes de (?:continuar|ir a)"
    r"|valoramos (?:tu|su) privacidad|la tua privacy"
    r"|nosotros y nuestros (?:\d+ )?(?:socios|partners|proveedores)|noi e i nostri (?:\d+ )?(?:partner|fornitori)"
    r"|nós e (?:os )?nossos (?:\d+ )?parceiros|wij en onze (?:\d+ )?partners|my i nasi (?:\d+ )?partnerzy"
    r"|мы и наши (?:\d+ )?партн[её]ры|vi och våra (?:\d+ )?partner|vi og vores (?:\d+ )?partnere"
)
BUTTONS = re.compile(
    r"accept|agree|reject|refus|akzeptier|ablehn|zustimm|einwillig|einverstanden|continuer sans|aceptar"
    r"|rechazar|accett|rifiut|mit werbung weiter|manage (?:options|preferences|cookies)|more options|paramétr"
    r"|einstellungen|aceitar|rejeitar|akkoord|weiger|akceptuj|zgadzam|odrzuć|godkänn|avvisa|приня|принима|отклон|соглас"
)
AGREES = re.compile(
    r"\baccept|\bagree|\ballow|akzeptier|zustimm|einwillig|einverstanden|\bacepta|\baccett|\baceita|akkoord"
    r"|akceptuj|zgadzam|godkänn|приня|принима|\bсоглас"
)
REFUSES = re.compile(
    r"reject|refus|declin|disagree|deny|necessary|essential|ablehn|notwendig|sans accepter|rechaz|rifiut|rejeit|recus"
    r"|weiger|odrzuć|avvisa|отклон|отказ"
)
BUTTON_LETTERS = 60
MOST_LETTERS = 2500
FEWEST_TERMS = 3
FEWEST_AT_CHOICE = 2
ASKING_SHARE = 0.6
BESIDE = frozenset(("nav", "footer"))


def is_button(text: str) -> bool:
    """Whether a text, in small letters, is one to agree by."""
    return len(text) <= BUTTON_LETTERS and BUTTONS.search(text) is not None


def is_choice(texts: Iterable[str]) -> bool:
    """Whether these texts of buttons, in small letters, are one to agree and another to refuse by."""
    short = [text for text in texts if len(text) <= BUTTON_LETTERS]
    refusing = [text for text in short if REFUSES.search(text)]
    return bool(refusing) and any(AGREES.search(text) for text in short if text not in refusing)


def asks_for_consent(blocks: Sequence[Block], *, button: bool = False, choice: bool = False) -> bool:
    """Whether a short page says little else than what to agree to, and opens as walls do or has a button.

    `button` if one that agrees stands in no block, but in an element of its own; `choice` if one that refuses does,
    too: a word on consent and what it is asked for are enough then.
    """
    own = [block for block in blocks if BESIDE.isdisjoint(block.box.tags)]
    letters = sum(len(block.key) for block in own)
    if not letters or letters > MOST_LETTERS:
        return False
    texts = [(block.text.lower(), len(block.key)) for block in own]
    terms = {term for text, _ in texts for term in TERMS.findall(text)}
    opens = any(OPENERS.search(text) for text, _ in texts)
    asking = sum(size for text, size in texts if TERMS.search(text) or BUTTONS.search(text) or OPENERS.search(text))
    button = button or any(is_button(text) for text, _ in texts)
    purposes = {term for text, _ in texts for term in PURPOSES.findall(text)} if choice and terms else set[str]()
    chosen = choice and len(terms) + len(purposes) >= FEWEST_AT_CHOICE
    return (opens or chosen or (button and len(terms) >= FEWEST_TERMS)) and asking >= ASKING_SHARE * letters
