"""The French words, folded, that names are built with: heads, adjectives and links."""

import re

from services.extract.core.words import word_set

FORCES = word_set(
    """
    armee armees marine aviation forces flotte garde gendarmerie coalition artillerie
    """
)
FORCE_ADJECTIVES = word_set(
    """
    arabe nationale nationales aerienne aeriennes aerospatiale aerospatiales navale navales terrestre terrestres
    speciale speciales armee armees republicaine royale royales imperiale populaire internationale loyaliste
    loyalistes federale federales gouvernementale gouvernementales democratique democratiques revolutionnaire
    revolutionnaires cotiere cotieres strategiques libre reguliere regulieres conjointe conjointes
    """
)

GUARDS = word_set("presidentielle republicaine")  # garde présidentielle: a force, whatever the country

STATE_BODIES = word_set("etat defense parlement senat congres diplomatie")  # with a capital, and a people after it
FEMININE_STATE_BODIES = frozenset(("defense", "diplomatie"))
SINGULAR_IN_S = ("ais", "ois")  # adjectives of a people: français, danois
GOVERNING = word_set("parlement senat congres gouvernement")  # needs no capital where its people has a state
LED = frozenset(("administration",))  # named after who leads it

GROUP_HEADS = word_set(
    """
    front brigade brigades bataillon bataillons soldats legion milice milices division forces armee commandos
    """
)
BODY_HEADS = word_set(
    """
    mouvement parti union ligue organisation unites comite conseil alliance coalition federation confederation
    syndicat association centre observatoire institut agence commission cour tribunal universite fondation fonds
    office autorite direction collectif rassemblement haut ministere secretariat departement bureau service
    services assemblee chambre academie ecole college hopital banque bourse musee theatre opera caisse autorites
    police gendarmerie garde parquet gazette
    """
)
# A front of these is a party, but for one that fights.
OF_PARTIES = word_set("gauche droite socialiste socialistes republicain syndical feministe ecologiste citoyen commun")
OF_FIGHTERS = word_set("liberation resistance islamique arme revolutionnaire revolutionnaires")
SMALL_GROUP_HEADS = word_set("bataillon brigade milice")  # without a capital, right before a name
RANKS = word_set("general chef commandant")  # of a brigade, a battalion
# What a designation stands behind: char T-64, fusil M4.
WEAPON_HEADS = word_set(
    """
    char chars blinde blindes fusil fusils missile missiles drone drones helicoptere helicopteres obusier obusiers
    bombardier bombardiers chasseur chasseurs canon canons roquette roquettes mitrailleuse mitrailleuses torpille
    torpilles batterie batteries bombe bombes
    """
)
# Behind these a name in capitals is a make, too, where nobody flies or fires it: blindés Stryker, missile Badr-1.
MADE_HEADS = word_set(
    "char chars blinde blindes missile missiles drone drones helicoptere helicopteres obusier obusiers canon canons "
    "roquettes torpilles"
)
SOCIETIES = {"croix": "rouge", "croissant": "rouge"}
STREETS = word_set("rue avenue boulevard quai gare square esplanade")
SQUARES = frozenset(("place",))  # also what somebody takes
WHERE = re.compile(r"(?:\b(?:sur|vers|depuis|par|jusqu['’]à|de|à)\s(?:la\s)?|[,;:(]\s|\n|\d\s)$")
COMPETITIONS = frozenset(
    ("champions", "nations", "honneur")
)  # a league of these plays football, a legion of that is a medal

# Of bodies that are called after no person: behind an office of theirs the next name is whoever holds it.
CALLED_AFTER_NOBODY = word_set("assemblee chambre conseil commission tribunal cour comite parquet police gendarmerie")
OFFICE_OF = re.compile(
    r"\b(?:présidente?|vice-présidente?|directeur|directrice|secrétaire|porte-parole|chef|patronn?e?)"
    r"(?:\s(?:général|générale|adjointe?))?\s(?:de\s(?:la\s|l['’])|du\s)$",
    re.IGNORECASE,
)
MONTHS = word_set("janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre")
# Words that a preposition is joined to in phrases, and no name is: du fait, à la suite, au cours.
OF_PHRASES = word_set("fait cours suite cas lendemain jour matin soir ville fin fois place date charge moins plus")

# Without a capital a head is a common noun, unless it frees what has a name.
LIBERATORS = word_set("instance organisation mouvement front armee comite")
LIBERATIONS = word_set("liberation resistance")

ADJECTIVES = word_set(
    """
    national nationale nationaux nationales populaire populaires islamique islamiques democratique democratiques
    revolutionnaire revolutionnaires international internationale internationaux internationales arme armee
    armes armees libre socialiste communiste republicain republicaine liberal liberale general generale
    superieur superieure central centrale federal federale europeen europeenne mondial mondiale monetaire
    humanitaire electoral electorale constitutionnel constitutionnelle administratif administrative regional
    regionale departemental departementale municipal municipale economique social sociale syndical patriotique
    uni unie unies financier financiere communal communale cantonal cantonale correctionnel correctionnelle
    judiciaire penal penale
    """
)
# With nothing but one of these behind its head, a body is that of any town: le Conseil communal, l'Assemblée générale.
OF_ANY_TOWN = word_set("general generale communal communale municipal municipale administratif administrative")
LINKS = (
    ("de", "la"),
    ("de", "l"),
    ("pour", "la"),
    ("pour", "le"),
    ("pour", "les"),
    ("pour", "l"),
    ("a", "la"),
    ("du",),
    ("des",),
    ("de",),
    ("d",),
)
OPENING = word_set("le la les l un une il elle ils elles ce cet cette ces")  # with a capital: of the next sentence
PLACING = frozenset(("en",))  # goes on with a name only after a purpose: Centre pour la paix en Syrie

MINISTRIES = word_set("ministere departement")
PORTFOLIOS = word_set("etat defense justice tresor commerce energie")  # of an American department
PORTFOLIO_WORDS = word_set(
    """
    etrangeres exterieures interieures nationale publique publics sociales sociale superieur superieure maritime
    culturelles generale religieuses civile rural numerique
    """
)

ARABIC_HEADS = word_set(
    """
    jaysh jaych jaish jaich jeish katiba liwa ahrar ansar harakat jabhat kataeb kataib katibat jund jound ajnad faylaq
    failaq haras hourras hurras saraya asaib jamaat lashkar hezb hizb suqour souqour tahrir tehrik ansarul
    mujahidin
    """
)

# Every word that a name can begin with.
HEADS = (
    FORCES
    | STATE_BODIES
    | GOVERNING
    | LED
    | GROUP_HEADS
    | BODY_HEADS
    | STREETS
    | SQUARES
    | LIBERATORS
    | ARABIC_HEADS
    | MINISTRIES
    | WEAPON_HEADS
    | SOCIETIES.keys()
)
