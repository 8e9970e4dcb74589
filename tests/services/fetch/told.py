"""Articles that tests of splitting join: a headline, and its text."""

FERRY = (
    "Ferry service to the islands resumes after storm",
    (
        "Ferries sailed again on Tuesday after four days in harbour, the operator said. Waves of nine metres closed "
        "the route, and shops on Lewis were running out of bread and milk by the weekend.\n\n"
        "Two hundred lorries wait in Ullapool. The operator will run a third boat until Friday, and asks passengers "
        "without a booking to stay away from the pier."
    ),
)
MINE = (
    "Court orders mining firm to pay nine farmers",
    (
        "A mining company must pay nine farmers 4 million dollars because dust from its pit ruined two harvests of "
        "wheat, a judge in Perth ruled. The firm, which had denied any harm, has a month to appeal.\n\n"
        "The farmers had measured the dust for three years. Their lawyer called the judgment a warning to every quarry "
        "in the district."
    ),
)
