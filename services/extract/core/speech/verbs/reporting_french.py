"""French verbs that say who speaks: lemmas, and the forms that no rule makes of them."""

FRENCH_ER = """
accuser affirmer ajouter alerter annoncer argumenter assener asséner assurer attester avancer avouer blâmer certifier
chuchoter clamer commenter concéder confesser confier confirmer conseiller considérer constater contester continuer
corriger crier critiquer déclamer déclarer décréter demander dénoncer déplorer décrypter détailler diagnostiquer
argumenter recadrer grincer grimacer éructer contre-attaquer bafouiller plastronner pavoiser
enchaîner énoncer énumérer espérer estimer évoquer exiger expliquer exposer exprimer exagérer exulter féliciter
formuler fulminer fustiger glisser grogner gronder hurler implorer indiquer informer insinuer insister interroger
ironiser invoquer jubiler juger jurer justifier lâcher lancer marteler mentionner menacer minimiser murmurer narrer
nier noter nuancer objecter observer ordonner penser pester plaider plaisanter pointer préciser préconiser proclamer
prôner protester questionner raconter railler rappeler rapporter rassurer récapituler réclamer récuser redouter
réfuter regretter réitérer relater relativiser relayer relever remarquer répéter répliquer reprocher résumer rétorquer
revendiquer révéler ricaner riposter saluer scander signaler songer souffler souhaiter souligner soupirer spécifier
stipuler suggérer supplier supposer tempêter tempérer temporiser témoigner titrer tonner trancher tweeter vanter
vociférer éclairer illustrer réaffirmer recommander proposer rajouter compléter abonder acquiescer alléguer anticiper
arguer articuler bougonner claironner conjurer conter débuter décocher dédramatiser embrayer entonner escompter
expliciter glousser hasarder imaginer improviser interpeller lister maugréer minauder moduler motiver opiner opposer
persifler persister philosopher positiver pronostiquer raisonner rectifier réexpliquer ronchonner sermonner taquiner
théoriser vitupérer synthétiser acter assumer bredouiller cogiter condamner conjecturer corroborer douter encenser
ergoter étayer fanfaronner gazouiller incriminer intimer louer manifester palabrer parier pérorer pleurnicher
pontifier présager professer rabâcher râler récriminer réprimander réprouver ruminer soliloquer soupçonner stigmatiser
suspecter tancer tergiverser tonitruer acclamer adjurer admonester aviser badiner bégayer blaguer ciseler confirmer
cingler conspuer dénigrer désapprouver deviner diagnostiquer édicter enseigner épiloguer exhorter gloser invectiver
jaser marmonner menacer obtempérer postuler préjuger prophétiser questionner rapporter ressasser retoquer rouspéter
sangloter siffler susurrer tacler tambouriner twitter vilipender dénombrer recenser
étriller épingler égratigner brocarder éreinter
affabuler apostropher balbutier baragouiner beugler brailler clarifier communiquer complimenter
congratuler débiter déblatérer disserter divulguer éluder extrapoler grommeler gueuler haleter
haranguer hoqueter houspiller larmoyer marmotter moraliser officialiser paraphraser pouffer prêcher
proférer quémander radoter reformuler remercier répercuter rétracter rigoler seriner spéculer supputer
tiquer
"""
# These report only of oneself: s'étonner, not étonner.
FRENCH_REFLEXIVE = """
alarmer emporter étonner exclamer agacer amuser désoler énerver targuer indigner inquiéter insurger moquer lamenter
enthousiasmer enflammer esclaffer épancher excuser offusquer émerveiller impatienter extasier apitoyer gausser récrier
irriter angoisser emballer égosiller époumoner navrer scandaliser attrister consoler dédouaner défausser désespérer
épouvanter étrangler exaspérer fâcher gargariser hérisser interposer marrer persuader prononcer rebiffer
remémorer révolter
"""
FRENCH_EXHORTING = "appeler inviter exhorter encourager inciter engager presser sommer obliger autoriser"
FRENCH_NAMING = (
    "qualifier traiter baptiser rebaptiser surnommer appeler désigner décrire taxer dénommer comparer assimiler"
)
# Somebody sees « so », speaks of « so »: their words only where it is told whose.
FRENCH_VIEWING = """
voit voient voyait voyaient voyant vu parle parlent parlait parlaient parlant parlé veut veulent voulait voulaient
entend entendent entendait refuse refusent refusait
"""
FRENCH_IR = "avertir garantir renchérir réjouir gémir rugir réagir rebondir applaudir bondir glapir mugir"
FRENCH_IRREGULAR = """
dit disent disait disaient dira diront dirait diraient dirent disant; dit dite dits dites
redit redisent redisait; redit redite
contredit contredisait; contredit contredite
prédit prédisent prédisait prédisant; prédit prédite
écrit écrivent écrivait écrivaient écrira écrirait écrivit écrivirent écrivant; écrit écrite écrits écrites
lit lisait lisaient; lu lue
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
citant
croit croient croyait croyaient; cru
apprend apprenait apprit; appris
défend défendent défendait défendit défendant; défendu défendue
appuie appuient appuyait appuyaient appuya appuyant; appuyé appuyée
relaie relaient relayait; relayé
balaie balaient balayait; balayé
émeut émeuvent émouvait; ému émue
intervient intervenait intervint intervenant; intervenu
craint craignent craignait craignaient craignant; craint
émet émettait émettaient émit émettant; émis émise
sous-entend sous-entendait sous-entendant; sous-entendu
analysait analysaient analysant; analysé
surenchérit surenchérissait surenchérissant; surenchéri
postait postaient posta postant; posté postée
rejette rejettent rejetait rejetaient rejeta rejetant; rejeté rejetée
enjoint enjoignait enjoignant; enjoint
requiert requérait requit requérant; requis requise
"""
FRENCH_BARE = """
dire redire écrire admettre promettre répondre prétendre conclure poursuivre reconnaître soutenir maintenir prévenir
convenir démentir reprendre lire apprendre défendre appuyer croire
"""
