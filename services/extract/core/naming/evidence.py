"""What the words around a name say that it names."""

import re

from contracts.extraction import EntityType
from services.extract.core.words import fold, word_set

_REACH = 48  # characters before a name

_DE = r"(?:de\s+l['’]|de\s+la\s+|d['’]|du\s+|des\s+|de\s+)"
_ABBREVIATED = r"\b(?:M|MM|Mme|Mlle|Dr|Pr|Me|Mr|Mrs|Ms)\.?\s+$"
_OFFICES = r"""
    pr[ée]sidente?|premi[eè]re?\ ministre|ministre|g[ée]n[ée]ral|
    g[ée]n[ée]ral\ de\ (?:brigade|division|corps\ d['’]arm[ée]e|arm[ée]e)|
    chef\ de\ (?:bataillon|brigade)|colonel|capitaine|commandant|lieutenant|sergent|
    amiral|s[ée]nateur|s[ée]natrice|d[ée]put[ée]e?|maire|juge|procureure?|journaliste|[ée]crivain|professeur|
    docteur|secr[ée]taire\ d['’][ÉEé]tat|
    chanteur|chanteuse|acteur|actrice|cin[ée]aste|r[ée]alisateur|philosophe|historien|
    avocate?|pape|catholicos|patriarche|m[ée]tropolite|mufti|mollah|[ée]mir|roi|reine|prince|princesse|cheikh|imam|ayatollah|chanceli[eè]re?|sultan|ma[îi]tre|dictateur|candidate?|
    porte-parole|conseill[eè]re?|(?<!-)major|mar[ée]chal|lord|sir|baron(?:ne)?|comte(?:sse)?|marquise?|duc|duchesse|empereur|
    imp[ée]ratrice|chevalier|abb[ée]|cur[ée]|pasteur|[ée]v[êe]que|archev[êe]que|monseigneur|Mgr|notaire|syndic|ing[ée]nieur|
    architecte|arbitre|gardien(?:ne)?|champion(?:ne)?|entra[îi]neure?|skieu(?:r|se)|coureu(?:r|se)|cycliste|joueu(?:r|se)|
    vainqueur|attaquant|d[ée]fenseur|buteur|pilote|nageu(?:r|se)|m[ée]decin|instituteur|institutrice|gendarme|caporal|
    appoint[ée]|peintre|sculpteur|compositeur|compositrice|artiste|rappeu(?:r|se)|humoriste|com[ée]dien(?:ne)?|[ée]crivaine|
    romanci(?:er|[eè]re)|po[eè]te|animat(?:eur|rice)|pr[ée]sentat(?:eur|rice)|chroniqueu(?:r|se)|[ée]ditorialiste|essayiste|
    musicien(?:ne)?|pianiste|guitariste|saxophoniste|danseu(?:r|se)|chor[ée]graphe|photographe|dessinat(?:eur|rice)|
    caricaturiste|couturi(?:er|[eè]re)|basketteu(?:r|se)|footballeu(?:r|se)|boxeu(?:r|se)|astronaute|physicien(?:ne)?|
    math[ée]maticien(?:ne)?|biologiste|sociologue|politologue|[ée]conomiste|psychologue|psychiatre|chirurgien(?:ne)?|
    directeur|directrice|monsieur|madame|president|senator|minister|general|
    chairman|chairwoman|spokesman|spokeswoman|spokesperson|director|secretary|governor|mayor|chief\ executive|coach|
    officer|detective|sheriff|pastor|bishop|novelist|author|moderator|commissioner|prosecutor|reporter|correspondent|
    columnist|researcher|scientist|activist|lawmaker|congressman|congresswoman|councillor|comedian|rapper|teacher|
    actor|actress|singer|attorney|lawyer|manager|striker|midfielder|goalkeeper|founder|analyst|economist|judge|princess|king|queen
"""
# By its ending, for a verb may stand there too: le maire quitte Zalmira.
_NATIONAL = (
    r"ais|aise|ain|aine|éen|éenne|ien|ienne|ois|oise|and|ande|ol|ole"
    r"|uisse|usse|elge|urc|urque|rec|recque|oate|erbe|abe|urde"
)
_ADJECTIVAL = r"ique|al|ale|aire|if|ive|el|iste|é|ée|ible|eux|euse|oire|in|ine|ier|ière|estre"
_ADJECTIVE = (
    rf"(?:\s+(?:(?!critique|indique|applique|implique|insiste|assiste|résiste|déplore)[\w-]*\w(?:{_NATIONAL}|{_ADJECTIVAL})"
    r"|(?-i:[A-Z]{2,6}(?:-[A-Z]{2,6})?)|jeune|libre|vert|verte|sortante?|suppléante?|adjointe?|élue?|conservat(?:eur|rice)"
    r"|émérite|tchèque|basque|corse|suédoise?|actuelle|officielle|hors-norme|senior|junior|chef|elect|general)){0,2}"
)
_PARTS_OF_COUNTRIES = r"""
    villes?|villages?|localit[ée]s?|provinces?|r[ée]gions?|districts?|banlieue|quartiers?|gouvernorat|a[ée]roport|communes?|
    capitale|camp|campagne|fronti[eè]res?|port|base|nord|sud|est|ouest|environs|alentours|habitants|p[ée]riph[ée]rie|
    [îi]les?|rives|c[ôo]tes?|vall[ée]e|plaine|mont|montagnes?|d[ée]partement|canton|comt[ée]|oblast|faubourgs?|colonies?|pays
"""
_SEATED = r"""
    tribunal(?:\ de\ grande\ instance|\ correctionnel|\ administratif|\ judiciaire)?|cour\ d['’](?:appel|assises)|
    procureure?(?:\ de\ la\ R[ée]publique)?|parquet|pr[ée]f[èe]te?|maire|mairie|[ée]v[êe]que|archev[êe]que|
    CHU|h[ôo]pital|prison|gare|universit[ée]|zoo|stade|mus[ée]e
"""
_PARTS_IN_ENGLISH = (
    r"city|town|village|province|district|region|capital|port|island|state|suburb|outskirts|north|south|east|west|"
    r"coast|mouth|governorate|neighbou?rhood|resort"
)
_FEATURES = r"villes?|villages?|localit[ée]|[îi]les?|mont|lac|fleuve|rivi[eè]re|vall[ée]e|rue|avenue|boulevard"
_NEARNESS = (
    r"au-dessus\ d(?:e\s+|['’])|aux\ abords\ d(?:e\s+|['’])|"
    r"pr[eè]s\ d(?:e\s+|['’])|en\ direction\ d(?:e\s+|['’])|situ[ée]e?s?\ (?:à|en|au)\s+|vivant\ à\s+|n[ée]e?\ à\s+"
)
_STOPS = r"stations?|arr[êe]t|m[ée]tro|barrage|pont|col|parc|for[êe]t|plage|ch[âa]teau|stade"
_KIN = (
    r"gendre|beau-(?:p[eè]re|fr[eè]re|fils)|belle-(?:m[eè]re|s(?:œ|oe)ur|fille)|neveu|ni[eè]ce|veuve|veuf|[ée]pou(?:se|x)|"
    r"mari|compagne|compagnon|fils|fr[eè]re|s(?:œ|oe)ur|m[eè]re|p[eè]re|filleule?|cousine?"
)
# A ship, a spacecraft, a storm, a work: whatever its name is the name of elsewhere.
_OPENING = ' \u00a0\u202f«"“‘'
_VESSELS = word_set(
    """
    navette navire paquebot fregate porte-avions sous-marin cargo petrolier chalutier voilier destroyer croiseur
    cuirasse corvette torpilleur contre-torpilleur patrouilleur porte-helicopteres porte-conteneurs methanier vraquier
    brise-glace trimaran catamaran warship cruiser battleship icebreaker frigate tanker ferry submarine
    """
)
_WORKS = _VESSELS | word_set(
    """
    mission sonde satellite fusee telescope rover robot ouragan cyclone tempete typhon operation comete asteroide film
    roman album logiciel spacecraft probe hurricane storm typhoon vessel movie novel sitcom software comet
    """
)
_STORMS = word_set("ouragan cyclone tempete typhon hurricane storm typhoon")
_NO_ADJECTIVES = word_set(
    "de du des d la le les l et en a au aux est pour sur par qui que of the in at and from was is by for"
)
# Called without a preposition after a place or a person: l'université Columbia, le lycée Jean-Moulin
_CALLED_AFTER = r"universit[ée]|lyc[ée]e|coll[èe]ge|h[ôo]pital|clinique"
_FIGHTS = r"lib[ée]ration|prise|reprise|bataille|si[eè]ge|chute|conqu[êe]te|bombardements?|[ée]vacuation|encerclement"
_FIGHTERS = (
    r"djihadistes?|jihadistes?|terroristes?|combattants?|miliciens?|rebelles|insurg[ée]s|groupuscule|[ée]l[ée]ments"
    r"|maquisards?|gu[ée]rilleros?"
)
_BODIES = r"""
    groupe|soci[ée]t[ée]|entreprise|compagnie|filiale|firme|constructeur|club|journal|quotidien|hebdomadaire|magazine|cha[îi]ne|agence|site|ONG|portail|webzine|
    association|(?<!,\s)(?<!est\s)(?<!ont\s)(?<!ait\s)(?<!tre\s)parti|
    syndicat|mouvement|organisation|fondation|banque|start-up|r[ée]seau\ social|[ée]diteur|laboratoire|
    institut\ de\ sondages?|colonnes
"""
# Provirex, le laboratoire; le laboratoire, Provirex
_APPOSED_BODY = (
    r"laboratoire|soci[ée]t[ée]|entreprise|start-up|compagnie|fabricant|constructeur|[ée]diteur|op[ée]rateur"
)


