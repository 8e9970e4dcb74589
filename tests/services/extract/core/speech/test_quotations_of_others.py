"""Words that are not of whoever stands nearest: addressees, those of whom something is told, things with names."""

import pytest

from tests.services.extract.core.speech.test_quotations_told import among

SPOKEN = "« Le budget sera voté en juin », a dit Paul Durand."


def speakers(text: str, language: str = "fr") -> list[str | None]:
    return [one.speaker for one in among(text, language)]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        # words come to whoever hears, reads or gets them
        ("« Nous ne paierons pas cette facture deux fois. » Paul Durand écoute les riverains sans répondre.", "fr"),
        ("« Votre dossier a été rejeté par la commission. » Karim Haddad a reçu ce courrier en mars.", "fr"),
        ("« Le procès est reporté à la semaine prochaine. » Anne Petit apprend la nouvelle au tribunal.", "fr"),
        ("“Your mother has been taken to hospital tonight.” Anne Petit heard the news on the train.", "en"),
        ("„Wir wollen endlich Antworten auf unsere Fragen!“ Marc Leroy hört den Demonstranten zu.", "de"),
        ("«Devuélvannos nuestro hospital antes del verano.» Julie Morel escucha a los vecinos.", "es"),
        ("«La domanda è stata respinta dalla commissione.» Karim Haddad ha ricevuto la lettera a marzo.", "it"),
        # something is done to them
        ("« Rendez-nous notre hôpital avant la fin de l'année ! » Paul Durand est accueilli par des huées.", "fr"),
        ("“We want answers to all of our questions.” Anne Petit was greeted by angry residents.", "en"),
        # the words are to one person
        ("« Vous êtes libre, vous pouvez rentrer chez vous. » Karim Haddad quitte le tribunal.", "fr"),
        ("« Je vais te tuer si tu parles à la police. » Anne Petit dépose plainte le lendemain.", "fr"),
        ("„Sie sind eine Schande für dieses ganze Land.“ Julie Morel löschte die Nachricht.", "de"),
        # somebody denies, learns or doubts what another said
        ("« Les loyers vont doubler en deux ans. » Marc Leroy le nie.", "fr"),
        ("« Les loyers vont doubler en deux ans. » Julie Morel n'en est pas sûre.", "fr"),
        ("« Les loyers vont doubler en deux ans. » Karim Haddad ne le croit pas.", "fr"),
        ("« Les loyers vont doubler en deux ans. » Anne Petit l'a appris hier.", "fr"),
        ("« Les loyers vont doubler en deux ans. » Ce n'est pas ce que dit Paul Durand.", "fr"),
        ("“Rents will double within the next two years.” Marc Leroy never said so.", "en"),
        ("„Die Mieten werden sich in zwei Jahren verdoppeln.“ Marc Leroy glaubt das nicht.", "de"),
        ("«Los alquileres se duplicarán en dos años.» Julie Morel lo niega.", "es"),
        ("«Gli affitti raddoppieranno in due anni.» Karim Haddad lo ha saputo dai giornali.", "it"),
        # a noun that looks like a verb, and another's clause
        ("« La fermeture est définitive. » Paul Durand a découvert l'annonce dans le journal.", "fr"),
        ("« Levez-vous et regardez la cour. » Anne Petit obéit, le juge attend.", "fr"),
        # a predicate before its subject, of a phrase that the marked words end
        ("Au générique de « Nous étions jeunes », apparaît en dernier le réalisateur.", "fr"),
        ("Derrière la banderole « Nous voulons vivre ici », défile en silence le maire.", "fr"),
        ("Sous le slogan « La ville avance », pose tout sourire Marc Leroy.", "fr"),
        # whoever is hooted at does not hoot
        ("La foule hue le ministre : « Rendez-nous notre hôpital tout de suite ! »", "fr"),
        ("Le graffiti vise la directrice : « Menteuse, nous savons où tu habites. »", "fr"),
        ("Le slogan amuse le candidat : « Demain sera plus beau que tous les hier. »", "fr"),
        ("Le maire écoute : « Vous mentez depuis le début de l'affaire », lance-t-elle.", "fr"),
        # a thing is no body
        ("Radio Sud a révélé l'affaire. Celle-ci date de mars. « Les comptes ont été maquillés dès le début. »", "fr"),
        # things that are called by a given name
        ("Le voilier Marie a coulé. « Nous avons cru mourir dans la nuit. » Des secours sont venus.", "fr"),
        ("La boulangerie Paul ferme. « Nous avons tout essayé depuis deux ans. »", "fr"),
        ("Jeanne d'Arc a sa statue. « Nous irons jusqu'au bout de nos forces. » Les élèves chantent.", "fr"),
    ],
)
def test_a_wrong_speaker_is_worse_than_none(text: str, language: str) -> None:
    assert speakers(text, language) == [None]


