"""Pages that are told by what they are called alone: no article has that for its whole headline."""

import re
from collections.abc import Sequence

from services.fetch.core.page.blocks import Block

_AROUND = " .:!\u00a0"
_WORDS_OF_A_HEADLINE = 5
_SITE = re.compile(r"\s+[-\u2013\u2014|·:•]+\s+|\s*\|\s*")
# Who publishes, by which rules one reads, and what becomes of readers' data: which any site has to tell.
_LEGAL = re.compile(
    r"""(?xi)
    impressum | imprint | legal\ (?:notices?|information|disclosure|disclaimer) | mentions\ l[ée]gales | aviso\ legal
    | note\ legali | colofon | colophon | informações\ legais | nota\ prawna | stopka\ redakcyjna | yasal\ uyarı | künye
    | юридическая\ информация | правовая\ информация | выходные\ данные
    | datenschutz(?:erklärung|hinweise?)? | nutzungsbedingungen | agb | allgemeine\ (?:geschäfts|nutzungs)bedingungen
    | (?:privacy|cookies?)\ (?:policy|notice|statement) | terms\ (?:of\ (?:use|service)|(?:and|&)\ conditions)
    | politique\ (?:de\ confidentialité|(?:de|des)\ cookies)
    | conditions\ générales(?:\ (?:d['’]utilisation|de\ vente))?
    | política\ de\ (?:privacidad|privacidade|cookies) | (?:términos|condiciones)\ de\ uso
    | informativa\ sulla\ privacy | privacyverklaring | polityka\ prywatności | regulamin
    | политика\ конфиденциальности | пользовательское\ соглашение"""
)
_SIGN_IN = re.compile(
    r"""(?xi)
    (?:please\ )?(?:sign|log)[ -]?(?:in|on)(?:\ to\ (?:your\ account|continue))?
    | (?:sign|log)[ -]?in\ or\ (?:register|sign[ -]?up)
    | member\ login | register | create\ an?\ account | sign[ -]?up
    | (?:se\ )?connecter | connexion | (?:connectez|identifiez)-vous | s['’]identifier | s['’]inscrire
    | créer\ un\ compte
    | anmelden | anmeldung | einloggen | registrieren | konto\ erstellen
    | iniciar\ sesión | inicia\ sesión | acceder | registrarse | crear\ (?:una\ )?cuenta
    | accedi | accesso | registrati | entrar | iniciar\ sessão | inloggen | aanmelden | zaloguj(?:\ się)? | logowanie
    | вход | войти | авторизация | регистрация | giriş(?:\ yap)? | تسجيل\ الدخول | ログイン | 登录"""
)


def is_called_legal(titles: Sequence[str], own: Sequence[Block]) -> bool:
    """Whether a page is called an imprint, terms of use or the like, and nothing else."""
    return _is_called(_LEGAL, titles, own)


def is_called_sign_in(titles: Sequence[str], own: Sequence[Block]) -> bool:
    """Whether a page is called by what it wants of its reader: to sign in, to register."""
    return _is_called(_SIGN_IN, titles, own)


def _is_called(names: re.Pattern[str], titles: Sequence[str], own: Sequence[Block]) -> bool:
    """By a title, without the site's name before or behind it, or by the only heading, where no other is a headline."""
    headings = [block.text for block in own if block.tag == "h1"]
    told = [*titles, *(headings if len(headings) == 1 else ())]
    fits = [any(names.fullmatch(part.strip(_AROUND)) for part in _parts(title)) for title in told]
    others = (title for title, well in zip(told, fits, strict=True) if not well)
    return any(fits) and all(len(title.split()) < _WORDS_OF_A_HEADLINE for title in others)


def _parts(title: str) -> tuple[str, str]:
    parts = _SITE.split(title)
    return parts[0], parts[-1]
