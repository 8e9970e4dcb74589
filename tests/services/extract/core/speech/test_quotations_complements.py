"""Verbs with a complement, objects that are said, and whom an age or an office means; other languages."""

import pytest

from tests.services.extract.core.speech.test_quotations_told import among


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        (
            "« Ce n'est pas à l'ordre du jour », botte en touche le ministre.",
            "fr",
            [("le ministre", "botte")],
        ),
        (
            "« Il n'en a jamais été question », coupe court Paul Durand.",
            "fr",
            [("Paul Durand", "coupe")],
        ),
        (
            "« Je ne commente pas les rumeurs », évacue d'une phrase Anne Petit.",
            "fr",
            [("Anne Petit", "évacue")],
        ),
        (
            "« Tout est prêt », jette d'un ton sec Karim Haddad avant de raccrocher.",
            "fr",
            [("Karim Haddad", "jette")],
        ),
        (
            "« Nous avons perdu trois ans », met les pieds dans le plat Julie Morel.",
            "fr",
            [("Julie Morel", "met")],
        ),
        (
            "« Cela ne tient pas debout », tord le cou aux rumeurs Anne Petit.",
            "fr",
            [("Anne Petit", "tord")],
        ),
        (
            "« Je n'ai rien à me reprocher », monte au créneau le sénateur.",
            "fr",
            [("le sénateur", "monte")],
        ),
        (
            "« La gauche a trahi ses électeurs », tire à boulets rouges Karim Haddad.",
            "fr",
            [("Karim Haddad", "tire")],
        ),
        (
            "« Ne rêvons pas », douche les espoirs le sélectionneur.",
            "fr",
            [("le sélectionneur", "douche")],
        ),
        (
            "Marc Leroy hausse le ton : « Cette fois, nous irons jusqu'au bout. »",
            "fr",
            [("Marc Leroy", "hausse")],
        ),
        (
            "« Il n'a qu'à démissionner », ne s'embarrasse pas de nuances Karim Haddad.",
            "fr",
            [("Karim Haddad", "s'embarrasse")],
        ),
        (
            "Julie Morel dit sa « honte » d'avoir participé à la mission.",
            "fr",
            [("Julie Morel", "dit")],
        ),
        (
            "Marc Leroy avoue sa « lassitude » face aux reports.",
            "fr",
            [("Marc Leroy", "avoue")],
        ),
        (
            "Le préfet préfère parler de « mesure de précaution ».",
            "fr",
            [("Le préfet", "préfère parler")],
        ),
        (
            "Julie Morel n'hésite pas à parler de « scandale d'État ».",
            "fr",
            [("Julie Morel", "n'hésite pas à parler")],
        ),
        (
            "Anne Petit serait sur le départ. L'intéressée dément : « Je reste, et plus que jamais. »",
            "fr",
            [("Anne Petit", "dément")],
        ),
        (
            "Julie Morel, 42 ans, a été relaxée. « Je peux enfin dormir », souffle la quadragénaire.",
            "fr",
            [("Julie Morel", "souffle")],
        ),
        (
            "Radio Sud a interrogé Julie Morel. « Tout cela m'attriste », confie l'intéressée.",
            "fr",
            [("Julie Morel", "confie")],
        ),
        (
            "Marc Leroy, aux yeux de qui le projet est « mort-né », ne viendra pas.",
            "fr",
            [("Marc Leroy", "aux yeux de")],
        ),
        (
            "Selon les termes de Karim Haddad, il s'agit d'une « purge ».",
            "fr",
            [("Karim Haddad", "Selon")],
        ),
        (
            "Anne Petit voit dans cet accord « une capitulation en rase campagne ».",
            "fr",
            [("Anne Petit", "voit")],
        ),
        (
            "L'offre a été accueillie comme « une insulte » par les ouvriers.",
            "fr",
            [("les ouvriers", "accueillie")],
        ),
        (
            "Karim Haddad, avocat au barreau de Lyon, défend la famille. « Mon client dort mal », glisse le pénaliste.",
            "fr",
            [("Karim Haddad", "glisse")],
        ),
        (
            "Julie Morel, PDG de Nordalia, a tranché. « Nous vendrons l'usine », annonce la dirigeante.",
            "fr",
            [("Julie Morel", "annonce")],
        ),
        (
            "Paul Durand, entraîneur du RC Lyon, était furieux. « C'est une honte », a tonné le technicien.",
            "fr",
            [("Paul Durand", "a tonné")],
        ),
        (
            (
                "Marc Leroy, secrétaire général du syndicat, a quitté la table. « On se moque de nous », s'est "
                "emporté le syndicaliste."
            ),
            "fr",
            [("Marc Leroy", "s'est emporté")],
        ),
        (
            (
                "Anne Petit, astrophysicienne à Lyon, scrute le ciel. « Nous cherchons une aiguille », sourit la "
                "scientifique."
            ),
            "fr",
            [("Anne Petit", "sourit")],
        ),
        (
            (
                "Le préfet de l'Ain, Marc Leroy, a pris un arrêté. « La situation l'exige », a justifié le "
                "représentant de l'État."
            ),
            "fr",
            [("Marc Leroy", "a justifié")],
        ),
        (
            "Paul Durand, romancier, vit à Lyon. « J'écris la nuit », raconte l'écrivain.",
            "fr",
            [("Paul Durand", "raconte")],
        ),
        (
            (
                "Paul Durand ha expresado su apoyo a la reportera y ha dicho que ve “un intento de acallar lo que "
                "el libro cuenta”."
            ),
            "es",
            [("Paul Durand", "ha dicho")],
        ),
        (
            (
                "En el texto, Anne Petit, que trabajaba en Radio Sud cuando difundió la noticia, se refiere al "
                "“derrumbe moral” del dueño."
            ),
            "es",
            [("Anne Petit", "se refiere")],
        ),
        (
            "Como dice el alcalde: “No dejaremos esta ciudad antes de que termine el mes”.",
            "es",
            [("el alcalde", "dice")],
        ),
        (
            "La comité encargada de valorar este trabajo aseguró que “marcará una época en la facultad”.",
            "es",
            [("La comité encargada de valorar este trabajo", "aseguró")],
        ),
        (
            (
                "One bystander, Marc Leroy, said he was looking for his son. “His car is there, but he is nowhere "
                "to be found,” he said."
            ),
            "en",
            [("Marc Leroy", "said")],
        ),
        (
            "“They lied to all of us.” Julie Morel said as much in court on Monday.",
            "en",
            [("Julie Morel", "said")],
        ),
        (
            "“It is a scandal from start to finish.” Paul Durand is not alone in thinking so.",
            "en",
            [("Paul Durand", None)],
        ),
        (
            "“Nobody saw it coming.” The verdict comes from Marc Leroy, a former pilot.",
            "en",
            [("Marc Leroy", None)],
        ),
        (
            "Paul Durand brushed aside the criticism: “We have done everything by the book.”",
            "en",
            [("Paul Durand", "brushed")],
        ),
        (
            "Marc Leroy made no secret of his “deep frustration”.",
            "en",
            [("Marc Leroy", "made no secret")],
        ),
        (
            "Anne Petit, for whom the vote was “a turning point”, left early.",
            "en",
            [("Anne Petit", "for")],
        ),
        (
            "The plan, described by Marc Leroy as “reckless”, was dropped.",
            "en",
            [("Marc Leroy", "described")],
        ),
        (
            "Branded “a traitor” by Marc Leroy, the mayor resigned.",
            "en",
            [("Marc Leroy", "Branded")],
        ),
        (
            "Marc Leroy no oculta su “profunda decepción”.",
            "es",
            [("Marc Leroy", "oculta")],
        ),
        (
            "„Wir geben nicht auf.“ Das sagte Paul Durand am Dienstag in Bern.",
            "de",
            [("Paul Durand", "sagte")],
        ),
        (
            "„Niemand hat uns gewarnt.“ Der Satz stammt von Marc Leroy.",
            "de",
            [("Marc Leroy", None)],
        ),
        (
            "Marc Leroy macht keinen Hehl aus seiner „großen Sorge“.",
            "de",
            [("Marc Leroy", "macht keinen Hehl")],
        ),
        (
            "Paul Durand hält den Plan für „völlig unrealistisch“.",
            "de",
            [("Paul Durand", "hält")],
        ),
    ],
)
def test_who_speaks_is_told_behind_a_complement_or_by_what_somebody_is(
    text: str, language: str, told: list[tuple[str, str | None]]
) -> None:
    assert [(one.speaker, one.cue) for one in among(text, language)] == told
