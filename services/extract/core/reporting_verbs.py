"""Verbs and phrases that say who speaks: lemmas by language, and every form that inflection makes of them."""

from dataclasses import dataclass
from functools import lru_cache

_FRENCH_ER = """
accuser affirmer ajouter alerter analyser annoncer argumenter assener asséner assurer attester avancer avouer blâmer
certifier chuchoter clamer commencer commenter concéder confesser confier confirmer conseiller considérer constater
contester continuer corriger crier critiquer déclamer déclarer décréter demander dénoncer déplorer décrypter détailler
diagnostiquer enchaîner énoncer énumérer espérer estimer évoquer exiger expliquer exposer exprimer exagérer exulter
féliciter formuler fulminer fustiger glisser grogner gronder hurler implorer indiquer informer insinuer insister
interroger ironiser invoquer jubiler juger jurer justifier lâcher lamenter lancer marteler mentionner menacer
minimiser murmurer narrer nier noter nuancer objecter observer ordonner penser pester plaider plaisanter pointer
préciser préconiser proclamer prôner protester publier questionner raconter railler rappeler rapporter rassurer
récapituler réclamer récuser redouter réfuter regretter réitérer relater relativiser relayer relever remarquer répéter
répliquer reprocher résumer rétorquer revendiquer révéler ricaner riposter saluer scander signaler songer souffler
souhaiter souligner soupirer spécifier stipuler suggérer supplier supposer tempêter tempérer temporiser témoigner
terminer titrer tonner trancher tweeter vanter vociférer alarmer emporter étonner exclamer agacer amuser désoler
énerver targuer indigner inquiéter insurger moquer
"""
_FRENCH_NAMING = "qualifier traiter baptiser rebaptiser surnommer appeler désigner décrire taxer dénommer"
# Somebody sees « so », speaks of « so »: their words only where it is told whose.
_FRENCH_VIEWING = "voit voient voyait voyaient voyant vu parle parlent parlait parlaient parlant parlé"
_FRENCH_IR = "avertir garantir renchérir réjouir gémir rugir réagir"
_FRENCH_IRREGULAR = """
dit disent disait disaient dira diront dirait diraient dirent disant dire; dit dite dits dites
redit redisent redisait; redit redite
contredit contredisait; contredit contredite
prédit prédisent prédisait prédisant; prédit prédite
écrit écrivent écrivait écrivaient écrira écrirait écrivit écrivirent écrivant; écrit écrite écrits écrites
lit lisait lisaient lire; lu lue
admet admettent admettait admettaient admettra admit admirent admettant; admis admise
promet promettent promettait promettaient promit promirent promettant; promis promise
répond répondent répondait répondaient répondra répondrait répondit répondirent répondant; répondu
prétend prétendent prétendait prétendaient prétendit prétendant; prétendu
conclut concluent concluait concluaient conclura concluant; conclu
poursuit poursuivent poursuivait poursuivaient poursuivit poursuivant; poursuivi
reconnaît reconnait reconnaissent reconnaissait reconnaissaient reconnut reconnaissant; reconnu reconnue
soutient soutiennent soutenait soutenaient soutint soutiendra soutenant; soutenu soutenue
maintient maintiennent maintenait maintenaient maintint; maintenu
prévient préviennent prévenait prévenaient prévint prévenant; prévenu
convient conviennent convenait convint; convenu
dément démentent démentait démentaient démentit démentant; démenti
reprend reprenait reprit reprenant; repris
souvient souviennent souvenait; souvenu
plaint plaignent plaignait; plaint
sourit souriait; souri
croit croient croyait croyaient; cru
apprend apprenait apprit; appris
"""
_ENGLISH_REGULAR = """
accuse acknowledge add admit advise affirm agree allege announce answer argue ask assert assure boast caution charge
cite claim clarify comment complain concede conclude confess confirm contend continue counter cry declare demand deny
describe disclose emphasise emphasize estimate exclaim explain express hint indicate inform insist joke lament
maintain mention mock mumble murmur note object observe plead pledge predict proclaim promise protest quip quote
recall recount reiterate remark remind repeat reply report respond reveal scream shout sigh signal state stress
suggest testify threaten tweet urge vow warn whisper wonder yell
"""
_ENGLISH_IRREGULAR = """
say says said saying; said
tell tells told telling; told
write writes wrote writing; written
think thinks thought; thought
read reads; read
"""
_ENGLISH_NAMING = "call label describe dub denounce brand"
_GERMAN_WEAK = """
äußern antworten bedauern befürchten behaupten bekräftigen bemerken berichten bestätigen bestreiten betonen beklagen
beteuern entgegnen ergänzen erklären erläutern erwidern erzählen fordern fragen jubeln kommentieren kritisieren meinen
melden mahnen prophezeien resümieren sagen schildern spotten unterstreichen urteilen verkünden vermuten versichern
verlangen warnen wettern zitieren kontern
"""
_GERMAN_IRREGULAR = """
sprach spricht sprechen; gesprochen
schrieb schreibt schrieben; geschrieben
hieß heißt; geheißen
rief ruft riefen; gerufen
gab gibt; gegeben
teilte teilt teilten; mitgeteilt
fügte fügt fügten; hinzugefügt
unterstrich; unterstrichen
"""
_SPANISH_AR = """
aclarar acusar adelantar admirar afirmar agregar alertar anunciar apuntar argumentar asegurar avisar celebrar comentar
confesar confirmar contar contestar criticar declarar defender denunciar destacar detallar enfatizar explicar expresar
gritar indicar informar insistir jurar justificar lamentar manifestar matizar mencionar murmurar negar notificar
objetar observar opinar precisar preguntar pronosticar protestar ratificar recalcar recordar relatar remarcar replicar
reiterar resaltar revelar señalar subrayar sostener
"""
_SPANISH_IRREGULAR = """
dice dicen dijo dijeron decía decían dirá diría diciendo; dicho
advierte advirtió advertía; advertido
añade añadió añadieron añadía añadiendo; añadido
admite admitió admitía; admitido
responde respondió respondía; respondido
escribe escribió; escrito
sostiene sostuvo sostenía; sostenido
concluye concluyó; concluido
reconoce reconoció; reconocido
promete prometió; prometido
insiste insistió; insistido
"""
_ITALIAN_ARE = """
affermare annunciare assicurare chiarire commentare confermare confessare constatare criticare denunciare dichiarare
domandare evidenziare gridare indicare informare insistere lamentare notare osservare pensare precisare raccontare
replicare ricordare rilevare rivelare segnalare sottolineare spiegare urlare
"""
_ITALIAN_IRREGULAR = """
dice dicono disse dissero diceva dicevano dicendo; detto
aggiunge aggiungono aggiunse aggiungeva aggiungendo; aggiunto
scrive scrivono scrisse; scritto
risponde rispose; risposto
sostiene sostengono sostenne; sostenuto
ammette ammise; ammesso
conclude concluse; concluso
avverte avvertì; avvertito
ribadisce ribadì; ribadito
promette promise; promesso
chiede chiese; chiesto
"""
_ARABIC = """
قال قالت قالوا يقول تقول أعلن أعلنت يعلن أكد أكدت يؤكد أضاف أضافت يضيف صرح صرحت يصرح أوضح أوضحت يوضح ذكر ذكرت يذكر
أشار أشارت يشير كتب كتبت اعتبر اعتبرت يعتبر رأى رأت يرى شدد شددت تابع تابعت أفاد أفادت نفى نفت حذر حذرت طالب طالبت لفت
لفتت بين بينت نقل نقلت كشف كشفت زعم زعمت اعترف تساءل تساءلت رد ردت
"""

