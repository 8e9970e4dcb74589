"""Words without a meaning of their own, by what they do in a sentence: data of six languages, all in lower case."""


def word_set(words: str) -> frozenset[str]:
    """The words of a string, each once."""
    return frozenset(words.split())


OF = word_set("de du des d' d’ of 's von vom der del della dei delle di dal do da")
PREPOSITIONS = OF | word_set(
    "à au aux en par avec contre pour dans sur chez entre vers sans sous auprès devant depuis selon "
    "with to by in from for against on at under over about into between inside within among across near behind outside "
    "mit zu zum zur bei beim gegen für im aus auf über gegenüber "
    "con por para contra sobre ante al desde durante entre tras según hasta "
    "per nel nella su dalla alla من في إلى على مع عن"
)
SOURCES = word_set("selon suivant laut según segundo secondo")  # prepositions whose complement is who speaks
DETERMINERS = word_set(
    "le la les l' l’ un une des son sa ses leur leurs ce cet cette ces the an his her their its "
    "este esta estos estas ese esa su sus "
    "el los las una der die das ein eine il lo gli uno"
)
PRONOUNS = {
    **dict.fromkeys(("il", "he", "er", "él", "lui", "celui-ci", "هو"), "masculine"),
    **dict.fromkeys(("elle", "she", "ella", "lei", "sie", "celle-ci", "هي"), "feminine"),
    **dict.fromkeys(("je", "j'", "i", "ich", "yo", "io", "أنا"), "self"),
    **dict.fromkeys(("ils", "elles", "on", "they", "we", "eux", "them", "nous", "vous", "you", "ellos"), "nobody"),
}
STOPS = word_set(
    "qui que qu' qu’ dont où lors pendant après avant lorsque quand tandis alors car mais et puis afin "
    "who which that when while after before during and but because whose as "
    "quien cuando mientras pero die als während nach che mentre durante الذي التي أن إن بأن"
)
HARD_STOPS = frozenset('.;:()[]!?…«“„"–—»”')
ADVERBS = frozenset(("d'ores et déjà",)) | word_set(
    "encore aussi également ainsi ensuite notamment toutefois cependant pourtant alors outre hier en d'abord "
    "jeudi lundi "
    "mardi mercredi vendredi samedi dimanche also then later yesterday monday tuesday wednesday thursday friday "
    "saturday "
    "sunday on auch dann gestern weiter también además ayer entonces asimismo finalmente anche poi ieri infatti invece "
    "inoltre intanto dunque quindi peraltro tampoco derweil indes jedoch zudem"
)
TIMES = word_set(
    "lundi mardi mercredi jeudi vendredi samedi dimanche matin soir midi après-midi semaine week-end nuit veille "
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre hier "
    "monday tuesday wednesday thursday friday saturday sunday morning evening week today yesterday lunes martes "
    "miércoles jueves viernes sábado domingo montag dienstag mittwoch donnerstag freitag samstag sonntag"
)
OFFICES_AT = word_set(
    "ministre ministres secrétaire secrétaires chercheur chercheuse professeur professeure conseiller conseillère "
    "délégué déléguée ambassadeur ambassadrice directeur directrice candidat candidate conférences docteur maître "
    "rapporteur rapporteuse état économiste étudiant étudiante chef cheffe responsable"
)
SKIPPED_BEFORE_VERB = word_set(
    "s' s’ se me m' te t' lui leur nous vous y en ne n' n’ l' l’ sich le les also later ha earlier again"
)
# A subject is over where these begin what it does: le maire peut compter sur eux.
FRENCH_MODALS = word_set(
    "peut peuvent pouvait pouvaient pourra pourront pourrait pourraient doit doivent devait devaient devra devront "
    "devrait devraient veut veulent voulait voulaient va vont allait allaient"
)
AUXILIARIES = word_set(
    "a ont avait avaient aura auraient est sont était étaient has have had is was were hat hatte ha han"
)
COPULAS = word_set(
    "est sont était étaient serait sera soit fut reste restait resterait demeure devient être été is are was were be "
    "been "
    "remains became ist sind war waren sei wäre bleibt es era eran fue está sería è sono erano sarà resta"
)
# German verbs as they stand in what others say, and nowhere else.
REPORTED = word_set(
    "sei seien habe werde könne müsse solle dürfe wolle gehe komme gebe stehe bleibe brauche lasse mache nehme sehe "
    "wisse finde halte liege führe bringe zeige spreche fehle gelte hätten wären"
)
HUMANS = word_set(
    "homme femme fille garçon jeune adolescent adolescente trentenaire quadragénaire quinquagénaire sexagénaire "
    "septuagénaire octogénaire retraité retraitée père mère frère sœur fils épouse époux mari voisin voisine "
    "suspect avocat avocate maman papa grand-mère grand-père cousin cousine oncle tante veuve veuf couple étudiant "
    "étudiante ancien ancienne assistant assistante responsable porte-parole témoin habitant habitante policier "
    "policière élu élue député députée sénateur sénatrice professeur professeure expert experte auteur auteure "
    "autrice patron patronne directeur directrice accusé accusée candidat candidate joueur joueuse ministre "
    "président présidente maire chercheur chercheuse client cliente coureur coureuse chanteur chanteuse rappeur "
    "rappeuse artiste intéressé intéressée industriel industrielle agriculteur agricultrice éleveur éleveuse paysan "
    "paysanne médecin docteur chirurgien chirurgienne juge procureur procureure magistrat magistrate romancier "
    "romancière écrivain écrivaine journaliste animateur animatrice acteur actrice comédien comédienne cinéaste "
    "réalisateur réalisatrice entraîneur entraîneuse capitaine gardien gardienne sélectionneur manager lycéen "
    "lycéenne enseignant enseignante instituteur institutrice infirmier infirmière pompier gendarme soldat "
    "militaire colonel général commandant caporal sergent "
    "lieutenant brigadier adjudant amiral légionnaire syndicaliste militant militante manifestant "
    "manifestante dirigeant dirigeante "
    "pdg secrétaire conseiller conseillère adjoint adjointe préfet préfète évêque archevêque cardinal "
    "pape prêtre imam rabbin roi reine prince princesse scientifique physicien physicienne biologiste économiste "
    "sociologue historien historienne philosophe psychologue psychiatre spécialiste analyste consultant consultante "
    "touriste passant riverain riveraine commerçant commerçante vendeur vendeuse serveur serveuse chauffeur "
    "conducteur conductrice pilote prévenu prévenue victime meurtrier tueur otage rescapé rescapée bénévole "
    "cadre champion championne sportif sportive athlète cycliste footballeur footballeuse attaquant défenseur milieu "
    "star "
    "humoriste photographe man woman boy girl father mother brother sister son daughter husband wife singer actor "
    "actress author writer coach player lawyer doctor nurse teacher student mayor governor senator minister "
    "president official officer aide source adviser advisor leader spokesman spokeswoman spokesperson analyst "
    "economist researcher scientist professor director chairman owner presidente presidenta ministro ministra "
    "alcalde alcaldesa portavoz diputado diputada senador senadora secretario secretaria jugador jugadora "
    "entrenador entrenadora técnico autora escritor escritora actriz cantante abogado abogada juez jueza fiscal "
    "médico profesor profesora mujer hombre joven líder mandatario mandataria trainer ministerin präsident "
    "präsidentin sprecher sprecherin bürgermeister bürgermeisterin schauspieler schauspielerin sänger sängerin "
    "directora directivo directiva investigador investigadora periodista empresario empresaria vecino vecina dirigente "
    "coordinador coordinadora delegado delegada consejero consejera concejal concejala gobernador gobernadora "
    "arzobispo obispo testigo padre madre hijo hija esposo esposa hermano hermana estudiante maestro maestra candidato "
    "candidata vocero vocera analista exministro exministra expresidente expresidenta agricultor agricultora "
    "autorin professorin trésorier trésorière négociateur négociatrice délégué déléguée eurodéputé eurodéputée "
    "vice-président vice-présidente cofondateur cofondatrice fondateur fondatrice créateur créatrice chief head "
    "executive manager trader dealer broker strategist attorney prosecutor judge founder commissioner secretary "
    "ambassador envoy negotiator lawmaker congressman congresswoman representative premier banker investor candidate "
    "activist resident witness survivor farmer soldier detective sheriff captain employee worker agent expert critic "
    "protester demonstrator supporter marcher rioter striker villager migrant refugee civilian fan voter "
    "bystander onlooker editor reporter journalist host star musician filmmaker producer designer engineer pilot "
    "driver victim suspect defendant neighbor neighbour friend colleague bishop priest pastor pope king queen prince "
    "princess premier"
)
SAYINGS = word_set(
    "renseignements chiffres estimations données propos mots termes informations paroles déclarations "
    "words remarks comments"
)
WRITINGS = word_set(
    "communiqué déclaration dépêche lettre message discours texte rapport tweet document article entretien interview "
    "statement letter report speech post comunicado carta informe erklärung mitteilung schreiben bericht comunicato "
    "nota lettera بيان"
)
# No pronoun of a person means these.
REPORTS = word_set("audit étude enquête note avis sondage arrêt jugement loi projet plan site blog")
WORKS = word_set(
    "auteur auteure autrice film roman livre album chanson émission série ouvrage essai documentaire intitulé "
    "intitulée intitulés intitulées opération collection magazine journal podcast tube single spectacle titré "
    "titrée novel book song series entitled titled documentary author novela libro canción película serie titulado "
    "titulada buch intitolato"
)
FEMININE = word_set("mme mlle madame la une mrs ms miss frau señora sra signora présidente ministre-présidente sœur")
MASCULINE = word_set("m mm monsieur le un mr herr señor sr signor frère")
# Where a speaker's name ends in Arabic: who is told, when and where; a title behind a name is added to it.
ARABIC_ENDS = word_set(
    "فإن فان فإنه خلال عقب بعد قبل أمس امس اليوم أثناء اثناء عبر حول ضمن لدى تعليقا ردا وهو وهي الذي التي إنه انه "
    "إنها ان أنه لصحيفة لوكالة لموقع لمجلس لقناة لإذاعة لاذاعة لمجلة لرويترز لبرنامج لشبكة لراديو "
    "ل عليه عليها بشأن حيث عند منذ هنا كما انها أنها بأنها بأنه بانها بانه انهم أنهم"
)
ARABIC_TITLES = word_set(
    "رئيس وزير المتحدث الناطق مدير أمين امين نائب عضو محافظ أستاذ استاذ الباحث مسؤول وكيل مستشار "
    "قائد المدير الرئيس الأمين الأستاذ كبير ممثل مؤسس صاحب مبعوث سفير رئيسة وزيرة مديرة المتحدثة "
    "أستاذة منسق"
)
TITLES = word_set(
    "m mme mlle me mr mrs ms dr sir général colonel gen col capt lt sgt maj cmdr supt insp rep sen gov prof rev hon "
    "messrs sr sra dra lic ing dott avv"
)
