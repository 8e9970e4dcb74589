"""Words without a meaning of their own, by what they do in a sentence: data of six languages, all in lower case."""


def word_set(words: str) -> frozenset[str]:
    """The words of a string, each once."""
    return frozenset(words.split())


OF = word_set("de du des d' d’ of 's von vom der del della dei delle di dal do da")
PREPOSITIONS = OF | word_set(
    "à au aux en par avec contre pour dans sur chez entre vers sans sous auprès devant depuis selon "
    "with to by in from for against on at under over about into between "
    "mit zu zum zur bei beim gegen für im aus auf über gegenüber "
    "con por para contra sobre ante al per nel nella su dalla alla من في إلى على مع عن"
)
DETERMINERS = word_set(
    "le la les l' l’ un une des son sa ses leur leurs ce cet cette ces the an his her their its "
    "el los las una der die das ein eine il lo gli uno"
)
PRONOUNS = {
    **dict.fromkeys(("il", "he", "er", "él", "lui", "celui-ci", "هو"), "masculine"),
    **dict.fromkeys(("elle", "she", "ella", "lei", "celle-ci", "هي"), "feminine"),
    **dict.fromkeys(("ils", "elles", "on", "they", "we", "je", "nous", "i", "sie", "ellos"), "nobody"),
}
STOPS = word_set(
    "qui que qu' qu’ dont où lors pendant après avant lorsque quand tandis alors car mais et puis afin "
    "who which that when while after before during and but because whose as "
    "quien cuando mientras pero die als während nach che mentre durante الذي التي أن إن بأن"
)
HARD_STOPS = frozenset('.;:()[]!?…«“„"–—»”')
ADVERBS = word_set(
    "encore aussi également ainsi ensuite notamment toutefois cependant pourtant alors outre hier en d'abord "
    "jeudi lundi "
    "mardi mercredi vendredi samedi dimanche also then later yesterday monday tuesday wednesday thursday friday "
    "saturday "
    "sunday on auch dann gestern también además ayer anche poi ieri"
)
SKIPPED_BEFORE_VERB = word_set("s' s’ se me m' lui leur nous y en ne n' n’ l' l’ sich le les also later ha")
AUXILIARIES = word_set(
    "a ont avait avaient aura auraient est sont était étaient has have had is was were hat hatte ha han"
)
WRITINGS = word_set(
    "communiqué déclaration dépêche lettre message discours texte rapport tweet document article entretien interview "
    "statement letter report speech post comunicado carta informe erklärung mitteilung comunicato بيان"
)
FEMININE = word_set("mme mlle madame la une mrs ms miss frau señora sra signora présidente ministre-présidente sœur")
MASCULINE = word_set("m mm monsieur le un mr herr señor sr signor frère")
TITLES = word_set("m mme mlle me mr mrs ms dr sir général colonel gen col")
