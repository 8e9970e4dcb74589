"""Verbs and phrases that say who speaks, by language: lemmas, and the forms that no rule makes of them."""

from services.extract.core.speech.verbs.reporting_french import (
    FRENCH_BARE,
    FRENCH_ER,
    FRENCH_IR,
    FRENCH_NAMING,
    FRENCH_REFLEXIVE,
)

ENGLISH_REGULAR = """
accuse acknowledge add admit advise affirm agree allege announce answer argue ask assert assure boast caution charge
cite claim clarify comment complain concede conclude confess confirm contend continue counter cry declare demand deny
describe disclose emphasise emphasize estimate exclaim explain express hint indicate inform insist joke lament
maintain mention mock mumble murmur note object observe plead pledge predict proclaim promise protest quip quote
recall recount reiterate remark remind repeat reply report respond reveal scream shout sigh signal state stress
suggest testify threaten tweet urge vow warn whisper wonder yell chant chuckle compare concur condemn criticise
criticize deplore elaborate enthuse gush muse opine recommend retort scoff sneer speculate theorise theorize utter
applaud apologise apologize beg blurt boom brag caution champion chime chide concede confide contest correct decree
deduce dismiss divulge encourage exhort fret fume grumble implore insinuate interject intone jest marvel moan
narrate pledge ponder post praise preach proffer pronounce rant rave reason reassure rebut reflect refute relate relay
remember rue shrug smile snap stipulate stutter summarise summarize surmise tease underline underscore venture voice
volunteer wail warn whine
advocate bemoan blame cheer commend conjecture demur disagree dispute exult gasp giggle gloat groan growl howl imagine
inquire instruct interrupt justify persist presume propose reckon recite regret rejoice reminisce roar ruminate salute
scold shriek snort sob splutter stammer sympathise sympathize thunder trumpet whimper
"""
ENGLISH_IRREGULAR = """
say says said saying; said
tell tells told telling; told
write writes wrote writing; written
think thinks thought; thought
read reads; read
swear swears swore; sworn
believe believes believed; believed
detailed; detailed
echoed; echoed
outlined; outlined
pointed; pointed
hoped hopes; hoped
interjected; interjected
laughed laughs; laughed
thanked; thanked
"""
# A clause follows these without its "that".
ENGLISH_CLAUSAL = """
said says say saying told tells telling added adds adding argued insisted warned claimed claims believes believed
thinks
admitted explained stressed noted acknowledged concluded predicted complained
"""
ENGLISH_NAMING = """
call label describe dub denounce brand characterise characterize portray depict deride decry dismiss reject hail slam
condemn blast praise
"""
GERMAN_WEAK = """
äußern antworten bedauern befürchten behaupten bekräftigen bemerken berichten bestätigen bestreiten betonen beklagen
beteuern entgegnen ergänzen erklären erläutern erwidern erzählen fordern fragen jubeln kommentieren kritisieren meinen
melden mahnen prophezeien resümieren sagen schildern spotten unterstreichen urteilen verkünden vermuten versichern
verlangen warnen wettern zitieren kontern analysieren appellieren ärgern begründen bilanzieren freuen glauben hoffen
lachen loben schimpfen schmunzeln staunen
ahnen argumentieren attestieren bekennen bemängeln besagen bestärken bezweifeln brüllen danken dementieren
diagnostizieren drohen
einwenden empfehlen entschuldigen erinnern ermahnen erörtern flüstern folgern formulieren frohlocken frotzeln
garantieren gratulieren grummeln
grüßen höhnen informieren jammern jubilieren klagen konstatieren kritteln lamentieren lauten leugnen lästern meckern
monieren motivieren murmeln notieren orakeln parieren philosophieren plaudern plädieren poltern posten präzisieren
predigen
prognostizieren protestieren rechtfertigen referieren relativieren rühmen rügen sinnieren schwärmen schwören
signalisieren spekulieren spötteln stammeln sticheln stöhnen
titeln twittern überlegen unken unterstellen urteilen verdeutlichen vermelden versprechen verteidigen vertrauen
beharren ereifern hadern insistieren nörgeln polemisieren prahlen raunen räsonieren seufzen triumphieren tönen vermerken
wiederholen winken witzeln wundern wünschen zetern zitieren zürnen zweifeln ätzen
"""
GERMAN_IRREGULAR = """
sprach spricht sprechen; gesprochen
schrieb schreibt schrieben; geschrieben
hieß heißt; geheißen
rief ruft riefen; gerufen
gab gibt; gegeben
teilte teilt teilten; mitgeteilt
fügte fügt fügten; hinzugefügt
unterstrich; unterstrichen
findet fand finden fanden; gefunden
denkt dachte denken; gedacht
weiß wusste; gewusst
räumt räumte räumten; eingeräumt
stellt stellte stellten; klargestellt
weist wies wiesen; hingewiesen
wirft warf warfen; vorgeworfen
gesteht gestand; gestanden
verspricht versprach versprachen; versprochen
schlägt schlug schlugen; vorgeschlagen
schreit schrie schrien; geschrien
kündigt kündigte kündigten; angekündigt
empfiehlt empfahl empfahlen; empfohlen
bittet bat baten; gebeten
verrät verriet; verraten
fasst fasste fassten; zusammengefasst
schließt schloss schlossen; ausgeschlossen
beschreibt beschrieb beschrieben; beschrieben
"""
SPANISH_AR = """
aclarar acusar adelantar admirar afirmar agregar alertar anunciar apuntar argumentar asegurar avisar celebrar comentar
confesar confirmar contar contestar criticar declarar defender denunciar destacar detallar enfatizar explicar expresar
gritar indicar informar insistir jurar justificar lamentar manifestar matizar mencionar murmurar negar notificar
objetar observar opinar precisar preguntar pronosticar protestar ratificar recalcar recordar relatar remarcar replicar
reiterar resaltar revelar señalar subrayar sostener abundar aceptar ahondar bromear considerar cuestionar culpar
estimar exclamar expresar finalizar ironizar plantear puntualizar reclamar rematar reprochar sentenciar valorar zanjar
achacar admirar alabar alegar alertar aludir animar anticipar apelar apostillar apremiar arengar argüir arremeter
aseverar
augurar censurar citar clamar coincidir compartir comunicar condenar confiar conjeturar constatar continuar corroborar
declamar deplorar desvelar detallar dictaminar diagnosticar elogiar encomendar enfatizar enumerar espetar
evaluar evocar explayar exteriorizar felicitar garantizar glosar imaginar implorar increpar indagar instar
interpelar interpretar interrogar invitar invocar
juzgar lanzar meditar mencionar musitar narrar ordenar parafrasear pensar ponderar precisar proclamar profetizar
pronunciar propugnar
razonar rechazar recapitular recomendar redactar redundar reflexionar refutar regañar reivindicar remachar
remarcar reportar rezar ridiculizar rogar saludar secundar simplificar soltar sospechar suplicar susurrar
testificar testimoniar tuitear vaticinar vocear
concretar evidenciar exhortar rememorar reseñar urgir cantar corear
"""
SPANISH_IRREGULAR = """
dice dicen dijo dijeron decía decían dirá diría diciendo; dicho
advierte advierten advirtió advertía; advertido
añade añaden añadió añadieron añadía añadiendo; añadido
admite admiten admitió admitía; admitido
responde responden respondió respondía; respondido
escribe escribió; escrito
sostiene sostienen sostuvo sostenía; sostenido
concluye concluyó; concluido
reconoce reconocen reconoció; reconocido
promete prometió; prometido
insiste insistió; insistido
refiere refirió refería; referido
establece estableció; establecido
describe describió; descrito
exige exigió; exigido
pide piden pidió pedía; pedido
propone propuso; propuesto
incide incidió; incidido
prosigue prosiguió prosiguieron proseguía prosiguiendo; proseguido
sugiere sugirió sugería; sugerido
mantiene mantuvo mantenía; mantenido
cree creyó creía creen creían; creído
lee leyó; leído
comparte compartió compartía; compartido
expone expuso exponía; expuesto
desmiente desmintió; desmentido
arguye arguyó; argüido
contó contaron; contado
niega negó niegan negaron; negado
apunta apuntó; apuntado
recuerda recordó recuerdan; recordado
reprocha reprochó; reprochado
sentencia sentenció; sentenciado
ruega rogó; rogado
piensa pensó piensan; pensado
suelta soltó; soltado
manifiesta manifestó manifiestan; manifestado
interpuso; interpuesto
aduce adujo adujeron; aducido
predice predijo; predicho
repite repitió repitieron; repetido
resume resumió; resumido
transmite transmitió; transmitido
teme temió temía; temido
recomienda recomiendan; recomendado
cuenta cuentan contaba; contado
confiesa confiesan; confesado
"""
ITALIAN_ARE = """
affermare annunciare assicurare chiarire commentare confermare confessare constatare criticare denunciare dichiarare
domandare evidenziare gridare indicare informare insistere lamentare notare osservare pensare precisare raccontare
replicare ricordare rilevare rivelare segnalare sottolineare spiegare urlare auspicare continuare esclamare ipotizzare
rimarcare
accusare ammonire apostrofare argomentare attaccare auspicare avvisare azzardare bacchettare bocciare chiosare
citare comunicare considerare contestare
dettare elencare elogiare esagerare esortare esultare evocare garantire giudicare giurare illustrare incalzare
invitare invocare ironizzare lanciare
lodare meditare minacciare narrare obiettare ordinare paragonare parlare pregare profetizzare puntualizzare
ragionare raccomandare rassicurare rimproverare
rincarare ringraziare ripetere scherzare segnalare sentenziare sperare specificare stigmatizzare suggerire
sussurrare svelare testimoniare tuonare twittare valutare vantare
"""
ITALIAN_IRREGULAR = """
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
prosegue proseguì proseguiva; proseguito
riferisce riferì riferiva; riferito
riconosce riconobbe riconosceva; riconosciuto
esordisce esordì; esordito
ribatte ribatté ribatteva; ribattuto
smentisce smentì; smentito
garantisce garantì; garantito
chiarisce chiarì; chiarito
insiste insisteva; insistito
propone propose proponeva; proposto
teme temeva; temuto
crede credono credeva; creduto
"""
ARABIC = """
قال قالت قالوا يقول تقول أعلن أعلنت يعلن أكد أكدت يؤكد أضاف أضافت يضيف صرح صرحت يصرح أوضح أوضحت يوضح ذكر ذكرت يذكر
أشار أشارت يشير كتب كتبت اعتبر اعتبرت يعتبر رأى رأت يرى شدد شددت تابع تابعت أفاد أفادت نفى نفت حذر حذرت طالب طالبت لفت
لفتت نقل نقلت كشف كشفت زعم زعمت اعترف تساءل تساءلت رد ردت
أردف أردفت أضافوا استطرد استطردت استدرك استدركت علق علقت أجاب أجابت سأل سألت هتف صاح ختم ختمت اختتم اختتمت واصل واصلت
أبان أبانت ألمح ألمحت أعرب أعربت أبدى أبدت أشاد أشادت أثنى نوه نوهت توقع توقعت نصح وعد هدد هددت تعهد تعهدت استنكر
استنكرت
ندد نددت انتقد انتقدت اتهم اتهمت وجه وجهت خاطب روى روت حكى حكت نبه نبهت جزم جزمت برر بررت فسر فسرت شرح شرحت اقترح
اقترحت
يرد ترد
أكدوا قالا صرحوا أوضحوا أشاروا اعلن اعلنت اكد اكدت اضاف اضافت اوضح اوضحت اشار اشارت افاد افادت اعتبروا اردف اجاب اعرب
"""
ARABIC_GERUNDS = """
قائلا قائلة قائلين مضيفا مضيفة مؤكدا مؤكدة موضحا موضحة مشيرا مشيرة مبينا مبينة معتبرا معتبرة لافتا لافتة متسائلا
متسائلة مشددا مشددة
معلقا معلقة محذرا محذرة معربا معربة منوها منوهة كاشفا متابعا مستطردا واصفا واصفة
"""

