"""English adjectives of peoples, which name nothing by themselves; French ones are in the lists."""

from services.extract.core.words import word_set

ENGLISH_PEOPLES = word_set(
    """
    afghan african albanian algerian american angolan arab arabian argentine argentinian armenian asian australian
    austrian azerbaijani bangladeshi basque belarusian belgian bolivian bosnian brazilian british bulgarian burmese
    cambodian cameroonian canadian catalan chechen chilean chinese colombian congolese croatian cuban cypriot czech
    danish dutch ecuadorian egyptian emirati english eritrean estonian ethiopian european filipino finnish french
    georgian german ghanaian greek guatemalan haitian honduran hungarian icelandic indian indonesian iranian iraqi
    irish israeli israelis italian ivorian jamaican japanese jordanian kazakh kenyan korean kosovar kurdish kuwaiti
    kyrgyz laotian latvian lebanese liberian libyan lithuanian luxembourgish macedonian malaysian malian maltese
    mexican moldovan mongolian montenegrin moroccan mozambican nepalese nicaraguan nigerian norwegian omani pakistani
    palestinian panamanian paraguayan peruvian polish portuguese qatari romanian russian rwandan saudi scottish
    senegalese serbian singaporean slovak slovenian somali spanish sudanese swedish swiss syrian taiwanese tajik
    tanzanian thai tibetan tunisian turkish turkmen ugandan ukrainian uruguayan uyghur uzbek venezuelan vietnamese
    welsh yemeni zambian zimbabwean muslim muslims islam islamic christian christians jewish catholic catholics
    protestant protestants sunni sunnis shia shiite shiites alawite alawites western republican republicans
    democratic democrats afghans africans americans arabs asians australians belgians brazilians britons canadians
    chechens egyptians europeans germans greeks hungarians indians iranians iraqis italians jordanians koreans kurds
    libyans mexicans nigerians pakistanis palestinians poles romanians russians saudis serbs somalis syrians tibetans
    tunisians turks ukrainians venezuelans yemenis westerners
    """
)
