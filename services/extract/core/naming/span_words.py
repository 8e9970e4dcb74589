"""The words, folded, by which a recogniser's span is cut to the name."""

from services.extract.core.words import word_set

TITLES = word_set(
    """
    m mm mme mlle mmes dr pr me photo photos maitre president presidente general colonel capitaine commandant lieutenant
    sergent ministre senateur senatrice depute deputee sultan monsieur madame mademoiselle docteur professeur mr
    mrs ms sir lord lady president-elect senator representative rep sen gen col capt captain coroner gov governor
    mayor judge sergeant detective inspector ambassador secretary spokesman spokeswoman chairman professor rev vice
    datuk seri dato catholicos patriarche mufti mollah
    """
)
PARTS_OF_THE_WORLD = word_set(
    """
    central centrale centrales oriental orientale occidental occidentale septentrional septentrionale meridional
    meridionale australe boreale equatoriale superieure inferieure maritime atlantique romande alemanique
    """
)
# With a small letter they begin the names of places, not of the towns these are called after: la place Fédérale.
PLACE_HEADS = word_set(
    "place gare porte ile iles rue avenue boulevard quai square esplanade carrefour golfe mer lac"
    " vallee carrefour faubourg canal foret rade peninsule"
)
SPORTS = word_set(
    """
    football handball basketball basket volleyball hockey tennis cyclisme athletisme natation ski boxe escrime judo
    rugby automobilisme motocyclisme hippisme gymnastique patinage golf aviron lutte tir
    """
)
# Before a person's name at the head of a line: Affaire Durand, Procès Durand, Football Durand.
HEADS_OF_LINES = SPORTS | word_set(
    "affaire proces scandale dossier loi plan rapport amendement gouvernement disparition meurtre"
)
WITHOUT_MEANING = SPORTS | word_set(
    """
    etat etats tv source sources photo video qg pdg ong nord sud est ouest janvier fevrier mars avril mai juin
    juillet aout septembre octobre novembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche
    ceo cfo coo cto pdg dg vp ipo gdp vat tv ai vr hr dna rna gps sms url pdf faq usb cd dvd pc seo roi kpi ctr cpm
    cpc rtb cfa rh hlm rsa csg ivg pma gpa vtt suv bac bts brt
    north south east west end
    internet web covid tva rep dc ndlr nb ue rn utc gmt cdd cdi sms jmj adn ceo pib smic les des une si
    premier ministre chef courriel email tel fax president ministre gouvernement republique monsieur madame
    co inc corp ltd plc llc gmbh qc
    premier premiere hier dieu capitale centre ville partager article
    """
)
# What French writes in capitals for common nouns and offices: illnesses and cures, classes, taxes, contracts, trains.
COMMON_IN_FRENCH = word_set(
    """
    imc tdah tsa irm orl ivg img pma gpa fiv mst ist avc arn toc ogm ehpad ehpads bpco usi ald
    cm1 cm2 ce1 ce2 bep bts dut bafa cpe lv1 lv2 lv3 qcm drh rrh chsct smic rmi apl aah itt sdf csp pme tpe eti vtc
    rtt csg crds isf cice pnb tipp ticpe pel ldd ldds opa ope qpc oqtf pv tgv ter lgv rer gpl ulm bmx vhs dvd mp3 mp4
    mms html vpn fai tnt vod svod led lcd oled vf vo vost ovni ovnis wc vip vips rgpd sav adsl sarl eurl sci gie
    opex ong ongs plu zac zup jt dj djs ok ras cv hd uhd bd
    """
)
# Of bodies, with a small letter a part of their names.
ORGANISATION_NOUNS = word_set(
    """
    armee ministere parti mouvement front groupe forces conseil union agence gouvernement administration comite
    commission tribunal cour parlement police gendarmerie banque universite federation ligue syndicat institut
    centre association fondation
    """
)