@pytest.mark.parametrize(
    ("between", "speaker"),
    [
        ("Il marque une pause.", "Paul Durand"),
        ("Elle soupire.", None),
        ("Une banderole barre la façade de la mairie.", None),
        ("Devant la gare, une file s'étire depuis l'aube.", None),
        ("Le lendemain, un retraité du quartier s'arrête devant la vitrine.", None),
        ("Sur son mur, un tag.", None),
        ("L'affiche du film est partout.", None),
    ],
)
def test_a_paragraph_behind_somebodys_words_is_theirs_where_a_pronoun_means_them(
    between: str, speaker: str | None
) -> None:
    text = f"{SPOKEN}\n{between} « Nous irons ensemble au bout de la nuit. »"
    assert speakers(text) == ["Paul Durand", speaker]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Anne Petit est partie. « Deux hommes ont été arrêtés », ajoute la même source.", "la même source"),
        ("Paul Durand a démissionné. « Les comptes étaient faux », note le même rapport.", "le même rapport"),
        ("Marc Leroy n'est pas venu. « Le club doit renaître », titre le même quotidien.", "le même quotidien"),
        ("Paul Durand a été mis en cause par Marc Leroy. « Je n'ai rien fait », répond l'intéressé.", "Paul Durand"),
        ("Julie Morel a été attaquée par Anne Petit. « Je n'ai rien à dire », répond l'intéressée.", "Julie Morel"),
        ("Karim Haddad a critiqué Marc Leroy. « Je n'ai rien à dire », répond l'intéressé.", "Marc Leroy"),
        ("Le maire accueille le préfet sur le perron. « Nous avons parlé de tout », dit-il.", "Le maire"),
        ("« On nous a menti du début à la fin. » Anne Petit, maire de Lyon, l'a encore répété mardi.", "Anne Petit"),
        ("« On nous a menti du début à la fin. » Julie Morel aussi le pense.", "Julie Morel"),
        (
            "L'entraîneur Marc Leroy est venu. Un technicien a réparé la ligne. « Tout marche », dit le technicien.",
            "le technicien",
        ),
        # a participle is no title
        ("Marc Leroy a accusé Paul Durand de vol. À Lyon, l'accusé a répondu : « Je n'étais pas là. »", "l'accusé"),
        ("La cour a vivement condamné Paul Durand. Le condamné a répondu : « Je n'étais pas là. »", "Le condamné"),
        ("Marc Leroy a nommé ministre Paul Durand. Le ministre a répondu : « J'en suis fier. »", "Paul Durand"),
        ("Le Premier ministre assure avoir promis « une baisse des impôts dès juin ».", "Le Premier ministre"),
        ("La présidente du club reconnaît avoir écrit : « Je n'irai pas au bal. »", "La présidente du club"),
        ("Karim Haddad affirme avoir répondu : « Je n'irai pas au bal ce soir. »", "Karim Haddad"),
    ],
)
def test_who_is_meant_by_what_they_are_or_did(text: str, told: str) -> None:
    assert speakers(text) == [told]


def test_le_meme_is_the_last_who_spoke_and_not_the_last_who_was_named() -> None:
    text = "« Le texte est prêt », a dit Paul Durand à Marc Leroy. « Il sera voté en juin », ajoute le même."
    assert speakers(text) == ["Paul Durand", "Paul Durand"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Le rebelle Marc Leroy, dit « Paul Durand », est parti.", "scare"),
        ("Le rebelle Marc Leroy, dit « le Paul Durand », est parti.", "scare"),
        ("Marc Leroy dit « Non ».", "direct"),
    ],
)
def test_another_name_of_somebody_is_nothing_that_they_say(text: str, kind: str) -> None:
    assert [one.kind for one in among(text)] == [kind]
