"""Pages on which nothing was published: they ask who reads, say what went wrong, or send on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser

from services.fetch.core.marks import Attributes
from services.fetch.core.page.blocks import Block
from services.fetch.core.page.called import is_called_legal, is_called_sign_in
from services.fetch.core.page.consent import is_button, is_choice
from services.fetch.core.page.furniture import is_prose

ERROR_TITLE = re.compile(
    r"""(?xi)
    \A\W*(?:error\W{0,3}|http\W{0,3})?(?:40\d|410|451|50\d|52\d)
      (?=\W*\Z|\s*[-\u2013\u2014|:.!](?!\d)|\s+(?:not|error|page|forbidden|gone|internal|bad|service|gateway|access)\b)
    | \b(?:page|article|file|story|url|document|site)?\W{0,3}not\ found\b
    | (?:can|could)(?:no|n['’])?t\ (?:be\ found|find) | (?:no\ longer|not)\ available | does(?:n['’]t|\ not)\ exist
    | \bpage\ (?:missing|unavailable|error) | \b(?:bad\ (?:request|gateway)|forbidden|unauthori[sz]ed)\b
    | \b(?:internal\ server\ error|service\ unavailable|gateway\ time-?out)\b | something\ went\ wrong | \boops\b
    | page\ introuvable | n['’]existe\ (?:pas|plus) | \berreur\ \d{3} | introuvable\W*\Z
    | (?:seite|artikel|inhalt)\ (?:wurde\ )?(?:leider\ )?nicht\ (?:gefunden|verfügbar) | nicht\ gefunden
    | \bfehler\ \d{3}
    | no\ (?:se\ (?:ha\ )?encontr|encontrad) | página\ no\ (?:existe|disponible|encontrada)
    | non\ (?:è\ stata\ )?trovat[ao]
    | não\ (?:foi\ )?encontrad[ao] | niet\ gevonden | nie\ (?:została\ )?znaleziono | страница\ не\ найдена
    | не\ найден[ао]? | bulunamadı | الصفحة\ غير\ موجودة | ページが見つかりません | 页面不存在 | 找不到"""
)
CHALLENGE_TITLE = re.compile(
    r"""(?xi)
    \A\W*(?:just\ a\ moment | one\ moment,?\ please | attention\ required
    | access\ (?:to\ this\ page\ has\ been\ )?denied
    | checking\ your\ browser | (?:please\ )?(?:verify|confirm)\b.*\bhuman | are\ you\ (?:a\ )?(?:human|robot)
    | security\ check
    | (?:human|bot|browser)\ (?:verification|check) | ddos\ protection | captcha | robot\ (?:check|or\ human)
    | pardon\ our\ interruption
    | un\ instant | nur\ einen\ moment | un\ momento | you\ have\ been\ blocked | please\ wait)"""
)
CHALLENGE = re.compile(
    r"""(?xi)
    ray\ id | (?:enable|activate|activer|aktivieren)\W.{0,30}(?:javascript|cookies) | checking\ (?:if|your|the)\b
    | (?:verify|confirm|make\ sure|sure)\b.{0,30}\b(?:human|robot|bot)\b | security\ (?:check|of\ your\ connection)
    | (?:unusual|suspicious|automated)\ (?:traffic|activity|requests?) | complete\ the\ (?:captcha|check|challenge)
    | you(?:['’]re|\ are)\ not\ a\ (?:robot|bot) | supports?\ javascript
    | reference\ (?:\#|number|id) | incident\ id | you\ (?:have\ been|are)\ blocked
    | performance\ (?:&|and)\ security\ by"""
)
LOGIN = re.compile(
    r"(?i)(?:sign|log)[ -]?(?:in|on)\b|(?:se )?connecte[rz]|connexion|anmelden|einloggen|iniciar sesión|acceder"
    r"|accedi|inloggen|aanmelden|zaloguj|вход|войти|giriş"
    r"|تسجيل الدخول|ログイン|登录|subscribe|register|account|password"
)
SCRIPT = re.compile(
    r"(?i)(?:enable|activate|turn on|requires?|without|activer|activez|nécessite|aktivieren|benötigt|activ[ae]r?"
    r"|habilit\w+)\b.{0,40}\bjavascript|javascript\b.{0,60}(?:enabled|required|disabled|activé|aktiviert|benötigt|activado)"
)
MOVED = re.compile(
    r"(?i)\A\W*(?:30[1278]\b|(?:document |object |page )?(?:has )?moved\b|redirect\w*|weiterleitung|redirigiendo)"
)
REFRESH = re.compile(r"(?i)\s*(\d{1,3})(?:\.\d+)?\s*[;,]\s*url\s*=\s*\S")
SCRIPT_KIND = "script"
LONGEST_WAIT = 30  # seconds: a page that renews itself later is one to be read
MOST_BUTTONS = 30  # a wall has a few
MOST_LETTERS = 600  # of prose: what has more is read for what it says
MOST_SENT_ON = 300
BESIDE = frozenset(("nav", "footer"))


@dataclass(frozen=True)
class PageKind:
    """A kind of page; `detail` is the evidence, for people. What `is_none` holds no article at all."""

    name: str
    detail: str
    is_none: bool = False


@dataclass(frozen=True)
class Signs:
    """What a page's elements say: whether it asks for a password, sends on at once, can be agreed to, is not free.

    `choice` if there is a button that agrees, and one that refuses.
    """

    password: bool = False
    sends_on: bool = False
    button: bool = False
    choice: bool = False
    locked: bool = False


NO_SIGNS = Signs()
LOGIN_PAGE = PageKind("login", "it only asks for a name and a password", is_none=True)


def signs_of(tree: LexborHTMLParser, metas: Sequence[Attributes], *, told: bool = False) -> Signs:
    """Look for a password's field, a refresh that leads to another address, a button that agrees, a locked article.

    What may be entered or pressed is no sign where the page's data tells an article (`told`), and not looked for.
    """
    refreshes = (meta["content"] or "" for meta in metas if (meta.get("http-equiv") or "").lower() == "refresh")
    waits = [int(match[1]) for content in refreshes if (match := REFRESH.match(content))]
    texts = [] if told else [node.text().strip().lower() for node in tree.css("button")[:MOST_BUTTONS]]
    return Signs(
        password=not told and tree.css_first('input[type="password" i]') is not None,
        sends_on=any(wait <= LONGEST_WAIT for wait in waits),
        button=any(map(is_button, texts)),
        choice=is_choice(texts),
        locked=any(
            (meta.get("property") or "").lower() == "article:content_tier"
            and (meta["content"] or "").lower() == "locked"
            for meta in metas
        ),
    )


def nothing_here(blocks: Sequence[Block], text: str, titles: Sequence[str], signs: Signs) -> PageKind | None:
    """What a page with next to no prose is, where its title, form or refresh tells; None where it may be an article."""
    own = [block for block in blocks if BESIDE.isdisjoint(block.box.tags)]
    if is_called_legal(titles, own):
        return PageKind("legal", "it only tells who publishes, or by which rules", is_none=True)
    prose = sum(len(block.key) for block in own if is_prose(block))
    if prose > MOST_LETTERS or sum(map(str.isalnum, text[: 4 * MOST_LETTERS])) > MOST_LETTERS:
        return None
    letters = sum(len(block.key) for block in own)
    if prose == 0 and len(text) <= MOST_SENT_ON and SCRIPT.search(text):
        return PageKind(SCRIPT_KIND, "it shows nothing but that it needs JavaScript", is_none=True)
    named = next((title for title in titles if MOVED.match(title)), None)
    if (signs.sends_on or named) and letters <= MOST_SENT_ON:
        return PageKind("redirect", "it only sends its reader on to another address", is_none=True)
    said = [*titles, *(block.text for block in own if block.tag in ("h1", "h2"))]
    asks = signs.password and (prose == 0 or any(LOGIN.search(title) for title in said))
    if kind := _refusal(own, said):
        return kind
    return LOGIN_PAGE if asks or is_called_sign_in(titles, own) else None


def _refusal(own: Sequence[Block], said: Sequence[str]) -> PageKind | None:
    if any(CHALLENGE_TITLE.match(title) for title in said) and any(CHALLENGE.search(block.text) for block in own):
        return PageKind("challenge", "it only asks whether its reader is a human", is_none=True)
    if wrong := next((title for title in said if ERROR_TITLE.search(title)), None):
        return PageKind("error", f"it only says that something went wrong: {wrong[:80]}", is_none=True)
    return None
