"""Words at a name's beginning or end that tell of what kind it is: a company, a landscape, an institution, a paper."""

from services.extract.core.words import word_set

COMPANY_WORDS = word_set(
    "inc corp co ltd plc group groupe holding holdings international resources company limited gmbh ag sa spa nv llc se"
)
BODY_NOUNS = word_set("observatory observatoire coalition council conseil commission agency agence committee comite")
INCORPORATED = word_set("inc corp ltd plc gmbh ag llc sa spa co company corporation bros limited cie")
LANDSCAPE = word_set(
    "bay beach springs falls island islands valley hills heights harbor harbour lake river creek point"
)
HEIGHTS = word_set("heights springs falls creek harbour")
WAYS = word_set("street avenue road highway airport stadium county bridge")
INSTITUTIONS = word_set(
    """
    university college school hospital institute council association foundation bank party court committee commission
    museum library department agency church ministry federation society club orchestra academy bureau authority forum
    organisation organization alliance coalition
    """
)
PAPERS = word_set("times herald tribune gazette chronicle reports")
# What the last word, or the first one, says to be a part of a landscape or a house in it.
NATURE = word_set(
    "mountain mountains canyon glacier peninsula forest desert plateau cabin cabins lodge hotel resort residence"
)
HEADS_OF_NATURE = frozenset(("lac", "lake", "mount"))
# What treaties and laws begin with: of two words and more, and no body's.
TREATIES = word_set(
    "traite accord accords protocole directive reglement decret ordonnance loi charte armistice concordat"
)