def _cue(pattern: str, flags: re.RegexFlag = re.IGNORECASE) -> re.Pattern[str]:
    return re.compile(pattern, flags | re.VERBOSE)


# Strongest first: what stands right before a name, and how much it says. A recogniser's own opinion counts 1.
_BEFORE: tuple[tuple[EntityType, float, re.Pattern[str]], ...] = (
    (EntityType.PERSON, 3.0, _cue(_ABBREVIATED, re.RegexFlag(0))),
    (EntityType.PERSON, 3.0, _cue(rf"\b(?:{_OFFICES}){_ADJECTIVE}\s+$")),
    (EntityType.ARMED_GROUP, 3.0, _cue(rf"\b(?:{_FIGHTERS}|branche\s\w+)\s+{_DE}(?:groupe\s+)?$")),
    (
        EntityType.ARMED_GROUP,
        3.0,
        _cue(r"\bgroupes?\s+(?:terror|arm[ée]|rebelle|djihad|jihad|islam)\w*\s+(?:de\s+)?[«\"“]?\s*$"),
    ),
    (EntityType.PLACE, 2.5, _cue(rf"\b(?:{_PARTS_OF_COUNTRIES})\s+{_DE}$")),
    (EntityType.PLACE, 2.5, _cue(rf"\b(?:{_SEATED})\s+de\s+$")),
    (EntityType.PLACE, 2.5, _cue(r"\b(?:gisements?|champs?)\s(?:p[ée]troli|gazi)ers?\s+d(?:e\s+|['’])$")),
    (EntityType.PLACE, 2.0, _cue(r"\bsur\s(?:le|les)\s(?:front|fronts)\s+d(?:e\s+|['’])$")),
    (EntityType.PLACE, 2.5, _cue(rf"\b(?:{_STOPS})\s+{_DE}?$")),
    (EntityType.PERSON, 1.5, _cue(rf"\b(?:{_KIN})\s+d(?:e\s+|['’])$")),
    (EntityType.PLACE, 2.5, _cue(rf"\b(?:{_PARTS_IN_ENGLISH})\s+of\s+$")),
    (EntityType.PLACE, 2.5, _cue(r"\b(?:mayor|lord\ mayor|residents|inhabitants|streets)\s+of\s+$")),
    (EntityType.ORGANISATION, 4.5, _cue(rf"\b(?:{_CALLED_AFTER})\s+$")),
    (EntityType.PLACE, 1.5, _cue(r"\b(?:near|outside|arrived\ in|born\ in|based\ in)\s+$")),
    (
        EntityType.ORGANISATION,
        2.5,
        _cue(rf"\b(?:{_BODIES})\s+(?!(?:{_OFFICES})\b)(?:(?-i:[a-zà-ÿ])\w*\s+)?{_DE}?[«\"“]?\s*$"),
    ),
    (EntityType.ORGANISATION, 2.5, _cue(rf"\b(?:l['’]|le\s|la\s)(?:{_APPOSED_BODY}),\s$")),
    (EntityType.PLACE, 2.0, _cue(rf"\b(?:{_FEATURES})\s+$")),
    (EntityType.PLACE, 1.5, _cue(rf"\b(?:{_NEARNESS})$")),
    (EntityType.PLACE, 1.5, _cue(rf"\b(?:{_FIGHTS})\s+{_DE}$")),
    (EntityType.PLACE, 1.5, _cue(r"\bon\s(?:nous\s)?(?:mande|[ée]crit|annonce|t[ée]l[ée]graphie|communique)\sde\s$")),
    (
        EntityType.PLACE,
        0.8,
        _cue(r"(?:\b(?:en|depuis|vers|à|entre)|(?:^|[.!?:…]\s|\n)(?:En|Depuis|Vers|À|A|Entre))\s+$", re.RegexFlag(0)),
    ),
)
_SPEAKS = re.compile(
    r"\s*,?\s+(?:a|avait|aurait)\s+(?:d[ée]clar|affirm|indiqu|pr[ée]cis|expliqu|annonc|dit\b|ajout|estim)"
)
_AGED = re.compile(
    r",?\s(?:\(\s?\d{1,2}\sans|(?:une?\s(?:\w+\s){1,3}de\s)?\d{1,2}\sans\b)|,\s(?:aged\s)?\d\d,\s(?=[a-z])(?!(?:rue|avenue|place|boulevard|quai)\b)"
)
_OF_WHO_HAS_AN_AGE = 2.0
_COMPANY = re.compile(
    r"(?:\s\(\w+\))?\s(?:(?:and|&)\sCo|Inc|Corp|Ltd|Plc|PLC|GmbH|AG|LLC|S\.?\s?A|SpA|N\.?V)\b|\s<[A-Z.]{1,8}>"
)  # Enzon <ENZN.O>
_OF_A_COMPANY = 3.0
# BAGDAD, 12 mars (AFP) - : the place of a dispatch, at the head of its paragraph.
_DATELINE = re.compile(r"(?:,[^.\n]{1,40}\d[^.\n]{0,20})?(?:\s\([^()\n]{2,30}\))?\s?[-–—]{1,2}\s")
_OF_A_DATELINE = 3.0
# Within a line too, where papers of old set one dispatch behind another: MURI, 14. — ; Liestal (BL), 7 (ATS). –
_DISPATCHED = re.compile(
    r"(?:\s\([A-Z]{2}\))?\s?,?\s(?:le\s)?\d{1,2}(?:er)?(?:\s[a-zà-ÿ]{3,9})?\.?\s?"
    r"(?:\([^()\n]{2,25}\)\s?\.?\s?[-–—]?|[-–—]{1,2})\s"
)
# Swiss cantons as ISO 3166-2 has them, behind a village: Widnau (SG).
_CANTONS = word_set("AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH")
_CANTON_AFTER = re.compile(rf"\s?\((?:{'|'.join(sorted(_CANTONS))})\)")
# à Zarbin (Thurgovie)
_AT = re.compile(r"\b[àÀ]\s$")
_HELD_AFTER = re.compile(r"\s?\([A-ZÀ-Ý][\w'’.-]+\)")
# de Zalmstuhl, en Allemagne
_OF = re.compile(r"\b(?:de\s|d['’]|à\s)$")
_IN_A_COUNTRY = re.compile(r",\sen\s[A-ZÉÀ][a-zà-ÿ-]{3,}(?=[\s,.;:)])")
# al-Waer district; Albany, NY
_PLACED_AFTER = re.compile(
    r"\s(?:neighbou?rhood|district|province|county|suburb|governorate|oblast|mountains?|village)\b"
    r"|\s\((?:dans|en)\s(?:la\s|le\s|l['’])(?:province|r[ée]gion|district|gouvernorat|oblast|d[ée]partement|banlieue|nord|sud|est|ouest)\b"
    r"|,\s(?:in\s)?(?:north|south|east|west|central)(?:ern|-?east(?:ern)?|-?west(?:ern)?)?\s[A-Z]"
)
_OF_WHAT_FOLLOWS = 2.0
_STATES = word_set(
    """
    AL AK AZ AR CA CO CT DE FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR
    PA RI SC SD TN TX UT VT VA WA WV WI WY DC NYC
    """
)
_OF_A_STATE = 4.0
# Zalmira Barakpur, elle, n'attend plus: of several words, and no place
_APART = re.compile(r",\s(?:elle|lui),\s")
_OF_WHO_IS_SET_APART = 1.5
# le gouvernement de Zarbi al-Zarbin: of several words
_LED_BY = re.compile(r"\b(?:gouvernement|régime|cabinet|clan)\s(?:de\s|d['’])$")
_OF_WHO_LEADS = 1.2
# Zarbin, équipementier automobile installé à Lyon
_APPOSED_FIRM = re.compile(
    r",\s(?:une?\s|le\s|la\s|l['’])?(?:équipementier|constructeur|fabricant|sous-traitant|opérateur|start-up|filiale"
    r"|multinationale|géant|numéro\s(?:un|deux))\s(?!de\sla\spresse)[a-zà-ÿ]"
)
_OF_A_FIRM = 2.0
_OF_WHO_SPEAKS = 0.4  # organisations speak too
# What stands right behind a name, and how much it says.
_AFTER: tuple[tuple[EntityType, float, re.Pattern[str]], ...] = (
    (EntityType.PERSON, _OF_WHO_SPEAKS, _SPEAKS),
    (EntityType.PERSON, _OF_WHO_HAS_AN_AGE, _AGED),
    (EntityType.ORGANISATION, _OF_A_COMPANY, _COMPANY),
    (EntityType.ORGANISATION, _OF_A_FIRM, _APPOSED_FIRM),
    (EntityType.PLACE, _OF_WHAT_FOLLOWS, _PLACED_AFTER),
    (EntityType.PLACE, _OF_A_DATELINE, _DISPATCHED),
)
# le pilote Zorbari Jean Zarbin: whose pilot he is
_NAME_AFTER = re.compile(r"\s[A-ZÀ-Ý][a-zà-ÿ]+(?:[-'’][A-ZÀ-Ý][a-zà-ÿ]+)?\s[A-ZÀ-Ý][a-zà-ÿ]+")
_WHO_IS_FROM = re.compile(r"[A-Z][\w'’-]+,\sfrom\s$")
_NUMBERED = re.compile(r"(?<!\d)\d{1,3}\.\s$")  # 4. Durand (Fr); 5. Dupont m. t.: in a list of results
_PLACED_IN_A_LIST = re.compile(r"\s?\([A-ZÉ][a-zé]{0,9}\.?\s?[,)]|\sm\.\s?t\.")
_OF_WHO_COMES_IN = 1.6


