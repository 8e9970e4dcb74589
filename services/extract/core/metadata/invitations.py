"""How papers of many languages head the headlines of other articles, and tell whoever reads to read on."""

import re

from services.extract.core.metadata.page_labels import Finding

INVITED = Finding("related", "an invitation to read something else")

RELATED = re.compile(
    r"(?:à )?(?:lire|voir|écouter|découvrir) (?:aussi|également)|(?:read|see) (?:also|more)|also read"
    r"|related(?: articles?)?\s?[:\uff1a]|related (?:articles?|stories|topics|news)\Z"
    r"|(?:articles?|contenus|sujets) (?:similaires?|liés?|connexes?|associés?|recommandés?)\s?[:\uff1a]?\Z"
    r"|(?:vous pouvez )?(?:également|aussi) consulter (?:les|nos|l['’])\s?articles?\b|articles? sur wikipédia\b"
    r"|sur le même (?:sujet|thème)\b|dans la même rubrique\b|vous aimerez (?:aussi|peut-être)"
    r"|lesen sie auch|mehr zum thema|lea también|leia também|leggi anche|lees ook|czytaj także|читайте также"
    r"|اقرأ أيضا",
    re.IGNORECASE,
)
# LIRE AUSSI - Trois jours de combats ? · >> See also: Three days of fighting
_LABEL = (
    r"(?:(?:[àa] )?(?:\(re\))?(?:lire|voir|écouter|découvrir|retrouver)(?: (?:aussi|également|sur le même sujet"
    r"|l['’]article|notre \w{4,12}))?"
    r"|(?:pour aller plus loin|sur le même (?:sujet|thème)|articles? liés?|à (?:ne pas manquer"
    r"|(?:re)?lire sur [^:]{2,30}))"
    r"|(?:read|see|watch|listen)(?: (?:also|more|next|to))?|also read|more (?:on|from) [^:]{2,40}"
    r"|related(?: (?:articles?|stories|story|content|coverage))?|recommended"
    r"|(?-i:MORE|READ|WATCH|RELATED)|don['’]t miss|you may also like"
    r"|lesen sie (?:auch|mehr|hier|dazu)|mehr (?:zum thema|dazu"
    r"|artikel)[^:]{0,40}|lesen sie auch|auch interessant|lesetipp|hintergrund zum thema"
    r"|(?:lea|lee|ver|vea|mira|mire|leé|escucha|además lea) (?:también|además|más)|leer (?:más|también)"
    r"|(?:también )?(?:te|le|les) (?:puede|podría) interesar"
    r"|más información|en contexto|noticias? relacionadas?|nota relacionada|artículos? relacionados?"
    r"|te recomendamos|no te pierdas|relacionad[oa]s?|siehe auch"
    r"|leggi (?:anche|tutto)|per approfondire|(?:vedi|guarda) anche|potrebbe interessarti|leia (?:também|mais|ainda)"
    r"|veja (?:também|mais)|saiba mais"
    r"|lees (?:ook|meer|verder)|(?:prze)?czytaj(?:cie)? (?:także|też|również|więcej)"
    r"|zobacz(?:cie)? (?:także|też|również)|čtěte (?:také|více)|ayrıca oku|bunu da oku"
    r"|citește și|διαβάστε (?:επίσης|ακόμη)"
    r"|читайте (?:также|раньше|ранее(?: в этом сюжете)?|ещё|еще|по теме)|читать также|смотрите также"
    r"|читайте (?:також|ще)|дивіться також|[اإ]قر[أا] (?:أيض[اً]{1,2}|المزيد)"
    r"|شاهد أيض[اً]{1,2}|相关阅读|関連記事|관련기사)\s?"
)
RELATED_TO = re.compile(rf"[\W_]{{0,4}}{_LABEL}(?:[:\uff1a>»|→►]|\s[-\u2013\u2014])\s{{0,3}}\S", re.IGNORECASE)
# Glued to the prose on both sides, up to the mark that opens the next sentence's quotation, but behind a colon.
RELATED_BEFORE_QUOTE = re.compile(
    rf"(?:\A|[.!?…»”\"]\s+)(?P<invited>[\W_]{{0,4}}{_LABEL}[:\uff1a]\s?[^.!?…\n\"“«„]{{3,180}}[^\W_][)»”]?)"
    r"\s(?=[\"“«„]\s?(?-i:[^\Wa-zß-öø-ÿ_]))",
    re.IGNORECASE,
)
READ_ON = re.compile(
    r"[\W_]{0,4}(?:(?:lire|voir) (?:la suite|plus|l['’]article)(?: complet)?(?: sur| ici)?|en savoir plus|read more"
    r"|weiterlesen|mehr lesen|leer más|seguir leyendo|leggi tutto|continue reading)\W{0,4}",
    re.IGNORECASE,
)
# Sign up for our newsletter · Join our WhatsApp channel · Folgen Sie uns auf Instagram
SUBSCRIBE = re.compile(
    r"[>»→►•*-]?\s?(?:.{0,60}[?!]\s|(?:\S{1,20}\s){0,3}\S{1,20}\.\s"
    r"|(?=.{0,50}\b(?:stay|you|your|vous|votre|(?:want|plenty) more)\b).{0,60}\.\s)?(?:"
    r"(?:abonnez|inscrivez|suivez|rejoignez|retrouvez|téléchargez|recevez|subscribe|sign up|follow us)"
    r"(?:-(?:vous|nous))?\b.{0,90}\b(?:newsletters?|lettres? d['’]info\w*|facebook|twitter|telegram|whatsapp"
    r"|youtube|instagram|chaîne|alertes?|appli(?:cation)?|inbox|updates|e-?mails?|briefings?|your first (?:month|year))"
    r"|subscribe (?:today|now)\b.{0,90}"
    r"|(?:join|follow) (?:our|us on|the) .{0,40}\b(?:whatsapp|telegram|signal|facebook|viber)\b.{0,60}"
    r"|(?:подпи(?:шитесь|сывайтесь)|підпи(?:шіться|суйтес[ья])|abonnieren sie|folgen sie uns"
    r"|síguenos|s[ií]ganos|suscr[ií]bete|suscr[ií]base|únete|siga-nos|inscreva-se|iscriviti|seguici|obserwuj"
    r"|zapisz się|sledujte nás|تابعونا|تابعوا|تابعنا|انضموا|انضم|اشترك|اشتركوا)\b"
    r".{0,90}\b(?:newsletters?|boletín|bolet[ií]n(?:es)?|канал\w*|рассылку|телеграм\w*|facebook\w*|twitter\w*"
    r"|telegram\w*|whatsapp\w*|youtube|instagram\w*|فيسبوك|تويتر|تلغرام|تليغرام|واتساب|القناة|قناة|قناتنا))",
    re.IGNORECASE,
)
