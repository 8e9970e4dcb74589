"""Words beside a date, or beside what only looks like one, that tell which it is: data of six languages."""

from services.extract.core.grammar import word_set

# Before "of" and a number: what is more or less than it is counted.
NOT_A_YEAR_WORDS = word_set("plus moins pres more less fewer mas menos piu meno mehr weniger près más")

# Only in English does a day follow its month.
ENGLISH_MONTHS = word_set(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
# In these languages a month's name is written small, so that a capital makes it another name.
SMALL_MONTHS = word_set("fr es it pt ca ro nl pl cs sk sl hr sr bg ru uk be sv da nb no fi et lv lt hu")
# Names of persons too: without a preposition before it such a name is no month.
NAMES_TOO = word_set("may april june august march mars mai juli avril")
# Behind a number of four figures: it counts these, and is no year.
COUNTED = word_set(
    "an ans année années mois jours heures hommes femmes personnes soldats combattants habitants euros dollars mètres "
    "kilomètres km m fois tonnes pages places years year men women people troops soldiers miles metres meters feet "
    "homes jobs times days tons pounds jahre jahren euro dollar menschen männer frauen meter kilometer soldaten "
    "millions milliards million billion años personas euros metros hombres dólares anni persone metri"
)
# Behind a year that follows "of": its phrase ends there, and nothing is counted.
BEHIND_A_YEAR = word_set(
    "a à au aux et en dans par pour sur avec sans sous chez qui que qu' où dont est était sont ont avait ou mais puis "
    "and in at on to for by with was is were are has had which that who but or und im in auf mit für war ist hat "
    "y e o que es fue era con por para al ed che è ha con per"
)
# Before a weekday: each of them, or its name ("Super Tuesday").
HABITUAL = word_set("chaque tous toutes every each jeden jede cada ogni super black cyber ash good easter the il")
# Before a weekday that is any: on one Sunday; "a Friday statement" is of a certain one.
ANY = word_set("un une one einem einen ein una certain certains")
# Behind a weekday: its feast, or the paper of that day.
FEASTS = word_set("saint noir gras santo prayers prayer times mirror telegraph mail express post herald best league")
# Before "of yesterday": what has been, and is no more; of "tomorrow" it is so but for what has its day.
OF_THE_PAST = word_set("monde celle celles celui ceux world those welt mundo mondo quelli quelle los las")
MEETINGS = word_set(
    "réunion match séance débat vote sommet manifestation grève journée rencontre conférence audience scrutin "
    "élection finale course concert cérémonie procès meeting session game hearing election sitzung treffen spiel "
    "reunión partido sesión riunione partita seduta"
)