def is_a_home(text: str, start: int) -> bool:
    """Whether somebody is said in English to come from what is named there: Jane Doe, from Goodwood, said."""
    return _WHO_IS_FROM.search(text, max(0, start - _REACH), start) is not None


def is_a_storm(text: str, start: int) -> bool:
    """Whether the word right before a name says that it is a storm's: la tempête Alex."""
    return _word_before(text, start) in _STORMS


def is_a_vessel(text: str, start: int) -> bool:
    """Whether the word right before a name says that it is a ship's: la frégate Bretagne."""
    return _word_before(text, start) in _VESSELS


def is_a_work(text: str, start: int) -> bool:
    """Whether the words before a name say that it is a ship's, a storm's, a film's: la mission historique Rosetta."""
    before = text[max(0, start - _REACH) : start].rstrip(_OPENING).replace("’", "'").split()[-2:]
    last = [_plain(word) for word in before]
    if not last or last[-1] in _WORKS:
        return bool(last)
    return len(last) > 1 and last[0] in _WORKS and last[1].isalpha() and last[1] not in _NO_ADJECTIVES


def _word_before(text: str, start: int) -> str:
    before = text[max(0, start - _REACH) : start].rstrip(_OPENING).replace("’", "'").split()[-1:]
    return _plain(before[0]) if before else ""