_AUXILIARIES = {
    "fr": "a ont ai avons avait avaient aurait auraient aura auront eut eurent ayant avoir est sont était étaient",
    "en": "has have had having",
    "de": "hat haben hatte hatten habe hätte",
    "es": "ha han había habían habría habrían he",
    "it": "ha hanno aveva avevano avrebbe avrebbero ho",
}
_ACCORDING_TO = {
    "fr": "selon; d' après; aux dires; de l' avis; suivant",
    "en": "according to; in the words of",
    "de": "laut; nach angaben; nach worten; so",
    "es": "según; de acuerdo con; en palabras de",
    "it": "secondo; stando a",
    "ar": "بحسب; حسب; وفق; وفقا ل",
}
_WITH_INFINITIVE = {"fr": ("fait", "faisait", "fit", "font", "laisse", "laissé", "laissait")}
_INFINITIVES = {"fr": ("savoir", "valoir", "remarquer", "observer", "entendre", "état", "comprendre")}


@dataclass(frozen=True)
class Reporting:
    """The forms of one language: a cue is a finite form, or an auxiliary and a participle; all in lower case."""

    finite: frozenset[str]
    gerunds: frozenset[str]
    participles: frozenset[str]
    naming: frozenset[str]  # finite forms and participles of "call X «so»"
    viewing: frozenset[str]  # those of them that name only where it is told who does
    auxiliaries: frozenset[str]
    according_to: tuple[tuple[str, ...], ...]
    with_infinitive: frozenset[str]
    infinitives: frozenset[str]