AUXILIARIES = {
    "fr": "a ont ai avons avait avaient aurait auraient aura auront eut eurent ayant avoir est sont était étaient "
    "suis sommes",
    "en": "has have had having",
    "de": "hat haben hatte hatten habe hätte",
    "es": "ha han había habían habría habrían he",
    "it": "ha hanno aveva avevano avrebbe avrebbero ho è sono era erano",
}
ACCORDING_TO = {
    "fr": "selon; d' après; aux dires; au dire; de l' avis même; de l' avis; de l' aveu même; du propre aveu; "
    "de l' aveu; à en croire; aux yeux mêmes; aux yeux; du point de vue; dixit; suivant; pour reprendre les mots; "
    "pour reprendre les termes; pour reprendre l' expression; pour reprendre la formule",
    "en": "according to; in the words of; in the view of; in the opinion of; in the eyes of",
    "de": "laut; nach angaben; nach worten; nach ansicht; nach einschätzung; nach auffassung; nach meinung; so",
    "es": "según; de acuerdo con; en palabras de; a juicio de; a decir de; en opinión de; de acuerdo a",
    "it": "secondo; stando a; a detta di; a giudizio di; a parere di",
    "ar": "بحسب; حسب; وفق; وفقا ل; وبحسب; وحسب",
}
WITH_INFINITIVE = {
    "en": ("made", "makes", "make", "making"),
    "fr": ("fait", "faisait", "fit", "font", "laisse", "laissé", "laissait"),
    "es": (
        "deja",
        "dejó",
        "dejaba",
        "dejaron",
        "dejado",
        "dejando",
        "hizo",
        "hace",
        "hicieron",
        "hecho",
        "da",
        "dio",
        "dejar",
    ),
    "it": ("fa", "fece", "fatto", "lascia", "lasciò", "lasciato", "rende", "rese", "reso"),
}
INFINITIVES = {
    "en": ("clear",),
    "fr": ("savoir", "valoir", "remarquer", "observer", "entendre", "état", "part", "mention", "comprendre"),
    "es": ("claro", "constancia", "entrever", "saber", "notar", "hincapié", "entender"),
    "it": ("sapere", "notare", "intendere", "presente", "noto"),
}
# Infinitives that report by themselves, behind a preposition: « avant d'ajouter : « … » ».
BARE = {
    "fr": FRENCH_ER + FRENCH_REFLEXIVE + FRENCH_NAMING + FRENCH_IR + FRENCH_BARE,
    "es": SPANISH_AR + " decir añadir advertir admitir escribir concluir responder exigir pedir prometer",
    "it": ITALIAN_ARE + " dire aggiungere scrivere rispondere concludere ribadire chiedere promettere ammettere",
}