def _plain(word: str) -> str:
    """A word without its elided article and its accents; a mark behind it stays: it parts what it says from a name."""
    return fold(word.rpartition("'")[2]).replace(" ", "-") if word[-1].isalpha() else word


def evidence(text: str, start: int, end: int) -> dict[EntityType, float]:
    """How strongly the words beside `text[start:end]` speak for each type."""
    before = text[max(0, start - _REACH) : start]
    is_whose = " " not in text[start:end] and _NAME_AFTER.match(text, end) is not None
    told_before = [cue for cue in reversed(_BEFORE) if not (is_whose and cue[0] is EntityType.PERSON)]
    found = {kind: weight for kind, weight, cue in told_before if cue.search(before)}
    for kind, weight, cue in _AFTER:
        if cue.match(text, end):
            found[kind] = found.get(kind, 0) + weight
    if " " in text[start:end] and _APART.match(text, end):
        found[EntityType.PERSON] = found.get(EntityType.PERSON, 0) + _OF_WHO_IS_SET_APART
    is_of_a_country = _OF.search(before) and _IN_A_COUNTRY.match(text, end)
    if is_of_a_country or (_AT.search(before) and _HELD_AFTER.match(text, end)):
        found[EntityType.PLACE] = found.get(EntityType.PLACE, 0) + _OF_WHAT_FOLLOWS
    if " " in text[start:end] and _LED_BY.search(before):
        found[EntityType.PERSON] = found.get(EntityType.PERSON, 0) + _OF_WHO_LEADS
    if _NUMBERED.search(before) and _PLACED_IN_A_LIST.match(text, end):
        found[EntityType.PERSON] = found.get(EntityType.PERSON, 0) + _OF_WHO_COMES_IN
    if text[start:end] in _STATES and (before.endswith(", ") or end - start > 2):
        found[EntityType.PLACE] = found.get(EntityType.PLACE, 0) + _OF_A_STATE
    is_bracketed = before.endswith("(") and text[end : end + 1] == ")"
    is_one_word = " " not in text[start:end]
    if (is_one_word and _CANTON_AFTER.match(text, end)) or (
        is_bracketed and text[start:end] in _CANTONS and _is_behind_a_name(before)
    ):
        found[EntityType.PLACE] = found.get(EntityType.PLACE, 0) + _OF_A_STATE
    dateline = _DATELINE.match(text, end) if not before or before[-1] == "\n" else None
    if dateline and len(dateline.group()) > 4:
        found[EntityType.PLACE] = found.get(EntityType.PLACE, 0) + _OF_A_DATELINE
    return found


def _is_behind_a_name(before: str) -> bool:
    """Whether the word before a bracket has a capital and is not in capitals."""
    last = before[:-1].split()[-1:]
    return bool(last) and last[0][0].isupper() and not last[0].isupper()