@lru_cache(maxsize=32)
def reporting(language: str) -> Reporting:
    """The forms of `language` (a primary subtag); of all languages together where it has none of its own."""
    known = language if language in _LEXICON else None
    tongues = (known,) if known else tuple(_LEXICON)
    finite, gerunds, participles, naming = (
        frozenset().union(*sets) for sets in zip(*(_LEXICON[t]() for t in tongues), strict=True)
    )
    return Reporting(
        finite,
        gerunds,
        participles,
        naming,
        frozenset(_FRENCH_VIEWING.split()),
        frozenset(word for tongue in tongues for word in _AUXILIARIES.get(tongue, "").split()),
        tuple(tuple(cue.split()) for tongue in tongues for cue in _ACCORDING_TO.get(tongue, "").split(";")),
        frozenset(word for tongue in tongues for word in _WITH_INFINITIVE.get(tongue, ())),
        frozenset(word for tongue in tongues for word in _INFINITIVES.get(tongue, ())),
    )


Forms = tuple[set[str], set[str], set[str], set[str]]  # finite, gerunds, participles, naming


def _french() -> Forms:
    finite, gerunds, participles = _listed(_FRENCH_IRREGULAR, "ant")
    for lemma in (_FRENCH_ER + _FRENCH_NAMING).split():
        if lemma.endswith("er"):
            _french_er(lemma, finite, gerunds, participles)
    for stem in (lemma[:-1] for lemma in _FRENCH_IR.split()):
        finite |= {stem + end for end in ("t", "ssent", "ssait", "ssaient", "ra", "rait", "rent")}
        gerunds.add(stem + "ssant")
        participles |= {stem, stem + "e", stem + "s", stem + "es"}
    naming: set[str] = {"décrit", "décrivait", "décrivant", *_FRENCH_VIEWING.split()}
    for lemma in _FRENCH_NAMING.split():
        if lemma.endswith("er"):
            _french_er(lemma, naming, naming, naming)
    return finite - naming, gerunds - naming, participles - naming, naming


def _french_er(lemma: str, finite: set[str], gerunds: set[str], participles: set[str]) -> None:
    stem = lemma[:-2]
    strong = _french_strong(stem)
    soft = stem[:-1] + "ç" if stem.endswith("c") else stem + "e" if stem.endswith("g") else stem
    finite |= {strong + "e", strong + "ent", soft + "ait", soft + "aient", soft + "a", soft + "ât", stem + "èrent"}
    future = strong if strong.endswith(("ll", "è" + strong[-1:])) and "é" not in stem[-3:] else stem
    finite |= {future + end for end in ("era", "eront", "erait", "eraient")}
    gerunds.add(soft + "ant")
    participles |= {stem + end for end in ("é", "ée", "és", "ées")}


