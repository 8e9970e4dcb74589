import pytest

from contracts.extraction import EntityType
from services.extract.core.naming.forms import built_names
from services.extract.core.words import words

DEMONYMS = {
    "turque": "TR",
    "russe": "RU",
    "russes": "RU",
    "kurdes": None,
    "syrien": "SY",
    "nord coreenne": "KP",
    "arabe": None,
}
FORCE, GROUP, BODY, PLACE = EntityType.ARMED_FORCE, EntityType.ARMED_GROUP, EntityType.ORGANISATION, EntityType.PLACE


@pytest.mark.parametrize(
    ("text", "name", "kind", "country"),
    [
        ("que l'armée turque avance", "armée turque", FORCE, "TR"),
        ("la marine nord-coréenne tire", "marine nord-coréenne", FORCE, "KP"),
        ("les forces spéciales russes ont", "forces spéciales russes", FORCE, "RU"),
        ("L'armée de l'air russe", "armée de l'air russe", FORCE, "RU"),
        ("les forces kurdes", "forces kurdes", FORCE, None),
        ("de la coalition US en", "coalition US", FORCE, "US"),
        ("le ministère russe de la Défense affirme", "ministère russe de la Défense", BODY, "RU"),
        ("au ministère des Affaires étrangères, on", "ministère des Affaires étrangères", BODY, None),
        ("l’État syrien veut", "État syrien", BODY, "SY"),
        ("le gouvernement syrien dit", "gouvernement syrien", BODY, "SY"),
        ("l'administration Martin a", "administration Martin", BODY, None),
        ("le mouvement de libération du Nord", "mouvement de libération du Nord", GROUP, None),
        ("les hommes de Liwa al-Fajr ont", "Liwa al-Fajr", GROUP, None),
        ("le Front de la montagne tient", "Front de la montagne", GROUP, None),
        ("du Parti de la justice et", "Parti de la justice", BODY, None),
        (
            "le Centre russe pour la paix des villages en Syrie a dit",
            "Centre russe pour la paix des villages en Syrie",
            BODY,
            "RU",
        ),
        ("une manifestation rue de Rivoli hier", "rue de Rivoli", PLACE, None),
    ],
)
def test_a_name_is_built_by_its_form(text: str, name: str, kind: EntityType, country: str | None) -> None:
    (built,) = built_names(text, words(text), DEMONYMS)
    assert (text[built.start : built.end], built.type, built.country) == (name, kind, country)


@pytest.mark.parametrize(
    "text",
    [
        "une armée nombreuse",
        "les forces de l'ordre",
        "Forces et faiblesses d'un plan",
        "la défense russe des intérêts",  # without its capital, a noun
        "le gouvernement kurdes",  # no state of theirs
        "le front uni des partis",
        "la Ligue des champions",
        "l'armée, turque ou non",  # a comma parts what is no name
        "dans la rue de son enfance",
    ],
)
def test_what_only_looks_like_a_form_is_none(text: str) -> None:
    assert built_names(text, words(text), DEMONYMS) == []