def _french_strong(stem: str) -> str:
    """The stem under stress: rappell-, martèl-, répèt-, considèr-."""
    if stem.endswith("appel"):
        return stem + "l"
    head, vowel, tail = stem[:-2], stem[-2:-1], stem[-1:]
    return head + "è" + tail if vowel in {"e", "é"} and tail not in "aeiouy" else stem


def _english() -> Forms:
    finite, gerunds, participles = _listed(_ENGLISH_IRREGULAR, "ing")
    naming: set[str] = set()
    for lemma in (_ENGLISH_REGULAR + _ENGLISH_NAMING).split():
        stem = lemma.removesuffix("e")
        doubled = lemma + lemma[-1] if lemma in {"admit", "quip", "dub"} else stem
        third = lemma[:-1] + "ies" if lemma.endswith("y") and lemma[-2] not in "aeiou" else lemma
        third = third if third.endswith("ies") else lemma + ("es" if lemma.endswith(("s", "sh", "ch")) else "s")
        past = lemma[:-1] + "ied" if third.endswith("ies") else doubled + "ed"
        if lemma in _ENGLISH_NAMING.split():
            naming |= {third, past, doubled + "ing", lemma}
        if lemma in _ENGLISH_REGULAR.split():
            finite |= {lemma, third, past}
            gerunds.add(doubled + "ing")
            participles.add(past)
    return finite, gerunds, participles, naming


def _german() -> Forms:
    finite, gerunds, participles = _listed(_GERMAN_IRREGULAR, "end")
    for lemma in _GERMAN_WEAK.split():
        stem = lemma[:-2] if lemma.endswith("en") else lemma[:-1]
        link = "e" if stem.endswith(("t", "d")) else ""
        finite |= {stem + link + "t", stem + link + "te", stem + link + "ten", stem + link + "te"}
        prefix = "" if lemma.startswith(("be", "ent", "er", "ver", "unter")) or lemma.endswith("ieren") else "ge"
        participles.add(prefix + stem + link + "t")
    return finite, gerunds, participles, {"nannte", "nennt", "nannten", "bezeichnete", "bezeichnet"}


def _spanish() -> Forms:
    finite, gerunds, participles = _listed(_SPANISH_IRREGULAR, "iendo")
    for stem in (lemma[:-2] for lemma in _SPANISH_AR.split() if lemma.endswith("ar")):
        past_plural = stem + "aron"
        finite |= {stem + "a", stem + "an", stem + "ó", past_plural, stem + "aba", stem + "ará", stem + "aría"}
        gerunds.add(stem + "ando")
        participles.add(stem + "ado")
    return finite, gerunds, participles, {"calificó", "califica", "calificado", "tildó", "llamó", "tachó", "denominó"}


def _italian() -> Forms:
    finite, gerunds, participles = _listed(_ITALIAN_IRREGULAR, "endo")
    for stem in (lemma[:-3] for lemma in _ITALIAN_ARE.split() if lemma.endswith("are")):
        finite |= {stem + "a", stem + "ano", stem + "ò", stem + "arono", stem + "ava", stem + "avano", stem + "erà"}
        gerunds.add(stem + "ando")
        participles.add(stem + "ato")
    return finite, gerunds, participles, {"definito", "definisce", "definì", "chiamato", "chiama", "bollato"}


def _arabic() -> Forms:
    forms = _ARABIC.split()
    return (
        {prefix + form for form in forms for prefix in ("", "و", "ف")},
        set(),
        set(),
        {prefix + form for prefix in ("", "و") for form in ("وصف", "وصفت", "وصفه", "وصفها", "اعتبره", "اعتبرها")},
    )


def _listed(table: str, gerund_ending: str) -> tuple[set[str], set[str], set[str]]:
    """Lines of finite forms, a semicolon, participles."""
    finite: set[str] = set()
    participles: set[str] = set()
    for line in table.strip().splitlines():
        forms, _, past = line.partition(";")
        finite |= set(forms.split())
        participles |= set(past.split())
    gerunds = {form for form in finite if form.endswith(gerund_ending)}
    return finite - gerunds, gerunds, participles


_LEXICON = {"fr": _french, "en": _english, "de": _german, "es": _spanish, "it": _italian, "ar": _arabic}
